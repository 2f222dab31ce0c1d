"""The thread over time: every comment at its hour and score, replies tied to what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from index.article import Article, Comment
from page.words import Words

WIDTH, HEIGHT = 720, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 16, 16, 28
_MOST_DOTS = 1_500
_MOST_TIES = 400
_BEGINNING = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A comment in the drawing."""

    x: float
    y: float
    is_reply: bool
    is_negative: bool
    title: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line of an axis with its inscription."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A comment as one line of the outline."""

    label: str
    number: str
    depth: int
    author: str
    when: str
    score: int | None
    beginning: str
    is_deleted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """The drawing and the outline; no dots where no comment has a time."""

    dots: tuple[Dot, ...]
    ties: tuple[str, ...]
    hours: tuple[Mark, ...]
    scores: tuple[Mark, ...]
    branches: tuple[Branch, ...]
    comments: int
    authors: int
    replies: int
    has_scores: bool


def thread_page(article: Article, words: Words) -> ThreadPage:
    """Return the thread of an article, drawn and as an outline."""
    live = article.live_comments()
    timed = [comment for comment in live if comment.posted_at is not None][:_MOST_DOTS]
    has_scores = any(comment.score for comment in live)
    places = _places(timed)
    return ThreadPage(
        dots=tuple(_dot(comment, places[comment.number], words) for comment in timed),
        ties=tuple(
            f"M{x} {y}C{x} {places[comment.parent][1]} {x} {places[comment.parent][1]} "
            f"{places[comment.parent][0]} {places[comment.parent][1]}"
            for comment in timed[:_MOST_TIES]
            if comment.parent in places
            for x, y in (places[comment.number],)
        ),
        hours=_hours([c.posted_at for c in timed if c.posted_at is not None], words),
        scores=_scores(timed),
        branches=tuple(_branch(comment, words) for comment in article.comments),
        comments=len(live),
        authors=len({comment.author for comment in live if comment.author is not None}),
        replies=sum(comment.parent is not None for comment in live),
        has_scores=has_scores,
    )


def _places(timed: Sequence[Comment]) -> dict[str, tuple[float, float]]:
    times = [comment.posted_at.timestamp() for comment in timed if comment.posted_at]
    first, last = min(times, default=0.0), max(times, default=1.0)
    low, high = _score_range(timed)
    places = {}
    for comment, time in zip(timed, times, strict=True):
        share = (time - first) / (last - first) if last > first else 0.5
        height = ((comment.score or 0) - low) / (high - low)
        x = _LEFT + share * (WIDTH - _LEFT - _RIGHT)
        y = HEIGHT - _BOTTOM - height * (HEIGHT - _TOP - _BOTTOM)
        places[comment.number] = (round(x, 1), round(y, 1))
    return places


def _score_range(timed: Sequence[Comment]) -> tuple[int, int]:
    scores = [comment.score or 0 for comment in timed]
    low, high = min(scores, default=0), max(scores, default=0)
    low = min(low, 0)
    return low, max(high, low + 1)


def _scores(timed: Sequence[Comment]) -> tuple[Mark, ...]:
    low, high = _score_range(timed)
    room = HEIGHT - _TOP - _BOTTOM
    return tuple(
        Mark(
            at=round(HEIGHT - _BOTTOM - (score - low) / (high - low) * room, 1), text=f"{score:+d}"
        )
        for score in dict.fromkeys((low, 0, high))
    )


def _hours(times: Sequence[datetime], words: Words) -> tuple[Mark, ...]:
    if not times:
        return ()
    first, last = min(times), max(times)
    if first == last:
        return (Mark(at=WIDTH / 2, text=words.when(first)),)
    marks = []
    for share in (0.0, 0.5, 1.0):
        at = _LEFT + share * (WIDTH - _LEFT - _RIGHT)
        marks.append(Mark(at=round(at, 1), text=words.when(first + (last - first) * share)))
    return tuple(marks)


def _dot(comment: Comment, place: tuple[float, float], words: Words) -> Dot:
    score = f" · {comment.score:+d}" if comment.score is not None else ""
    who = comment.author or words("anonymous")
    return Dot(
        x=place[0],
        y=place[1],
        is_reply=comment.parent is not None,
        is_negative=(comment.score or 0) < 0,
        title=f"{comment.number} · {who}{score} · {words.when(comment.posted_at)}",
        label=comment.label,
    )


def _branch(comment: Comment, words: Words) -> Branch:
    text = " ".join((comment.text or "")[: 2 * _BEGINNING].split())
    return Branch(
        label=comment.label,
        number=comment.number,
        depth=min(comment.number.count("."), 8),
        author=comment.author or words("anonymous"),
        when=words.when(comment.posted_at) or (comment.posted_at_text or ""),
        score=comment.score,
        beginning=text if len(text) <= _BEGINNING else text[:_BEGINNING].rstrip() + "…",
        is_deleted=comment.deleted,
    )
