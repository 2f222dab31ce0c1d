"""Lists of comments: superlatives, filters and sorts by what the record has of each.

The filter that was read from the question is told with every answer, so that a wrong reading
shows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.extractive import people
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import MATCHED, Inquiry
from assistant.extractive.record import day_named
from assistant.extractive.thread import by_time, listed
from assistant.locale import matches
from index.article import Comment
from index.language.numbers import numbers
from index.language.words import word_spans

_NIGHT = (22, 6)
"""Hours between which a comment was posted at night."""
_MOST_POSTERS = 5
_LAST_DAY = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """Comments that a filter leaves, in its order, and how the filter is told."""

    comments: Sequence[Comment]
    told: str


def comment_list(inquiry: Inquiry) -> Draft | None:
    """Show the comments that a question filters or sorts by; None where it names no filter."""
    composer = inquiry.composer
    if not composer.article.live_comments():
        composer.say("no_comments")
        return composer.finish()
    asked = [
        name
        for name, patterns in composer.phrases.lists.items()
        if matches(patterns, inquiry.question.words)
    ]
    if {"several", "active"} & set(asked):
        return _posters(inquiry, at_least=2 if "several" in asked else 1)
    chosen = _chosen(inquiry, asked)
    composer.say("listed", filter=chosen.told, count=len(chosen.comments))
    if chosen.comments:
        composer.say("numbers", numbers=listed([c.number for c in chosen.comments]))
    for comment in chosen.comments:
        composer.quote_comment(comment, with_score=True)
    return composer.finish()


def _chosen(inquiry: Inquiry, asked: Sequence[str]) -> _Chosen:
    filters = inquiry.composer.phrases.filters
    live = list(inquiry.article.live_comments())
    by_score = _by_score(inquiry, live)
    if by_score is not None:
        return by_score
    for name in asked:
        if name in _SORTS:
            return _Chosen(comments=_SORTS[name](inquiry, live), told=filters[name])
        if name in _FILTERS:
            kept = [comment for comment in live if _FILTERS[name](inquiry, comment)]
            return _Chosen(comments=kept, told=filters[name])
    on_day = _on_day(inquiry, live)
    if on_day is not None:
        return on_day
    if inquiry.terms:
        strengths = inquiry.held([comment.text or "" for comment in live])
        kept = [c for c, held in zip(live, strengths.T, strict=True) if (held >= MATCHED).all()]
        words = ", ".join(term.text for term in inquiry.terms)
        return _Chosen(comments=kept, told=filters["mentions"].format(value=words))
    return _Chosen(comments=live, told=filters["all"])


def _by_score(inquiry: Inquiry, live: Sequence[Comment]) -> _Chosen | None:
    """Return the comments above or below a score that is named: "more than 10 votes"."""
    known = inquiry.composer.phrases
    bounds = [
        int(number.value)
        for number in numbers(inquiry.question.plain, known.language)
        if number.value > 0
    ]
    for name in ("above", "below"):
        if bounds and matches(known.lists.get(name, ()), inquiry.question.words):
            bound = bounds[0]
            kept = [
                c
                for c in live
                if c.score is not None and (c.score > bound if name == "above" else c.score < bound)
            ]
            return _Chosen(comments=kept, told=known.filters[name].format(value=bound))
    return None


def _on_day(inquiry: Inquiry, live: Sequence[Comment]) -> _Chosen | None:
    """Return the comments posted on a day that is named: "on 15 May"."""
    known = inquiry.composer.phrases
    named = numbers(inquiry.question.plain, known.language, with_months=True)
    months = [int(number.value) for number in named if number.unit == "calendar"]
    days = [int(n.value) for n in named if n.unit != "calendar" and 0 < n.value <= _LAST_DAY]
    if not months or not days:
        return None
    kept = [
        c
        for c in live
        if c.posted_at and (c.posted_at.month, c.posted_at.day) == (months[0], days[0])
    ]
    told = day_named(kept[0].posted_at, known) if kept and kept[0].posted_at else str(days[0])
    return _Chosen(comments=kept, told=known.filters["on_day"].format(value=told))


def _posters(inquiry: Inquiry, *, at_least: int) -> Draft:
    """Name the readers who wrote most, with the numbers of their comments."""
    composer = inquiry.composer
    authors = dict.fromkeys(c.author for c in inquiry.article.live_comments() if c.author)
    written = {author: people.by_author(inquiry, author) for author in authors}
    ranked = sorted(written, key=lambda author: -len(written[author]))
    ranked = [author for author in ranked if len(written[author]) >= at_least]
    if not ranked:
        composer.say("listed_none", filter=composer.phrases.filters["several"])
        return composer.finish()
    for author in ranked[:_MOST_POSTERS]:
        numbers = listed([comment.number for comment in written[author]])
        composer.say("posters", author=author, count=len(written[author]), numbers=numbers)
    return composer.finish()


def _length(comment: Comment) -> int:
    return sum(1 for _ in word_spans(comment.text or ""))


def _replies(inquiry: Inquiry, comment: Comment) -> int:
    return sum(not reply.deleted for reply in inquiry.article.replies(comment.number))


def _extreme(
    inquiry: Inquiry, comments: Sequence[Comment], key: Callable[[Comment], int]
) -> list[Comment]:
    """Return the comments with the greatest value, all of them where several share it."""
    most = max(map(key, comments))
    return [comment for comment in comments if key(comment) == most]


def _is_at_night(inquiry: Inquiry, comment: Comment) -> bool:
    if comment.posted_at is None:
        return False
    evening, morning = _NIGHT
    return not morning <= comment.posted_at.hour < evening


def _scored(comments: Sequence[Comment]) -> list[Comment]:
    return sorted((c for c in comments if c.score is not None), key=lambda c: -(c.score or 0))


_SORTS: dict[str, Callable[[Inquiry, Sequence[Comment]], Sequence[Comment]]] = {
    "shortest": lambda inquiry, comments: _extreme(inquiry, comments, lambda c: -_length(c)),
    "longest": lambda inquiry, comments: _extreme(inquiry, comments, _length),
    "replied": lambda inquiry, comments: _extreme(
        inquiry, comments, lambda c: _replies(inquiry, c)
    ),
    "newest": lambda inquiry, comments: by_time(inquiry)[::-1],
    "oldest": lambda inquiry, comments: by_time(inquiry),
    "best": lambda inquiry, comments: _scored(comments),
    "worst": lambda inquiry, comments: _scored(comments)[::-1],
}
_FILTERS: dict[str, Callable[[Inquiry, Comment], bool]] = {
    "unanswered": lambda inquiry, comment: not _replies(inquiry, comment),
    "negative": lambda inquiry, comment: (comment.score or 0) < 0,
    "positive": lambda inquiry, comment: (comment.score or 0) > 0,
    "anonymous": lambda inquiry, comment: comment.author is None,
    "night": _is_at_night,
}
