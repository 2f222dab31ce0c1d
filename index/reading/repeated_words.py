"""Which words of a comment are somebody else's: those it repeats before it answers them.

A comment often begins with words of the article or of an earlier comment, set apart from
its own by a line break, quotation marks or `>`; verbatim, shortened ("..."), or slightly
altered. They are traced to the passage they come from. What is not clearly repeated counts
as the commenter's own.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from index.article import Passage, QuotedWords
from index.language.negation import negation_words
from index.language.quotation_marks import quotations_in
from index.language.words import Span, fold, split_words, stop_words

_LINE = re.compile(r"[^\n]+")
_SIGNS = re.compile(r"^(?:\s|\.{2,}|…|[«“„\"'>-])+|(?:\s|\.{2,}|…|[»”“\"'])+$")
_STEM = 6
_MOST_HOLDERS = 200
"""Pairs of words in more comments than this say nothing about where words come from."""

_SHORTEST_QUOTE, _LONGEST_QUOTE = 12, 3_000
_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a stretch of text that carry meaning, folded; `keys` are their beginnings.

    `negations_before` counts the negations of the text before each word.
    """

    folded: tuple[str, ...]
    keys: tuple[str, ...]
    negations_before: tuple[int, ...]
    asks: bool


@dataclass(frozen=True, slots=True)
class _Match:
    label: str
    share: float
    """Of the weight of the repeated words that the passage holds in the same order, in [0, 1]."""
    longest_run: int
    """Words repeated without a gap."""
    words: int
    """Words of the quotation that carry meaning."""
    same_sense: bool
    """Neither negates what the other states, nor asks what the other does not ask."""


class QuoteTracer:
    """Finds the passages a comment repeats, among those added before it."""

    def __init__(self) -> None:
        self._negations = negation_words()
        self._stop = stop_words()
        self._folded: dict[str, str] = {}
        self._words: list[_Words] = []
        self._labels: list[str] = []
        self._article_holders: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._comment_holders: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._copies: set[str] = set()
        self._label_of_line: dict[str, str] = {}

    def add_passages(self, passages: Sequence[Passage]) -> None:
        """Make passages of the article known as possible sources."""
        for passage in passages:
            self._add(passage.text, passage.label, self._article_holders)

    def trace_comment(
        self, text: str, *, label: str, marked: Sequence[str] = (), parent: str | None = None
    ) -> tuple[QuotedWords, ...]:
        """Return what a comment quotes, as spans of its text, and make it known as a source.

        Args:
            text: The comment.
            label: Its label, for comments that will quote it.
            marked: The parts of it that the page itself marks as quoted, in order.
            parent: The label of the comment it replies to.
        """
        quoted = list(self._marked(text, marked, parent))
        is_copy = text in self._copies
        self._copies.add(text)
        if not is_copy:
            quoted += [
                found for found in self._set_apart(text, parent) if not _overlaps(found, quoted)
            ]
            quoted += [
                found for found in self._in_marks(text, parent) if not _overlaps(found, quoted)
            ]
        quoted.sort(key=lambda words: words.start)
        self._add(_without(text, quoted), label, self._comment_holders)
        return tuple(quoted)

    def _marked(
        self, text: str, marked: Sequence[str], parent: str | None
    ) -> Iterator[QuotedWords]:
        position = 0
        for words in marked:
            start = text.find(words, position) if words else -1
            if start < 0:
                continue
            position = start + len(words)
            yield QuotedWords(start=start, end=position, passage=self._origin(words, parent))

    def _origin(self, quote: str, parent: str | None) -> str | None:
        """Return the passage that words marked as quoted come from; a little likeness will do."""
        match = self._best(quote, parent)
        if match and match.share >= 0.5 and match.longest_run >= 2:
            return match.label
        lines = (self._label_of_line.get(line.group()) for line in _LINE.finditer(quote))
        return next((label for label in lines if label), None)

    def _set_apart(self, text: str, parent: str | None) -> Iterator[QuotedWords]:
        """Yield the lines, but never the last one, that repeat words; leading lines above all."""
        lines = [Span(match.start(), match.end()) for match in _LINE.finditer(text)]
        leading = True
        for line, following in pairwise(lines):
            before_blank = following.start - line.end > 1
            match = self._best(line.of(text), parent)
            if match and _is_repeated(
                match, line.of(text), before_blank=before_blank, leading=leading
            ):
                yield QuotedWords(start=line.start, end=line.end, passage=match.label)
            else:
                leading = False

    def _in_marks(self, text: str, parent: str | None) -> Iterator[QuotedWords]:
        for found in quotations_in(text):
            start, end = found.outer_start, found.outer_end
            is_all = start == 0 and end == len(text)
            if is_all or not found.is_closed or found.end - found.start < _SHORTEST_QUOTE:
                continue
            match = self._best(text[start:end], parent)
            if match and match.share >= 0.9 and match.longest_run >= 3:
                yield QuotedWords(start=start, end=end, passage=match.label)

    def _best(self, quote: str, parent: str | None) -> _Match | None:
        if len(quote) > _LONGEST_QUOTE:
            return None
        words = self._read(_SIGNS.sub("", quote))
        if len(words.keys) < 2:
            return None
        shared: Counter[int] = Counter()
        for pair in set(pairwise(words.keys)):
            shared.update(self._article_holders.get(pair, ()))
            holders = self._comment_holders.get(pair, ())
            if len(holders) <= _MOST_HOLDERS:
                shared.update(holders)
        best: tuple[float, bool, int] | None = None
        found: _Match | None = None
        for position, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:5]:
            match = self._compare(words, position)
            rank = (round(match.share, 2), match.label == parent, -position)
            if best is None or rank > best:
                best, found = rank, match
        return found

    def _compare(self, quote: _Words, position: int) -> _Match:
        from rapidfuzz.distance import LCSseq

        source = self._words[position]
        opcodes = LCSseq.opcodes(quote.keys, source.keys)
        runs = _densest([code for code in opcodes if code.tag == "equal"], len(quote.keys))
        held = sum(len(word) for run in runs for word in quote.folded[run.src_start : run.src_end])
        return _Match(
            label=self._labels[position],
            share=held / sum(map(len, quote.folded)),
            longest_run=max((run.src_end - run.src_start for run in runs), default=0),
            words=len(quote.keys),
            same_sense=(source.asks or not quote.asks) and _same_negations(quote, source, runs),
        )

    def _add(self, text: str, label: str, holders: dict[tuple[str, str], list[int]]) -> None:
        words = self._read(text[:_LONGEST_QUOTE])
        position = len(self._words)
        self._words.append(words)
        self._labels.append(label)
        for line in _LINE.finditer(text):
            if line.end() - line.start() <= _LONGEST_LINE:
                self._label_of_line.setdefault(line.group(), label)
        for pair in set(pairwise(words.keys)):
            listed = holders[pair]
            if len(listed) <= _MOST_HOLDERS:
                listed.append(position)

    def _read(self, text: str) -> _Words:
        kept: list[str] = []
        negations_before: list[int] = []
        negations = 0
        for written in split_words(text):
            word = self._folded.get(written)
            if word is None:
                word = self._folded[written] = fold(written)
            if word in self._negations:
                negations += 1
            if word not in self._stop and (len(word) > 1 or word.isdigit()):
                kept.append(word)
                negations_before.append(negations)
        return _Words(
            folded=tuple(kept),
            keys=tuple(word[:_STEM] for word in kept),
            negations_before=tuple(negations_before),
            asks="?" in text,
        )


def _is_repeated(match: _Match, line: str, *, before_blank: bool, leading: bool) -> bool:
    """Whether a line set apart is a quotation of what it matches, not words of its own."""
    is_marked = line[0] in '«“„"' or line.startswith(("...", "…")) or line.endswith(("...", "…"))
    if match.share >= 0.95 and match.same_sense:
        return match.longest_run >= (3 if leading else 4) or (
            is_marked and leading and match.longest_run >= 2
        )
    if not leading or not match.same_sense:
        return False
    if before_blank or is_marked:
        long_enough = match.longest_run >= (3 if match.words > 3 else 2)
        return long_enough and match.share >= (0.6 if match.words <= 8 else 0.66)
    return match.share >= 0.8 and match.longest_run >= 4


def _densest(runs: list[Any], words: int) -> list[Any]:
    """Return the runs in the part of the source, about as long as the quote, that holds most."""
    widest = 2 * words + 3
    best: list[Any] = []
    most = first = held = 0
    for last, run in enumerate(runs):
        held += run.src_end - run.src_start
        while run.dest_end - runs[first].dest_start > widest and first < last:
            held -= runs[first].src_end - runs[first].src_start
            first += 1
        if held > most:
            most, best = held, runs[first : last + 1]
    return best


def _same_negations(quote: _Words, source: _Words, runs: list[Any]) -> bool:
    if not runs:
        return False
    first, last = runs[0], runs[-1]
    in_quote = quote.negations_before[last.src_end - 1] - quote.negations_before[first.src_start]
    in_source = (
        source.negations_before[last.dest_end - 1] - source.negations_before[first.dest_start]
    )
    return bool(in_quote) == bool(in_source)


def _overlaps(words: QuotedWords, others: Sequence[QuotedWords]) -> bool:
    return any(words.start < other.end and other.start < words.end for other in others)


def _without(text: str, quoted: Sequence[QuotedWords]) -> str:
    kept, position = [], 0
    for words in quoted:
        kept.append(text[position : words.start])
        position = words.end
    return "\n".join([*kept, text[position:]])
