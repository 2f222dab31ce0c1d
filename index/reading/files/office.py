"""Documents of word processors: DOCX (ECMA-376) and ODT (OASIS OpenDocument), their running text.

Read are the paragraphs in order; footnotes, deleted words and notes in the margin are not.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from index.reading.compression import Archive
from index.reading.draft import ArticleDraft, ParagraphDraft
from index.reading.encodings import decode
from index.reading.exports.source import local_name, read_xml

_PARAGRAPHS = frozenset(("p", "h"))
_BREAKS = frozenset(("br", "cr", "line-break"))
_SPACES = frozenset(("tab", "s", "noBreakHyphen"))
# Text boxes hold paragraphs of their own; the others are not part of the text as it reads now.
_APART = frozenset((
    "txbxContent", "text-box", "Fallback", "annotation", "note", "tracked-changes", "del",
    "moveFrom", "instrText", "delText", "ruby-text", "table-of-content", "alphabetical-index",
))  # fmt: skip
_TITLES = ("title", "titel", "titre")
_QUOTATIONS = ("quote", "intensequote", "quotations")


def draft_from_docx(archive: Archive) -> ArticleDraft:
    """Return the article of a DOCX file."""
    root = _part(archive, "word/document.xml")
    notes = 0
    if "word/comments.xml" in archive.names:
        notes = sum(local_name(part) == "comment" for part in _part(archive, "word/comments.xml"))
    return _draft(root, {}, _facts(archive, "docProps/core.xml"), notes)


def draft_from_odt(archive: Archive) -> ArticleDraft:
    """Return the article of an ODT file."""
    root = _part(archive, "content.xml")
    parents = {
        _attribute(part, "name"): _attribute(part, "parent-style-name")
        for part in root.iter()
        if local_name(part) == "style"
    }
    notes = sum(local_name(part) == "annotation" for part in root.iter())
    return _draft(root, parents, _facts(archive, "meta.xml"), notes)


def _draft(
    root: Element, parents: dict[str, str], facts: dict[str, str], notes: int
) -> ArticleDraft:
    title = None
    found: list[ParagraphDraft] = []
    for paragraph in _paragraphs(root):
        text = "".join(_words(paragraph)).strip()
        written = _style(paragraph)
        style = (parents.get(written) or written).casefold().replace(" ", "")
        if text and title is None and not found and style in _TITLES:
            title = " ".join(text.split())
        elif text:
            quoted = style in _QUOTATIONS
            found.append(ParagraphDraft(text=text, kind="quotation" if quoted else "paragraph"))
    title = title or facts.get("title")
    if found and title and " ".join(found[0].text.split()) == title:
        found.pop(0)
    warning = f"notes in the margin of the document, which are not read: {notes}"
    return ArticleDraft(
        title=title,
        paragraphs=tuple(found),
        author=facts.get("initial-creator") or facts.get("creator"),
        language=facts.get("language"),
        warnings=(warning,) if notes else (),
    )


def _paragraphs(root: Element) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if local_name(element) in _PARAGRAPHS:
            yield element
        if local_name(element) in ("txbxContent", "text-box") or local_name(element) not in _APART:
            waiting.extend(reversed(element))


def _words(paragraph: Element) -> Iterator[str]:
    """Yield the pieces of text of a paragraph; only runs count where text stands in runs."""
    in_runs = "wordprocessingml" in paragraph.tag
    waiting: list[Element | str] = [paragraph]
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            yield element
            continue
        name = local_name(element)
        if name not in _APART and (element is paragraph or name not in _PARAGRAPHS):
            if name in _BREAKS:
                yield "\n"
            elif name in _SPACES:
                yield "-" if name == "noBreakHyphen" else " "
            elif element.text and (name == "t" or not in_runs):
                yield element.text
            for child in reversed(element):
                waiting += [child.tail or "", child] if not in_runs else [child]


def _style(paragraph: Element) -> str:
    for part in paragraph.iter():
        if local_name(part) == "pStyle":
            return _attribute(part, "val")
    return _attribute(paragraph, "style-name")


def _facts(archive: Archive, name: str) -> dict[str, str]:
    """Return what a document says about itself: title, creator, language."""
    if name not in archive.names:
        return {}
    return {
        local_name(part): " ".join(part.text.split())
        for part in _part(archive, name).iter()
        if part.text and part.text.strip()
    }


def _part(archive: Archive, name: str) -> Element:
    return read_xml(decode(archive.read(name)))


def _attribute(element: Element, name: str) -> str:
    return next((v for key, v in element.attrib.items() if key.rsplit("}", 1)[-1] == name), "")
