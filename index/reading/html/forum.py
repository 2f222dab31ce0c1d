"""Forum pages: there is no article above the thread, the first post is it."""

import re
from dataclasses import replace

from lxml.html import HtmlElement

from index.language.page_words import name_words, vocabulary
from index.reading.draft import CommentDraft, ParagraphDraft
from index.reading.html.body import Body
from index.reading.html.site_links import canonical_addresses

_MOST_LEFT_CHARACTERS = 600
_FEWEST_POSTS = 2


def is_forum(tree: HtmlElement, url: str | None) -> bool:
    """Whether a page calls itself a forum, by its address or the names of its outer parts."""
    outer = [tree, *tree.iter("body", "main")]
    names = " ".join(f"{element.get('id') or ''} {element.get('class') or ''}" for element in outer)
    addresses = (*canonical_addresses(tree)[:1], url or "")
    paths = " ".join(address.split("://")[-1].partition("/")[2] for address in addresses)
    return not (name_words(names) | name_words(paths)).isdisjoint(vocabulary().forum)


def with_first_post(
    body: Body, comments: tuple[CommentDraft, ...], *, characters_before: int
) -> tuple[Body, tuple[CommentDraft, ...]]:
    """Return the first post as the article, where nothing else on the page could be one.

    Args:
        body: What was found besides the posts.
        comments: The posts.
        characters_before: How much running text stands on the page before the first of them.
    """
    left = sum(len(paragraph.text) for paragraph in body.paragraphs)
    if left > _MOST_LEFT_CHARACTERS or len(comments) < _FEWEST_POSTS or not comments[0].text:
        return body, comments
    first = comments[0]
    if len(comments[0].text) < max(left // 2, characters_before):
        return body, comments
    blocks = re.split(r"\n{2,}", comments[0].text)
    replies = tuple(
        replace(comment, parent_key=None) if comment.parent_key == first.key else comment
        for comment in comments[1:]
    )
    return (
        replace(
            body,
            author=first.author or body.author,
            published_at=first.posted_at or body.published_at,
            paragraphs=tuple(ParagraphDraft(text=block) for block in blocks),
        ),
        replies,
    )
