"""The thread over time: every comment at its hour and score, replies tied to what they answer."""

from collections.abc import Sequence
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
    timed = [comment for comment in live if comment.posted_at is not None][:_MOST_DOTS]
    has_scores = any(comment.score for comment in live)
    times, scores = _axes(timed)
    dots = {
        comment.number: Dot(
            x=round(times.at(comment.posted_at.timestamp()), 1),
            y=round(scores.at(comment.score or 0), 1),
            comment=comment,
        )
        for comment in timed
        if comment.posted_at is not None
    }
    return ThreadPage(
        dots=tuple(dots.values()),
        ties=tuple(
            f"M{dots[reply].x} {dots[reply].y}C{dots[reply].x} {answered.y} "
            f"{dots[reply].x} {answered.y} {answered.x} {answered.y}"
            for reply, answered in (
                (comment.number, dots[comment.parent])
                for comment in timed[:_MOST_TIES]
                if comment.parent in dots
            )
        ),
        hours=_hours([c.posted_at for c in timed if c.posted_at is not None], times, words),
        scores=tuple(
            Mark(at=round(scores.at(score), 1), text=f"{score:+.0f}")
            for score in dict.fromkeys((scores.low, 0, scores.high))
        ),
        comments=len(live),
        authors=len({comment.author for comment in live if comment.author is not None}),
        replies=sum(comment.parent is not None for comment in live),
        has_scores=has_scores,
    )


def _axes(timed: Sequence[Comment]) -> tuple[Axis, Axis]:
    """Return the axis of times and that of scores, which always shows zero."""
    times = (comment.posted_at.timestamp() for comment in timed if comment.posted_at)
    scores = [0, *(comment.score or 0 for comment in timed)]
    low = min(scores)
    return (
        Axis.over(times, start=_LEFT, end=WIDTH - _RIGHT),
        Axis(low=low, high=max(*scores, low + 1), start=HEIGHT - _BOTTOM, end=_TOP),
    )


def _hours(times: Sequence[datetime], axis: Axis, words: Words) -> tuple[Mark, ...]:
    """Return the first and the last time and the one between, each once."""
    if not times:
        return ()
    first, last = min(times), max(times)
    shown = dict.fromkeys((first, first + (last - first) / 2, last))
    return tuple(
        Mark(at=round(axis.at(time.timestamp()), 1), text=words.when(time)) for time in shown
    )
