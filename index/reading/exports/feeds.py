"""Feeds of comments (RSS, Atom, Blogger's export): entries that answer a page or each other.

A feed of articles is none: its entries are neither readers' words nor one article.
"""

import re
from xml.etree.ElementTree import Element

from index.language.field_names import roles
from index.reading.draft import ArticleDraft, CommentDraft
from index.reading.exports.thread import mail_moment, thread_draft
from index.reading.markup import paragraphs_of_html, words_of_html

_ENTRIES = ("item", "entry")
_ANCHOR = re.compile(r"#(?:comment|c|respond|reply)[-_]?\w*\d")
_ANSWER = re.compile(
    r"^\s*(?:<p>)?\s*[^<>]{0,40}<a[^>]+href=[\"'][^\"']*#comment-(\d+)[\"'][^>]*>[^<]*</a>\s*\.?"
    r"\s*(?:</p>)?"
)


def is_comment_feed(root: Element) -> bool:
    """Whether this is a feed whose entries, or some of them, are comments."""
    return _name(root) in ("rss", "feed", "RDF") and any(map(_is_comment, _entries(root)))


def drafts_from_feed(root: Element) -> tuple[ArticleDraft, ...]:
    """Return one draft for each page that the comments of a feed belong to."""
    entries = _entries(root)
    comments = [entry for entry in entries if _is_comment(entry)]
    stories = {_key(entry): entry for entry in entries if not _is_comment(entry)}
    keys = {_key(entry) for entry in comments}
    pages: dict[str, list[Element]] = {}
    for entry in comments:
        pages.setdefault(_page(entry, keys, comments), []).append(entry)
    channel = next((part for part in root if _name(part) == "channel"), root)
    return tuple(
        _draft(page, group, stories.get(page), channel if len(pages) == 1 else None)
        for page, group in pages.items()
    )


def _draft(
    page: str, group: list[Element], story: Element | None, channel: Element | None
) -> ArticleDraft:
    known = {_key(entry) for entry in group}
    source = story if story is not None else channel
    title = _text(source, "title") if source is not None else None
    about = _without_prefix(title) if title else None
    address = _link(story) if story is not None else page
    return thread_draft(
        [_comment(entry, known) for entry in group],
        title=title if story is not None else about,
        url=address if address and address.startswith("http") else None,
        paragraphs=paragraphs_of_html(_text(story, "encoded", "content", "description"))
        if story is not None
        else (),
        author=_author(story) if story is not None else None,
        published_at=mail_moment(_text(story, "pubDate", "published"))
        if story is not None
        else None,
    )


def _without_prefix(title: str) -> str | None:
    """Return the title of the page in "Comments on: Fares rise", None where there is none."""
    for prefix in roles()["feed"]["about"]:
        if title.casefold().startswith(f"{prefix} "):
            return title[len(prefix) :].strip(" :") or None
        if title.casefold().startswith(f"{prefix}:"):
            return title[len(prefix) + 1 :].strip() or None
    return None


def _comment(entry: Element, known: set[str]) -> CommentDraft:
    written = _text(entry, "encoded", "content", "description", "summary") or ""
    answer = _ANSWER.match(written)
    parent = _reference(entry)
    if answer is not None:
        number = f"#comment-{answer[1]}"
        parent = next((key for key in known if key.endswith(number)), parent)
        written = written[answer.end() :]
    words = words_of_html(written)
    when = _text(entry, "pubDate", "published", "date", "updated")
    return CommentDraft(
        text=words.text or None,
        key=_key(entry),
        parent_key=parent if parent in known else None,
        author=_author(entry),
        posted_at=mail_moment(when),
        posted_at_text=when,
        deleted=not words.text,
        quoted=words.quoted,
    )


def _is_comment(entry: Element) -> bool:
    marks = [_link(entry) or "", _text(entry, "guid", "id") or ""]
    return bool(_reference(entry)) or any(_ANCHOR.search(mark) for mark in marks)


def _page(entry: Element, keys: set[str], comments: list[Element]) -> str:
    """Return what an entry is about: where its answers lead, or its address without the anchor."""
    by_key = {_key(one): one for one in comments}
    reference = _reference(entry)
    for _ in range(len(comments)):
        if reference is None or reference not in keys:
            break
        reference = _reference(by_key[reference])
    return reference or (_link(entry) or "").partition("#")[0]


def _reference(entry: Element) -> str | None:
    return next((part.get("ref") for part in entry if _name(part) == "in-reply-to"), None)


def _key(entry: Element) -> str:
    link = _link(entry) or ""
    return link if "#" in link else _text(entry, "guid", "id") or link


def _author(entry: Element) -> str | None:
    for part in entry:
        if _name(part) == "author" and len(part):
            return _text(part, "name")
    return _text(entry, "creator", "author")


def _link(entry: Element) -> str | None:
    links = [part for part in entry if _name(part) == "link"]
    for part in links:
        if part.get("href") and part.get("rel", "alternate") == "alternate":
            return part.get("href")
    return _text(entry, "link")


def _entries(root: Element) -> list[Element]:
    return [part for part in root.iter() if _name(part) in _ENTRIES]


def _text(element: Element, *names: str) -> str | None:
    for name in names:
        for part in element:
            written = "".join(part.itertext()).strip() if _name(part) == name else ""
            if written:
                return written
    return None


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
