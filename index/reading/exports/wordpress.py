"""WordPress WXR export: RSS items with `wp:comment` elements; the article is in the item."""

import re
from datetime import datetime
from xml.etree.ElementTree import Element

from index.reading.draft import ArticleDraft, CommentDraft
from index.reading.exports.thread import mail_moment, moment, thread_draft
from index.reading.markup import paragraphs_of_html, words_of_html

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_OF_OTHER_SITES = ("pingback", "trackback")
_CAPTION = re.compile(r"\[caption\b[^\]]{0,500}\](.{0,2000}?)\[/caption\]", re.S)
_NO_TIME = "0000-00-00 00:00:00"


def is_wordpress(root: Element) -> bool:
    """Whether this is a WordPress export: an RSS feed with elements of WordPress's own."""
    return root.tag == "rss" and any(
        isinstance(element.tag, str) and "wordpress.org/export" in element.tag
        for element in root.iter()
    )


def drafts_from_wordpress(root: Element) -> tuple[ArticleDraft, ...]:
    """Return one draft for each published post or page with words or comments.

    Comments that were never approved, spam and trash were not shown; they keep their place
    in the thread as deleted comments.
    """
    channel = root.find("channel")
    if channel is None:
        return ()
    outlet = _plain(channel.findtext("title"))
    names = _display_names(channel)
    drafts = (_draft(item, outlet, names) for item in channel.findall("item"))
    return tuple(draft for draft in drafts if draft is not None)


def _display_names(channel: Element) -> dict[str, str]:
    found = {}
    for author in channel:
        login, name = _own(author, "author_login"), _own(author, "author_display_name")
        if login and name:
            found[login] = name
    return found


def _draft(item: Element, outlet: str | None, names: dict[str, str]) -> ArticleDraft | None:
    comments = [
        _comment(element)
        for element in item
        if isinstance(element.tag, str)
        and element.tag.endswith("}comment")
        and _own(element, "comment_type") not in _OF_OTHER_SITES
    ]
    kind, status = _own(item, "post_type"), _own(item, "status")
    is_article = kind in (None, "post", "page") and status in (None, "publish")
    paragraphs = (
        paragraphs_of_html(_CAPTION.sub("", item.findtext(_CONTENT) or "")) if is_article else ()
    )
    if not comments and not paragraphs:
        return None
    creator = _plain(item.findtext(_CREATOR))
    return thread_draft(
        comments,
        title=_plain(item.findtext("title")),
        url=_plain(item.findtext("link")),
        paragraphs=paragraphs,
        author=names.get(creator or "", creator or ""),
        outlet=outlet,
        published_at=_time(_own(item, "post_date_gmt"))
        or mail_moment(item.findtext("pubDate"))
        or _time(_own(item, "post_date")),
    )


def _comment(element: Element) -> CommentDraft:
    words = words_of_html(_own(element, "comment_content"))
    hidden = (_own(element, "comment_approved") or "1") != "1"
    parent = _own(element, "comment_parent")
    local, world = _own(element, "comment_date"), _own(element, "comment_date_gmt")
    return CommentDraft(
        text=None if hidden else words.text,
        key=_own(element, "comment_id"),
        parent_key=None if parent in (None, "0", "") else parent,
        author=_own(element, "comment_author"),
        posted_at=_time(world) or _time(local),
        posted_at_text=local or world,
        deleted=hidden,
        quoted=() if hidden else words.quoted,
    )


def _own(element: Element, name: str) -> str | None:
    """Return the text of a child in WordPress's namespace, whose version differs by export."""
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and "wordpress.org/export" in tag and tag.endswith(f"}}{name}"):
            return _plain(child.text)
    return None


def _plain(text: str | None) -> str | None:
    return (text or "").strip() or None


def _time(text: str | None) -> datetime | None:
    return None if text in (None, _NO_TIME) else moment(text)
