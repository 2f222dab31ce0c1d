"""The lead of an article: the lines between headline and body that summarise it.

Extraction often drops it, since it stands outside the body; the page's own description
tells which lines they are.
"""

import re

from lxml.html import HtmlElement

from index.reading.blocks import line_of
from index.reading.draft import ParagraphDraft

_FEWEST_CHARACTERS = 40
_MOST_CHARACTERS = 1_200
_MOST_RAW_CHARACTERS = 12_000
_COMPARED = 50
_TAGS = ("p", "div", "h2", "h3", "h4", "strong", "span", "section", "blockquote")
_NOT_A_WORD = re.compile(r"\W+")


def with_lead(
    tree: HtmlElement, paragraphs: tuple[ParagraphDraft, ...]
) -> tuple[ParagraphDraft, ...]:
    """Return the paragraphs with the article's lead before them, where they lack it."""
    if not paragraphs:
        return paragraphs
    body = _bare(" ".join(paragraph.text for paragraph in paragraphs))
    for description in _descriptions(tree):
        start = _bare(description)[:_COMPARED]
        if len(start) < _FEWEST_CHARACTERS - 10 or start in body:
            return paragraphs
        line = _visible(tree, start)
        if line is not None:
            return (ParagraphDraft(text=line), *paragraphs)
    return paragraphs


def _descriptions(tree: HtmlElement) -> list[str]:
    found = [
        element.get("content", "")
        for element in tree.iter("meta")
        if (element.get("property") or element.get("name") or "").lower()
        in ("og:description", "description", "twitter:description")
    ]
    return [text for text in dict.fromkeys(found) if len(text) >= _FEWEST_CHARACTERS]


def _visible(tree: HtmlElement, start: str) -> str | None:
    """Return the shortest block of the page that begins with those words."""
    best: str | None = None
    for element in tree.iter(*_TAGS):
        opening = _opening(element)
        if not opening or not _bare(opening).startswith(start[: min(20, len(_bare(opening)))]):
            continue
        if not _is_small(element):
            continue
        line = line_of(element)
        is_short = _FEWEST_CHARACTERS <= len(line) <= _MOST_CHARACTERS
        if is_short and _bare(line).startswith(start) and (best is None or len(line) < len(best)):
            best = line
    return best


def _is_small(element: HtmlElement) -> bool:
    """Whether an element may be one block: a broken page nests thousands that hold all of it."""
    left = _MOST_RAW_CHARACTERS
    for text in element.itertext():
        left -= len(text)
        if left < 0:
            return False
    return True


def _opening(element: HtmlElement) -> str:
    for text in element.itertext():
        if text.strip():
            return str(text)[:200]
    return ""


def _bare(text: str) -> str:
    return _NOT_A_WORD.sub("", text).casefold()
