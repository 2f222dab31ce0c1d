"""What extraction leaves around an article: who wrote it and when, share lines, links to others.

A line goes only where it says nothing else: the words of pages that `pasted.boilerplate`
knows, a byline, a date. What it says is kept for pages that say it nowhere else.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from index.language.reading_words import bare, phrases
from index.reading.dates import dateline, find_date
from index.reading.draft import ParagraphDraft
from index.reading.pasted.boilerplate import (
    counts_comments,
    is_breadcrumb,
    is_credit,
    is_furniture,
)
from index.reading.pasted.bylines import name_in_byline
from index.reading.pasted.heads import is_author

_LONGEST_LINE = 80
_FIRST = 4
_LAST = 3
_MOST_LETTERS_BESIDE_DATE = 3
_MOST_BESIDE_BYLINE = 24
_FEWEST_TURNS = 2
_FEWEST_DAYS = 3
"""Fewer are when an article was published and changed; as many head the days of a diary."""
_MOST_WORDS_OF_A_NAME = 4
_SIGNS = "|·•"
_PARTS = re.compile(r"\s[-–—|·•]\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """The paragraphs without the lines around them, and what those say."""

    paragraphs: tuple[ParagraphDraft, ...]
    author: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Byline:
    author: str | None
    published_at: datetime | None


def without_frame(paragraphs: Sequence[ParagraphDraft], *, day_first: bool | None) -> Framed:
    """Return the paragraphs without furniture, and at their ends without bylines and dates."""
    kept: list[ParagraphDraft] = []
    author: str | None = None
    published_at: datetime | None = None
    days = {paragraph.text for paragraph in paragraphs if _is_day(paragraph.text, day_first)}
    if len(days) < _FEWEST_DAYS:
        days = set()
    for place, paragraph in enumerate(paragraphs):
        line = paragraph.text
        at_start, at_end = place < _FIRST, len(paragraphs) - place <= _LAST
        if is_furniture(line) or counts_comments(line):
            continue
        if at_start and "/" not in line and is_breadcrumb(line):
            continue
        lines = []
        for piece in line.split("\n"):
            if is_credit(piece):
                continue
            if at_start and published_at is None:
                published_at = dateline(piece[:_LONGEST_LINE], day_first=day_first)
            said = _byline(piece, day_first) if at_start or at_end else None
            if said is None or line in days:
                lines.append(piece)
                continue
            author = author or said.author
            published_at = published_at or (said.published_at if at_start else None)
        if lines:
            kept.append(replace(paragraph, text="\n".join(lines)))
    if not kept:
        return Framed(paragraphs=tuple(paragraphs), author=None, published_at=None)
    return Framed(paragraphs=_with_turns(kept), author=author, published_at=published_at)


def _with_turns(paragraphs: Sequence[ParagraphDraft]) -> tuple[ParagraphDraft, ...]:
    """Return the paragraphs, names of an interview beside what follows: "Ada: Yes"."""
    lines = Counter(paragraph.text for paragraph in paragraphs if _is_turn(paragraph.text))
    joined: list[ParagraphDraft] = []
    name = ""
    for paragraph in paragraphs:
        if not name and lines[paragraph.text] >= _FEWEST_TURNS:
            name = paragraph.text
            continue
        joined.append(replace(paragraph, text=f"{name} {paragraph.text}".lstrip()))
        name = ""
    return tuple(joined) if not name else (*joined, ParagraphDraft(text=name))


def _is_turn(line: str) -> bool:
    return line.endswith(":") and len(line.split()) <= _MOST_WORDS_OF_A_NAME


def _is_day(line: str, day_first: bool | None) -> bool:
    said = _byline(line, day_first)
    return said is not None and said.author is None


def _byline(line: str, day_first: bool | None) -> _Byline | None:
    """Return what a line says of who wrote an article and when, None where it says anything else.

    A name has words before it that announce it: "Posted by Ada Lund on 2 May 2021".
    """
    if len(line) > _LONGEST_LINE:
        return None
    found = find_date(line, day_first=day_first)
    if found is None:
        name = name_in_byline(line)
        return _Byline(author=name, published_at=None) if name else None
    before, after = line[: found.start], line[found.end :]
    known = phrases().published_prefixes | phrases().date_prefixes
    is_announced = not bare(before) or bare(before) in known
    if is_announced and sum(map(str.isalpha, after)) <= _MOST_LETTERS_BESIDE_DATE:
        return _Byline(author=None, published_at=found.at)
    signed = after.strip(f" {_SIGNS}")
    is_signed = after.lstrip().startswith(tuple(_SIGNS)) and not any(map(str.isdigit, signed))
    if not bare(before) and is_signed and is_author(signed):
        # "2 May 2021, 19:49 | Ada Lund"
        return _Byline(author=signed, published_at=found.at)
    parts = [part for part in _PARTS.split(f"{before} | {after}") if bare(part)]
    names = [name for part in parts if (name := name_in_byline(part))]
    beside = sum(len(bare(part)) for part in parts if not name_in_byline(part))
    if len(names) == 1 and beside <= _MOST_BESIDE_BYLINE:
        return _Byline(author=names[0], published_at=found.at)
    return None
