"""Reddit listing JSON: a pair of listings, the submission (`t3`) and its comments (`t1`)."""

from typing import Any

from index.reading.draft import ArticleDraft, CommentDraft
from index.reading.exports.thread import list_at, moment, number_at, text_at, thread_draft
from index.reading.markup import paragraphs_of_text, words_of_markdown

_GONE = frozenset(("[deleted]", "[removed]", "[ removed by moderator ]", "[ removed by reddit ]"))


def is_reddit(document: Any) -> bool:
    """Whether these are listings of Reddit."""
    listings = document if isinstance(document, list) else [document]
    return any(isinstance(one, dict) and one.get("kind") == "Listing" for one in listings[:2])


def drafts_from_reddit(document: Any) -> tuple[ArticleDraft, ...]:
    """Return the draft of the submission; what Reddit left out ("more") is a warning."""
    listings = document if isinstance(document, list) else [document]
    stack = [child for listing in reversed(listings) for child in reversed(_children(listing))]
    submission: dict[str, Any] = {}
    comments, left_out = [], 0
    while stack:
        thing = stack.pop()
        data = thing.get("data") if isinstance(thing, dict) else None
        if not isinstance(data, dict):
            continue
        if thing.get("kind") == "t3":
            submission = submission or data
        elif thing.get("kind") == "t1":
            comments.append(_comment(data))
            stack.extend(reversed(_children(data.get("replies"))))
        elif thing.get("kind") == "more":
            left_out += max(0, number_at(data, "count") or 0)
    warnings = [f"comments that Reddit left out of the file: {left_out}"] if left_out else []
    path = text_at(submission, "permalink")
    return (
        thread_draft(
            comments,
            title=text_at(submission, "title"),
            url=f"https://www.reddit.com{path}" if path else text_at(submission, "url"),
            paragraphs=paragraphs_of_text(_live(text_at(submission, "selftext"))),
            author=_live(text_at(submission, "author")),
            outlet=text_at(submission, "subreddit_name_prefixed"),
            published_at=moment(submission.get("created_utc")),
            reported=number_at(submission, "num_comments"),
            warnings=warnings,
        ),
    )


def _children(listing: Any) -> list[Any]:
    return list_at(listing.get("data"), "children") if isinstance(listing, dict) else []


def _live(text: str | None) -> str | None:
    return None if text is None or text.casefold() in _GONE else text


def _comment(data: dict[str, Any]) -> CommentDraft:
    body = _live(text_at(data, "body"))
    words = words_of_markdown(body)
    parent = text_at(data, "parent_id") or ""
    return CommentDraft(
        text=words.text if body else None,
        key=text_at(data, "name") or f"t1_{text_at(data, 'id')}",
        parent_key=parent if parent.startswith("t1_") else None,
        author=_live(text_at(data, "author")),
        posted_at=moment(data.get("created_utc")),
        posted_at_text=None,
        score=number_at(data, "score"),
        deleted=body is None,
        quoted=words.quoted,
    )
