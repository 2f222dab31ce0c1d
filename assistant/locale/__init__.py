"""How people ask, how we answer, and what the page says: one TOML file per language.

`asks` and `wants` hold patterns of questions, `words` what carries no topic, `frames` and
`relations` our own sentences, `page` those of the page. A new language is one new file; the
English file has every key, and what another lacks is said in English.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from assistant.defusing import unmarked
from index.errors import LanguageFileError
from index.language.language_files import LanguageFiles
from index.language.words import fold, stop_words, word_spans

FALLBACK = "en"

_TOPICS = (
    "asks", "wants", "courtesy", "record", "lists", "measures", "causes", "times", "turns", "roles",
    "words", "frames", "filters", "names", "relations", "page",
)  # fmt: skip
_VALUE = re.compile(r"\{(\w+)\}")
_SHORTEST_STEM = 4
_GAP = r"(?: \S+){0,6}?"


class Pattern:
    """A way to put a question; its form is explained in `fr.toml`.

    A sentence that lacks one of its words is told apart without the regular expression, which
    is compiled when one first holds them all: the patterns of a language are hundreds.

    >>> bool(Pattern("qui ... dit|affirm*").search(" qui donc affirmait cela"))
    True
    >>> bool(Pattern("^ dit").search(" qui dit"))
    False
    """

    def __init__(self, written: str) -> None:
        self._pieces = [
            piece if piece in ("...", "^", "$") else _choices(piece) for piece in written.split()
        ]
        self._needed = [
            [word for word, _ in piece] for piece in self._pieces if not isinstance(piece, str)
        ]

    def search(self, sentence: str) -> re.Match[str] | None:
        """Return where folded words, with a space before each, fit; None where they do not."""
        return self._expression.search(sentence) if self._may_fit(sentence) else None

    def finditer(self, sentence: str) -> Iterator[re.Match[str]]:
        """Yield all places where they fit, from left to right."""
        return self._expression.finditer(sentence) if self._may_fit(sentence) else iter(())

    def _may_fit(self, sentence: str) -> bool:
        for words in self._needed:
            for word in words:
                if word in sentence:
                    break
            else:
                return False
        return True

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        parts = []
        for piece in self._pieces:
            if isinstance(piece, str):
                parts.append(_GAP if piece == "..." else piece)
            else:
                words = (re.escape(word) + (r"\w*" if is_open else "") for word, is_open in piece)
                parts.append(f" ({'|'.join(words)})(?= |$)")
        return re.compile("".join(parts))


def _choices(piece: str) -> tuple[tuple[str, bool], ...]:
    """Return the folded words of "dit|affirm*", each with whether it is but a beginning."""
    return tuple(
        (fold(choice.rstrip("*")).replace("_", " "), choice.endswith("*"))
        for choice in piece.split("|")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A sort of number: how it is asked for, and the folded units that a sentence has it in."""

    patterns: tuple[Pattern, ...]
    units: frozenset[str]

    def asked(self, words: Sequence[str]) -> bool:
        """Whether the folded words of a question ask for it."""
        return matches(self.patterns, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What one language's file holds, with its patterns compiled."""

    language: str
    asks: dict[str, tuple[Pattern, ...]]
    wants: dict[str, tuple[Pattern, ...]]
    frame_words: frozenset[str]
    measure_words: frozenset[str]
    reader_words: frozenset[str]
    page_words: frozenset[str]
    articles: frozenset[str]
    everywhere: frozenset[str]
    tag_words: frozenset[str]
    follow_up_words: frozenset[str]
    going_on_words: frozenset[str]
    interrogatives: frozenset[str]
    comment_word: str
    according: re.Pattern[str]
    direct_only: tuple[Pattern, ...]
    opening: tuple[Pattern, ...]
    closing: tuple[Pattern, ...]
    correcting: tuple[Pattern, ...]
    asker_words: frozenset[str]
    record: dict[str, tuple[Pattern, ...]]
    lists: dict[str, tuple[Pattern, ...]]
    measures: dict[str, "Measure"]
    causes: frozenset[str]
    times: frozenset[str]
    turns: frozenset[str]
    corrections: frozenset[str]
    same_roles: tuple[frozenset[str], ...]
    role_words: frozenset[str]
    sentence_words: frozenset[str]
    one_sentence: tuple[Pattern, ...]
    kind_words: frozenset[str]
    about_words: frozenset[str]
    points_back: tuple[Pattern, ...]
    frames: dict[str, str]
    filters: dict[str, str]
    months: tuple[str, ...]
    language_names: dict[str, str]
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
def _files() -> LanguageFiles:
    return LanguageFiles(resources.files(__name__), topics=_TOPICS)


def languages() -> tuple[str, ...]:
    """Return the ISO 639-1 codes we have phrases for, sorted."""
    return _files().languages


@cache
def table(language: str, topic: str) -> dict[str, Any]:
    """Return one table of a language, each key it lacks in English.

    Raises:
        LanguageFileError: The file has a key, or in a sentence a value, that the English one has
            not, or patterns where that has a sentence; names file and key.
    """
    return read_table(_files(), language, topic)


def read_table(files: LanguageFiles, language: str, topic: str) -> dict[str, Any]:
    """Return `table` of a language of the given files.

    Raises:
        LanguageFileError: As `table`.
    """
    english = files.topic(FALLBACK, topic) or {}
    own = files.topic(language, topic) or {}
    for key, written in own.items():
        place = f"{language}.toml: [{topic}] {key!r}"
        if key not in english:
            raise LanguageFileError(f"{place} is no key of the English file")
        if type(written) is not type(english[key]):
            raise LanguageFileError(f"{place} must be a {type(english[key]).__name__}")
        if topic in ("frames", "filters", "page") and isinstance(written, str):
            unknown = set(_VALUE.findall(written)) - set(_VALUE.findall(english[key]))
            if unknown:
                raise LanguageFileError(f"{place} has no value {min(unknown)!r}")
    return {**english, **own}


@cache
def phrases(language: str) -> Phrases:
    """Return the phrases of a language, the English ones where there are none."""
    code = language if language in languages() else FALLBACK
    entries = _entries(code)
    words = entries["words"]
    return Phrases(
        language=code,
        asks=_patterns(entries["asks"]),
        wants=_patterns(entries["wants"]),
        frame_words=_words(words["frame"]),
        measure_words=_words(words["measures"]),
        reader_words=_words(words["readers"]),
        page_words=_words(words["page"]),
        articles=_words(words["articles"]),
        everywhere=_words(words["everywhere"]),
        tag_words=_words(words["tags"]),
        follow_up_words=_words(words["follow_up"]),
        going_on_words=_words(words["going_on"]),
        interrogatives=_words(words["interrogatives"]),
        according=_according(words["according"]),
        comment_word=fold(words["comment"]),
        direct_only=_compiled(words["direct_only"]),
        opening=_compiled(entries["courtesy"]["opening"]),
        closing=_compiled(entries["courtesy"]["closing"]),
        correcting=_compiled(entries["courtesy"]["correcting"]),
        asker_words=_words(entries["courtesy"]["asker"]),
        record=_patterns(entries["record"]),
        lists=_patterns(entries["lists"]),
        measures={
            name: Measure(patterns=_compiled(item["asked"]), units=_units(item["units"]))
            for name, item in entries["measures"].items()
        },
        causes=_words(entries["causes"]["words"]),
        times=_words(entries["times"]["words"]),
        turns=_words(entries["turns"]["words"]),
        corrections=_words(entries["turns"]["corrections"]),
        same_roles=tuple(frozenset(fold(same).split("|")) for same in entries["roles"]["same"]),
        role_words=frozenset().union(*(fold(s).split("|") for s in entries["roles"]["same"])),
        sentence_words=_words(words["sentences"]),
        one_sentence=_compiled(words["one_sentence"]),
        kind_words=_words(words["kinds"]),
        about_words=_words(words["about"]),
        points_back=_compiled(words["points_back"]),
        frames=entries["frames"],
        filters=entries["filters"],
        months=tuple(entries["names"]["months"]),
        language_names=entries["names"]["languages"],
        relations=entries["relations"],
    )


def _entries(code: str) -> dict[str, dict[str, Any]]:
    """Return the tables of a language but those of the page, which are read when it is shown."""
    return {topic: table(code, topic) for topic in _TOPICS if topic != "page"}


@cache
def units_of(measure: str) -> frozenset[str]:
    """Return the units of a sort of number in all languages: a page may have any."""
    held = (table(code, "measures").get(measure) for code in languages())
    return frozenset().union(*(_units(item["units"]) for item in held if item is not None))


@cache
def cause_words() -> frozenset[str]:
    """Return the words that give a cause, in all languages."""
    return frozenset().union(*(_words(table(code, "causes")["words"]) for code in languages()))


@cache
def time_words() -> frozenset[str]:
    """Return the names of days, months and times of day, in all languages."""
    return frozenset().union(*(_words(table(code, "times")["words"]) for code in languages()))


@cache
def lesser_offices() -> frozenset[str]:
    """Return the words that make of an office another one, in all languages: "deputy", "ex"."""
    return frozenset().union(*(_words(table(code, "roles")["lesser"]) for code in languages()))


@cache
def called_words() -> frozenset[str]:
    """Return the words before what somebody is called besides, in all languages: "known as"."""
    return frozenset().union(*(_words(table(code, "roles")["called"]) for code in languages()))


@cache
def turn_words() -> frozenset[str]:
    """Return the words by which a sentence turns the one before it, in all languages."""
    return frozenset().union(*(_words(table(code, "turns")["words"]) for code in languages()))


@cache
def correction_words() -> frozenset[str]:
    """Return the words that open a correction, in all languages."""
    return frozenset().union(*(_words(table(code, "turns")["corrections"]) for code in languages()))


def asks_with(code: str, word: str) -> bool:
    """Whether questions of a language are put with a folded word: "fordert", "qui"."""
    words, stems = asking_words(code)
    return word in words or any(
        word[:length] in stems for length in range(_SHORTEST_STEM, len(word) + 1)
    )


@cache
def asking_words(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the folded words in which a language asks, and the beginnings of others."""
    asked = [*table(code, "asks").values(), *table(code, "wants").values()]
    named = " ".join(pattern for patterns in asked for pattern in patterns).replace("_", " ")
    words = re.split(r"[\s|]+", fold(named))
    return (
        frozenset(word for word in words if word.isalpha()),
        frozenset(word[:-1] for word in words if word.endswith("*")),
    )


def _words(listed: str) -> frozenset[str]:
    return frozenset(fold(listed).split())


def _units(listed: str) -> frozenset[str]:
    return frozenset(fold(unit) for unit in listed.split())


def _patterns(groups: dict[str, list[str]]) -> dict[str, tuple[Pattern, ...]]:
    return {name: _compiled(patterns) for name, patterns in groups.items()}


def matches(patterns: Sequence[Pattern], words: Sequence[str]) -> bool:
    """Whether one of the patterns fits the folded words of a question."""
    sentence = " " + " ".join(words)
    return any(pattern.search(sentence) for pattern in patterns)


def matched_words(patterns: Sequence[Pattern], words: Sequence[str]) -> frozenset[str]:
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


def _compiled(patterns: Sequence[str]) -> tuple[Pattern, ...]:
    return tuple(map(Pattern, patterns))
