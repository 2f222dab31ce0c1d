"""The chat: settings -> index -> assistant. No decisions of its own.

For now it talks in the terminal: an example question is answered at once, then one question
per line, until the input ends.
"""

import sys
from pathlib import Path

import samples
from assistant import Assistant, AssistantError
from assistant.terminal import print_answer

_SAMPLE = Path(samples.__file__ or "").parent / "port-de-valmer.fr.txt"
_FIRST_QUESTION = {"fr": "Quelles affirmations sont contestées ?"}
_FIRST_QUESTION_ELSE = "Which claims are disputed?"


def chat(source: str | None = None) -> None:
    """Talk about an article, the French sample if none is named; returns at the end of input."""
    assistant = Assistant.open(source or _SAMPLE)
    article = assistant.article
    conversation = assistant.conversation()
    print(f"{article.title or article.id}\n")  # noqa: T201
    first = _FIRST_QUESTION.get(article.language, _FIRST_QUESTION_ELSE)
    print(f"> {first}")  # noqa: T201
    print_answer(conversation.ask(first))
    while True:
        print("\n> ", end="", flush=True)  # noqa: T201
        line = sys.stdin.readline()
        if not line:
            print()  # noqa: T201
            return
        if not line.strip():
            continue
        try:
            print_answer(conversation.ask(line))
        except AssistantError as error:
            print(error, file=sys.stderr)  # noqa: T201
