"""Hacker News as Algolia serves it: the tree of one story, every item with its `children`."""

from typing import Any

from index.reading.draft import ArticleDraft, CommentDraft
from index.reading.exports.thread import list_at, moment, number_at, text_at, thread_draft
from index.reading.markup import paragraphs_of_html, words_of_html


def is_hackernews(document: Any) -> bool:
    """Whether this is an item of Hacker News with its tree."""
    return (
        isinstance(document, dict)
        and isinstance(document.get("children"), list)
        and "created_at_i" in document
    )


def drafts_from_hackernews(document: Any) -> tuple[ArticleDraft, ...]:
    """Return the draft of the story; items without author and text were deleted."""
    stack = list(reversed(list_at(document, "children")))
    comments = []
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            comments.append(_comment(item, root=text_at(document, "id")))
            stack.extend(reversed(list_at(item, "children")))
    number = text_at(document, "id")
    own_address = f"https://news.ycombinator.com/item?id={number}" if number else None
    return (
        thread_draft(
            comments,
            title=text_at(document, "title") or text_at(document, "story_title"),
            url=text_at(document, "url") or own_address,
            paragraphs=paragraphs_of_html(text_at(document, "text")),
            author=text_at(document, "author"),
            outlet="Hacker News",
            published_at=moment(document.get("created_at")),
        ),
    )


def _comment(item: dict[str, Any], *, root: str | None) -> CommentDraft:
    words = words_of_html(text_at(item, "text"))
    parent = text_at(item, "parent_id")
    deleted = not words.text
    return CommentDraft(
        text=None if deleted else words.text,
        key=text_at(item, "id"),
        parent_key=None if parent == root else parent,
        author=text_at(item, "author"),
        posted_at=moment(item.get("created_at")),
        posted_at_text=text_at(item, "created_at"),
        score=number_at(item, "points"),
        deleted=deleted,
        quoted=words.quoted,
    )
