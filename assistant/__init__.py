"""Asks an article and its reader comments; every sentence of an answer is cited.

`from assistant import Assistant` is all that most programs need. Names are loaded on first
use, so that importing the package costs nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.answer import Answer, AnswerDraft, Citation, Sentence
    from assistant.ask import Assistant, Conversation
    from assistant.errors import (
        AssistantError,
        CasesError,
        ModelTimeoutError,
        ModelUnavailableError,
        UnusableReplyError,
    )
    from assistant.scope import ArticleFilter

__all__ = [
    "Answer",
    "AnswerDraft",
    "ArticleFilter",
    "Assistant",
    "AssistantError",
    "CasesError",
    "Citation",
    "Conversation",
    "ModelTimeoutError",
    "ModelUnavailableError",
    "Sentence",
    "UnusableReplyError",
]

_HOMES = {
    "Answer": "answer",
    "AnswerDraft": "answer",
    "ArticleFilter": "scope",
    "Citation": "answer",
    "Sentence": "answer",
    "Assistant": "ask",
    "Conversation": "ask",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"assistant.{_HOMES.get(name, 'errors')}"), name)
