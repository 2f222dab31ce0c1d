"""Disqus XML export: `thread` elements name the pages, `post` elements are the comments."""

from xml.etree.ElementTree import Element

from index.reading.draft import ArticleDraft, CommentDraft
from index.reading.exports.thread import bare_address, moment, thread_draft
from index.reading.markup import paragraphs_of_html, words_of_html

_INTERNAL = "{http://disqus.com/disqus-internals}id"


def is_disqus(root: Element) -> bool:
    """Whether this is a Disqus export."""
    return _local(root) == "disqus"


def drafts_from_disqus(root: Element) -> tuple[ArticleDraft, ...]:
    """Return one draft for each page that has comments or words of its own.

    What Disqus marked as spam was not shown, nor are the comments of a deleted page; they
    keep their place in the thread as deleted comments.
    """
    threads: dict[str, Element] = {}
    posts: dict[str, list[Element]] = {}
    first_of: dict[str, str] = {}
    same: dict[str, str] = {}
    for element in root:
        if _local(element) == "thread":
            name = element.get(_INTERNAL) or ""
            # One page is a thread for each address it was ever opened under.
            address = _text(element, "link")
            same[name] = first_of.setdefault(bare_address(address), name) if address else name
            if same[name] == name:
                threads.setdefault(name, element)
        elif _local(element) == "post":
            thread = _reference(element, "thread") or ""
            posts.setdefault(thread, []).append(element)
    for name in [name for name in posts if same.get(name, name) != name]:
        posts.setdefault(same[name], []).extend(posts.pop(name))
    names = [*threads, *(name for name in posts if name not in threads)]
    drafts = (_draft(threads.get(name), posts.get(name, [])) for name in names)
    return tuple(draft for draft in drafts if draft.comments or draft.paragraphs)


def _draft(thread: Element | None, posts: list[Element]) -> ArticleDraft:
    if thread is None:
        return thread_draft(
            [_comment(post) for post in posts],
            title=None,
            url=None,
            warnings=("the export does not say to which page these comments belong",),
        )
    page_gone = _text(thread, "isDeleted") == "true"
    return thread_draft(
        [_comment(post, page_gone=page_gone) for post in posts],
        title=_text(thread, "title"),
        url=_text(thread, "link"),
        paragraphs=paragraphs_of_html(_text(thread, "message")),
        published_at=moment(_text(thread, "createdAt")),
        warnings=("the page of these comments was deleted, and they with it",) if page_gone else (),
    )


def _comment(post: Element, *, page_gone: bool = False) -> CommentDraft:
    written = _text(post, "createdAt")
    words = words_of_html(_text(post, "message"))
    deleted = page_gone or "true" in (_text(post, "isDeleted"), _text(post, "isSpam"))
    author = _child(post, "author")
    return CommentDraft(
        text=None if deleted else words.text,
        key=post.get(_INTERNAL) or _text(post, "id"),
        parent_key=_reference(post, "parent"),
        author=_text(author, "name") or _text(author, "username") if author is not None else None,
        posted_at=moment(written),
        posted_at_text=written,
        deleted=deleted,
        quoted=() if deleted else words.quoted,
    )


def _local(element: Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _local(child) == name), None)


def _text(element: Element, name: str) -> str | None:
    child = _child(element, name)
    return (child.text or "").strip() or None if child is not None else None


def _reference(element: Element, name: str) -> str | None:
    child = _child(element, name)
    return child.get(_INTERNAL) if child is not None else None
