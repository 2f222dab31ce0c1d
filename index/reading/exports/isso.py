"""Isso JSON: its generic import form (a list of threads) and the answer of its own server."""

from typing import Any
from urllib.parse import unquote_plus

from index.reading.draft import ArticleDraft, CommentDraft
from index.reading.exports.thread import list_at, moment, number_at, text_at, thread_draft
from index.reading.markup import words_of_html

_DELETED_MODE = 4
_PENDING_MODE = 2


def is_isso(document: Any) -> bool:
    """Whether these are comments of Isso."""
    return _is_generic(document) or _is_answer(document)


def _is_generic(document: Any) -> bool:
    return isinstance(document, list) and any(
        isinstance(thread, dict) and "id" in thread and _is_said(thread.get("comments"))
        for thread in document[:3]
    )


def _is_said(comments: Any) -> bool:
    """Whether comments hold their words where Isso does; other threads may look like its."""
    return isinstance(comments, list) and all(
        isinstance(comment, dict) and "text" in comment for comment in comments[:3]
    )


def _is_answer(document: Any) -> bool:
    return isinstance(document, dict) and "total_replies" in document and "replies" in document


def drafts_from_isso(document: Any) -> tuple[ArticleDraft, ...]:
    """Return one draft for each thread."""
    if _is_answer(document):
        comments = [_comment(entry) for entry in _flat(document)]
        return (thread_draft(comments, title=None, url=None),)
    return tuple(
        thread_draft(
            [_comment(entry) for entry in _flat({"replies": list_at(thread, "comments")})],
            title=_title(text_at(thread, "title")),
            url=text_at(thread, "id"),
        )
        for thread in document
        if isinstance(thread, dict)
    )


def _flat(document: dict[str, Any]) -> list[dict[str, Any]]:
    stack = list(reversed(list_at(document, "replies")))
    found = []
    while stack:
        entry = stack.pop()
        if isinstance(entry, dict):
            found.append(entry)
            stack.extend(reversed(list_at(entry, "replies")))
    return found


def _comment(entry: dict[str, Any]) -> CommentDraft:
    words = words_of_html(text_at(entry, "text"))
    hidden = number_at(entry, "mode") in (_DELETED_MODE, _PENDING_MODE)
    likes, dislikes = number_at(entry, "likes"), number_at(entry, "dislikes")
    return CommentDraft(
        text=None if hidden else words.text,
        key=text_at(entry, "id"),
        parent_key=text_at(entry, "parent"),
        author=text_at(entry, "author"),
        posted_at=moment(entry.get("created")),
        posted_at_text=text_at(entry, "created"),
        score=None if likes is None else likes - (dislikes or 0),
        deleted=hidden,
        quoted=() if hidden else words.quoted,
    )


def _title(title: str | None) -> str | None:
    """Return a title as people read it; older exports hold it in the form of addresses."""
    if title and " " not in title and ("+" in title or "%" in title):
        return unquote_plus(title)
    return title
