"""The same question as people put it: polite, wrapped up, in capitals, mistyped.

An answer that changes with the dress of its question was luck. The words of courtesy are those
of the language of the question, in one file with the questions of the self-test.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from assistant.evaluation.cases.case import Case

CROWD = "crowd"
"""The same question of the same article with ten times its comments."""
_FALLBACK = "en"
_SHORTEST = 5
_END = re.compile(r"\s*[?？.!…]+\s*$")
_WORD = re.compile(r"[^\W\d_]+")


def dressed(case: Case, names: tuple[str, ...]) -> Iterator[Case]:
    """Yield a case, and then the same case in every dress."""
    yield case
    words = courtesies(case.lang or _FALLBACK)
    for name in names:
        question = case.question if name == CROWD else DRESSES[name](case.question, words)
        yield case.model_copy(
            update={
                "id": f"{case.id}~{name}",
                "question": question,
                "dress": name,
                "conversation": case.conversation and f"{case.conversation}~{name}",
            }
        )


@cache
def courtesies(language: str) -> Mapping[str, Any]:
    """Return how a language asks: courtesies, and the questions of the self-test."""
    folder = resources.files("assistant.evaluation.selftest") / "questions"
    file = folder / f"{language}.toml"
    return tomllib.loads(
        (file if file.is_file() else folder / f"{_FALLBACK}.toml").read_text("utf-8")
    )


def mistyped(question: str) -> str:
    """Return a question with two letters swapped in its longest word that is no name.

    >>> mistyped("Who rejected Marit?")
    'Who rejceted Marit?'
    """
    found = [match for match in _WORD.finditer(question) if match[0].islower()]
    word = max(found, key=lambda match: len(match[0]), default=None)
    if word is None or len(word[0]) < _SHORTEST:
        return question
    at = (word.start() + word.end()) // 2
    return question[: at - 1] + question[at] + question[at - 1] + question[at + 1 :]


def unaccented(question: str) -> str:
    """Return a question as typed on a keyboard without accents.

    >>> unaccented("Où l'été ?")
    'Ou lete ?'
    """
    bare = unicodedata.normalize("NFD", question)
    kept = (c for c in bare if not unicodedata.combining(c) and c not in "'’")
    return unicodedata.normalize("NFC", "".join(kept))


def _asked(question: str, *, behind: str = "") -> str:
    return _END.sub("", question) + behind


DRESSES: Mapping[str, Callable[[str, Mapping[str, str]], str]] = {
    "greeting": lambda question, words: f"{words['greeting']} {question}",
    "please": lambda question, words: _asked(question, behind=f", {words['please']}?"),
    "wrapper": lambda question, words: f"{words['wrapper']} {question}",
    "small": lambda question, words: _asked(question).lower(),
    "capitals": lambda question, words: question.upper(),
    "typo": lambda question, words: mistyped(question),
    "unaccented": lambda question, words: unaccented(question),
}
