"""The elements that hold one comment each -> comments, each with its key and its parent's."""

import re
from collections.abc import Container, Mapping
from dataclasses import replace

from lxml.html import HtmlElement

from index.reading.addressed import addressed
from index.reading.dates import is_day_first, parse_date
from index.reading.draft import CommentDraft
from index.reading.html.container import headers_of
from index.reading.html.facts import Facts, facts_about
from index.reading.html.name_places import named_by_place, without_additions
from index.reading.html.nesting import answering_line, parents_of, records_around
from index.reading.html.outline import Outline
from index.reading.html.remark import remark_in
from index.reading.pasted.boilerplate import is_furniture

# What a blog that links to this one says there, as its software quotes it: "[…] as Ada says […]"
_EXCERPT = re.compile(r"\[(?:\.{3}|…)\].*\[(?:\.{3}|…)\]", re.DOTALL)


def read_records(outline: Outline, records: list[HtmlElement]) -> tuple[CommentDraft, ...]:
    """Return the comments in the order of the page; those without any words are left out."""
    around = records_around(records)
    nested: dict[HtmlElement, list[HtmlElement]] = {element: [] for element in records}
    for element, outer in around.items():
        nested[outer].append(element)
    insides = [own_elements(element, set(nested[element])) for element in records]
    parents = parents_of(records, around, insides)
    headers = headers_of(outline, records)
    telling = [_telling(inside, headers) for inside in insides]
    facts = [facts_about(outline, elements) for elements in telling]
    facts = named_by_place(outline, telling, facts)
    drafts = []
    for number, element in enumerate(records):
        draft = _draft(outline, insides[number], nested[element], facts[number])
        if draft is not None:
            parent = parents[number]
            drafts.append(
                replace(
                    draft,
                    key=str(number),
                    parent_key=None if parent is None else str(parent),
                )
            )
    authors = without_additions([draft.author for draft in drafts])
    named = [replace(d, author=author) for d, author in zip(drafts, authors, strict=True)]
    return dated(_answering(_without_lost_parents(named), insides))


def _answering(
    drafts: tuple[CommentDraft, ...], insides: list[list[HtmlElement]]
) -> tuple[CommentDraft, ...]:
    """Return the comments; those that no markup ties to another answer whom a line of theirs names.

    That line is none of their words. Who begins with "@Ada" stays in the place that the page
    gives them, whose number people know.
    """
    lines = [answering_line(insides[int(draft.key or 0)]) for draft in drafts]
    parents = addressed(
        [draft.author for draft in drafts],
        [name for _, name in lines],
        [None for _ in drafts],
    )
    return tuple(
        draft
        if parent is None
        else replace(
            draft,
            parent_key=draft.parent_key or drafts[parent].key,
            text=(draft.text or "").removeprefix(line).lstrip() or draft.text,
        )
        for draft, parent, (line, _) in zip(drafts, parents, lines, strict=True)
    )


def _telling(
    inside: list[HtmlElement], headers: Mapping[HtmlElement, HtmlElement]
) -> list[HtmlElement]:
    """Return the elements that tell of a comment: its own, and those of a head beside it."""
    header = headers.get(inside[0])
    return inside if header is None else [*inside, *own_elements(header, ())]


def _draft(
    outline: Outline, inside: list[HtmlElement], nested: list[HtmlElement], facts: Facts
) -> CommentDraft | None:
    remark = remark_in(outline, inside, nested, facts)
    if not remark.text or (remark.author is None and is_furniture(remark.text)):
        return None
    if _EXCERPT.fullmatch(remark.text):
        return None
    return CommentDraft(
        text=remark.text,
        author=remark.author,
        posted_at=facts.posted_at,
        posted_at_text=remark.posted_at_text,
        score=facts.score,
        quoted=remark.quoted,
    )


def own_elements(element: HtmlElement, nested: Container[HtmlElement]) -> list[HtmlElement]:
    """Return the elements of a comment without those of its replies, in document order."""
    found, stack = [], [element]
    while stack:
        node = stack.pop()
        if (node is element or node not in nested) and isinstance(node.tag, str):
            found.append(node)
            stack.extend(reversed(node))
    return found


def _without_lost_parents(drafts: list[CommentDraft]) -> tuple[CommentDraft, ...]:
    """Return the comments; the replies to one that was left out stand at the top."""
    kept = {draft.key for draft in drafts}
    return tuple(
        draft
        if draft.parent_key is None or draft.parent_key in kept
        else replace(draft, parent_key=None)
        for draft in drafts
    )


def dated(drafts: tuple[CommentDraft, ...]) -> tuple[CommentDraft, ...]:
    """Read the dates that are only shown, each as the whole page writes its dates."""
    day_first = is_day_first([draft.posted_at_text for draft in drafts if draft.posted_at_text])
    return tuple(
        replace(draft, posted_at=parse_date(draft.posted_at_text, day_first=day_first))
        if draft.posted_at is None and draft.posted_at_text
        else draft
        for draft in drafts
    )
