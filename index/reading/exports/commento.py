"""Commento JSON export: a flat list of comments of several pages, and a list of commenters."""

from typing import Any

from index.reading.draft import ArticleDraft, CommentDraft
from index.reading.exports.thread import list_at, moment, number_at, text_at, thread_draft
from index.reading.markup import words_of_html, words_of_markdown


def is_commento(document: Any) -> bool:
    """Whether this is a Commento export."""
    return any(
        isinstance(entry, dict) and "commentHex" in entry
        for entry in list_at(document, "comments")[:3]
    )


def drafts_from_commento(document: Any) -> tuple[ArticleDraft, ...]:
    """Return one draft for each page; comments that were not approved were not shown."""
    names = {
        text_at(entry, "commenterHex"): text_at(entry, "name")
        for entry in list_at(document, "commenters")
    }
    pages: dict[tuple[str, str], list[CommentDraft]] = {}
    for entry in list_at(document, "comments"):
        if isinstance(entry, dict):
            page = (text_at(entry, "domain") or "", text_at(entry, "url") or "")
            pages.setdefault(page, []).append(_comment(entry, names))
    return tuple(
        thread_draft(comments, title=None, url=_address(domain, path), outlet=domain)
        for (domain, path), comments in pages.items()
    )


def _comment(entry: dict[str, Any], names: dict[str | None, str | None]) -> CommentDraft:
    markdown = text_at(entry, "markdown")
    words = words_of_markdown(markdown) if markdown else words_of_html(text_at(entry, "html"))
    hidden = entry.get("deleted") is True or text_at(entry, "state") not in (None, "approved")
    parent = text_at(entry, "parentHex")
    return CommentDraft(
        text=None if hidden else words.text,
        key=text_at(entry, "commentHex"),
        parent_key=None if parent in (None, "root") else parent,
        author=names.get(text_at(entry, "commenterHex")),
        posted_at=moment(entry.get("creationDate")),
        posted_at_text=text_at(entry, "creationDate"),
        score=number_at(entry, "score"),
        deleted=hidden,
        quoted=() if hidden else words.quoted,
    )


def _address(domain: str, path: str) -> str | None:
    if not domain:
        return path or None
    return f"https://{domain}{path if path.startswith('/') else '/' + path}"
