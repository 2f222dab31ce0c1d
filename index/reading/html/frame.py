"""What extraction leaves around an article: who wrote it and when, share lines, links to others.

A line goes only where it says nothing else: the words of pages that `pasted.boilerplate`
knows, a byline, a date. What it says is kept for pages that say it nowhere else.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from index.language.reading_words import bare, phrases
from index.reading.dates import find_date
from index.reading.draft import ParagraphDraft
from index.reading.pasted.boilerplate import is_breadcrumb, is_furniture
from index.reading.pasted.bylines import name_in_byline

_LONGEST_LINE = 80
_FIRST = 4
_LAST = 3
_MOST_LETTERS_BESIDE_DATE = 3
_FEWEST_TURNS = 2
_MOST_WORDS_OF_A_NAME = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """The paragraphs without the lines around them, and what those say."""

    paragraphs: tuple[ParagraphDraft, ...]
    author: str | None
    published_at: datetime | None


def without_frame(paragraphs: Sequence[ParagraphDraft], *, day_first: bool | None) -> Framed:
    """Return the paragraphs without furniture, and at their ends without bylines and dates."""
    kept: list[ParagraphDraft] = []
    author: str | None = None
    published_at: datetime | None = None
    for place, paragraph in enumerate(paragraphs):
        line = paragraph.text
        at_start, at_end = place < _FIRST, len(paragraphs) - place <= _LAST
        if is_furniture(line) or (at_start and "/" not in line and is_breadcrumb(line)):
            continue
        is_short = (at_start or at_end) and len(line) <= _LONGEST_LINE
        if is_short and (name := name_in_byline(line)):
            author = author or name
            continue
        if is_short and _is_date_alone(line, day_first):
            found = find_date(line, day_first=day_first)
            published_at = published_at or (found.at if found and at_start else None)
            continue
        kept.append(paragraph)
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


def _is_date_alone(line: str, day_first: bool | None) -> bool:
    """Whether a line is a date and at most the words that announce it: "Published 2 May 2021"."""
    found = find_date(line, day_first=day_first)
    if found is None:
        return False
    before, after = line[: found.start], line[found.end :]
    known = phrases().published_prefixes | phrases().date_prefixes
    announced = not bare(before) or bare(before) in known
    return announced and sum(map(str.isalpha, after)) <= _MOST_LETTERS_BESIDE_DATE
