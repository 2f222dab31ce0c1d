"""Bytes -> Article: what was published, however it comes: page, text, JSON, export, address.

    read_article("page.html"), read_article("https://…"), read_text("…"), read_bytes(b"…")

Each kind of source has its module that makes an `ArticleDraft`; `building` makes the article.
"""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.article import Article
from index.errors import UnreadableArticleError
from index.reading import encodings, recognition
from index.reading.building import MOST_CHARACTERS, build_article
from index.reading.cleaning import clean, forbidden_in_markup
from index.reading.compression import gunzip, is_gzip
from index.reading.draft import ArticleDraft
from index.reading.files import draft_from_file

MOST_BYTES = 20_000_000
_EXPORTS = ("json", "xml", "table")

__all__ = ["MOST_BYTES", "read_article", "read_articles", "read_bytes", "read_text"]


def read_article(source: str | Path | bytes | Article) -> Article:
    """Return the article in a file, at an address, or in bytes, without storing anything.

    Args:
        source: A path, an address (http or https), or the bytes of a file; an article is
            returned as it is. Text is not a source: that is what `read_text` is for.

    Raises:
        UnreadableArticleError: There is no such file, or no article in it.
        UnsafeAddressError: The address is not one we fetch.
    """
    if isinstance(source, Article):
        return source
    if isinstance(source, (bytes, bytearray, memoryview)):
        return read_bytes(bytes(source))
    written = str(source)
    if written[:8].lower().startswith(("http://", "https://")):
        from index.reading.network.web import fetch

        page = fetch(written)
        return read_bytes(page.data, url=page.url, charset=page.charset)
    path = Path(source)
    return read_bytes(_content(path), source_key=f"file:{path.resolve()}")


def read_articles(source: str | Path, *, body: str | Path | None = None) -> tuple[Article, ...]:
    """Return all articles of a source: every page of an export, every export of a folder.

    Args:
        source: A path or an address; also a folder, or a pattern such as `exports/*.xml`.
        body: The file of the article, for an export that holds only its comments.

    Raises:
        UnreadableArticleError: There is no article in it.
        UnsafeAddressError: The address is not one we fetch.
    """
    if str(source)[:8].lower().startswith(("http://", "https://")):
        return (read_article(source),)
    from index.reading.exports import export_files

    written = _draft_in(Path(body)) if body is not None else None
    files = export_files(source)
    return tuple(article for file in files for article in _articles_in(file, body=written))


def read_text(text: str, *, source_key: str | None = None) -> Article:
    """Return the article in text that was pasted: the words of a page, or its markup.

    Args:
        text: What was pasted.
        source_key: What the article is known by; by default its own address, else its words.

    Raises:
        UnreadableArticleError: There is no article in it.
    """
    if len(text) > MOST_BYTES:
        raise UnreadableArticleError(
            f"the text has {len(text):,} characters; at most {MOST_BYTES:,} are read"
        )
    return _built(text, url=None, source_key=source_key)


def read_bytes(
    data: bytes,
    *,
    source_key: str | None = None,
    url: str | None = None,
    charset: str | None = None,
) -> Article:
    """Return the article in the bytes of a file or of an answer.

    Args:
        data: The bytes; their kind and encoding are told by their content.
        source_key: What the article is known by; by default its address, else its content.
        url: Where the bytes come from.
        charset: The encoding a server named for them.

    Raises:
        UnreadableArticleError: There is no article in them.
    """
    _check_size(len(data))
    found = _opened(data, charset=charset)
    if isinstance(found, str):
        return _built(found, url=url, source_key=source_key)
    digest = hashlib.sha256(data).hexdigest()
    return build_article(found, source_key=found.url or source_key or f"content:{digest}")


def _opened(data: bytes, *, charset: str | None = None) -> str | ArticleDraft:
    """Return the text in bytes, or the draft of a file that is no text."""
    if is_gzip(data):
        data = gunzip(data)
    if not data.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise UnreadableArticleError("there is nothing to read: it is empty")
    draft = draft_from_file(data)
    if draft is not None:
        return draft
    recognition.refuse_binary(data)
    return encodings.decode(data, charset=charset)


def _built(text: str, *, url: str | None, source_key: str | None) -> Article:
    draft = _draft(text, url)
    if isinstance(draft, Article):
        return draft
    if url and not draft.url:
        draft = replace(draft, url=url)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return build_article(draft, source_key=draft.url or source_key or f"content:{digest}")


def _draft(text: str, url: str | None) -> ArticleDraft | Article:
    """Return the draft of a text of any kind, or the article that it is already."""
    if not text.strip("\ufeff\0 \t\r\n\u200b"):
        raise UnreadableArticleError("there is nothing to read: it is empty")
    recognition.refuse_controls(text)
    kind = recognition.kind_of(text)
    if kind in _EXPORTS:
        return _from_data(text, kind)
    if kind == "html":
        from index.reading.html import draft_from_html

        draft = draft_from_html(text, url=url)
        return replace(draft, removed=forbidden_in_markup(text))
    if kind == "subtitles":
        from index.reading.files.subtitles import draft_from_subtitles

        return draft_from_subtitles(text)
    text, warnings = _at_most(text)
    if kind == "markdown":
        from index.reading.pasted.markdown import draft_from_markdown

        draft = draft_from_markdown(text, url=url)
    else:
        from index.reading.pasted.text import draft_from_text

        draft = draft_from_text(text, url=url)
    return replace(draft, warnings=(*draft.warnings, *warnings), removed=clean(text).removed)


def _from_data(text: str, kind: recognition.Kind) -> ArticleDraft | Article:
    from index.reading import exports, own_json

    drafts = exports.drafts_in(text)
    if drafts is not None:
        return _fullest(drafts)
    if kind != "json":
        raise UnreadableArticleError(
            f"this is no comment export we know; known are {exports.KNOWN}"
        )
    value = own_json.load_json(text)
    if isinstance(value, dict) and isinstance(value.get("article"), dict):
        value = value["article"]
    if _is_stored(value):
        from index.article_json import article_from_json

        return article_from_json(value)
    try:
        return own_json.draft_from_json(value)
    except UnreadableArticleError as error:
        raise UnreadableArticleError(f"{error}; read are also {exports.KNOWN}") from error


def _is_stored(value: Any) -> bool:
    """Whether a JSON value is an article with its offsets, as `show --json` prints it."""
    return isinstance(value, dict) and "passages" in value and "version" in value


def _fullest(drafts: tuple[ArticleDraft, ...]) -> ArticleDraft:
    fullest = max(drafts, key=lambda draft: len(draft.comments))
    if len(drafts) == 1:
        return fullest
    warning = f"the export holds {len(drafts)} pages; this is the one with the most comments"
    return replace(fullest, warnings=(*fullest.warnings, warning))


def _draft_in(path: Path) -> ArticleDraft:
    found = _opened(_content(path))
    draft = _draft(found, None) if isinstance(found, str) else found
    if isinstance(draft, Article):
        raise UnreadableArticleError(f"{path} is already an article; give the page or its text")
    return draft


def _articles_in(path: Path, *, body: ArticleDraft | None) -> tuple[Article, ...]:
    from index.reading import exports

    text = _opened(_content(path))
    drafts = None
    if isinstance(text, str) and recognition.kind_of(text) in _EXPORTS:
        drafts = exports.drafts_in(text, article=body)
    if drafts is None:
        if body is not None:
            raise UnreadableArticleError(f"{path} is no comment export; leave --article out")
        return (read_article(path),)
    found = []
    for number, draft in enumerate(drafts, start=1):
        try:
            found.append(build_article(draft, source_key=_page_key(draft, path, number)))
        except UnreadableArticleError:
            # A page of the export without a single word; the others are read all the same.
            continue
    if not found:
        raise UnreadableArticleError(f"{path} holds comments, but no words in them")
    return tuple(found)


def _page_key(draft: ArticleDraft, path: Path, number: int) -> str:
    if draft.url and draft.url.startswith(("http://", "https://")):
        return draft.url
    return f"file:{path.resolve()}#{draft.url or number}"


def _at_most(text: str) -> tuple[str, tuple[str, ...]]:
    if len(text) <= MOST_CHARACTERS:
        return text, ()
    return text[:MOST_CHARACTERS], (f"the text was cut after {MOST_CHARACTERS:,} characters",)


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableArticleError(f"{path} is a folder; give the file of one article")
        if not path.exists():
            raise UnreadableArticleError(
                f"there is no file {path}; give a path, an address, or pass the text itself as text"
            )
        if not path.is_file():
            raise UnreadableArticleError(f"{path} is not a regular file")
        _check_size(path.stat().st_size)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableArticleError(f"{str(path)[:200]} cannot be read: {reason}") from error


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise UnreadableArticleError(
            f"the file has {size / 1e6:.0f} MB; at most {MOST_BYTES // 1_000_000} MB are read"
        )
