"""Numbers and months in a text, in figures or in words, each in one form for all languages.

"1,900", "1 900" and "1.900" are the same number, as are "dix-huit", "eighteen" and "18", and
"4 millions" and "4,000,000". Ordinals, fractions and Roman numerals are left alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.checking_words import WordLists, word_lists
from index.language.words import Span, fold, month_numbers, word_spans

_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_PLAIN = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,15})*")
_THREE = re.compile(r"\d{3}")
_JOINED_BY = frozenset(" -\u00a0\u202f\u2009‑")
_POINT_LANGUAGES = frozenset(["en"])
"""Where the full stop is the decimal sign and never parts thousands."""
_CAPITAL_MONTHS = frozenset(["en", "de"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number or month of a text: `value` in one form, `first` and `last` word, from 0."""

    value: str
    first: int
    last: int


def figures(text: str, language: str) -> tuple[Figure, ...]:
    """Return the numbers and months of a text in order.

    >>> [figure.value for figure in figures("Dix-huit mois, 4 millions, le 3 mars", "fr")]
    ['18', '4000000', '3', 'month 3']
    >>> [figure.value for figure in figures("one of twenty-five, 35,000 and 2.5", "en")]
    ['25', '35000', '2.5']
    """
    spans = list(word_spans(text))
    return tuple(_figures(text, spans, language))


def _figures(text: str, spans: Sequence[Span], language: str) -> Iterator[Figure]:
    lists = word_lists(language)
    months = month_numbers()
    words = [fold(span.of(text)) for span in spans]
    place = 0
    while place < len(words):
        last, value = _number_at(text, spans, words, place, lists, language)
        if value is not None:
            yield Figure(value=value, first=place, last=last)
        elif words[place] in months and _is_month(text, spans, place, language):
            yield Figure(value=f"month {months[words[place]]}", first=place, last=place)
        place = last + 1


def _number_at(
    text: str,
    spans: Sequence[Span],
    words: Sequence[str],
    place: int,
    lists: WordLists,
    language: str,
) -> tuple[int, str | None]:
    """Return the last word of the number that begins at a word, and its value."""
    if words[place][0].isdigit():
        last, digits = place, words[place]
        while (
            last + 1 < len(words)
            and len(words[place]) <= 3
            and digits.isdigit()
            and _THREE.fullmatch(words[last + 1])
            and _is_joined(text, spans, last)
        ):
            last += 1
            digits += words[last]
        value = _value(digits, language)
        if value is None:
            return last, digits
    elif words[place] in lists.numbers or words[place] in lists.multipliers:
        last, value = _spelled(text, spans, words, place, lists)
        if value is None:
            return place, None
    else:
        return place, None
    while last + 1 < len(words) and words[last + 1] in lists.multipliers:
        last += 1
        value *= lists.multipliers[words[last]]
    return last, f"{value:.12g}" if value < 1e12 else f"{value:.0f}"


def _spelled(
    text: str, spans: Sequence[Span], words: Sequence[str], place: int, lists: WordLists
) -> tuple[int, float | None]:
    """Return the last word of a number in words, and its value; None for a lone "one"."""
    whole = group = 0
    last = place
    for position in range(place, len(words)):
        word = words[position]
        if position > place and not _is_joined(text, spans, position - 1):
            break
        if word in lists.multipliers:
            many = lists.multipliers[word]
            group = (group or 1) * many
            if many >= 1000:
                whole, group = whole + group, 0
        elif word in lists.numbers:
            value = lists.numbers[word]
            if value == 20 and group % 100 == 4:  # quatre-vingt
                group += 76
            elif group % 10 == 0 or (value >= 10 and group % 100 in (60, 80)):
                group += value
            else:
                break
        else:
            break
        last = position
    total = whole + group
    is_lone_one = last == place and total == 1
    is_lone_multiplier = last == place and words[place] in lists.multipliers
    return last, None if is_lone_one or is_lone_multiplier else float(total)


def _value(digits: str, language: str) -> float | None:
    """Return what digits with their signs are worth; None for times of day and fractions."""
    if not _PLAIN.fullmatch(digits):
        return None
    if _GROUPED.fullmatch(digits) and not ("." in digits and language in _POINT_LANGUAGES):
        return float(re.sub(r"[.,]", "", digits))
    parts = re.split(r"[.,]", digits)
    return float(f"{''.join(parts[:-1])}.{parts[-1]}" if len(parts) > 1 else digits)


def _is_joined(text: str, spans: Sequence[Span], place: int) -> bool:
    between = text[spans[place].end : spans[place + 1].start]
    return len(between) == 1 and between in _JOINED_BY


def _is_month(text: str, spans: Sequence[Span], place: int, language: str) -> bool:
    word = spans[place].of(text)
    if len(word) < 3:
        return False
    if language not in _CAPITAL_MONTHS:
        return len(word) > 4 or _is_by_number(text, spans, place)
    is_capital = word[0].isupper()
    return is_capital and (len(word) > 3 or _is_by_number(text, spans, place))


def _is_by_number(text: str, spans: Sequence[Span], place: int) -> bool:
    near = [spans[p].of(text) for p in (place - 1, place + 1) if 0 <= p < len(spans)]
    return any(word[0].isdigit() for word in near)
