"""Pseudonyms of several words: "Prof de maths", "Angry mum of two", "Старый моряк".

No word of such a name tells that it is one. A line counts as a head where it would be one with
a plain name in the pseudonym's place, and where it is written as the other heads of its thread
are: "I wrote to the board, 12 March 2021" is text among heads that all show a time of day.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.reading.dates import find_date
from index.reading.pasted.heads import (
    HeadLine,
    is_button,
    is_pseudonym,
    name_part,
    read_head_line,
    score_of,
)
from index.reading.pasted.lines import Line

_PLAIN_NAME = "Ada"
_FEWEST_AVATARS = 2
_CLOCK = re.compile(r"\d\s?[:h]\s?\d\d")
_YEAR = re.compile(r"\d{4}")


def without_avatars(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines without the single letters that a page draws where nobody has a picture.

    Such a letter stands right above the name that it begins, as the letters of others do.
    """
    alone = [
        position
        for position, line in enumerate(lines[:-1])
        if len(line.text) == 1
        and line.text.isalpha()
        and lines[position + 1].gap == 0
        and is_pseudonym(lines[position + 1].text)
    ]
    begin = sum(lines[at].text.lower() == lines[at + 1].text[0].lower() for at in alone)
    if begin < _FEWEST_AVATARS or begin * 2 < len(alone):
        return tuple(lines)
    gaps = {position + 1: lines[position].gap for position in alone}
    return tuple(
        replace(line, gap=gaps.get(position, line.gap))
        for position, line in enumerate(lines)
        if position + 1 not in gaps
    )


def with_pseudonyms(
    lines: Sequence[Line], read: Sequence[HeadLine | None], *, day_first: bool | None
) -> tuple[HeadLine | None, ...]:
    """Return what each line says about a comment, those that a pseudonym begins among them.

    Args:
        lines: The lines of a text.
        read: What each of them says where only plain names are names.
        day_first: How the text writes 04/05/2020.
    """
    looser = [
        _read_pseudonym(line.text, day_first) if known is None else None
        for line, known in zip(lines, read, strict=True)
    ]
    plain = [position for position, head in enumerate(read) if head and head.author]
    shapes = {_shape(lines[position].text, read[position]) for position in plain} - {None}
    if not shapes:
        found = Counter(
            _shape(line.text, head) for line, head in zip(lines, looser, strict=True) if head
        )
        shapes = {shape for shape, count in found.items() if shape and count > 1}
    are_apart = all(lines[position].gap or position == 0 for position in plain)
    return tuple(
        known
        or (head if head and _is_head(lines, read, position, head, shapes, are_apart) else None)
        for position, (known, head) in enumerate(zip(read, looser, strict=True))
    )


def _read_pseudonym(line: str, day_first: bool | None) -> HeadLine | None:
    """Return what a line says if the words where a name would stand are a pseudonym."""
    who = name_part(line, day_first=day_first)
    if who is None or not is_pseudonym(who):
        return None
    head = read_head_line(line.replace(who, _PLAIN_NAME, 1), day_first=day_first)
    return replace(head, author=who) if head and head.author == _PLAIN_NAME else None


def _is_head(
    lines: Sequence[Line],
    read: Sequence[HeadLine | None],
    position: int,
    head: HeadLine,
    shapes: set[str | None],
    are_apart: bool,
) -> bool:
    if head.says and head.date is None:
        return position == 0 or lines[position].gap > 0 or is_button(lines[position - 1].text)
    if head.date is None:
        # "3. Prof de maths" counts only above a date, with a score ("+8") between at most: lists
        # are numbered too.
        below = range(position + 1, min(position + 3, len(lines)))
        following = next((read[at] for at in below if score_of(lines[at].text) is None), None)
        return following is not None and following.author is None and following.date is not None
    if _shape(lines[position].text, head) not in shapes:
        return False
    return (
        not are_apart
        or position == 0
        or lines[position].gap > 0
        or is_button(lines[position - 1].text)
    )


def _shape(line: str, head: HeadLine | None) -> str | None:
    """Return how a line writes its head, up to the date: "9. N, clock".

    >>> _shape("Ada, 3 May 2021 14:05", read_head_line("Ada, 3 May 2021 14:05"))
    'N, clock'
    """
    if head is None or head.author is None or head.date is None:
        return None
    found = find_date(line)
    written = found.text if found else head.date.text
    before, _, after = line.replace(head.author, "N", 1).partition(written)
    kind = "clock" if _CLOCK.search(written) else "year" if _YEAR.search(written) else "other"
    # Where the name stands behind the date, what stands between them is part of the shape.
    behind = "" if "N" in before else after.partition("N")[0] + "N"
    return re.sub(r"\d+", "9", f"{before}{kind}{behind}")
