"""The article as it was published: passages in order, then the thread, one row per comment."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.locale.page import Words
from index.article import Article, Comment, Passage

FIRST_ROWS = 150
"""Comments that come with the page; the others follow in slices."""
NEXT_ROWS = 600
_DEEPEST = 6
"""Levels of replies that are set in; deeper ones stand under their parent's level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow:
    """A passage and where it begins in the article's text, in characters."""

    label: str
    kind: str
    start: int
    end: int
    text: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """A comment with what stands in its head; no passages where it was deleted."""

    number: str
    label: str
    depth: int
    author: str
    is_anonymous: bool
    when: str
    score: int | None
    is_deleted: bool
    answers_to: str | None
    passages: tuple[PassageRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """All of an article that is shown."""

    id: str
    language: str
    title: PassageRow | None
    name: str
    outlet: str | None
    author: str | None
    when: str
    address: str | None
    body: tuple[PassageRow, ...]
    comments: tuple[CommentRow, ...]
    row_count: int
    comment_count: int
    warnings: tuple[str, ...]


def article_page(article: Article, words: Words) -> ArticlePage:
    """Return what the page shows of an article at first: its body and the first comments."""
    body = tuple(_passage(passage) for passage in article.body())
    title = next((row for row in body if row.kind == "title"), None)
    return ArticlePage(
        id=article.id,
        language=article.language,
        title=title,
        name=article.title or words("untitled"),
        outlet=article.outlet,
        author=article.author,
        when=words.when(article.published_at),
        address=web_address(article.url),
        body=tuple(row for row in body if row is not title),
        comments=comment_rows(article, words, first=0, count=FIRST_ROWS),
        row_count=len(article.comments),
        comment_count=len(article.live_comments()),
        warnings=article.warnings,
    )


def comment_rows(
    article: Article, words: Words, *, first: int, count: int
) -> tuple[CommentRow, ...]:
    """Return some of the comments in the order of the page, `first` counted from 0."""
    shown = article.comments[first : first + count]
    numbers = {comment.number for comment in shown}
    passages: dict[str, list[PassageRow]] = {}
    for passage in article.passages:
        number = passage.label[1:].split("~")[0]
        if passage.source == "comment" and number in numbers:
            passages.setdefault(number, []).append(_passage(passage))
    return tuple(
        _comment(comment, article, tuple(passages.get(comment.number, ())), words)
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


def _passage(passage: Passage) -> PassageRow:
    return PassageRow(
        label=passage.label,
        kind=passage.kind,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        number=passage.label[1:].split("~")[0],
    )


def _comment(
    comment: Comment, article: Article, passages: tuple[PassageRow, ...], words: Words
) -> CommentRow:
    parent = None
    if comment.parent is not None and article.has_comment(comment.parent):
        parent = article.comment(comment.parent)
    return CommentRow(
        number=comment.number,
        label=comment.label,
        depth=min(comment.number.count("."), _DEEPEST),
        author=comment.author or words("anonymous"),
        is_anonymous=comment.author is None,
        when=words.when(comment.posted_at) or (comment.posted_at_text or ""),
        score=comment.score,
        is_deleted=comment.deleted,
        answers_to=(parent.author or parent.number) if parent is not None else None,
        passages=passages,
    )
