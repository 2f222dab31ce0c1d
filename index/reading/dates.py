"""Dates as pages write them, absolute or relative, in all languages of the lexicon.

A date is read only where it leaves no doubt: "3 hours ago" and 04/05/2020 on a page that
does not show which comes first are recognised as dates, but have no moment.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from index.language.reading_words import any_of, phrases
from index.language.words import fold, month_numbers

MONTH_FIRST_LANGUAGES = frozenset({"en"})
"""Languages some of whose countries write 04/05/2020 for the fifth of April."""

_ZONE_HOURS = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2,
    "eet": 2, "eest": 3, "msk": 3, "мск": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "jst": 9, "aest": 10, "aedt": 11, "trt": 3,
}  # fmt: skip

_AMERICAN = re.compile(r"\b[1-9]\d?/[1-9]\d?/\d{4}, \d{1,2}:\d{2}:\d{2} [AP]M\b")
_DASHES = ("–", "—", "-", "|")
_FIRST_YEAR = 1900
_SECONDS = re.compile(r"\d{9,13}(?:\.\d+)?")
_EARLIEST_SECONDS = 1e8
_MILLISECONDS = 1e11
_DAY = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th|[.ºª°])?"
_MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_OF = r"(?:\s+(?:de|del|of)\b)?"
_CALENDAR_DATES = (
    rf"{_DAY}{_OF}[\s\-/]*{_MONTH}{_OF}[\s\-/,]*{_YEAR}",
    rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    r"(?P<year>\d{4})(?P<sep>[-/.])(?P<number>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
    r"(?P<first>\d{1,2})(?P<sep>[-/.])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?!\d)",
    r"(?P<first>\d{1,2})(?P<sep>\.)\s?(?P<second>\d{1,2})(?:\.\s|\.?,\s)(?P<year>\d{4})(?!\d)",
    rf"{_DAY}{_OF}\s+{_MONTH}",
    rf"{_MONTH}\s+{_DAY}(?!\d)",
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:\s?(?:h|:)\s?(?P<minute>\d{2})(?:\s?:\s?(?P<second_>\d{2})(?:[.,]\d{1,9})?)?"
    r"|\.(?P<minute_>\d{2})(?=\s?uhr)|(?=\s?(?:[ap]\.?m\b|uhr|h\b)))"
    r"\s?(?P<half>[ap]\.?m\.?(?![^\W\d_]))?(?:\s?(?:uhr|h)\b)?"
)
_ZONE = (
    r"(?P<zone>(?:utc|gmt)?\s?[+\-−]\d{1,2}(?::?\d{2})?\b|(?:" + "|".join(_ZONE_HOURS) + r")\b)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date in a line: where it stands, and its moment where that leaves no doubt."""

    start: int
    end: int
    text: str
    at: datetime | None


def parse_date(text: str, *, day_first: bool | None = None) -> datetime | None:
    """Return the moment a text names, aware, UTC where it names no zone; None in doubt.

    Args:
        text: A date as a page shows it or its markup holds it; ISO 8601 too.
        day_first: How the page writes 04/05/2020; None where nobody knows.

    >>> parse_date("13 Octobre 2020 13: 29")
    datetime.datetime(2020, 10, 13, 13, 29, tzinfo=datetime.timezone.utc)
    """
    written = text.strip()[:200]
    try:
        moment = datetime.fromisoformat(written)
        if re.match(r"\d{4}-\d|\d{8}T", written):
            # Data that has no date says the year 1.
            return _aware(moment) if moment.year >= _FIRST_YEAR else None
    except (ValueError, OverflowError):
        pass
    found = find_date(written, day_first=day_first)
    return found.at if found else None


def moment_of(value: object) -> datetime | None:
    """Return a point in time: words, ISO 8601, or seconds or milliseconds since 1970."""
    if isinstance(value, str) and _SECONDS.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, str):
        return parse_date(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < _EARLIEST_SECONDS:
        return None
    try:
        return datetime.fromtimestamp(value / 1_000 if value > _MILLISECONDS else value, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def find_date(line: str, *, day_first: bool | None = None) -> FoundDate | None:
    """Return the first date in a line of text, None where there is none.

    >>> find_date("Ada, 3 hours ago").text
    '3 hours ago'
    """
    for found in _absolute(line, day_first):
        return found
    if match := _relative().search(_folded(line)):
        start, end = match.span()
        return FoundDate(start=start, end=end, text=line[start:end], at=None)
    return None


def dateline(line: str, *, day_first: bool | None = None) -> datetime | None:
    """Return the day that a line begins with, set off by a dash: "29.11.2022 – The council …"."""
    found = find_date(line, day_first=day_first)
    if found is None or line[: found.start].strip("( "):
        return None
    return found.at if line[found.end :].lstrip(") ")[:1] in _DASHES else None


def is_day_first(lines: list[str]) -> bool | None:
    """Return how a page writes 04/05/2020, as its other dates show it; None where none does.

    Browsers set to American English alone write a date as "4/5/2020, 2:03:21 PM".

    >>> is_day_first(["04/05/2020", "23/05/2020"])
    True
    """
    for line in lines:
        for match in re.finditer(r"\b(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}\b", line):
            if int(match[1]) > 12 >= int(match[2]):
                return True
            if int(match[2]) > 12 >= int(match[1]):
                return False
    return False if any(map(_AMERICAN.search, lines)) else None


def _absolute(line: str, day_first: bool | None) -> Iterator[FoundDate]:
    if not any(character.isdigit() for character in line):
        return
    folded = _folded(line)
    for pattern in _calendar():
        for match in pattern.finditer(folded):
            day = _day_of(match, day_first)
            if day is None:
                continue
            start, end = match.span()
            moment, start, end = _with_clock(folded, day, start, end)
            if day.year is None and moment is None and end == match.end():
                # A day without year or clock ("Juni 12") is too weak a character of a date.
                continue
            yield FoundDate(start=start, end=end, text=line[start:end].strip(), at=moment)


@dataclass(frozen=True, slots=True)
class _Day:
    year: int | None
    month: int | None
    day: int | None


def _day_of(match: re.Match[str], day_first: bool | None) -> _Day | None:
    """Return the day a calendar match names; None where it is no date at all."""
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    if year is not None and year < 100:
        year += 2000
    if year is not None and not _FIRST_YEAR <= year <= 2100:
        return None
    if groups.get("first"):
        return _numeric_day(
            int(groups["first"]), int(groups["second"]), groups["sep"], year, day_first
        )
    month = int(groups["number"]) if groups.get("number") else month_numbers().get(groups["month"])
    day = int(groups["day"])
    return _Day(year, month, day) if month and 1 <= month <= 12 and 1 <= day <= 31 else None


def _numeric_day(
    first: int, second: int, character: str, year: int | None, day_first: bool | None
) -> _Day | None:
    if not (1 <= first <= 31 and 1 <= second <= 31) or min(first, second) > 12:
        return None
    if first > 12 or first == second or character == "." or (day_first is True and second <= 12):
        return _Day(year, second, first)
    if second > 12 or day_first is False:
        return _Day(year, first, second)
    return _Day(year, None, None)


def _with_clock(folded: str, day: _Day, start: int, end: int) -> tuple[datetime | None, int, int]:
    after = _clock_after().match(folded, end)
    if after:
        return _moment(day, after), start, after.end()
    before = _clock_before().search(folded, max(0, start - 40), start)
    if before:
        return _moment(day, before), before.start(), end
    return _moment(day, None), start, end


def _moment(day: _Day, clock: re.Match[str] | None) -> datetime | None:
    if day.year is None or day.month is None or day.day is None:
        return None
    hour = minute = second = 0
    zone: timezone = UTC
    if clock is not None:
        hour = int(clock["hour"])
        minute = int(clock["minute"] or clock["minute_"] or 0)
        second = int(clock["second_"] or 0)
        half = (clock["half"] or "").replace(".", "")
        if half:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if half == "pm" else 0)
        zone = _zone(clock["zone"])
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone).astimezone(
            UTC
        )
    except (ValueError, OverflowError):
        return None


def _zone(written: str | None) -> timezone:
    name = (written or "").strip()
    if name in _ZONE_HOURS:
        return timezone(timedelta(hours=_ZONE_HOURS[name]))
    offset = re.search(r"([+\-−])(\d{1,2}):?(\d{2})?$", name)
    if not offset:
        return UTC
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    if minutes > 14 * 60:
        return UTC
    return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _folded(line: str) -> str:
    """Return a line folded character by character, so that places in it are places in the line."""
    if line.isascii():
        return line.lower()
    return "".join(
        folded if len(folded := fold(character)) == 1 else character for character in line
    )


@cache
def _calendar() -> tuple[re.Pattern[str], ...]:
    weekday = rf"(?:\b{any_of(phrases().weekdays)}\b[.,]?\s+)?"
    return tuple(re.compile(rf"{weekday}(?<![\d.,/:-])\b{date}") for date in _CALENDAR_DATES)


@cache
def _clock_after() -> re.Pattern[str]:
    joiners = any_of(phrases().time_joiners)
    year_word = r"(?:\s?(?:г\.?|года)(?![^\W_]))?"
    gap = rf"(?:t(?=\d)|[\s,;|·•@\-–—(]*(?:\b{joiners}(?![^\W\d_])\s*)?)"
    return re.compile(rf"{year_word}{gap}(?<!\d){_CLOCK}(?:\s?{_ZONE})?")


@cache
def _clock_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d:]){_CLOCK}(?:\s?{_ZONE})?[\s,;|·•\-–—]+(?:(?:le|on|am|el|il)\s+)?$"
    )


@cache
def _relative() -> re.Pattern[str]:
    known = phrases()
    units = any_of(known.ago_units)
    amount = rf"(?:\d{{1,3}}|{any_of(known.ago_numbers)})\s?{units}\b\.?"
    before = rf"\b{any_of(known.ago_before)}\s+{amount}"
    after = rf"(?<![^\W])(?:{any_of(known.ago_before)}\s+)?{amount}\s+{any_of(known.ago_after)}\b"
    short = r"^\W*\d{1,3}\s?(?:s|m|min|h|hr|d|j|w|sem|mo|y|yr|ч|мин|дн|std|dk)\.?\W*$"
    clock = r"(?:,?\s+[^\W\d_]{1,5})?,?\s+\d{1,2}\s?[:h.]\s?\d{2}"
    recent = rf"(?:\b{any_of(known.recent)}{clock}|^\W*{any_of(known.recent)}\W*$)"
    return re.compile(rf"{before}(?:,\s+{amount})?|{after}|{short}|{recent}")
