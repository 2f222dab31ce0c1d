"""The one reader of numbers: value, unit and place, in digits or in words of any known language.

"4,5 millions d'euros", "4 500 000 €" and "quatre millions et demi" are one number, as are "18
mois", "dix-huit mois" and "un an et demi"; "4.5 million" and "45 billion" are others. Ordinals
and Roman numerals are left alone, and so is a lone "one", which is mostly an article.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from unicodedata import numeric

from index.language import lexicon
from index.language.words import Span, fold, folded_words, month_numbers, word_spans

_GROUP = "[ \\u00a0\\u202f\\u2009'’]"
_DIGITS = re.compile(
    # "4 500 000" and "1'200.50": groups of three. The first group has at most three digits, so
    # that "In 2009 450 people" are two numbers.
    rf"\d{{1,3}}(?:{_GROUP}\d{{3}})+(?![\d]|[.,]\d{{3}})(?:[.,]\d{{1,2}}(?!\d))?"
    r"|\d{1,2}/\d{1,2}(?![\d/])|\d+(?:[.,:]\d+)*"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")
"""Signs between groups of digits; the last form is the Indian one: 45,00,000."""
_SIGNS = {"%": "percent", "‰": "permille", "€": "euro", "$": "dollar", "£": "pound", "¥": "yen"}
_BEFORE = re.compile(r"(?<!\d)(?:[$€£¥][ \u00a0\u202f]?|%)$")
_BEHIND = re.compile(r"[ \u00a0\u202f]?([%‰$€£¥])(?!\d)")
_SCALES = {
    "minute": ("minute", 1), "hour": ("minute", 60), "day": ("minute", 1_440),
    "week": ("minute", 10_080), "month": ("month", 1), "year": ("month", 12),
}  # fmt: skip
"""Durations that can be told to be equal; a month has no fixed number of days."""
_LONGEST_YEARS = 1_000
"""From here on "2009 года" is a date and no duration."""
_THOUSAND = 1_000
_LINKS = frozenset(" -\u00a0\u202f\u2009‑")
_APOSTROPHES = "'’ʼ"
_LONGEST_DIGITS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of a text: its `value`, what it is a number of, and where it stands.

    `unit` is "percent", a duration, a currency, "clock" (13:29, in minutes), "calendar" (a
    month, from 1), "other" (3.12.2024) or "" where nothing tells. `first` and `last` are the
    positions of its words, from 0; `start` and `end` its characters, with a sign such as "%".
    """

    value: float
    unit: str
    first: int
    last: int
    start: int
    end: int

    @property
    def measure(self) -> tuple[str, float]:
        """What is measured and how much: 18 months and a year and a half are the same."""
        kind, scale = _SCALES.get(self.unit, (self.unit, 1))
        return kind, round(self.value * scale, 9)

    @property
    def key(self) -> str:
        """One form for all ways to write it; a unit that stands in a word of its own is left out.

        >>> [number.key for number in numbers("a year and a half, 4.5 million euros", "en")]
        ['18 month', '4500000']
        """
        kind, amount = self.measure
        shown = f"{amount:.15g}"
        return f"{shown} {kind}" if kind in ("minute", "month", "clock", "calendar") else shown

    def agrees(self, other: "Number") -> bool:
        """Whether two numbers can be the same; one without a unit may be of any."""
        if self.unit and other.unit and "calendar" not in (self.unit, other.unit):
            return self.measure == other.measure
        return self.value == other.value and (self.unit == "calendar") == (other.unit == "calendar")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The `numbers` table of a language, folded."""

    language: str
    words: Mapping[str, float]
    apostrophed: frozenset[str]
    multipliers: Mapping[str, float]
    shorts: Mapping[str, float]
    alone: frozenset[str]
    joiners: frozenset[str]
    links: frozenset[str]
    plus_half: frozenset[tuple[str, ...]]
    half_of: frozenset[tuple[str, ...]]
    parts: Mapping[str, float]
    units: Mapping[tuple[str, ...], str]
    has_decimal_point: bool
    has_capital_months: bool
    compound_joiner: str | None
    """What joins the parts of "fünfundvierzig"; "" where nothing does, None without compounds."""

    def worth(self, word: str) -> tuple[float, bool] | None:
        """Return the value of a single word and whether it multiplies what stands before it."""
        if word in self.multipliers:
            return self.multipliers[word], True
        return (self.words[word], False) if word in self.words else None


# A page is read for its numbers with every question.
@lru_cache(maxsize=4_096)
def numbers(
    text: str,
    language: str,
    *,
    start: int = 0,
    end: int | None = None,
    with_months: bool = False,
) -> tuple[Number, ...]:
    """Return the numbers of a text in order.

    Args:
        text: Any text.
        language: ISO 639-1 code; without a lexicon only digits are read.
        start: Where to begin, in characters; words are counted from there.
        end: Where to stop.
        with_months: Names of months count as numbers too.

    >>> [number.key for number in numbers("Dix-huit ans, 4,5 millions, le 3 mars", "fr")]
    ['216 month', '4500000', '3']
    >>> [(n.value, n.unit) for n in numbers("In 2009 450 people paid £45m, two thirds 12 %", "en")]
    [(2009.0, ''), (450.0, ''), (45000000.0, 'pound'), (0.666666667, ''), (12.0, 'percent')]
    """
    known = _words_of(language)
    reader = _Reader(text, list(word_spans(text, start, end)), known, with_months=with_months)
    return tuple(reader.numbers())


def agree(one: Number, others: Iterable[Number]) -> bool:
    """Whether a number is among others, in whatever form."""
    return any(one.agrees(other) for other in others)


def is_number(word: str, language: str) -> bool:
    """Whether a folded word is a number or a part of one: "45,000", "eighteen", "million"."""
    known = _words_of(language)
    return word[:1].isdigit() or known.worth(word) is not None or bool(_split(word, language))


class _Reader:
    """One pass over the words of a text."""

    def __init__(
        self, text: str, spans: Sequence[Span], known: _Words, *, with_months: bool
    ) -> None:
        self._text = text
        self._known = known
        self._with_months = with_months
        self._spans = spans
        self._starts = [span.start for span in self._spans]
        self._words = [fold(span.of(text)) for span in self._spans]

    def numbers(self) -> Iterator[Number]:
        place = 0
        while place < len(self._words):
            word = self._words[place]
            if self._is_cut_year(place):
                place += 1
                continue
            if word[0].isdigit():
                found: Number | None = self._in_digits(place)
            else:
                found = self._in_words(place, word)
            if found is not None:
                yield found
            place = found.last + 1 if found is not None else place + 1

    def _is_cut_year(self, place: int) -> bool:
        """Whether digits are the end of a year: "in '78" is neither 78 nor another year."""
        span = self._spans[place]
        before = self._text[max(0, span.start - 2) : span.start]
        is_cut = before[-1:] in ("'", "’", "‘") and not before[:-1].isalnum()
        return is_cut and span.end - span.start == 2 and self._words[place].isdigit()

    def _in_digits(self, place: int) -> Number:
        start = self._starts[place]
        match = _DIGITS.match(self._text, start)
        # "¾" and "²" are words that fold to digits.
        end = match.end() if match is not None else start
        value, unit = self._value(match.group()) if match is not None else (0.0, "")
        part = numeric(self._text[end : end + 1] or "a", 0.0)
        if match is None or 0 < part < 1:  # 1¾
            value, end = value + part, end + 1
        last = bisect_left(self._starts, end) - 1
        # A minus stands right before the digits and behind a space: "-5", not "2010-15".
        before = self._text[max(0, start - 2) : start]
        if before[-1:] in ("-", "−") and not before[:-1].strip(" (\n"):
            value = -value
        return self._completed(
            Number(value=value, unit=unit, first=place, last=last, start=start, end=end)
        )

    def _in_words(self, place: int, word: str) -> Number | None:
        if self._with_months and word in month_numbers() and self._is_month(place):
            return self._number(float(month_numbers()[word]), "calendar", place, place)
        read = self._spelled(place)
        if read is not None:
            return self._completed(self._number(read[1], "", place, read[0]))
        return self._half_of(place) or self._unit_and_a_half(place)

    def _completed(self, number: Number) -> Number:
        """Return a number with what stands behind it: multipliers, a half, a unit."""
        value, last, end = number.value, number.last, number.end
        half = self._phrase_after(last, self._known.plus_half)
        if half is not None and number.unit == "":  # four and a half; quatre millions et demi
            value += self._known.multipliers.get(self._words[last], 1) / 2
            last = half
        while (many := self._multiplier(last + 1, number)) is not None:
            value, last = value * many, last + 1
            half = self._phrase_after(last, self._known.plus_half)
            if half is not None:  # 4 millions et demi
                value, last = value + many / 2, half
        rest = self._rest(last, value)
        if rest is not None:  # 4 bin 713, 4 millions 500 000
            value, last = value + rest.value, rest.last
            number = replace(number, unit=rest.unit)
        if last != number.last:
            end = self._spans[last].end
        parts = self._known.parts.get(self._words[last + 1]) if self._has(last + 1) else None
        if parts and value == int(value) and 0 < value < parts:  # two thirds
            value, last = round(value / parts, 9), last + 1
            end = self._spans[last].end
        return self._measured(replace(number, value=value, last=last, end=end))

    def _rest(self, last: int, value: float) -> Number | None:
        """Return the digits that go on with a number behind its "thousand" or "million"."""
        many = self._known.multipliers.get(self._words[last], 0)
        if many < _THOUSAND or value % many or not self._is_joined(last):
            return None
        if not self._words[last + 1][0].isdigit() or len(self._words[last + 1]) > len("713"):
            return None
        rest = self._in_digits(last + 1)
        is_amount = rest.unit not in ("clock", "other", *_SCALES)
        return rest if is_amount and rest.value < many else None

    def _measured(self, number: Number) -> Number:
        """Return a number with the unit that stands beside it."""
        if number.unit:
            return number
        text, end = self._text, number.end
        before = _BEFORE.search(text, max(0, number.start - 3), number.start)
        if before is not None:
            return replace(number, unit=_SIGNS[before.group().strip()])
        behind = _BEHIND.match(text, end)
        if behind is not None:
            return replace(number, unit=_SIGNS[behind.group(1)], end=behind.end())
        place = number.last + 1
        if self._has(place) and self._words[place] in self._known.links:
            place += 1
        for length in (2, 1):
            unit = self._known.units.get(tuple(self._words[place : place + length]))
            is_date = unit == "year" and number.value >= _LONGEST_YEARS
            if unit is None or is_date or not self._has(place + length - 1):
                continue
            if not self._is_near(number.last, place):
                continue
            half = self._phrase_after(place, self._known.plus_half) if unit in _SCALES else None
            if half is not None:  # un an et demi
                return replace(
                    number, value=number.value + 0.5, unit=unit, last=half,
                    end=self._spans[half].end,
                )  # fmt: skip
            if length == 1:
                return replace(number, unit=unit)
            # "pour cent" is no number itself
            last = place + length - 1
            return replace(number, unit=unit, last=last, end=self._spans[last].end)
        return number

    def _spelled(self, place: int) -> tuple[int, float] | None:
        """Return the last word of a number in words and its value; None for a lone "one"."""
        whole = group = 0.0
        last = position = place
        while self._has(position):
            word, end = self._whole(position)
            if position > place and not self._is_joined(position - 1):
                break
            if word in self._known.joiners and position > place:  # vingt et un
                if not self._has(position + 1) or not self._is_joined(position):
                    break
                added = self._known.words.get(self._words[position + 1])
                if added is None or not (whole or group) or not _fits(group, added):
                    break
                position += 1
                continue
            values = self._values(word)
            taken = _sum(whole, group, values) if values else None
            if taken is None:
                break
            whole, group = taken
            last, position = end, end + 1
        if last == place and not self._is_number(place, whole + group):
            return None
        return last, whole + group

    def _whole(self, place: int) -> tuple[str, int]:
        """Return a word and its last place: an apostrophe parts words, but not "п'ять"."""
        if self._known.apostrophed and self._has(place + 1):
            behind = self._spans[place].end
            if self._text[behind] in _APOSTROPHES and self._starts[place + 1] == behind + 1:
                word = fold(self._text[self._starts[place] : self._spans[place + 1].end])
                if word in self._known.apostrophed:
                    return word, place + 1
        return self._words[place], place

    def _values(self, word: str) -> tuple[tuple[float, bool], ...]:
        """Return what a word is worth, part by part: (value, whether it multiplies)."""
        worth = self._known.worth(word)
        return (worth,) if worth is not None else _split(word, self._known.language)

    def _is_number(self, place: int, total: float) -> bool:
        """Whether a single word is a number: no lone "one", no "million" without a number."""
        word = self._words[place]
        if word in self._known.multipliers:
            is_single = place > 0 and self._words[place - 1] in self._known.alone
            return word in self._known.alone or is_single
        if total == 1:  # "un tiers" and "un an et demi" are numbers, "un maire" is none
            is_part = self._has(place + 1) and self._words[place + 1] in self._known.parts
            is_more = is_part or self._unit_and_a_half(place + 1) is not None
            return is_more and self._is_joined(place)
        return total > 0

    def _half_of(self, place: int) -> Number | None:
        """Return half of a large number: "half a million", "une demi-million"."""
        for length in (2, 1):
            last = place + length
            if tuple(self._words[place:last]) in self._known.half_of and self._has(last):
                many = self._known.multipliers.get(self._words[last], 0)
                if many >= _THOUSAND and self._is_joined(last - 1):
                    return self._measured(self._number(many / 2, "", place, last))
        return None

    def _unit_and_a_half(self, place: int) -> Number | None:
        """Return "a year and a half" from its unit on."""
        unit = self._known.units.get((self._words[place],)) if self._has(place) else None
        half = self._phrase_after(place, self._known.plus_half) if unit in _SCALES else None
        if unit is None or half is None:
            return None
        return self._number(1.5, unit, place, half)

    def _multiplier(self, place: int, number: Number) -> float | None:
        if not self._has(place) or not self._is_near(place - 1, place):
            return None
        word = self._words[place]
        if word in self._known.multipliers:
            return self._known.multipliers[word]
        if word in self._known.shorts:  # £45m, 4 M€: "45m" alone may be metres
            before = self._text[max(0, number.start - 1) : number.start]
            behind = self._text[self._spans[place].end : self._spans[place].end + 1]
            if _SIGNS.get(before) or _SIGNS.get(behind):
                return self._known.shorts[word]
        return None

    def _phrase_after(self, place: int, phrases: frozenset[tuple[str, ...]]) -> int | None:
        """Return the last word of a phrase right behind a word."""
        for length in (3, 2, 1):
            if tuple(self._words[place + 1 : place + 1 + length]) in phrases and all(
                self._is_joined(position) for position in range(place, place + length)
            ):
                return place + length
        return None

    def _value(self, digits: str) -> tuple[float, str]:
        bare = re.sub(_GROUP, "", digits)
        if "/" in digits:
            above, below = (int(part) for part in digits.split("/"))
            is_fraction = 0 < above < below <= 10
            return (round(above / below, 9), "") if is_fraction else (above + below / 100, "other")
        if ":" in bare:
            minutes = 0.0
            for part in bare.split(":"):
                minutes = minutes * 60 + float(part.replace(",", ".").replace(".", "", 1) or 0)
            return minutes, "clock"
        # "1.200" is a thousand and more, but where the full stop is the decimal sign.
        is_decimal = self._known.has_decimal_point and bare.count(".") == 1 and "," not in bare
        if bare == digits and _THOUSANDS.fullmatch(bare) and not is_decimal:
            return float(re.sub("[.,]", "", bare)), ""
        parts = re.split("[.,]", bare[:_LONGEST_DIGITS])
        if len(parts) < 3:
            return float(".".join(parts)), ""
        if _THOUSANDS.fullmatch(bare[: -len(parts[-1]) - 1]):  # 1,200,000.50
            return float("".join(parts[:-1]) + "." + parts[-1]), ""
        return float("".join(parts)), "other"

    def _number(self, value: float, unit: str, first: int, last: int) -> Number:
        return Number(
            value=float(value), unit=unit, first=first, last=last,
            start=self._spans[first].start, end=self._spans[last].end,
        )  # fmt: skip

    def _has(self, place: int) -> bool:
        return place < len(self._words)

    def _is_joined(self, place: int) -> bool:
        """Whether only one space or hyphen stands between a word and the next."""
        if not self._has(place + 1):
            return False
        between = self._text[self._spans[place].end : self._spans[place + 1].start]
        return len(between) == 1 and between in _LINKS

    def _is_near(self, place: int, other: int) -> bool:
        """Whether nothing that parts sentences stands between two words: "d'" does not."""
        if not self._has(other):
            return False
        between = self._text[self._spans[place].end : self._spans[other].start]
        return len(between) <= 4 and not set(between) & set(",;:!?()\n")

    def _is_month(self, place: int) -> bool:
        """Whether the name of a month is one: "may" and "mars" are words besides."""
        word = self._spans[place].of(self._text)
        before, after = self._words[:place][::-1], self._words[place + 1 :]
        near = [
            word
            for words in (before, after)
            # "4 de mayo de 2026"
            for word in words[: 2 if words and words[0] in self._known.links else 1]
        ]
        is_dated = any(word[0].isdigit() for word in near)
        if not self._known.has_capital_months:
            return len(word) >= 3 and (len(word) > 4 or is_dated)
        return len(word) >= 3 and word[0].isupper() and (len(word) > 3 or is_dated)


def _fits(group: float, value: float) -> bool:
    """Whether a number word goes on with the number before it: "forty two", not "two forty"."""
    tens = group % 100
    if tens == 0:
        return value < 100 or group == 0
    # soixante-dix-sept, quatre-vingt-onze, on sekiz
    return (value < 10 and tens % 10 == 0) or (10 <= value < 20 and tens in (60, 80))


def _sum(
    whole: float, group: float, values: Iterable[tuple[float, bool]]
) -> tuple[float, float] | None:
    """Return the number so far with the parts of another word, None where they do not go on."""
    for value, multiplies in values:
        if multiplies:
            group = (group or 1) * value
            if value >= _THOUSAND:
                whole, group = whole + group, 0.0
        elif value == 20 and group % 100 == 4:  # quatre-vingt
            group += 76
        elif value < 1 or _fits(group, value):  # viereinhalb
            group += value
        else:
            return None
    return whole, group


@lru_cache(maxsize=16_384)
def _split(word: str, language: str) -> tuple[tuple[float, bool], ...]:
    """Return the parts of a number written as one word: "fünfundvierzig", "duemila"."""
    known = _words_of(language)
    if known.compound_joiner is None:
        return ()
    for end in range(len(word) - 1, 1, -1):
        part, rest = word[:end], word[end:]
        worth = known.worth(part)
        if worth is None:
            continue
        if known.compound_joiner and rest.startswith(known.compound_joiner):
            tens = rest.removeprefix(known.compound_joiner)  # vier-und-vierzig
            if known.words.get(tens, 0) % 10 == 0 and tens in known.words and worth[0] < 10:
                return (known.words[tens], False), worth
        others = _split(rest, language) if known.worth(rest) is None else (known.worth(rest),)
        if others:
            return (worth, *(item for item in others if item is not None))
    return ()


@cache
def _words_of(language: str) -> _Words:
    table = lexicon.table(language, "numbers")

    def folded(name: str) -> dict[str, float]:
        return {fold(word): value for word, value in table[name].items()}

    def phrases(name: str) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(folded_words(phrase)) for phrase in table[name])

    return _Words(
        language=language,
        words=folded("words"),
        apostrophed=frozenset(word for word in folded("words") if "'" in word),
        multipliers=folded("multipliers"),
        shorts=folded("shorts"),
        parts=folded("parts"),
        alone=frozenset(fold(word) for word in table["alone"]),
        joiners=frozenset(fold(word) for word in table["joiners"]),
        links=frozenset(fold(word) for word in table["links"]),
        plus_half=phrases("plus_half"),
        half_of=phrases("half_of"),
        units={
            tuple(folded_words(phrase)): unit
            for unit, forms in table["units"].items()
            for phrase in forms
        },
        has_decimal_point=table["decimal_point"],
        has_capital_months=table["capital_months"],
        compound_joiner=table["compound_joiner"],
    )
