"""The quote court: did they really say it, in these words?

Signs, case, spacing, accents and marked omissions do not count; every word, number and
negation does. What cannot be shown to be verbatim is never called so.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from index.article import Article
from index.language.negation import negation_words
from index.language.words import fold
from index.reading.cleaning import clean
from index.statements.matching import same_speaker, speaker_matches
from index.statements.statement import Statement

Verdict = Literal["verbatim", "altered", "other_speaker", "absent"]

_UNIT = re.compile(
    r"\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?![\d])|\d+(?:[.,:]\d+)*|[^\W\d_]+"
    r"|[%€$£°‰]|(?<![\w])[-−](?=\d)"
)
_OMISSION = re.compile(r"\s*[\[(]?\s*(?:…|\.{3,})\s*[\])]?\s*")
_SENTENCE_END = re.compile(r"[.!?…]\s")
_SPACES = re.compile(r"[\u00a0\u202f ]")
_LONGEST_GAP_WORDS = 60
_LEAST_SHARED_WORDS = 0.5
_NEAR_STATEMENTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationCheck:
    """The verdict on a quotation.

    `verbatim`: the words stand on the page (and are the named speaker's). `other_speaker`:
    they stand there word for word, but are not shown to be the named speaker's: somebody
    else's, the narrator's (then `statement` is None), or of an unknown voice. `altered`:
    words like these stand there; `differences` say what was changed. `absent`: nothing
    like it. `start`/`end` are characters of the article, None when absent.
    """

    verdict: Verdict
    statement: Statement | None = None
    start: int | None = None
    end: int | None = None
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word or number of the article, folded, with its place."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where words were found: unit numbers, both included, and what an omission left out."""

    first: int
    last: int
    left_out: tuple[str, ...] = ()


def check_quotation(
    quote: str, article: Article, statements: Sequence[Statement], *, speaker: str | None = None
) -> QuotationCheck:
    """Return whether the page holds a quotation, in whose words, and what was changed.

    Args:
        quote: The words to check; quotation marks around them and "[…]" may be left in.
        article: The page.
        statements: What `find_statements` found on it.
        speaker: Who is said to have said it; None asks only for the words.
    """
    statements = sorted(statements, key=_begin)
    parts = [_folded(part) for part in _OMISSION.split(clean(quote).text)]
    parts = [part for part in parts if part]
    units = list(_units(article.text))
    if not parts or not units:
        return QuotationCheck(verdict="absent")
    faithful = [place for place in _places(parts, units, article.text) if not place.left_out]
    faithful.extend(_across(parts, units, statements))
    if faithful:
        return _found(faithful, units, statements, speaker)
    cut = next(iter(_places(parts, units, article.text)), None)
    if cut is not None:
        differences = tuple(f"left out: {word}" for word in cut.left_out)
        return _altered(cut, units, statements, differences)
    return _like_it([word for part in parts for word in part], units, statements)


def _units(text: str, start: int = 0) -> Iterator[_Unit]:
    for match in _UNIT.finditer(text.replace("ʼ", "'"), start):
        yield _Unit(_bare(match.group()), match.start(), match.end())


def _folded(text: str) -> list[str]:
    return [_bare(match.group()) for match in _UNIT.finditer(text.replace("ʼ", "'"))]


def _bare(unit: str) -> str:
    return fold(_SPACES.sub("", unit)).replace("−", "-").replace("œ", "oe").replace("æ", "ae")


def _start(unit: _Unit) -> int:
    return unit.start


def _places(parts: Sequence[Sequence[str]], units: Sequence[_Unit], text: str) -> Iterator[_Place]:
    """Yield where the parts stand one behind the other, the omissions between them short."""
    starts: dict[str, list[int]] = {}
    for position, unit in enumerate(units):
        starts.setdefault(unit.folded, []).append(position)
    for first in starts.get(parts[0][0], ()):
        last = _end_of(parts[0], units, first)
        if last is None:
            continue
        left_out: list[str] = []
        for part in parts[1:]:
            following = next(
                (
                    (begin, end)
                    for begin in range(last + 1, min(last + _LONGEST_GAP_WORDS, len(units)))
                    if (end := _end_of(part, units, begin)) is not None
                ),
                None,
            )
            if following is None:
                break
            gap = units[last + 1 : following[0]]
            if gap and not _SENTENCE_END.search(text, units[last].end, gap[-1].end):
                left_out.extend(unit.folded for unit in gap if unit.folded in negation_words())
            last = following[1]
        else:
            yield _Place(first, last, tuple(left_out))


def _end_of(part: Sequence[str], units: Sequence[_Unit], first: int) -> int | None:
    last = first + len(part) - 1
    if last >= len(units):
        return None
    same = all(units[first + ahead].folded == word for ahead, word in enumerate(part))
    return last if same else None


def _across(
    parts: Sequence[Sequence[str]], units: Sequence[_Unit], statements: Sequence[Statement]
) -> Iterator[_Place]:
    """Yield a quotation put together again around "…, dit Akar," from one speaker's parts."""
    if len(parts) != 1:
        return
    direct = [item for item in statements if item.manner in ("direct", "mixed")]
    pieces = [(item, start, end) for item in direct for start, end in item.parts]
    for (one, *first_piece), (two, *second_piece) in pairwise(pieces):
        if one.passage != two.passage or not same_speaker(one.speaker, two.speaker):
            continue
        inside: list[tuple[int, _Unit]] = []
        for start, end in (first_piece, second_piece):
            begin = bisect_left(units, start, key=_start)
            inside += enumerate(units[begin : bisect_left(units, end, key=_start)], begin)
        joined = [unit for _, unit in inside]
        for first in range(len(joined) - len(parts[0]) + 1):
            last = _end_of(parts[0], joined, first)
            if last is not None:
                yield _Place(inside[first][0], inside[last][0])


def _found(
    places: Sequence[_Place], units: Sequence[_Unit], statements: Sequence[Statement],
    speaker: str | None,
) -> QuotationCheck:  # fmt: skip
    holders = [_holder(place, units, statements) for place in places]
    for place, holder in zip(places, holders, strict=True):
        theirs = speaker is None or (
            holder is not None
            and holder.speaker is not None
            and speaker_matches(speaker, holder.speaker)
        )
        if theirs:
            if speaker is None and holder is None and any(holders):
                continue
            return _check("verbatim", place, units, holder)
    best = next((i for i, holder in enumerate(holders) if holder is not None), 0)
    return _check("other_speaker", places[best], units, holders[best])


def _check(
    verdict: Verdict, place: _Place, units: Sequence[_Unit], holder: Statement | None,
    differences: tuple[str, ...] = (),
) -> QuotationCheck:  # fmt: skip
    return QuotationCheck(
        verdict=verdict,
        statement=holder,
        start=units[place.first].start,
        end=units[place.last].end,
        differences=differences,
    )


def _holder(
    place: _Place, units: Sequence[_Unit], statements: Sequence[Statement]
) -> Statement | None:
    """Return the innermost statement around the words; with parts, that of the first part."""
    start, end = units[place.first].start, units[place.last].end
    last = bisect_right(statements, start, key=_begin)
    near = statements[max(0, last - _NEAR_STATEMENTS) : last + _NEAR_STATEMENTS]
    around = [item for item in near if item.start <= start and end <= item.end]
    if place.first == place.last:
        # One word is no quotation of somebody whom the page only reports.
        around = [item for item in around if item.manner in ("direct", "comment")]
        near = around
    if around:
        return min(around, key=lambda item: (item.end - item.start, -item.start))
    opening = [item for item in near if item.start <= start < item.end]
    closing = [item for item in near if item.start < end <= item.end]
    for one in opening:
        if any(same_speaker(one.speaker, two.speaker) for two in closing):
            return one
    return None


def _begin(statement: Statement) -> int:
    return statement.start


def _altered(
    place: _Place, units: Sequence[_Unit], statements: Sequence[Statement],
    differences: tuple[str, ...],
) -> QuotationCheck:  # fmt: skip
    return _check("altered", place, units, _holder(place, units, statements), differences)


def _like_it(
    words: Sequence[str], units: Sequence[_Unit], statements: Sequence[Statement]
) -> QuotationCheck:
    """Return the closest words of the page with the differences, absent where none are close."""
    from rapidfuzz.distance import LCSseq

    begin = _densest_window(words, units)
    size = len(words)
    first, last = max(0, begin - size // 2), min(len(units) - 1, begin + size + size // 2)
    steps = LCSseq.opcodes([unit.folded for unit in units[first : last + 1]], words)
    same = [step for step in steps if step.tag == "equal"]
    if not same:
        return QuotationCheck(verdict="absent")
    first, last = first + same[0].src_start, first + same[-1].src_end - 1
    first, last = max(0, first - same[0].dest_start), last + size - same[-1].dest_end
    theirs = [unit.folded for unit in units[first : last + 1]]
    shared = LCSseq.similarity(theirs, words)
    if shared < max(min(2, size), _LEAST_SHARED_WORDS * max(size, len(theirs))):
        return QuotationCheck(verdict="absent")
    place = _Place(first, min(last, len(units) - 1))
    return _altered(place, units, statements, tuple(_differences(words, theirs)))


def _densest_window(words: Sequence[str], units: Sequence[_Unit]) -> int:
    """Return where the stretch of the page begins that shares most words with a quotation."""
    wanted = Counter(words)
    inside: Counter[str] = Counter()
    best, best_score, score = 0, -1, 0
    size = len(words)
    for position, unit in enumerate(units):
        if unit.folded in wanted:
            inside[unit.folded] += 1
            score += inside[unit.folded] <= wanted[unit.folded]
        if position >= size and units[position - size].folded in wanted:
            gone = units[position - size].folded
            score -= inside[gone] <= wanted[gone]
            inside[gone] -= 1
        if score > best_score:
            best, best_score = max(0, position - size + 1), score
    return best


def _differences(words: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    from rapidfuzz.distance import Levenshtein

    for step in Levenshtein.opcodes(theirs, words):
        there = " ".join(theirs[step.src_start : step.src_end])
        here = " ".join(words[step.dest_start : step.dest_end])
        if step.tag == "replace":
            yield f"“{here}” instead of “{there}”"
        elif step.tag == "delete":
            yield f"left out: {there}"
        elif step.tag == "insert":
            yield f"added: {here}"
