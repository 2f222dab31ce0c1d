"""What a page puts around an article: menus, appeals to subscribe, share buttons, notices.

A line is taken out only at an edge (the top or the end of the text, or next to the comments)
and only where it is one of the known phrases: losing a paragraph is worse than keeping a menu.
"""

import re
from collections.abc import Sequence
from functools import cache

from index.language.reading_words import any_of, bare, phrases
from index.reading.pasted.heads import is_button, score_of
from index.reading.pasted.lines import Line

_LONGEST = 200
_LONGEST_LINK = 150
_LONGEST_NOTICE = 80
_FURTHEST_LIST = 12
_LONGEST_CREDIT = 100
_LONGEST_COUNT = 40
_COPYRIGHT = re.compile(r"\(c\)\s*\d{4}\b", re.I)
_COUNT = re.compile(r"\d{1,6}")


def is_furniture(line: str) -> bool:
    """Whether a line is, by its words, part of the page and not of the article.

    >>> is_furniture("Subscribe to our newsletter"), is_furniture("Information is scarce.")
    (True, False)
    """
    if len(line) > _LONGEST:
        return False
    words = bare(line)
    if not words or words in phrases().furniture_lines or is_button(line):
        return True
    if _beginnings().match(words):
        return True
    parts = words.split()
    return len(parts) > 1 and all(part in phrases().furniture_lines for part in parts)


def is_credit(line: str) -> bool:
    """Whether a line says whose picture stands there.

    >>> is_credit("Photo: Ada Lund"), is_credit("© Ada Lund"), is_credit("Photo of the year: Ada")
    (True, True, False)
    """
    announced, colon, name = line.partition(":")
    is_announced = bool(colon) and bare(announced) in phrases().credits and bool(name.strip())
    # "Bild" is a newspaper too, which asks: "Bild: Why now?"; "(c)" counts: "(c) They stay."
    is_sentence = line.rstrip().endswith((".", "?", "!"))
    is_of_owner = line.startswith("©") or _COPYRIGHT.match(line) is not None
    return len(line) <= _LONGEST_CREDIT and ((is_announced and not is_sentence) or is_of_owner)


def counts_comments(line: str) -> bool:
    """Whether a line only counts comments, as the teasers of other articles do: "78 comments"."""
    found = _COUNT.search(line) if len(line) <= _LONGEST_COUNT else None
    return found is not None and bare(_COUNT.sub(" ", line, count=1)) in phrases().comment_words


def without_furniture_at_end(lines: Sequence[Line], *, least_indent: int = 0) -> tuple[Line, ...]:
    """Return lines without the furniture they end with.

    Args:
        lines: The article, up to its comments or to the end of the text.
        least_indent: Short lines indented at least this far, 0 for none, belong to the
            container of the comments.
    """
    end = len(lines)
    while True:
        while end and _is_at_end(lines[end - 1], least_indent):
            end -= 1
        begins = _list_before(lines, end)
        if begins is None:
            return tuple(lines[:end])
        end = begins


def _is_at_end(line: Line, least_indent: int) -> bool:
    is_inside = 0 < least_indent <= line.indent and len(line.text) <= _LONGEST_NOTICE
    return is_inside or is_furniture(line.text) or score_of(line.text) is not None


def _list_before(lines: Sequence[Line], end: int) -> int | None:
    """Return where a list of links that goes up to `end` begins, None where there is none."""
    for position in range(max(0, end - _FURTHEST_LIST), end):
        if _begins_list(lines[position].text) and all(
            _is_link(line.text) for line in lines[position + 1 : end]
        ):
            return position
    return None


def without_furniture_at_start(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines without the menu they begin with."""
    start = 0
    while start < len(lines) and (
        is_furniture(lines[start].text) or is_breadcrumb(lines[start].text)
    ):
        start += 1
    return tuple(lines[start:])


def _begins_list(line: str) -> bool:
    """Whether a line announces links to other articles: "Read also:"."""
    return is_furniture(line) and (line.rstrip().endswith(":") or len(line) <= 40)


def _is_link(line: str) -> bool:
    return len(line) <= _LONGEST_LINK and not line.rstrip().endswith((".", "»", "”"))


def is_breadcrumb(line: str) -> bool:
    """Whether a line is the way to a page from the first of its site: "Home > News > Larvik"."""
    parts = re.split(r"\s+[>›»/]\s+", line)
    return len(parts) > 1 and len(line) <= 120 and all(len(part) <= 40 for part in parts[:-1])


@cache
def _beginnings() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of({bare(phrase) for phrase in phrases().furniture})})(?!\w)")
