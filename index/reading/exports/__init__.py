"""Comment exports -> article drafts: one for each page that the export speaks of.

Each format has its module; which one it is shows in the content, never in the file's name.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.errors import UnreadableArticleError
from index.language.words import fold
from index.reading.draft import ArticleDraft
from index.reading.exports import (
    any_thread,
    commento,
    discourse,
    disqus,
    feeds,
    hackernews,
    isso,
    reddit,
    remark42,
    wordpress,
)
from index.reading.exports.source import read_json, read_xml
from index.reading.exports.tables import is_table, read_table
from index.reading.exports.thread import bare_address


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    name: str
    recognises: Callable[[Any], bool]
    read: Callable[[Any], tuple[ArticleDraft, ...]]


_SUFFIXES = (".xml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".gz")
_XML_FORMATS = (
    _Format(name="Disqus", recognises=disqus.is_disqus, read=disqus.drafts_from_disqus),
    _Format(
        name="WordPress",
        recognises=wordpress.is_wordpress,
        read=wordpress.drafts_from_wordpress,
    ),
    _Format(
        name="feeds of comments (RSS, Atom)",
        recognises=feeds.is_comment_feed,
        read=feeds.drafts_from_feed,
    ),
)
_JSON_FORMATS = (
    _Format(name="Reddit", recognises=reddit.is_reddit, read=reddit.drafts_from_reddit),
    _Format(
        name="Discourse", recognises=discourse.is_discourse, read=discourse.drafts_from_discourse
    ),
    _Format(
        name="Hacker News",
        recognises=hackernews.is_hackernews,
        read=hackernews.drafts_from_hackernews,
    ),
    _Format(name="Commento", recognises=commento.is_commento, read=commento.drafts_from_commento),
    _Format(name="Remark42", recognises=remark42.is_remark42, read=remark42.drafts_from_remark42),
    _Format(name="Isso", recognises=isso.is_isso, read=isso.drafts_from_isso),
)
_ANY_THREAD = _Format(
    name="comments as JSON, JSON Lines or CSV whose fields say who wrote what",
    recognises=any_thread.is_thread,
    read=any_thread.drafts_from_any_thread,
)
KNOWN = ", ".join(one.name for one in (*_XML_FORMATS, *_JSON_FORMATS, _ANY_THREAD))
"""What is read, for a refusal to say it."""


def is_export(text: str) -> bool:
    """Whether a text is a comment export of a known format; False for what cannot be read."""
    try:
        return _recognise(text) is not None
    except UnreadableArticleError:
        return False


def is_export_document(document: Any) -> bool:
    """Whether an already read JSON value is a comment export of a known format."""
    return any(one.recognises(document) for one in (*_JSON_FORMATS, _ANY_THREAD))


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
    recognised = _recognise(text)
    if recognised is None:
        raise UnreadableArticleError(f"this is no comment export we know; known are {KNOWN}")
    form, document = recognised
    drafts = form.read(document)
    if not drafts or not any(draft.comments or draft.paragraphs for draft in drafts):
        raise UnreadableArticleError(f"the {form.name} export holds no comments and no article")
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


def _recognise(text: str) -> tuple[_Format, Any] | None:
    start = text.lstrip("\ufeff \t\r\n`")[:1]
    document: Any
    formats: tuple[_Format, ...]
    if start == "<":
        document, formats = read_xml(text), _XML_FORMATS
    elif start in ("{", "["):
        document, formats = read_json(text.lstrip("\ufeff")), (*_JSON_FORMATS, _ANY_THREAD)
    elif is_table(text):
        document, formats = read_table(text), (_ANY_THREAD,)
    else:
        return None
    for form in formats:
        if form.recognises(document):
            return form, document
    return None


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
