"""The words of a post or comment in an export: HTML, Markdown or plain text -> plain text."""

import html as entities
import re
from dataclasses import dataclass

from lxml import etree, html

from index.reading.blocks import text_of
from index.reading.draft import ParagraphDraft

_TAG = re.compile(
    r"<(?:/?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>]{0,2000})?/?|!--)>?|&(?:#\d|#x|[a-z]{2,8};)"
)
_BREAKS = re.compile(r"<(?:p|br|div|li|blockquote|pre)\b", re.I)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\(https?://[^()\s]{1,1000}\)")
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,1000}?)(?<=\S)\*\*")
_UNSEEN = "script style template iframe object embed svg noscript"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The plain text of a comment, and the parts of it that are marked as quoted."""

    text: str
    quoted: tuple[str, ...] = ()


def words_of_html(markup: str | None) -> Words:
    """Return the words of a comment that may hold HTML; without tags it is taken as it is."""
    if not markup or not markup.strip():
        return Words(text="")
    if not _TAG.search(markup):
        return Words(text=_tidy(markup))
    root = _fragment(markup)
    if root is None:
        return Words(text="")
    text = text_of(root)
    return Words(text=text, quoted=_marked(text, (text_of(part) for part in _quotes(root))))


def words_of_markdown(source: str | None) -> Words:
    """Return the words of a comment in Markdown; lines after ">" are quoted.

    >>> words_of_markdown("> It rains.\\n\\nIt does not.")
    Words(text='It rains.\\n\\nIt does not.', quoted=('It rains.',))
    """
    if not source:
        return Words(text="")
    lines, blocks, block = [], [], []
    for line in _without_marks(source).splitlines():
        stripped = line.lstrip()
        if stripped.startswith(">"):
            line = stripped.lstrip("> ")
            block.append(line)
        elif block:
            blocks.append("\n".join(block))
            block = []
        lines.append(line)
    if block:
        blocks.append("\n".join(block))
    text = _tidy("\n".join(lines))
    return Words(text=text, quoted=_marked(text, map(_tidy, blocks)))


def paragraphs_of_html(markup: str | None) -> tuple[ParagraphDraft, ...]:
    """Return the paragraphs of an article body given as HTML or plain text."""
    if not markup or not markup.strip():
        return ()
    root = _fragment(markup)
    if root is None:
        return ()
    quotes = {text_of(part) for part in _quotes(root)}
    return tuple(
        ParagraphDraft(text=block, kind="quotation" if block in quotes else "paragraph")
        for block in re.split(r"\n{2,}", text_of(root))
        if block.strip()
    )


def paragraphs_of_text(text: str | None) -> tuple[ParagraphDraft, ...]:
    """Return the paragraphs of an article body in plain text or Markdown."""
    blocks = re.split(r"\n\s*\n", _without_marks(text or ""))
    return tuple(_paragraph(tidy) for block in blocks if (tidy := _tidy(block)))


def _without_marks(source: str) -> str:
    """Return Markdown with the words of its links and bold parts alone."""
    return _BOLD.sub(r"\1", _LINK.sub(r"\1", entities.unescape(source)))


def _paragraph(block: str) -> ParagraphDraft:
    lines = block.splitlines()
    if not all(line.startswith(">") for line in lines):
        return ParagraphDraft(text=block)
    return ParagraphDraft(
        text=_tidy("\n".join(line.lstrip("> ") for line in lines)), kind="quotation"
    )


def _fragment(markup: str) -> html.HtmlElement | None:
    clean = _NOT_IN_XML.sub("", markup)
    if not _BREAKS.search(clean):
        clean = re.sub(r"\r?\n", "<br>", clean)
    elif not re.search(r"<p\b", clean, re.I):
        clean = re.sub(r"\r?\n\s*\r?\n", "<p>", clean)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(f"<div>{clean}</div>".encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    for element in list(root.iter(*_UNSEEN.split())):
        element.drop_tree()
    for title in root.xpath("//aside[contains(@class, 'quote')]/div[contains(@class, 'title')]"):
        title.drop_tree()
    return root


def _quotes(root: html.HtmlElement) -> list[html.HtmlElement]:
    return [
        part
        for part in root.iter("blockquote")
        if not any(outer.tag == "blockquote" for outer in part.iterancestors())
    ]


def _marked(text: str, parts: object) -> tuple[str, ...]:
    found, position = [], 0
    for part in parts:  # type: ignore[attr-defined]
        at = text.find(part, position) if part else -1
        if at >= 0:
            found.append(part)
            position = at + len(part)
    return tuple(found)


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
