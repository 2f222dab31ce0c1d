"""Comments that a page carries as data: schema.org `Comment` in JSON-LD.

Where a page shows its comments as well, the elements decide, unless the data holds more.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from index.reading.dates import parse_date
from index.reading.draft import CommentDraft
from index.reading.markup import words_of_html

_MOST_CHARACTERS = 2_000_000
_MOST_NODES = 100_000
_COMMENT_TYPES = frozenset(("comment", "usercomments", "answer"))
_ARTICLE_TYPES = frozenset(
    (
        "article", "newsarticle", "blogposting", "reportagenewsarticle", "opinionnewsarticle",
        "analysisnewsarticle", "discussionforumposting", "socialmediaposting", "liveblogposting",
    )
)  # fmt: skip
_COMMENT_LISTS = ("comment", "comments", "suggestedAnswer", "acceptedAnswer")
_COUNT = re.compile(r"\d{1,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentData:
    """What the JSON-LD of a page says about its comments."""

    comments: tuple[CommentDraft, ...]
    announced: int | None


def comment_data(tree: HtmlElement) -> CommentData:
    """Return the comments in the JSON-LD of a page, and how many it says there are."""
    comments: list[CommentDraft] = []
    announced: int | None = None
    stack: list[tuple[Any, str | None]] = [(list(_documents(tree)), None)]
    for _ in range(_MOST_NODES):
        if not stack:
            break
        node, parent = stack.pop()
        if isinstance(node, list):
            stack.extend((item, parent) for item in reversed(node))
        if not isinstance(node, dict):
            continue
        key = parent
        if _types(node) & _COMMENT_TYPES:
            comment = _comment(node, str(len(comments)), parent)
            if comment is not None:
                comments.append(comment)
                key = comment.key
        elif announced is None:
            announced = _announced(node)
        for name, value in reversed(node.items()):
            if isinstance(value, dict | list):
                stack.append((value, key if name in _COMMENT_LISTS else None))
    return CommentData(comments=tuple(comments), announced=announced)


def article_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the articles in the JSON-LD of a page: each document itself, or in its graph."""
    for document in _documents(tree):
        for node in document if isinstance(document, list) else [document]:
            if not isinstance(node, dict):
                continue
            graph = node.get("@graph")
            for item in [node, *(graph if isinstance(graph, list) else [])]:
                if isinstance(item, dict) and _types(item) & _ARTICLE_TYPES:
                    yield item


def person_names(node: dict[str, Any]) -> list[str]:
    """Return the names of the persons who wrote an article; an organisation is no person."""
    authors = node.get("author")
    persons = [
        author
        for author in (authors if isinstance(authors, list) else [authors])
        if not (isinstance(author, dict) and "organization" in _types(author))
    ]
    names = (_name(author) for author in persons)
    return [name for name in names if name and "://" not in name]


def _documents(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        text = script.text or ""
        if len(text) > _MOST_CHARACTERS or "{" not in text:
            continue
        try:
            yield json.loads(text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue


def _types(node: dict[str, Any]) -> set[str]:
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return {name.rsplit("/", 1)[-1].lower() for name in names if isinstance(name, str)}


def _comment(node: dict[str, Any], key: str, parent: str | None) -> CommentDraft | None:
    words = words_of_html(_string(node, "text") or _string(node, "commentText"))
    if not words.text:
        return None
    written = _string(node, "dateCreated") or _string(node, "datePublished")
    votes = node.get("upvoteCount", _likes(node.get("interactionStatistic")))
    return CommentDraft(
        text=words.text,
        key=key,
        parent_key=parent,
        author=_name(node.get("author") or node.get("creator")),
        posted_at=parse_date(written) if written else None,
        posted_at_text=written,
        score=votes if isinstance(votes, int) and not isinstance(votes, bool) else None,
        quoted=words.quoted,
    )


def _likes(statistics: Any) -> Any:
    """Return how often a comment was liked, as its interaction counters tell."""
    counters = statistics if isinstance(statistics, list) else [statistics]
    for counter in counters:
        if isinstance(counter, dict) and "LikeAction" in str(counter.get("interactionType"))[:200]:
            return counter.get("userInteractionCount")
    return None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("alternateName")
    return " ".join(value.split())[:80] or None if isinstance(value, str) else None


def _string(node: dict[str, Any], name: str) -> str | None:
    value = node.get(name)
    return value if isinstance(value, str) else None


def _announced(node: dict[str, Any]) -> int | None:
    count = node.get("commentCount")
    if count is None and "CommentAction" in str(node.get("interactionType"))[:200]:
        count = node.get("userInteractionCount")
    found = _COUNT.fullmatch(str(count)[:20]) if isinstance(count, int | str) else None
    return int(found.group()) if found else None
