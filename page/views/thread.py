"""The thread over time: every comment at its hour and score, replies tied to what they answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.formats.axis import Axis
from assistant.locale.page import Words
from index.article import Article, Comment

WIDTH, HEIGHT = 720, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 16, 16, 28
_MOST_DOTS = 1_500
_MOST_TIES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A comment in the drawing."""

    x: float
    y: float
    comment: Comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line of an axis with its inscription."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """The drawing; no dots where no comment has a time."""

    dots: tuple[Dot, ...]
    ties: tuple[str, ...]
    hours: tuple[Mark, ...]
    scores: tuple[Mark, ...]
    comments: int
    authors: int
    replies: int
    has_scores: bool
    width: int = WIDTH
    height: int = HEIGHT


def thread_page(article: Article, words: Words) -> ThreadPage:
    """Return the thread of an article, drawn."""
    live = article.live_comments()
    timed = [(c, c.posted_at) for c in live if c.posted_at is not None][:_MOST_DOTS]
    seconds = Axis.over((time.timestamp() for _, time in timed), start=_LEFT, end=WIDTH - _RIGHT)
    marks = [0, *(comment.score or 0 for comment, _ in timed)]
    scores = Axis(
        low=min(marks), high=max(*marks, min(marks) + 1), start=HEIGHT - _BOTTOM, end=_TOP
    )
    dots = {
        comment.number: Dot(
            x=round(seconds.at(time.timestamp()), 1),
            y=round(scores.at(comment.score or 0), 1),
            comment=comment,
        )
        for comment, time in timed
    }
    replies = [c for c, _ in timed[:_MOST_TIES] if c.parent in dots]
    return ThreadPage(
        dots=tuple(dots.values()),
        ties=tuple(_tie(dots[reply.number], dots[reply.parent or ""]) for reply in replies),
        hours=tuple(
            Mark(at=round(seconds.at(time.timestamp()), 1), text=words.when(time))
            for time in _marked([time for _, time in timed])
        ),
        scores=tuple(
            Mark(at=round(scores.at(score), 1), text=f"{score:+.0f}")
            for score in dict.fromkeys((scores.low, 0, scores.high))
        ),
        comments=len(live),
        authors=len({comment.author for comment in live if comment.author is not None}),
        replies=sum(comment.parent is not None for comment in live),
        has_scores=any(comment.score for comment in live),
    )


def _tie(reply: Dot, answered: Dot) -> str:
    """Return a curve from a reply to what it answers."""
    bend = f"{reply.x} {answered.y}"
    return f"M{reply.x} {reply.y}C{bend} {bend} {answered.x} {answered.y}"


def _marked(times: Sequence[datetime]) -> Iterable[datetime]:
    """Return the first and the last time and the one between, each once."""
    if not times:
        return ()
    first, last = min(times), max(times)
    return dict.fromkeys((first, first + (last - first) / 2, last))
