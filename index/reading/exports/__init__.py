"""Comment exports -> article drafts: one for each page that the export speaks of.

Which format it is shows in the content, never in the file's name.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
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
_Pages = Callable[[Any], list[known.Page] | None]
_XML_FORMATS: dict[str, _Pages] = {
    "Disqus": known_xml.disqus_pages,
    "WordPress": known_xml.wordpress_pages,
    "feeds of comments (RSS, Atom)": known_xml.feed_pages,
}
_JSON_FORMATS: dict[str, _Pages] = {
    "Reddit": known.reddit_pages,
    "Discourse": known.discourse_pages,
    "ActivityPub": known.activity_pages,
    "Commento": known.commento_pages,
    "Remark42": known.remark42_pages,
}
_ANY_THREAD = "comments as JSON, JSON Lines or CSV whose fields say who wrote what"
KNOWN = ", ".join((*_XML_FORMATS, *_JSON_FORMATS, _ANY_THREAD))
"""What is read, for a refusal to say it."""


def drafts_in(text: str, *, article: ArticleDraft | None = None) -> tuple[ArticleDraft, ...] | None:
    """Return the drafts of all pages of an export, in its order; None where it is no export.

    Args:
        text: The export, decoded.
        article: The article the comments belong to, where the export does not hold it: then
            the one draft returned is this article with the comments of its page.

    Raises:
        UnreadableArticleError: It is damaged, or holds neither a comment nor an article.
    """
    drafts = _drafts(text)
    if drafts is None:
        return None
    found = tuple(draft for draft in drafts if draft.comments or draft.paragraphs)
    if not found:
        raise UnreadableArticleError("the export holds no comments and no article")
    return found if article is None else (_joined(article, found),)


def _drafts(text: str) -> Iterable[ArticleDraft] | None:
    start = text.lstrip("\ufeff \t\r\n`")[:1]
    if start == "<":
        return _known(read_xml(text), _XML_FORMATS)
    if start in ("{", "["):
        document = read_json(text.lstrip("\ufeff"))
        if (known := _known(document, _JSON_FORMATS)) is not None:
            return known
    elif is_table(text):
        document = read_table(text)
    else:
        return None
    return drafts_from_any_thread(document) if is_thread(document) else None


def _known(document: Any, formats: dict[str, _Pages]) -> Iterable[ArticleDraft] | None:
    found = (pages_of(document) for pages_of in formats.values())
    pages = next((pages for pages in found if pages is not None), None)
    return None if pages is None else map(draft_of_page, pages)


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


def _joined(article: ArticleDraft, drafts: tuple[ArticleDraft, ...]) -> ArticleDraft:
    thread = drafts[0] if len(drafts) == 1 else _page_of(article, drafts)
    return replace(
        article,
        comments=thread.comments,
        reported_comment_count=thread.reported_comment_count,
        warnings=article.warnings + thread.warnings,
    )


def _page_of(article: ArticleDraft, drafts: tuple[ArticleDraft, ...]) -> ArticleDraft:
    """Return the page of an export that has the address of an article, else its title."""
    for name in (_address, _title):
        wanted = name(article)
        found = [draft for draft in drafts if wanted and name(draft) == wanted]
        if len(found) == 1:
            return found[0]
    names = [draft.url or draft.title or "a page without a name" for draft in drafts[:10]]
    more = f" and {len(drafts) - 10} more" if len(drafts) > 10 else ""
    raise UnreadableArticleError(
        "the export does not show which of its pages is the article; it holds: "
        + "; ".join(names)
        + more
    )


def _address(draft: ArticleDraft) -> str:
    return bare_address(draft.url) if draft.url else ""


def _title(draft: ArticleDraft) -> str:
    return fold(draft.title or "")
