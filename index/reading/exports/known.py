"""Exports that put what belongs together in two places: each is first brought into plain form.

Plain is what `any_thread` reads: the fields of a page, and those of its comments in one list.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from index.reading.exports.thread import list_at, number_at, text_at

_LIKE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page and its comments as an export holds them, under names that say what they are."""

    fields: dict[str, Any]
    comments: list[dict[str, Any]]
    warnings: tuple[str, ...] = ()


def parted(
    comments: Iterable[dict[str, Any]], page_of: Callable[[dict[str, Any]], Hashable]
) -> list[list[dict[str, Any]]]:
    """Return comments by the page they belong to, pages in the order they are first named."""
    pages: dict[Hashable, list[dict[str, Any]]] = {}
    for comment in comments:
        pages.setdefault(page_of(comment), []).append(comment)
    return list(pages.values())


def _flat(items: list[Any], below: Callable[[dict[str, Any]], list[Any]]) -> Iterator[Any]:
    """Yield all objects of a tree, each before those below it."""
    waiting = items[::-1]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting += below(item)[::-1]


def reddit_pages(document: Any) -> list[Page] | None:
    """Return the submission (`t3`) of a pair of listings; what Reddit left out is a warning."""
    listings = document if isinstance(document, list) else [document]
    if not any(isinstance(one, dict) and one.get("kind") == "Listing" for one in listings[:2]):
        return None
    things: dict[str, list[dict[str, Any]]] = {}
    for thing in _flat(listings, _below_thing):
        if isinstance(thing.get("data"), dict):
            things.setdefault(str(thing.get("kind")), []).append(thing["data"])
    story = things.get("t3", [{}])[0]
    path = text_at(story, "permalink")
    left_out = sum(max(0, number_at(more, "count") or 0) for more in things.get("more", ()))
    fields = {
        "title": story.get("title"),
        "text": story.get("selftext"),
        "author": story.get("author"),
        "created_utc": story.get("created_utc"),
        "url": f"https://www.reddit.com{path}" if path else story.get("url"),
        "outlet": story.get("subreddit_name_prefixed"),
        "num_comments": story.get("num_comments"),
    }
    comments = [
        data
        | {
            "id": text_at(data, "name") or f"t1_{text_at(data, 'id')}",
            "parent_id": parent if (parent := str(data.get("parent_id"))).startswith("t1_") else "",
            "replies": None,
        }
        for data in things.get("t1", ())
    ]
    note = f"comments that Reddit left out of the file: {left_out}"
    return [Page(fields=fields, comments=comments, warnings=(note,) if left_out else ())]


def _below_thing(thing: dict[str, Any]) -> list[Any]:
    data = thing.get("data")
    return [*list_at(data, "children"), data.get("replies")] if isinstance(data, dict) else []


def discourse_pages(document: Any) -> list[Page] | None:
    """Return a topic: its first post is the article, notices of the system are no comments."""
    stream = document.get("post_stream") if isinstance(document, dict) else None
    if not isinstance(stream, dict) or not isinstance(stream.get("posts"), list):
        return None
    posts = [post for post in stream["posts"] if isinstance(post, dict)]
    first = next((post for post in posts if number_at(post, "post_number") == 1), {})
    fields = {
        "title": document.get("title"),
        "created_at": document.get("created_at"),
        "text": first.get("cooked"),
        "author": text_at(first, "name") or text_at(first, "username"),
        "url": next((post.get("full_url") for post in posts), None),
        "num_comments": max(0, (number_at(document, "posts_count") or len(posts)) - 1),
    }
    comments = [
        {
            "id": post.get("post_number"),
            "parent_id": None if parent == 1 else parent,
            "author": text_at(post, "name") or text_at(post, "username"),
            "created_at": post.get("created_at"),
            "likes": _likes(post),
            "text": post.get("cooked"),
            "deleted": any(post.get(name) for name in ("deleted_at", "user_deleted", "hidden")),
        }
        for post in posts
        if post is not first and number_at(post, "post_type") in (None, 1)
        for parent in [number_at(post, "reply_to_post_number")]
    ]
    return [Page(fields=fields, comments=comments)]


def _likes(post: dict[str, Any]) -> int | None:
    for action in list_at(post, "actions_summary"):
        if number_at(action, "id") == _LIKE:
            return number_at(action, "count") or 0
    return number_at(post, "like_count")


def activity_pages(document: Any) -> list[Page] | None:
    """Return a note with its replies, as Mastodon and others publish it (ActivityPub)."""
    if not (isinstance(document, dict) and document.get("attributedTo") and "replies" in document):
        return None
    first, *notes = _flat([document], _replies_to)
    fields = {
        "title": first.get("name"),
        "text": first.get("content"),
        "author": _account(first),
        "created_at": first.get("published"),
        "url": first.get("id"),
    }
    comments = [
        {
            "id": note.get("id"),
            "parent_id": None if note.get("inReplyTo") == first.get("id") else note["inReplyTo"],
            "author": _account(note),
            "created_at": note.get("published"),
            "text": note.get("content"),
            "deleted": note.get("type") == "Tombstone",
        }
        for note in notes
        if "inReplyTo" in note
    ]
    return [Page(fields=fields, comments=comments)]


def _replies_to(note: dict[str, Any]) -> list[Any]:
    """Return the notes of a collection, on its first page as well."""
    replies = note.get("replies") if isinstance(note.get("replies"), dict) else {}
    pages = (replies, replies.get("first")) if replies else ()
    names = ("items", "orderedItems")
    return [one for page in pages for name in names for one in list_at(page, name)]


def _account(note: dict[str, Any]) -> str | None:
    """Return the last part of the address of whoever wrote a note."""
    return (text_at(note, "attributedTo") or "").rstrip("/").rpartition("/")[2].lstrip("@") or None


def commento_pages(document: Any) -> list[Page] | None:
    """Return the pages of a list of comments, with the names of a list of commenters."""
    comments = [one for one in list_at(document, "comments") if isinstance(one, dict)]
    if not any("commentHex" in comment for comment in comments[:3]):
        return None
    people = list_at(document, "commenters")
    names = {text_at(entry, "commenterHex"): text_at(entry, "name") for entry in people}
    plain = [
        {
            "id": comment.get("commentHex"),
            "parent_id": comment.get("parentHex"),
            "author": names.get(text_at(comment, "commenterHex")),
            "created_at": comment.get("creationDate"),
            "score": comment.get("score"),
            "text": comment.get("markdown") or comment.get("html"),
            "deleted": comment.get("deleted") is True
            or text_at(comment, "state") not in (None, "approved"),
            "page_url": _commento_address(comment),
            "site": text_at(comment, "domain"),
        }
        for comment in comments
    ]
    return [
        Page(fields={"url": page[0]["page_url"], "outlet": page[0]["site"]}, comments=page)
        for page in parted(plain, lambda comment: comment["page_url"])
    ]


def _commento_address(comment: dict[str, Any]) -> str:
    domain, path = text_at(comment, "domain"), text_at(comment, "url") or ""
    return f"https://{domain}/{path.removeprefix('/')}" if domain else path


def remark42_pages(document: Any) -> list[Page] | None:
    """Return the pages of a backup with one comment a line, of a list, or of a tree."""
    entries = document if isinstance(document, list) else list_at(document, "comments")
    comments = [
        entry
        for entry in _flat(entries, lambda one: [one.get("comment"), *list_at(one, "replies")])
        if "pid" in entry and isinstance(entry.get("locator"), dict)
    ]
    if not comments:
        return None
    reported = number_at(document.get("info"), "count") if isinstance(document, dict) else None
    pages = []
    for page in parted(comments, lambda comment: text_at(comment["locator"], "url")):
        titles = (text_at(comment, "title") for comment in page)
        fields = {
            "url": text_at(page[0]["locator"], "url"),
            "title": next((title for title in titles if title), None),
            "num_comments": reported,
        }
        plain = [
            comment | {"deleted": comment.get("delete"), "title": None, "locator": None}
            for comment in page
        ]
        pages.append(Page(fields=fields, comments=plain))
    return pages
