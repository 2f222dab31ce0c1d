"""The article itself: what is left of a page once its comments are taken out.

Finding the main text and its metadata is trafilatura's work; this file owns it.
"""

import logging
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from index.reading.blocks import flat, line_of
from index.reading.dates import parse_date
from index.reading.draft import ParagraphDraft
from index.reading.html.frame import without_frame
from index.reading.html.head import (
    author_of,
    is_day_first,
    published_at,
    small_parts,
    title_without_site,
    without_headline,
)
from index.reading.html.head_lines import Head
from index.reading.html.insertions import prepare
from index.reading.html.lead import with_lead
from index.reading.html.near_headline import near_headline

# Comparing with a second extraction takes time that grows with the square of the page.
_MOST_ELEMENTS_COMPARED = 6_000
_MOST_CHARACTERS_COMPARED = 400_000
_MOST_ELEMENTS = 20_000
_FEWEST_CHARACTERS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The article of a page: its parts in order, and what the page says about it."""

    title: str | None
    author: str | None
    outlet: str | None
    url: str | None
    language: str | None
    published_at: datetime | None
    paragraphs: tuple[ParagraphDraft, ...]


def read_body(tree: HtmlElement, *, url: str | None = None) -> Body:
    """Return the article of a tree that holds no comments any more.

    Args:
        tree: The whole page; not changed.
        url: The address it came from, if known.
    """
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    size, characters = _extent(tree)
    about = tree if size <= _MOST_ELEMENTS_COMPARED else _beginning(tree)
    metadata: Any = trafilatura.extract_metadata(about, default_url=url, extensive=False)
    outlet = _plain(getattr(metadata, "sitename", None))
    parts = tuple(small_parts(tree))
    title = title_without_site(tree, _plain(getattr(metadata, "title", None)), outlet, url)
    near = near_headline(parts, title)
    guessed = parse_date(getattr(metadata, "date", None) or "")
    head = Head(
        url=_plain(getattr(metadata, "url", None)) or url,
        title=title,
        author=author_of(
            tree, parts, _plain(getattr(metadata, "author", None)), near=near, outlet=outlet
        ),
        published_at=published_at(tree, parts, near=near, url=url, guessed=guessed),
        day_first=is_day_first(tree, url),
    )
    paragraphs: tuple[ParagraphDraft, ...] = ()
    if size <= _MOST_ELEMENTS:
        page, insertions = prepare(tree, head)
        is_large = size > _MOST_ELEMENTS_COMPARED or characters > _MOST_CHARACTERS_COMPARED
        paragraphs = insertions.taken_from(_extracted(page, url, fast=is_large))
    framed = without_frame(paragraphs or _blocks(tree), day_first=head.day_first)
    return Body(
        title=head.title,
        author=head.author or framed.author,
        outlet=outlet,
        url=head.url,
        language=_language(tree),
        published_at=head.published_at or framed.published_at,
        paragraphs=with_lead(tree, without_headline(tree, framed.paragraphs, head.title)),
    )


def _extracted(page: HtmlElement, url: str | None, *, fast: bool) -> tuple[ParagraphDraft, ...]:
    """Return the paragraphs that another reader finds in a page, which it changes."""
    import trafilatura

    document: Any = trafilatura.bare_extraction(
        page, url=url, include_comments=False, with_metadata=False, fast=fast
    )
    return _paragraphs(document.body) if document is not None else ()


def _beginning(tree: HtmlElement) -> HtmlElement:
    """Return the head of a page and the first elements of its body, where a page says what it is.

    The search for metadata takes time that grows with the square of nested elements.
    """
    begun = deepcopy(tree)
    following = list(begun.iter())[_MOST_ELEMENTS_COMPARED:]
    for element in reversed(following):
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    return begun


def _extent(tree: HtmlElement) -> tuple[int, int]:
    """Return how many elements and how many characters of text a page has."""
    elements = characters = 0
    for element in tree.iter():
        elements += 1
        characters += len(element.text or "") + len(element.tail or "")
    return elements, characters


def _plain(text: str | None) -> str | None:
    flat = " ".join(text.split()) if text else ""
    return flat or None


def _language(tree: HtmlElement) -> str | None:
    code = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2]
    return code.lower() if code.isalpha() and len(code) == 2 else None


def _paragraphs(body: etree._Element) -> tuple[ParagraphDraft, ...]:
    """Return the parts of trafilatura's body, which names them p, head, list, quote, table."""
    found: list[ParagraphDraft] = []
    for part in body:
        if part.tag == "quote":
            _add(found, _lines(part), quotation=True)
        elif part.tag == "list":
            for item in part.iter("item"):
                # The items of a list within an item are its own.
                _add(found, _lines(item, without="list"))
        elif part.tag == "table":
            for row in part.iter("row"):
                cells = (" ".join(_lines(cell).split()) for cell in row)
                _add(found, " · ".join(cell for cell in cells if cell))
        else:
            _add(found, _lines(part))
        if part.tail and part.tail.strip():
            _add(found, part.tail)
    return tuple(found)


def _lines(part: etree._Element, *, without: str | None = None) -> str:
    """Return the text of a part, a line for each block in it, without the parts of that name."""
    told = str if part.tag in ("code", "quote") else flat
    pieces = [told(part.text or "")]
    for child in part:
        if child.tag in ("lb", "p", "item", "row", "head"):
            pieces.append("\n")
        if child.tag != without:
            pieces.append(_lines(child, without=without))
        pieces.append(told(child.tail or ""))
    return "".join(pieces)


def _add(found: list[ParagraphDraft], text: str, *, quotation: bool = False) -> None:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    words = "\n".join(line for line in lines if line)
    if words:
        found.append(ParagraphDraft(text=words, kind="quotation" if quotation else "paragraph"))


def _blocks(tree: HtmlElement) -> tuple[ParagraphDraft, ...]:
    """Return the blocks of running text of a page too large to be weighed part by part."""
    texts = (line_of(element) for element in tree.iter("p", "li", "blockquote", "pre"))
    return tuple(ParagraphDraft(text=text) for text in texts if len(text) >= _FEWEST_CHARACTERS)
