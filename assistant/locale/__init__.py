"""How people ask and how we answer, one TOML file per language.

`asks` and `wants` hold patterns of questions, `words` what carries no topic, `frames` and
`relations` our own sentences. A new language is one new file with the same keys.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.defusing import unmarked
from index.language.words import fold, stop_words, word_spans

FALLBACK = "en"

_GAP = r"(?: \S+){0,6}?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What one language's file holds, with its patterns compiled."""

    language: str
    asks: dict[str, tuple[re.Pattern[str], ...]]
    wants: dict[str, tuple[re.Pattern[str], ...]]
    frame_words: frozenset[str]
    measure_words: frozenset[str]
    reader_words: frozenset[str]
    page_words: frozenset[str]
    follow_up_words: frozenset[str]
    going_on_words: frozenset[str]
    comment_word: str
    according: re.Pattern[str]
    direct_only: tuple[re.Pattern[str], ...]
    frames: dict[str, str]
    relations: dict[str, str]

    def say(self, frame: str, **values: object) -> str:
        """Return one of our sentences in this language, filled.

        Names are words of others: what looks like a citation in them does so no more.

        Raises:
            KeyError: The frame or one of its values is missing.
        """
        return unmarked(self.frames[frame].format(**values))

    def source_in(self, question: str) -> str | None:
        """Return who is named behind "according to" in a question; None for the page itself."""
        found = self.according.search(question)
        if found is None:
            return None
        words = {fold(span.of(found.group(1))) for span in word_spans(found.group(1))}
        own = self.frame_words | self.reader_words | stop_words(None)
        return found.group(1).strip() if words - own else None

    def quoted(self, words: str) -> str:
        """Return words in the quotation marks of this language, in others if they hold these."""
        marks = (self.frames["open"].strip(), self.frames["close"].strip())
        outside = "_outside" if any(mark in words for mark in marks) else ""
        return f"{self.frames['open' + outside]}{words}{self.frames['close' + outside]}"


@cache
def languages() -> tuple[str, ...]:
    """Return the ISO 639-1 codes we have phrases for, sorted."""
    files = resources.files(__name__).iterdir()
    return tuple(sorted(file.name[:2] for file in files if file.name.endswith(".toml")))


@cache
def phrases(language: str) -> Phrases:
    """Return the phrases of a language, the English ones where there are none."""
    code = language if language in languages() else FALLBACK
    entries = tomllib.loads((resources.files(__name__) / f"{code}.toml").read_text("utf-8"))
    words = entries["words"]
    return Phrases(
        language=code,
        asks={ask: _compiled(patterns) for ask, patterns in entries["asks"].items()},
        wants={want: _compiled(patterns) for want, patterns in entries["wants"].items()},
        frame_words=frozenset(fold(words["frame"]).split()),
        measure_words=frozenset(fold(words["measures"]).split()),
        reader_words=frozenset(fold(words["readers"]).split()),
        page_words=frozenset(fold(words["page"]).split()),
        follow_up_words=frozenset(fold(words["follow_up"]).split()),
        going_on_words=frozenset(fold(words["going_on"]).split()),
        according=_according(words["according"]),
        comment_word=fold(words["comment"]),
        direct_only=_compiled(words["direct_only"]),
        frames=entries["frames"],
        relations=entries["relations"],
    )


def matches(patterns: Sequence[re.Pattern[str]], words: Sequence[str]) -> bool:
    """Whether one of the patterns fits the folded words of a question."""
    sentence = " " + " ".join(words)
    return any(pattern.search(sentence) for pattern in patterns)


def matched_words(patterns: Sequence[re.Pattern[str]], words: Sequence[str]) -> frozenset[str]:
    """Return the words that the patterns name in a question, without those in their gaps."""
    sentence = " " + " ".join(words)
    found = (pattern.search(sentence) for pattern in patterns)
    return frozenset(word.strip() for match in found if match for word in match.groups() if word)


def _according(openings: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of a source: its opening, and all up to the next pause."""
    if not openings:
        return re.compile(r"(?!)")  # the language puts it behind the name
    choices = "|".join(re.escape(opening).replace("'", "['’]") for opening in openings)
    return re.compile(rf"(?:^|[\s,])(?:{choices})(?<=[\s'’])([^,;:?!.…]{{2,80}})", re.IGNORECASE)


def _compiled(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(compile_pattern(pattern) for pattern in patterns)


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return the regular expression of a pattern (the language is explained in `fr.toml`).

    >>> bool(compile_pattern("qui ... dit|affirm*").search(" qui donc affirmait cela"))
    True
    >>> bool(compile_pattern("^ dit").search(" qui dit"))
    False
    """
    parts = []
    for piece in pattern.split():
        if piece == "...":
            parts.append(_GAP)
        elif piece in "^$":
            parts.append(piece)
        else:
            choices = (
                re.escape(fold(choice.rstrip("*"))) + (r"\w*" if choice.endswith("*") else "")
                for choice in piece.split("|")
            )
            parts.append(f" ({'|'.join(choices)})(?= |$)")
    return re.compile("".join(parts))
