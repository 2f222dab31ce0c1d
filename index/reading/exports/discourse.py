"""Discourse topic JSON: the first post is the article, the others are its comments."""

from typing import Any

from index.reading.draft import ArticleDraft, CommentDraft
from index.reading.exports.thread import list_at, moment, number_at, text_at, thread_draft
from index.reading.markup import paragraphs_of_html, words_of_html

_LIKE = 2


def is_discourse(document: Any) -> bool:
    """Whether this is a topic of Discourse."""
    stream = document.get("post_stream") if isinstance(document, dict) else None
    return isinstance(stream, dict) and isinstance(stream.get("posts"), list)


def drafts_from_discourse(document: Any) -> tuple[ArticleDraft, ...]:
    """Return the draft of the topic; small notices of the system are no comments."""
    posts = [post for post in list_at(document["post_stream"], "posts") if isinstance(post, dict)]
    first = next((post for post in posts if number_at(post, "post_number") == 1), None)
    comments = [_comment(post) for post in posts if post is not first and _is_remark(post)]
    count = number_at(document, "posts_count")
    return (
        thread_draft(
            comments,
            title=text_at(document, "title"),
            url=_address(document),
            paragraphs=paragraphs_of_html(text_at(first, "cooked")) if first else (),
            author=_name(first) if first else None,
            published_at=moment(document.get("created_at")),
            reported=None if count is None else max(0, count - 1),
        ),
    )


def _is_remark(post: dict[str, Any]) -> bool:
    return number_at(post, "post_type") in (None, 1)


def _comment(post: dict[str, Any]) -> CommentDraft:
    words = words_of_html(text_at(post, "cooked"))
    hidden = (
        bool(post.get("deleted_at"))
        or post.get("user_deleted") is True
        or post.get("hidden") is True
        or not words.text
    )
    parent = number_at(post, "reply_to_post_number")
    return CommentDraft(
        text=None if hidden else words.text,
        key=text_at(post, "post_number"),
        parent_key=None if parent in (None, 1) else str(parent),
        author=_name(post),
        posted_at=moment(post.get("created_at")),
        posted_at_text=text_at(post, "created_at"),
        score=_likes(post),
        deleted=hidden,
        quoted=() if hidden else words.quoted,
    )


def _name(post: dict[str, Any]) -> str | None:
    return text_at(post, "name") or text_at(post, "username")


def _likes(post: dict[str, Any]) -> int | None:
    for action in list_at(post, "actions_summary"):
        if number_at(action, "id") == _LIKE:
            return number_at(action, "count") or 0
    return number_at(post, "like_count")


def _address(document: dict[str, Any]) -> str | None:
    for post in list_at(document["post_stream"], "posts")[:1]:
        address = text_at(post, "full_url")
        if address:
            return address
    return None
