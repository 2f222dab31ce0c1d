"""Which comment answers which: from attributes, nested elements, depths and indentation."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, takewhile

from lxml.html import HtmlElement

from index.language.page_words import name_words, vocabulary
from index.language.words import fold
from index.reading.blocks import facts_of

_LEVEL = re.compile(r"(?:^|[\s_-])(?:depth|level|lvl|indent|nest(?:ed|ing)?)[_-]?(\d{1,2})\b", re.I)
_INDENT = re.compile(r"(?:margin|padding)-left\s*:\s*(\d{1,4})(?:\.\d+)?(?:px|em|rem|%)", re.I)
_INDENT_CLASS = re.compile(r"(?<!\S)(?:ml|ms|margin-left|offset)-(\d{1,3})(?!\S)")
_PARENT_ATTRIBUTES = ("data-parent-id", "data-parent", "data-parentid", "data-parent_id")
_OWN_ATTRIBUTES = ("id", "data-id", "data-comment-id", "data-commentid", "name")
_LEVEL_ATTRIBUTES = ("data-depth", "data-level", "aria-level", "indent")
_REPLY_LISTS = frozenset((
    "children", "replies", "child", "answers", "indented", "nested", "subcomments", "antworten",
    "reponses", "respuestas", "risposte",
))  # fmt: skip
_LOOKED_AT = 10
_LONGEST_LINE = 80
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
    reply to" another, the depth that classes, indentation or lists of replies tell, the
    comment that stands first in an element that holds its replies too.

    Args:
        records: The elements of the comments, in document order.
        around: The comment around each, where one is.
        insides: The elements of each comment without those of its replies.
    """
    places = {element: number for number, element in enumerate(records)}
    by_id = by_identifier(records)
    levels = _levels(records)
    wrapped = {} if around or any(levels) else _first_in_wrapper(records)
    open_levels: list[tuple[int, int]] = []
    parents: list[int | None] = []
    for number, element in enumerate(records):
        while open_levels and open_levels[-1][0] >= levels[number]:
            open_levels.pop()
        named = _named_parent(element, by_id)
        if named is None and element not in around:
            named = linked_parent(insides[number], by_id)
        if named is not None and named < number:
            parents.append(named)
        elif element in around:
            parents.append(places[around[element]])
        else:
            parents.append(open_levels[-1][1] if open_levels else wrapped.get(number))
        open_levels.append((levels[number], number))
    return parents


def by_identifier(records: Sequence[HtmlElement]) -> dict[str, int]:
    """Return the numbers of comments by what identifies them, whole and in figures alone."""
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


def linked_parent(inside: Iterable[HtmlElement], by_id: Mapping[str, int]) -> int | None:
    """Return the comment that a link of this one leads to: "in reply to …", "Ada wrote:"."""
    for element in inside:
        parent = element.getparent()
        if element.tag != "a" or parent is None:
            continue
        values = [value for name, value in element.items() if name.startswith("data-")]
        digits = map(_LAST_DIGITS.search, (element.get("href", "").partition("#")[2], *values))
        named = next((found[0] for found in digits if found and found[0] in by_id), None)
        if named is None:
            continue
        for owner in (element, parent):
            line = fold(facts_of(owner)[:80]) if len(owner) <= 8 else ""
            quotes = parent.tag == "cite" and vocabulary().says.search(f" {line}")
            if quotes or vocabulary().answering.match(line):
                return by_id[named]
    return None


def answering_line(inside: Iterable[HtmlElement]) -> tuple[str, str | None]:
    """Return a line of a comment such as "in reply to Ada", and the name in it."""
    for element in inside:
        if element.tag in ("a", "span", "div", "p", "small", "em", "i") and len(element) <= 3:
            line = facts_of(element)
            found = vocabulary().answering.match(fold(line)) if len(line) <= _LONGEST_LINE else None
            if found is not None and len(line) > found.end():
                return line, " ".join(line.split()[len(found[0].split()) :])
    return "", None


def _first_in_wrapper(records: Sequence[HtmlElement]) -> dict[int, int]:
    """Return for replies the comment that stands before them in an element around them alone.

    It stands there by itself and higher than each of them; in a list all stand as high.
    """
    steps: dict[HtmlElement, list[tuple[int, int]]] = defaultdict(list)
    for number, record in enumerate(records):
        for height, around in enumerate(record.iterancestors()):
            steps[around].append((height, number))
    parents: dict[int, int] = {}
    # Document order would meet the widest first: the narrowest wrapper of a reply decides.
    for found in sorted(steps.values(), key=len):
        (height, first), *rest = found
        if rest and len(found) < len(records) and all(height < other for other, _ in rest):
            for _, number in rest:
                parents.setdefault(number, first)
    return parents


def _levels(records: Sequence[HtmlElement]) -> list[int]:
    """Return how deep each comment stands, by the first sign that most or any of them show."""
    shared = Counter(around for element in records for around in element.iterancestors())
    alone = [
        (
            element,
            *(element if len(element) == 1 else ()),
            *takewhile(lambda around: shared[around] == 1, element.iterancestors()),
        )
        for element in records
    ]
    stated = [_stated_level(owners) for owners in alone]
    if sum(level is not None for level in stated) * 2 > len(records):
        return [level or 0 for level in stated]
    widths = [next(filter(None, map(_indent, owners)), 0) for owners in alone]
    return widths if len(set(widths)) > 1 else _reply_lists(records)


def _indent(element: HtmlElement) -> int:
    """Return how far the style or a class of an element sets it in, in whatever unit."""
    found = _INDENT.search(element.get("style") or "")
    found = found or _INDENT_CLASS.search(element.get("class") or "")
    return int(found.group(1)) if found else 0


def _stated_level(owners: Sequence[HtmlElement]) -> int | None:
    """Return the level that a comment, what holds it alone, or one of its first parts states."""
    for owner in owners:
        if found := _LEVEL.search(owner.get("class") or ""):
            return int(found.group(1))
    for owner in (*owners[1:], *islice(owners[0].iter(), _LOOKED_AT)):
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
