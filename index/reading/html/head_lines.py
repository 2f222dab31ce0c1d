"""Which lines of a page say nothing but what its head says: author, day, address."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from index.language.reading_words import any_of, phrases
from index.language.words import fold
from index.reading.dates import find_date

_MOST_LETTERS_BESIDE = 3
_MOST_LETTERS_BESIDE_BOTH = 20
"""Beside a name and a day there may be words such as "Categories:"; they are no sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says about its article."""

    url: str | None
    title: str | None
    author: str | None
    published_at: datetime | None
    day_first: bool | None
    """Whether the country of the page writes the day first; None where no country shows."""


def says_only_head(line: str, head: Head) -> bool:
    """Return whether a line is the author, the day or both with what announces them."""
    if line == head.url:
        return True
    rest = fold(line)
    names = [name for name in fold(head.author or "").split("; ") if name and name in rest]
    for name in names:
        rest = rest.replace(name, " ")
    found = (
        find_date(rest, day_first=head.day_first)
        if head.published_at and any(map(str.isdigit, rest))
        else None
    )
    is_that_day = found is not None and found.at is not None and _is_same_day(found.at, head)
    if found is not None and is_that_day:
        rest = rest[: found.start] + " " + rest[found.end :]
    if not names and not is_that_day:
        return False
    letters = sum(map(str.isalpha, _announcing().sub(" ", rest)))
    return letters <= (_MOST_LETTERS_BESIDE_BOTH if names and is_that_day else _MOST_LETTERS_BESIDE)


def _is_same_day(moment: datetime, head: Head) -> bool:
    """Whether two times are less than a day apart: each may be of another time zone."""
    return head.published_at is not None and abs(moment - head.published_at) <= timedelta(days=1)


def is_day(line: str, head: Head) -> bool:
    """Return whether a line is a day and nothing else, as the headings of a diary are."""
    found = find_date(line, day_first=head.day_first)
    return found is not None and not any(map(str.isalpha, line[: found.start] + line[found.end :]))


@cache
def _announcing() -> re.Pattern[str]:
    known = phrases()
    words = known.bylines | known.published_prefixes | known.date_prefixes
    return re.compile(rf"(?<!\w){any_of(words)}(?!\w)")
