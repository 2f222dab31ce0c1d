"""What to take out of a page with its comments: their container, heading and form."""

import re
from bisect import bisect_left

from lxml.html import HtmlElement

from index.reading.blocks import BLOCKS
from index.reading.html.outline import Outline

# The whole name of a class: "pingbacks-open" only says that a page takes them.
_MENTION = re.compile(r"(?<!\S)(?:comment-)?(?:type-)?(?:ping|track)backs?(?!\S)", re.I)
_MOST_REST = 60
_MOST_REST_NAMED = 400


def mentions_in(outline: Outline, records: list[HtmlElement]) -> list[HtmlElement]:
    """Return the elements that tell of other sites linking here: they are no readers' words.

    None lies within another, none holds the article, none is a list of readers' comments too.
    """
    found: list[HtmlElement] = []
    known, starts = set(records), sorted(outline.position[record] for record in records)
    end = 0
    for place, element in enumerate(outline.elements):
        if place < end or element.tag not in BLOCKS or not outline.text(place):
            continue
        if not _MENTION.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            continue
        is_wide = element.tag in ("body", "main") or outline.total(outline.headings, place)
        is_list = outline.words.names_comments(outline.names[place]) and (
            bisect_left(starts, place) < bisect_left(starts, outline.ends[place])
        )
        if element in known or not (is_wide or is_list):
            found.append(element)
            end = outline.ends[place]
    return found


def take_out(outline: Outline, records: list[HtmlElement], mentions: list[HtmlElement]) -> None:
    """Remove the comments, what surrounds only them, mentions, and the forms to write one."""
    invitations = [
        element
        for place, element in enumerate(outline.elements)
        if outline.barred[place]
        and (
            (element.tag == "form" and element.find(".//textarea") is not None)
            or outline.words.names_comments(outline.names[place])
        )
    ]
    for element in (*_outermost(outline, records), *mentions, *invitations):
        if element.getparent() is not None:
            element.drop_tree()


def _outermost(outline: Outline, records: list[HtmlElement]) -> list[HtmlElement]:
    """Return for each comment the widest element around it that holds little else."""
    covered = [0] * (len(outline.elements) + 1)
    last_end = 0
    for element in records:
        place = outline.position[element]
        if place < last_end:
            continue
        last_end = outline.ends[place]
        size = outline.total(outline.free, place)
        for around in (place, *outline.ancestors(place)):
            covered[around] += size
    found: dict[HtmlElement, None] = {}
    for element in records:
        place = outline.position[element]
        for around in outline.ancestors(place):
            if not _holds_little_else(outline, around, covered[around]):
                break
            place = around
        found[outline.elements[place]] = None
    return list(found)


def _holds_little_else(outline: Outline, place: int, covered: int) -> bool:
    element = outline.elements[place]
    if element.tag in ("html", "body", "main") or outline.total(outline.headings, place) > 1:
        return False
    rest = outline.total(outline.free, place) - covered
    named = outline.words.names_comments(outline.names[place])
    return rest <= (_MOST_REST_NAMED if named else _MOST_REST)
