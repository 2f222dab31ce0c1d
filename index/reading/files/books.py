"""EPUB (W3C EPUB 3): the text of its chapters in the order in which they are read."""

from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from index.errors import UnreadableArticleError
from index.reading.compression import Archive
from index.reading.dates import parse_date
from index.reading.draft import ArticleDraft, ParagraphDraft
from index.reading.encodings import decode
from index.reading.exports.source import local_name, read_xml
from index.reading.markup import paragraphs_of_html


def draft_from_epub(archive: Archive) -> ArticleDraft:
    """Return the words of a book or dossier; its contents list is left out.

    Raises:
        UnreadableArticleError: Nothing says which of its files are the chapters.
    """
    container = read_xml(decode(archive.read("META-INF/container.xml")))
    packages = (part.get("full-path") for part in container.iter())
    package = next(filter(None, packages), "")
    if package not in archive.names:
        raise UnreadableArticleError("the EPUB does not say which of its files are to be read")
    root = read_xml(decode(archive.read(package)))
    places = {
        part.get("id"): normpath(join(dirname(package), unquote(part.get("href", ""))))
        for part in root.iter()
        if local_name(part) == "item" and "nav" not in part.get("properties", "").split()
    }
    chapters = [
        places.get(part.get("idref")) for part in root.iter() if local_name(part) == "itemref"
    ]
    paragraphs: list[ParagraphDraft] = []
    for chapter in chapters:
        if chapter in archive.names:
            paragraphs += paragraphs_of_html(decode(archive.read(chapter)))
    title, written = _fact(root, "title"), _fact(root, "date")
    if paragraphs and paragraphs[0].text == title:
        paragraphs.pop(0)
    return ArticleDraft(
        title=title,
        paragraphs=tuple(paragraphs),
        author=_fact(root, "creator"),
        outlet=_fact(root, "publisher"),
        language=_fact(root, "language"),
        published_at=parse_date(written) if written else None,
    )


def _fact(root: Element, name: str) -> str | None:
    return next((part.text for part in root.iter() if local_name(part) == name and part.text), None)
