"""Where the comments of a page are: the elements that each hold one comment.

A comment is a repeated element with words of its own and a name or a date. Groups of
elements that share a class, a numbered id or an item type are compared: first those that
the page itself calls comments, then, where nothing is named so, any that repeat. What is
in a comment is read by `records`.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from index.language.page_words import name_words, vocabulary
from index.language.words import fold
from index.reading.blocks import line_of
from index.reading.html.outline import Outline, groups_by

_NEVER = frozenset((
    "html", "body", "head", "main", "p", "a", "span", "em", "strong", "b", "i", "img", "input",
    "button", "label", "form", "script", "noscript", "h1", "h2", "h3", "h4", "h5", "h6", "br",
    "hr", "time", "cite", "abbr", "small", "figure", "figcaption", "header", "nav", "ul", "ol",
    "tbody", "thead", "textarea", "link", "meta", "title", "u", "sup", "sub", "code", "pre",
))  # fmt: skip
_DIGITS = re.compile(r"\d+|(?<=[-_])[0-9a-f]{6,}\b")
_FEWEST_UNNAMED = 3
_FEWEST_REMARKS = 2
_FEWEST_FREE = 2
_FULL_WEIGHT = 60
_MOST_HEADINGS = 20
_LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Elements that share a name; sums are over the members without nested members."""

    places: tuple[int, ...]
    marked: tuple[int, ...]
    complete: int
    weight: float
    dated: int
    dated_and_signed: int
    written: int
    cut: int
    free: int
    linked: int
    headed: int
    titled: int
    borrowed: int
    named: bool
    remarks: bool


def find_records(outline: Outline) -> list[HtmlElement]:
    """Return the elements that hold one comment each, in document order; maybe none."""
    named = _named(outline)
    keys = [_keys(element, named=named[place]) for place, element in enumerate(outline.elements)]
    groups = [_measure(outline, places, named) for places in _distinct(groups_by(keys)) if places]
    chosen = _best_named([group for group in groups if group.named and group.complete])
    if chosen is None:
        chosen = _best_unnamed([group for group in groups if not group.named], outline)
    if chosen is None:
        return []
    places = _with_siblings(outline, _trimmed(outline, chosen), named)
    return [outline.elements[place] for place in places]


def _trimmed(outline: Outline, group: _Group) -> tuple[int, ...]:
    """Return the places of a group without the parts of the page above and below its comments.

    Those bear neither a name nor a date, and are not called as those that do.
    """
    first, last = group.marked[0], outline.ends[group.marked[-1]]
    called = {outline.names[place] for place in group.marked}
    return tuple(
        place for place in group.places if first <= place < last or outline.names[place] in called
    )


def _distinct(groups: dict[str, list[int]]) -> list[tuple[int, ...]]:
    return list(dict.fromkeys(tuple(places) for places in groups.values()))


def _keys(element: HtmlElement, *, named: bool) -> list[str]:
    tag = element.tag
    if tag in _NEVER:
        return []
    get = element.get
    keys = [f"{tag}.{_DIGITS.sub('0', name)}" for name in (get("class") or "").split()[:12]]
    if (identifier := get("id")) and _DIGITS.search(identifier):
        keys.append(f"{tag}#{_DIGITS.sub('0', identifier)}")
    if kind := get("itemtype") or get("typeof"):
        keys.append(f"{tag}@{kind}")
    if mark := get("data-testid"):
        keys.append(f"{tag}={_DIGITS.sub('0', mark)}")
    if not keys and (parent := element.getparent()) is not None:
        keys.append(f"{tag}<{id(parent)}")
    return [f"{key} {named:d}" for key in keys]


def _named(outline: Outline) -> list[bool]:
    """Return for each element whether it, an element around it or a heading before it says so."""
    words = vocabulary()
    named = [False] * len(outline.elements)
    for place in _after_headings(outline):
        named[place] = True
    for place, element in enumerate(outline.elements):
        parent = outline.parents[place]
        if outline.barred[place]:
            named[place] = False
        elif parent >= 0 and named[parent]:
            named[place] = True
        elif named[place] or outline.total(outline.headings, place):
            continue
        elif element.tag not in ("html", "body", "main"):
            kind = element.get("itemtype") or element.get("typeof") or ""
            names = f"{outline.names[place]} {kind.rsplit('/', 1)[-1]}"
            named[place] = words.names_comments(names) and not _is_aside(outline, place)
    return named


def _after_headings(outline: Outline) -> list[int]:
    """Return the elements that follow a heading such as "Comments (3)" up to the next heading."""
    found = []
    headings = 0
    for place, element in enumerate(outline.elements):
        if element.tag in ("a", "li", "span", "td", "option") or outline.barred[place]:
            continue
        if not outline.is_line(place, _LONGEST_HEADING) or not _is_comments_heading(element):
            continue
        headings += 1
        if headings > _MOST_HEADINGS:
            break
        top = _whole_heading(outline, place)
        bar = outline.parents[top]
        is_button = element.find(".//a") is not None  # "Add a comment"
        if bar >= 0 and not is_button and _is_bar(outline, bar, top):
            top = _whole_heading(outline, bar)
        heading = outline.elements[top]
        for sibling in heading.itersiblings():
            at = outline.position.get(sibling)
            if at is None or outline.total(outline.headings, at):
                break
            if _looks_alike(sibling, heading):
                break
            found.append(at)
    return found


def _whole_heading(outline: Outline, place: int) -> int:
    """Return the outermost element that holds nothing but a heading."""
    while (
        (parent := outline.parents[place]) >= 0
        and outline.text(parent) == outline.text(place)
        and outline.elements[parent].tag not in ("body", "main", "html")
    ):
        place = parent
    return place


def _is_bar(outline: Outline, parent: int, heading: int) -> bool:
    """Whether an element holds a heading and at most a few words and links beside it."""
    return (
        outline.elements[parent].tag not in ("body", "main", "html")
        and outline.text(parent) - outline.text(heading) <= _LONGEST_HEADING
        and not outline.total(outline.dates, parent)
        and not outline.total(outline.authors, parent)
    )


def _looks_alike(element: HtmlElement, heading: HtmlElement) -> bool:
    return (
        element.tag == heading.tag
        and element.get("class") == heading.get("class")
        and (element.tag[0] == "h" or element.get("class") is not None)
    )


def _is_comments_heading(element: HtmlElement) -> bool:
    text = line_of(element)
    folded = fold(text)
    return (
        0 < len(text) <= _LONGEST_HEADING
        and vocabulary().heading.fullmatch(folded) is not None
        and vocabulary().widget.isdisjoint(folded.split())
    )


def _is_aside(outline: Outline, place: int) -> bool:
    """Whether an element is a list of the latest comments of a whole site, or a form."""
    words = vocabulary()
    for around in (place, *outline.ancestors(place)[:6]):
        if outline.elements[around].tag in ("body", "main", "article"):
            return False
        own = name_words(outline.names[around])
        if not own.isdisjoint(words.widget) and outline.text(around) * 3 < outline.text(0):
            return True
    return False


def _measure(outline: Outline, places: tuple[int, ...], named: list[bool]) -> _Group:
    free = {place: outline.total(outline.free, place) for place in places}
    dates = {place: outline.total(outline.dates, place) for place in places}
    authors = {place: outline.total(outline.authors, place) for place in places}
    open_places: list[int] = []
    for place in places:
        while open_places and outline.ends[open_places[-1]] <= place:
            open_places.pop()
        if open_places:
            for sums, whole in (
                (free, outline.free),
                (dates, outline.dates),
                (authors, outline.authors),
            ):
                sums[open_places[-1]] -= outline.total(whole, place)
        open_places.append(place)
    borrowed = set[int]()
    for place in places if len(places) > 1 else ():
        header = _header(outline, place, places)
        if header is not None and not dates[place] and not authors[place]:
            borrowed.add(place)
            dates[place] += outline.total(outline.dates, header)
            authors[place] += outline.total(outline.authors, header)
    complete = [
        place
        for place in places
        if free[place] >= _FEWEST_FREE and (dates[place] > 0 or authors[place] > 0)
    ]
    return _Group(
        places=places,
        marked=tuple(place for place in places if dates[place] or authors[place]),
        complete=len(complete),
        weight=sum(min(free[place], _FULL_WEIGHT) for place in complete) / _FULL_WEIGHT,
        dated=sum(dates[place] > 0 for place in complete),
        dated_and_signed=sum(dates[place] > 0 and authors[place] > 0 for place in complete),
        written=sum(outline.total(outline.writers, place) > 0 for place in complete),
        cut=sum(outline.total(outline.cuts, place) > 0 for place in complete),
        free=sum(free[place] for place in complete),
        linked=sum(outline.total(outline.links, place) for place in complete),
        headed=sum(outline.total(outline.headings, place) > 0 for place in complete),
        titled=sum(outline.total(outline.titles, place) > 0 for place in complete),
        borrowed=len(borrowed.intersection(complete)),
        named=all(named[place] for place in places),
        remarks=all(_says_remark(outline, place) for place in places),
    )


def _header(outline: Outline, place: int, group: Sequence[int]) -> int | None:
    """Return the element just before one of a group that may hold its name and date.

    None that is of the group, or holds one of it, is the head of another.
    """
    before = outline.elements[place].getprevious()
    at = outline.position.get(before) if before is not None else None
    if at is None or outline.text(at) > 200:
        return None
    following = bisect_left(group, at)
    if following < len(group) and group[following] < outline.ends[at]:
        return None
    return at


def headers_of(outline: Outline, records: list[HtmlElement]) -> dict[HtmlElement, HtmlElement]:
    """Return the element before a comment that names its author, where the comment does not."""
    places = [outline.position[record] for record in records]
    found = {}
    for record in records:
        place = outline.position[record]
        if outline.total(outline.dates, place) or outline.total(outline.authors, place):
            continue
        at = _header(outline, place, places)
        if at is not None:
            found[record] = outline.elements[at]
    return found


def _says_remark(outline: Outline, place: int) -> bool:
    """Whether an element is called a reply, a message, a post: what comments are called too."""
    return not name_words(outline.names[place]).isdisjoint(vocabulary().remark)


def _best_named(groups: list[_Group]) -> _Group | None:
    """Return the group that splits the comments best: most comments, then most of their text.

    Of one comment alone the innermost element that shows a date and a name is taken, of
    several the outermost.
    """
    likely = [group for group in groups if group.complete > 1 or group.dated]
    if not likely:
        return None
    most = max(group.weight for group in likely)
    # Elements that hold their names and dates themselves go before those that stand below them.
    whole = [group for group in likely if group.borrowed * 2 < group.complete]
    if any(group.weight * 10 >= most * 8 for group in whole):
        likely, most = whole, max(group.weight for group in whole)
    if max(group.complete for group in likely) == 1:
        heavy = [group for group in likely if group.weight * 2 >= most]
        return max(heavy, key=lambda group: (group.dated_and_signed, group.places))
    many = [group for group in likely if group.weight * 10 >= most * 9]
    fullest = max(group.free for group in many)
    full = [group for group in many if group.free * 100 >= fullest * 90]
    return max(full, key=lambda group: (group.complete, group.free, -group.places[0]))


def _best_unnamed(groups: list[_Group], outline: Outline) -> _Group | None:
    """Return the best of the groups that merely repeat; stricter, as a teaser repeats too."""
    likely = [
        group
        for group in groups
        if group.complete >= (_FEWEST_REMARKS if group.remarks else _FEWEST_UNNAMED)
        and group.dated_and_signed * 10 >= len(group.places) * 8
        and (group.remarks or group.written * 10 >= len(group.places) * 8)
        and group.titled * 2 < group.complete
        and group.headed == 0
        and group.cut * 2 < group.complete
        and group.free >= 20 * group.complete
        and group.linked * 2 <= group.free
    ]
    return _best_named(likely)


def _with_siblings(outline: Outline, places: tuple[int, ...], named: list[bool]) -> list[int]:
    """Add what stands among the comments and looks like one, if under another class."""
    chosen = set(places)
    tags = {outline.elements[place].tag for place in places} - {"div", "section"}
    for parent in sorted({outline.parents[place] for place in places} - {-1}):
        for child in outline.elements[parent]:
            place = outline.position.get(child, -1)
            if place < 0 or place in chosen or child.tag not in tags or not named[place]:
                continue
            if any(place < other < outline.ends[place] for other in chosen):
                continue
            signed = outline.total(outline.dates, place) or outline.total(outline.authors, place)
            if signed and outline.total(outline.free, place) >= _FEWEST_FREE:
                chosen.add(place)
    return sorted(chosen)
