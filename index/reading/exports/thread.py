"""What the modules of this room share: one thread of an export -> one article draft."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft


def thread_draft(
    comments: Sequence[CommentDraft],
    *,
    title: str | None,
    url: str | None,
    paragraphs: tuple[ParagraphDraft, ...] = (),
    author: str | None = None,
    outlet: str | None = None,
    published_at: datetime | None = None,
    reported: int | None = None,
    warnings: Iterable[str] = (),
) -> ArticleDraft:
    """Return the draft of one page of an export.

    A key that occurs twice stays with its first comment; a parent that is not there, or
    that makes a circle, is forgotten and said so.
    """
    sound, orphans = _sound(comments)
    notes = list(warnings)
    if orphans:
        notes.append(
            f"comments that answer one the export does not hold: {orphans};"
            " they stand at the top of the thread"
        )
    if reported is not None and reported > len(sound):
        notes.append(f"the export announces {reported} comments and holds {len(sound)}")
    return ArticleDraft(
        title=html.unescape(title) if title else None,
        paragraphs=paragraphs,
        comments=sound,
        author=html.unescape(author) if author else None,
        outlet=outlet or None,
        url=url or None,
        published_at=published_at,
        reported_comment_count=reported,
        warnings=tuple(notes),
    )


def _sound(comments: Sequence[CommentDraft]) -> tuple[tuple[CommentDraft, ...], int]:
    parents: dict[str, str | None] = {}
    unique = []
    for number, comment in enumerate(comments):
        key = comment.key
        if key is None or key in parents:
            key = f"{key or ''}#{number}"
        parents[key] = comment.parent_key
        author = html.unescape(comment.author) if comment.author else None
        unique.append(replace(comment, key=key, author=author))
    orphans = 0
    rooted = set[str]()
    found = []
    for comment in unique:
        parent = comment.parent_key
        if parent is not None and (parent not in parents or _circles(comment.key, parents, rooted)):
            orphans += 1
            parents[str(comment.key)] = None
            comment = replace(comment, parent_key=None)
        found.append(comment)
    return tuple(found), orphans


def _circles(key: str | None, parents: dict[str, str | None], rooted: set[str]) -> bool:
    """Whether a comment answers itself by a detour; `rooted` remembers what is known not to."""
    path: set[str] = set()
    while key is not None and key not in rooted:
        if key in path:
            return True
        path.add(key)
        key = parents.get(key)
    rooted |= path
    return False


def text_at(entry: object, name: str) -> str | None:
    """Return a field of a JSON object as text, None where it is missing, empty or no text."""
    value = entry.get(name) if isinstance(entry, dict) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def number_at(entry: object, name: str) -> int | None:
    """Return a field of a JSON object as a whole number."""
    value = entry.get(name) if isinstance(entry, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if abs(value) < 1e15 else None


def list_at(entry: object, name: str) -> list[Any]:
    """Return a field of a JSON object as a list, empty where it is none."""
    value = entry.get(name) if isinstance(entry, dict) else None
    return value if isinstance(value, list) else []


def bare_address(address: str) -> str:
    """Return an address without what does not change the page: scheme, www, where one came from.

    >>> bare_address("https://www.a.example/b/?utm_source=feed") == bare_address("http://a.example/b")
    True
    """
    try:
        parts = urlsplit(html.unescape(address.strip()))
    except ValueError:
        return address.strip().casefold()
    host = (parts.netloc or "").casefold().removeprefix("www.")
    query = "&".join(part for part in parts.query.split("&") if not part.startswith("utm_"))
    return f"{host}{parts.path.rstrip('/')}?{query}"
