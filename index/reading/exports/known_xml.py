"""XML exports in plain form: Disqus, WordPress (WXR), feeds of comments (RSS, Atom, Blogger)."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from index.language.field_names import roles
from index.reading.exports.known import Page, parted
from index.reading.exports.source import local_name
from index.reading.exports.thread import bare_address

_CAPTION = re.compile(r"\[caption\b[^\]]{0,500}\](.{0,2000}?)\[/caption\]", re.S)
_NO_TIME = "0000-00-00 00:00:00"
_NO_READERS = ("pingback", "trackback")
_ANCHOR = re.compile(r"#(?:comment|c|respond|reply)[-_]?\w*\d")
_ANSWER = re.compile(
    r"^\s*(?:<p>)?\s*[^<>]{0,40}<a[^>]+href=[\"'][^\"']*#comment-(\d+)[\"'][^>]*>[^<]*</a>\s*\.?"
    r"\s*(?:</p>)?"
)


def disqus_pages(root: Element) -> list[Page] | None:
    """Return the pages (`thread`) of a Disqus export with their comments (`post`).

    What Disqus marked as spam was not shown, nor are the comments of a deleted page; they
    keep their place in the thread as deleted comments.
    """
    if local_name(root) != "disqus":
        return None
    threads = {_id(part): part for part in root if local_name(part) == "thread"}
    first_of: dict[str, str] = {}
    same: dict[str, str] = {}
    for key, thread in threads.items():
        # One page is a thread for each address it was ever opened under.
        address = _text(thread, "link")
        same[key] = first_of.setdefault(bare_address(address), key) if address else key
    posts = [
        {
            "id": _id(post) or _text(post, "id"),
            "parent_id": _id(_child(post, "parent")),
            "author": _text(author, "name") or _text(author, "username"),
            "created_at": _text(post, "createdAt"),
            "text": _text(post, "message"),
            "deleted": "true" in (_text(post, "isDeleted"), _text(post, "isSpam")),
            "page": same.get(page, page),
        }
        for post in root
        if local_name(post) == "post"
        for author, page in [(_child(post, "author"), _id(_child(post, "thread")))]
    ]
    by_page = {page[0]["page"]: page for page in parted(posts, lambda post: post["page"])}
    keys = dict.fromkeys([*same.values(), *by_page])
    return [_disqus_page(threads.get(key), by_page.get(key, [])) for key in keys]


def _disqus_page(thread: Element | None, comments: list[dict[str, Any]]) -> Page:
    fields = {"title": "title", "url": "link", "text": "message", "created_at": "createdAt"}
    warnings = []
    if thread is None:
        warnings.append("the export does not say to which page these comments belong")
    if _text(thread, "isDeleted") == "true":
        comments = [comment | {"deleted": True} for comment in comments]
        warnings.append("the page of these comments was deleted, and they with it")
    return Page(
        fields={name: _text(thread, place) for name, place in fields.items()},
        comments=comments,
        warnings=tuple(warnings),
    )


def wordpress_pages(root: Element) -> list[Page] | None:
    """Return the published posts and pages of a WordPress export; the article is in each.

    Comments that were never approved, spam and trash were not shown; they keep their place
    in the thread as deleted comments.
    """
    if not any("wordpress.org/export" in str(part.tag) for part in root.iter()):
        return None
    channel = _child(root, "channel")
    names = {
        _text(part, "author_login"): _text(part, "author_display_name")
        for part in _children(channel, "author")
    }
    pages = []
    for item in _children(channel, "item"):
        kind, status = _text(item, "post_type"), _text(item, "status")
        is_article = kind in (None, "post", "page") and status in (None, "publish")
        creator = _text(item, "creator")
        fields = {
            "title": _text(item, "title"),
            "url": _text(item, "link"),
            "author": names.get(creator) or creator,
            "outlet": _text(channel, "title"),
            "created_at": _time(item, "post_date_gmt", "pubDate", "post_date"),
            "text": _CAPTION.sub("", _text(item, "encoded") or "") if is_article else None,
        }
        readers = (
            one
            for one in _children(item, "comment")
            if _text(one, "comment_type") not in _NO_READERS
        )
        pages.append(Page(fields=fields, comments=[_wordpress_comment(one) for one in readers]))
    return pages


def _wordpress_comment(comment: Element) -> dict[str, Any]:
    return {
        "id": _text(comment, "comment_id"),
        "parent_id": _text(comment, "comment_parent"),
        "author": _text(comment, "comment_author"),
        "created_at": _time(comment, "comment_date_gmt", "comment_date"),
        "posted_at_text": _text(comment, "comment_date", "comment_date_gmt"),
        "text": _text(comment, "comment_content"),
        "deleted": _text(comment, "comment_approved") not in (None, "1"),
    }


def _time(element: Element, *names: str) -> str | None:
    times = (_text(element, name) for name in names)
    return next((time for time in times if time and time != _NO_TIME), None)


def feed_pages(root: Element) -> list[Page] | None:
    """Return the pages that the comments of a feed answer; a feed of articles is none."""
    entries = [part for part in root.iter() if local_name(part) in ("item", "entry")]
    comments = [entry for entry in entries if _is_comment(entry)]
    if local_name(root) not in ("rss", "feed", "RDF") or not comments:
        return None
    stories = {_key(entry): entry for entry in entries if not _is_comment(entry)}
    by_key = {_key(entry): entry for entry in comments}
    plain = [_feed_comment(entry, by_key) for entry in comments]
    pages = parted(plain, lambda comment: comment["page"])
    channel = next(iter(_children(root, "channel")), root)
    return [
        Page(
            fields=_story(stories[key])
            if (key := page[0]["page"]) in stories
            else {
                "url": key,
                "title": _without_prefix(_text(channel, "title")) if len(pages) == 1 else None,
            },
            comments=page,
        )
        for page in pages
    ]


def _story(entry: Element) -> dict[str, Any]:
    return {
        "title": _text(entry, "title"),
        "url": _link(entry),
        "text": _text(entry, "encoded", "content", "description"),
        "author": _author(entry),
        "created_at": _text(entry, "pubDate", "published"),
    }


def _without_prefix(title: str | None) -> str | None:
    """Return the title of the page in "Comments on: Fares rise", None where there is none."""
    for prefix in roles()["feed"]["about"]:
        if title and re.match(rf"{re.escape(prefix)}[ :]", title, re.I):
            return title[len(prefix) :].strip(" :") or None
    return None


def _feed_comment(entry: Element, comments: dict[str, Element]) -> dict[str, Any]:
    written = _text(entry, "encoded", "content", "description", "summary") or ""
    answer = _ANSWER.match(written)
    parent = _reference(entry)
    if answer is not None:
        number = f"#comment-{answer[1]}"
        parent = next((key for key in comments if key.endswith(number)), parent)
    return {
        "id": _key(entry),
        "parent_id": parent if parent in comments else None,
        "author": _author(entry),
        "created_at": _text(entry, "pubDate", "published", "date", "updated"),
        "text": written[answer.end() :] if answer else written,
        "page": _page_of(entry, comments),
    }


def _is_comment(entry: Element) -> bool:
    marks = (_link(entry), _text(entry, "guid", "id"))
    return bool(_reference(entry)) or any(_ANCHOR.search(mark or "") for mark in marks)


def _page_of(entry: Element, comments: dict[str, Element]) -> str:
    """Return what an entry is about: where its answers lead, or its address without the anchor."""
    reference = _reference(entry)
    for _ in range(len(comments)):
        if reference is None or reference not in comments:
            break
        reference = _reference(comments[reference])
    return reference or (_link(entry) or "").partition("#")[0]


def _reference(entry: Element) -> str | None:
    return next((part.get("ref") for part in _children(entry, "in-reply-to")), None)


def _key(entry: Element) -> str:
    link = _link(entry) or ""
    return link if "#" in link else _text(entry, "guid", "id") or link


def _author(entry: Element) -> str | None:
    return _text(_child(entry, "author"), "name") or _text(entry, "creator", "author")


def _link(entry: Element) -> str | None:
    for part in _children(entry, "link"):
        if part.get("href") and part.get("rel", "alternate") == "alternate":
            return part.get("href")
    return _text(entry, "link")


def _children(element: Element | None, name: str) -> Iterator[Element]:
    return (part for part in (() if element is None else element) if local_name(part) == name)


def _child(element: Element | None, name: str) -> Element | None:
    return next(_children(element, name), None)


def _id(element: Element | None) -> str:
    key = element.get("{http://disqus.com/disqus-internals}id") if element is not None else None
    return key or ""


def _text(element: Element | None, *names: str) -> str | None:
    for name in names:
        for part in _children(element, name):
            if written := "".join(part.itertext()).strip():
                return written
    return None
