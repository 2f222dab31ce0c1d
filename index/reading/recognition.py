"""What kind of source is this? Told by its content; names of files lie."""

import re
from typing import Literal

from index.errors import UnreadableArticleError

Kind = Literal["html", "xml", "json", "table", "subtitles", "markdown", "text"]

_SIGNATURES = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture or sound (RIFF)"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an office document (RTF)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ", "a compressed file (xz)"),
    (b"\x28\xb5\x2f\xfd", "a compressed file (zstd)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound"),
    (b"bplist00", "a web archive of Safari"),
)
_OFFICE_PARTS = (b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis")
_ADVICE = "save the page as HTML or paste its text"
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1b\x85")
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|div|p|main|section|span|h1|table|meta|title|a|ul"
    r"|script|link|center|font|blockquote)\b",
    re.I,
)
_MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_MARKDOWN_MARKS = re.compile(
    r"^> \S|\[[^\]\n]{1,200}\]\([^)\n]{1,500}\)|\*\*\S|^\s*[-*] \S|^---\s*$|^={3,}\s*$",
    re.MULTILINE,
)
_SAMPLE = 20_000


def refuse_binary(data: bytes) -> None:
    """Refuse bytes that are not text.

    Raises:
        UnreadableArticleError: Says what they are, and what to give instead.
    """
    if data.startswith(b"PK\x03\x04"):
        head = data[:4_000]
        is_office = any(part in head for part in _OFFICE_PARTS)
        what = "an office document" if is_office else "an archive (zip)"
        raise UnreadableArticleError(f"this is {what}, which is not read; {_ADVICE}")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableArticleError(f"this is {what}, which is not read; {_ADVICE}")


def refuse_controls(text: str) -> None:
    """Refuse text that is mostly characters no text has: a program, a picture, a damaged file.

    Raises:
        UnreadableArticleError: Says so.
    """
    sample = text[:_SAMPLE]
    odd = sum(
        (ord(character) < 32 and ord(character) not in _TEXT_CONTROLS) or character == "\ufffd"
        for character in sample
    )
    if odd > 0.1 * len(sample):
        raise UnreadableArticleError(f"this is not text; {_ADVICE}")


def kind_of(text: str) -> Kind:
    """Return the kind of a decoded source.

    >>> [kind_of(text) for text in ("<p>Hi</p>", '{"title": 1}', "# Hi\\n\\n> no", "Hi")]
    ['html', 'json', 'markdown', 'text']
    """
    from index.reading.exports.tables import is_table
    from index.reading.files.subtitles import is_subtitles

    start = text[:_SAMPLE].lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        lowered = start[:2_000].lower()
        if lowered.startswith("<?xml") and "<html" not in lowered:
            return "xml"
        if _HTML.match(start) or "<html" in lowered or start.startswith("<!--"):
            return "html"
        if re.match(r"<(?:rss|disqus|feed|wordpress|comments|\w+:\w+)\b", lowered):
            return "xml"
    if re.match(r"\{\s*(?:\"|\}|'|$)|\[\s*(?:[\[{\"\]]|-?\d|$)", start):
        return "json"
    if re.fullmatch(r"\s*(?:\"[^\"\n]*\"|-?\d+(?:\.\d+)?|true|false|null)\s*", text[:2_000]):
        return "json" if len(text) <= 2_000 and not start.startswith('"') else "text"
    if len(re.findall(r"</(?:p|div|a|li|span|h1|h2)>", text[:_SAMPLE], re.I)) >= 3:
        return "html"
    if is_subtitles(text):
        return "subtitles"
    if is_table(text):
        return "table"
    if _MARKDOWN_HEADING.search(text[:_SAMPLE]) and _MARKDOWN_MARKS.search(text[:_SAMPLE]):
        return "markdown"
    return "text"
