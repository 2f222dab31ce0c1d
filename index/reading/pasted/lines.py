"""Text as lines with their layout: what pasting leaves of the structure of a page."""

import re
from dataclasses import dataclass

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something. `gap` counts the blank lines before it."""

    text: str
    indent: int
    gap: int


def lines_of(text: str) -> tuple[Line, ...]:
    """Return the lines of a text that hold something, with what stood between them.

    >>> lines_of("a\\n\\n  b")
    (Line(text='a', indent=0, gap=0), Line(text='b', indent=2, gap=1))
    """
    lines: list[Line] = []
    gap = 0
    for written in _LINE_END.sub("\n", text).split("\n"):
        spread = _HIDDEN.sub("", written).expandtabs(4).replace("\u00a0", " ")
        stripped = spread.strip()
        if not stripped:
            gap += 1
            continue
        indent = len(spread) - len(spread.lstrip())
        lines.append(Line(text=stripped, indent=indent, gap=gap))
        gap = 0
    return tuple(lines)


def joined(lines: tuple[Line, ...] | list[Line]) -> str:
    """Return lines as text again, without indentation, with at most one blank line."""
    pieces = []
    for position, line in enumerate(lines):
        pieces.append(("\n\n" if line.gap else "\n") if position else "")
        pieces.append(line.text)
    return "".join(pieces)
