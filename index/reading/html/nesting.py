"""Which comment answers which: from attributes, nested elements, depths and indentation."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from lxml.html import HtmlElement

from index.language.page_words import name_words, vocabulary
from index.language.words import fold
from index.reading.blocks import facts_of

_LEVEL = re.compile(r"(?:^|[\s_-])(?:depth|level|lvl|indent|nest(?:ed|ing)?)[_-]?(\d{1,2})\b", re.I)
_INDENT = re.compile(r"(?:margin|padding)-left\s*:\s*(\d{1,4})(?:\.\d+)?(?:px|em|rem|%)", re.I)
_PARENT_ATTRIBUTES = ("data-parent-id", "data-parent", "data-parentid", "data-parent_id")
_OWN_ATTRIBUTES = ("id", "data-id", "data-comment-id", "data-commentid", "name")
_LEVEL_ATTRIBUTES = ("data-depth", "data-level", "aria-level", "indent")
_REPLY_LISTS = frozenset((
    "children", "replies", "child", "answers", "indented", "nested", "subcomments", "antworten",
    "reponses", "respuestas", "risposte",
))  # fmt: skip
_LOOKED_AT = 10
_LAST_DIGITS = re.compile(r"\d+$")


def records_around(records: Sequence[HtmlElement]) -> dict[HtmlElement, HtmlElement]:
    """Return for each comment that lies within another one the innermost such."""
    known = set(records)
    around = {}
    for element in records:
        for outer in element.iterancestors():
            if outer in known:
                around[element] = outer
                break
    return around


def parents_of(
    records: Sequence[HtmlElement],
    around: Mapping[HtmlElement, HtmlElement],
    insides: Sequence[list[HtmlElement]],
) -> list[int | None]:
    """Return for each comment the number of the one it answers, as the page shows it.

    In this order: an attribute that names the parent, the comment around it, a link "in
    reply to" another, the depth that classes, indentation or lists of replies tell.

    Args:
        records: The elements of the comments, in document order.
        around: The comment around each, where one is.
        insides: The elements of each comment without those of its replies.
    """
    places = {element: number for number, element in enumerate(records)}
    by_id = _by_identifier(records)
    levels = _levels(records)
    open_levels: list[tuple[int, int]] = []
    parents: list[int | None] = []
    for number, element in enumerate(records):
        while open_levels and open_levels[-1][0] >= levels[number]:
            open_levels.pop()
        named = _named_parent(element, by_id)
        if named is None and element not in around:
            named = _linked_parent(insides[number], by_id)
        if named is not None and named < number:
            parents.append(named)
        elif element in around:
            parents.append(places[around[element]])
        else:
            parents.append(open_levels[-1][1] if open_levels else None)
        open_levels.append((levels[number], number))
    return parents


def _by_identifier(records: Sequence[HtmlElement]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, element in enumerate(records):
        for name in _OWN_ATTRIBUTES:
            identifier = element.get(name)
            if identifier:
                found.setdefault(identifier, number)
                digits = _LAST_DIGITS.search(identifier)
                if digits:
                    found.setdefault(digits.group(), number)
    return found


def _named_parent(element: HtmlElement, by_id: dict[str, int]) -> int | None:
    for name in _PARENT_ATTRIBUTES:
        value = element.get(name)
        if value and value in by_id:
            return by_id[value]
    return None


def _linked_parent(inside: list[HtmlElement], by_id: Mapping[str, int]) -> int | None:
    """Return the comment that a link "in reply to …" of this one leads to."""
    for element in inside[1:]:
        place = element.get("href", "") if element.tag == "a" else ""
        _, _, fragment = place.partition("#")
        digits = _LAST_DIGITS.search(fragment)
        if digits is None or digits.group() not in by_id:
            continue
        parent = element.getparent()
        for owner in (element, parent):
            line = facts_of(owner)[:80] if owner is not None and len(owner) <= 8 else ""
            if vocabulary().answering.match(fold(line)):
                return by_id[digits.group()]
    return None


def _levels(records: Sequence[HtmlElement]) -> list[int]:
    """Return how deep each comment stands, by the first sign that most or any of them show."""
    stated = [_stated_level(element) for element in records]
    if sum(level is not None for level in stated) * 2 > len(records):
        return [level or 0 for level in stated]
    widths = []
    for element in records:
        found = _INDENT.search(element.get("style") or "")
        widths.append(int(found.group(1)) if found else 0)
    return widths if len(set(widths)) > 1 else _reply_lists(records)


def _stated_level(element: HtmlElement) -> int | None:
    found = _LEVEL.search(element.get("class") or "")
    if found:
        return int(found.group(1))
    for owner in islice(element.iter(), _LOOKED_AT):
        for name in _LEVEL_ATTRIBUTES:
            value = owner.get(name) or ""
            if value.isascii() and value.isdigit() and len(value) < 4:
                return int(value)
    return None


def _reply_lists(records: Sequence[HtmlElement]) -> list[int]:
    """Return how many lists of replies lie around each comment, as their classes say."""
    counts = []
    for element in records:
        count, node = 0, element.getparent()
        while node is not None and node.tag not in ("body", "html"):
            words = name_words(f"{node.get('class') or ''} {node.get('id') or ''}")
            if words & _REPLY_LISTS:
                count += 1
            node = node.getparent()
        counts.append(count)
    return counts
