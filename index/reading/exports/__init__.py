"""Comment exports -> article drafts: one for each page that the export speaks of.

Which format it is shows in the content, never in the file's name.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from index.errors import UnreadableArticleError
from index.language.words import fold
from index.reading.draft import ArticleDraft
from index.reading.exports import known, known_xml
from index.reading.exports.any_thread import draft_of_page, drafts_from_any_thread, is_thread
from index.reading.exports.source import read_json, read_xml
from index.reading.exports.tables import is_table, read_table
from index.reading.exports.thread import bare_address

_SUFFIXES = (".xml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".gz")
_Drafts = tuple[ArticleDraft, ...]
_Pages = Callable[[Any], list[known.Page] | None]
_XML_FORMATS: dict[str, _Pages] = {
    "Disqus": known_xml.disqus_pages,
    "WordPress": known_xml.wordpress_pages,
    "feeds of comments (RSS, Atom)": known_xml.feed_pages,
}
_JSON_FORMATS: dict[str, _Pages] = {
    "Reddit": known.reddit_pages,
    "Discourse": known.discourse_pages,
    "Commento": known.commento_pages,
    "Remark42": known.remark42_pages,
}
_ANY_THREAD = "comments as JSON, JSON Lines or CSV whose fields say who wrote what"
KNOWN = ", ".join((*_XML_FORMATS, *_JSON_FORMATS, _ANY_THREAD))
"""What is read, for a refusal to say it."""


def is_export(text: str) -> bool:
    """Whether a text is a comment export that is read; False for what cannot be read at all."""
    try:
        return _reader(*_parsed(text)) is not None
    except UnreadableArticleError:
        return False


def drafts_in(document: Any) -> tuple[ArticleDraft, ...] | None:
    """Return the drafts of an already read JSON value, None where it is no comment export.

    Raises:
        UnreadableArticleError: It holds neither a comment nor an article.
    """
    read = _reader(document, _JSON_FORMATS)
    return None if read is None else _some(read())


def draft_from_export(
    text: str, *, article: ArticleDraft | None = None
) -> tuple[ArticleDraft, ...]:
    """Return the drafts of all pages of an export, in its order.

    Args:
        text: The export, decoded.
        article: The article the comments belong to, where the export does not hold it: then
            the one draft returned is this article with the comments of its page.

    Raises:
        UnreadableArticleError: It is no export of a known format, or holds nothing.
    """
    read = _reader(*_parsed(text))
    if read is None:
        raise UnreadableArticleError(f"this is no comment export we know; known are {KNOWN}")
    drafts = _some(read())
    if article is None:
        return drafts
    return (_joined(article, drafts),)


def choose_thread(drafts: tuple[ArticleDraft, ...], wanted: str) -> ArticleDraft:
    """Return the draft with that address, title, or number counted from 1.

    Raises:
        UnreadableArticleError: None of them is meant, or several are.
    """
    if wanted.isdecimal() and 1 <= int(wanted) <= len(drafts):
        return drafts[int(wanted) - 1]
    same_address = [
        draft for draft in drafts if draft.url and bare_address(draft.url) == bare_address(wanted)
    ]
    same_title = [draft for draft in drafts if draft.title and fold(draft.title) == fold(wanted)]
    found = same_address or same_title
    if len(found) == 1:
        return found[0]
    problem = "several pages" if found else "no page"
    raise UnreadableArticleError(
        f"the export holds {problem} called {wanted!r}; it holds: {_listing(drafts)}"
    )


def export_files(place: str | Path) -> tuple[Path, ...]:
    """Return the files that a file, a folder or a pattern such as `exports/*.xml` stands for.

    Raises:
        UnreadableArticleError: Nothing is there.
    """
    path = Path(place)
    if path.is_file():
        return (path,)
    if path.is_dir():
        found = [file for file in path.rglob("*") if file.suffix in _SUFFIXES]
    else:
        found = list(Path(path.anchor or ".").glob(str(path.relative_to(path.anchor))))
    files = tuple(sorted(file for file in found if file.is_file()))
    if not files:
        raise UnreadableArticleError(f"there is no export at {place}")
    return files


def _parsed(text: str) -> tuple[Any, dict[str, _Pages]]:
    """Return what a text holds, and the exports that it may be; nothing where it is prose."""
    start = text.lstrip("\ufeff \t\r\n`")[:1]
    if start == "<":
        return read_xml(text), _XML_FORMATS
    if start in ("{", "["):
        return read_json(text.lstrip("\ufeff")), _JSON_FORMATS
    return read_table(text) if is_table(text) else None, {}


def _reader(document: Any, formats: dict[str, _Pages]) -> Callable[[], _Drafts] | None:
    """Return what reads a value, None where it is no export."""
    for pages_of in formats.values():
        pages = pages_of(document)
        if pages is not None:
            return partial(tuple, map(draft_of_page, pages))
    if formats is _XML_FORMATS or not is_thread(document):
        return None
    return partial(drafts_from_any_thread, document)


def _some(drafts: _Drafts) -> _Drafts:
    found = tuple(draft for draft in drafts if draft.comments or draft.paragraphs)
    if not found:
        raise UnreadableArticleError("the export holds no comments and no article")
    return found


def _joined(article: ArticleDraft, drafts: tuple[ArticleDraft, ...]) -> ArticleDraft:
    thread = drafts[0] if len(drafts) == 1 else _page_of(article, drafts)
    return replace(
        article,
        comments=thread.comments,
        reported_comment_count=thread.reported_comment_count,
        warnings=article.warnings + thread.warnings,
    )


def _page_of(article: ArticleDraft, drafts: tuple[ArticleDraft, ...]) -> ArticleDraft:
    for wanted in (article.url, article.title):
        if wanted:
            try:
                return choose_thread(drafts, wanted)
            except UnreadableArticleError:
                continue
    raise UnreadableArticleError(
        f"the export does not show which of its pages is the article; it holds: {_listing(drafts)}"
    )


def _listing(drafts: tuple[ArticleDraft, ...]) -> str:
    names = [draft.url or draft.title or "a page without a name" for draft in drafts[:10]]
    more = f" and {len(drafts) - 10} more" if len(drafts) > 10 else ""
    return "; ".join(names) + more
