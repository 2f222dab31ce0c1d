"""The article as it was published: passages in order, then the thread, one row per comment."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from index.article import Article, Comment, Passage

FIRST_ROWS = 150
"""Comments that come with the page; the others follow in slices."""
NEXT_ROWS = 600
_DEEPEST = 6
"""Levels of replies that are set in; deeper ones stand under their parent's level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """A comment with what stands in its head; no passages where it was deleted."""

    comment: Comment
    depth: int
    answers_to: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """All of an article that is shown."""

    article: Article
    address: str | None
    title: Passage | None
    body: tuple[Passage, ...]
    comments: tuple[CommentRow, ...]


def article_page(article: Article) -> ArticlePage:
    """Return what the page shows of an article at first: its body and the first comments."""
    body = tuple(article.body())
    title = next((passage for passage in body if passage.kind == "title"), None)
    return ArticlePage(
        article=article,
        address=web_address(article.url),
        title=title,
        body=tuple(passage for passage in body if passage is not title),
        comments=comment_rows(article, first=0, count=FIRST_ROWS),
    )


def comment_rows(article: Article, *, first: int, count: int) -> tuple[CommentRow, ...]:
    """Return some of the comments in the order of the page, `first` counted from 0."""
    shown = article.comments[first : first + count]
    passages: dict[str, list[Passage]] = {comment.number: [] for comment in shown}
    for passage in article.passages:
        comment = article.comment_of(passage)
        if comment is not None and comment.number in passages:
            passages[comment.number].append(passage)
    return tuple(
        CommentRow(
            comment=comment,
            depth=min(comment.number.count("."), _DEEPEST),
            answers_to=_answered(comment, article),
            passages=tuple(passages[comment.number]),
        )
        for comment in shown
    )


def web_address(url: str | None) -> str | None:
    """Return an address that may stand in a link: http or https, nothing that runs."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _answered(comment: Comment, article: Article) -> str | None:
    """Return whom a comment answers: the author, else the number of what they wrote."""
    if comment.parent is None or not article.has_comment(comment.parent):
        return None
    return article.comment(comment.parent).author or comment.parent
