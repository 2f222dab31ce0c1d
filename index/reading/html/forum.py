"""Forum pages: there is no article above the thread, the first post is it."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from index.reading.draft import CommentDraft, ParagraphDraft
from index.reading.html.body import Body
from index.reading.html.vocabulary import name_words, vocabulary

_MOST_LEFT_CHARACTERS = 600
_FEWEST_POSTS = 2


def is_forum(tree: HtmlElement, url: str | None) -> bool:
    """Whether a page calls itself a forum, by its address or the names of its outer parts."""
    outer = [tree, *tree.iter("body", "main")]
    names = " ".join(f"{element.get('id') or ''} {element.get('class') or ''}" for element in outer)
    canonical = [
        link.get("href", "") for link in tree.iter("link") if link.get("rel") == "canonical"
    ]
    paths = " ".join(urlsplit(address).path for address in (*canonical[:1], url or "") if address)
    return not (name_words(names) | name_words(paths)).isdisjoint(vocabulary().forum)


def with_first_post(
    body: Body, comments: tuple[CommentDraft, ...]
) -> tuple[Body, tuple[CommentDraft, ...]]:
    """Return the first post as the article, where nothing else on the page could be one."""
    left = sum(len(paragraph.text) for paragraph in body.paragraphs)
    if left > _MOST_LEFT_CHARACTERS or len(comments) < _FEWEST_POSTS or not comments[0].text:
        return body, comments
    first = comments[0]
    if len(comments[0].text) < left // 2:
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
