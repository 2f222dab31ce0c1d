"""Remark42 JSON: a backup with one comment a line, a flat list, or the tree of one page."""

from typing import Any

from index.reading.draft import ArticleDraft, CommentDraft
from index.reading.exports.thread import list_at, moment, number_at, text_at, thread_draft
from index.reading.markup import words_of_html


def is_remark42(document: Any) -> bool:
    """Whether these are comments of Remark42."""
    return any(_is_comment(entry) for entry in _flat(document)[:3])


def drafts_from_remark42(document: Any) -> tuple[ArticleDraft, ...]:
    """Return one draft for each page."""
    pages: dict[str | None, list[CommentDraft]] = {}
    titles: dict[str | None, str | None] = {}
    for entry in _flat(document):
        if not _is_comment(entry):
            continue
        url = text_at(entry.get("locator"), "url")
        pages.setdefault(url, []).append(_comment(entry))
        titles[url] = titles.get(url) or text_at(entry, "title")
    reported = number_at(document.get("info"), "count") if isinstance(document, dict) else None
    return tuple(
        thread_draft(comments, title=titles[url], url=url, reported=reported)
        for url, comments in pages.items()
    )


def _is_comment(entry: Any) -> bool:
    return isinstance(entry, dict) and "pid" in entry and isinstance(entry.get("locator"), dict)


def _flat(document: Any) -> list[Any]:
    """Return the comments of any of the three forms, each before its replies."""
    stack = list(
        reversed(document if isinstance(document, list) else list_at(document, "comments"))
    )
    found = []
    while stack:
        entry = stack.pop()
        if not isinstance(entry, dict):
            continue
        if isinstance(entry.get("comment"), dict):
            found.append(entry["comment"])
            stack.extend(reversed(list_at(entry, "replies")))
        else:
            found.append(entry)
    return found


def _comment(entry: dict[str, Any]) -> CommentDraft:
    words = words_of_html(text_at(entry, "text"))
    deleted = entry.get("delete") is True
    return CommentDraft(
        text=None if deleted else words.text,
        key=text_at(entry, "id"),
        parent_key=text_at(entry, "pid"),
        author=text_at(entry.get("user"), "name"),
        posted_at=moment(entry.get("time")),
        posted_at_text=text_at(entry, "time"),
        score=number_at(entry, "score"),
        deleted=deleted,
        quoted=() if deleted else words.quoted,
    )
