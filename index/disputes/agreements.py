"""Whom a reader sides with or objects to by name: "I agree with Mr Pryce", "Dr Farrow lies"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.disputes.dispute import Position
from index.disputes.stance import Markers
from index.language.dispute_words import Vocabulary
from index.language.phrase_patterns import Found, Word
from index.language.words import Span, fold, stop_words
from index.statements.matching import is_called
from index.statements.statement import Speaker, Statement

_LONGEST_NAME = 4
_BETWEEN = 1
"""Words between a name and what is said of them: "Pryce clearly is right"."""
_AFTER = 5
"""Words after an agreement in which a name begins: "with what the good Dr Farrow says"."""
_BREAK = re.compile(r"[,;:!?«»\"“”„()]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Siding:
    """A reader's words for a speaker of the article, whatever in particular they mean."""

    speaker: Speaker
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Whom a sentence speaks for or against, the words that name them, and the cue (a span)."""

    speaker: Speaker
    name: Span
    cue: Span


class Sides:
    """Finds whom a reader speaks for or against, among those who speak in an article."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._speakers: dict[str, Speaker] = {}
        self._written: dict[str, set[str]] = {}
        for statement in statements:
            speaker = statement.speaker
            if speaker is not None and statement.source == "article":
                self._speakers.setdefault(speaker.name, speaker)
                self._written.setdefault(speaker.name, set()).add(fold(speaker.as_written))

    def side_of(
        self, cues: Iterable[Found], item: Markers, text: str, known: Vocabulary
    ) -> Side | None:
        """Return whom a sentence means, None where it names nobody, or several may be meant.

        A name counts right before or right after one of the cues: who agrees and then speaks
        of somebody does not side with them.
        """
        if not self._speakers:
            return None
        for found in cues:
            cue = Span(found.start, found.end)
            for run in _names(item.words, found, text, known):
                speaker = self._called(run, item.words, text)
                if speaker is not None:
                    name = Span(run[0].start, run[-1].end)
                    return Side(speaker=speaker, name=name, cue=cue)
        return None

    def _called(self, run: Sequence[Word], words: Sequence[Word], text: str) -> Speaker | None:
        name = text[run[0].start : run[-1].end]
        meant = [speaker for speaker in self._speakers.values() if is_called(name, speaker)]
        if len(meant) > 1:
            # "Mr Pryce" is the one whom the article calls so.
            place = words.index(run[0])
            title = words[max(0, place - 1)].start
            titled = {fold(name), fold(text[title : run[-1].end])}
            meant = [speaker for speaker in meant if titled & self._written[speaker.name]]
        return meant[0] if len(meant) == 1 else None


def _names(
    words: Sequence[Word], found: Found, text: str, known: Vocabulary
) -> Iterator[Sequence[Word]]:
    """Yield the runs of words that may name whom an agreement is with, the longest first."""
    stop = stop_words(known.language)
    inside = range(found.first + 1, found.last)
    after = range(found.last + 1, min(len(words), found.last + 1 + _AFTER))
    joined = words[found.last : found.last + 2]
    if not any(known.stance.siding.holds(word.folded) for word in joined):
        after = range(0)
    for length in range(_LONGEST_NAME, 0, -1):
        before = range(max(0, found.first - length - _BETWEEN), max(0, found.first - length + 1))
        for first in (*before, *inside, *after):
            run = words[first : first + length]
            if len(run) < length or all(word.folded in stop for word in run):
                continue
            if first in inside and first + length > found.last:
                continue
            gap = (run[-1].end, found.start) if first < found.first else (found.end, run[0].start)
            if not _BREAK.search(text[slice(*gap)]):
                yield run
