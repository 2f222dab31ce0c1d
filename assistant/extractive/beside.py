"""What a page tells of the thing that is asked about, and what stands beside that and against it.

"The owner put it at £3,000; the treasurer said it was nearer £2,200", "Tisdale denied it": what
contests a claim repeats few of its words. It is found by where it stands: behind the sentence that
is nearest to the question, or in a comment that answers one about the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from assistant.extractive.inquiry import Inquiry
from index.article import Comment, whole_label
from index.disputes.conflict import Reading
from index.language.dispute_words import vocabulary
from index.language.words import Span
from index.library.narration import sentences_of

_OF_WORDS = 0.5
"""What the words a text shares with the question count beside its nearness."""
LEAST = 0.3
"""Nearness and words from which a text is about what is asked: more than chance on any page."""
AS_NEAR = 0.8
"""Of the nearest sentence's worth, for another one to be about the same."""
_BEFORE, _BEHIND = 2, 5
_CUE, _RIVAL, _PERHAPS_RIVAL, _OF_ANOTHER, _NEXT = 0.5, 0.4, 0.25, 0.3, 0.15
"""What counts for a sentence near that: a denial, another number, another voice, its place."""
_SEEDS = 2
_WORTH_TELLING = 0.4
_MOST_SENTENCES, _MOST_COMMENTS = 5, 3
_OF_MEANING = 1.5
"""What nearness counts where words of two languages are compared, which are often missed."""
_OF_PARENT = 0.9
"""Of the worth of a comment, that of an answer to it."""
_CONTESTS = 0.25
_EARLIEST, _LATEST = 1800, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Sentences of the article and comments about one thing, each in reading order.

    `is_contested` where one of them counts otherwise than the nearest, or a reader contests it.
    """

    sentences: tuple[Span, ...]
    comments: tuple[Comment, ...]
    is_contested: bool


def beside(inquiry: Inquiry) -> Beside | None:
    """Return what the page tells of the thing asked about; None where it tells nothing of it."""
    spans = sentences_of(inquiry.article)
    comments = list(inquiry.near_comments)
    texts = [span.of(inquiry.article.text) for span in spans]
    worth = worth_of(inquiry, texts)
    for place, span in enumerate(spans):
        if any(
            span.start < cited.end and cited.start < span.end for cited in inquiry.question.cited
        ):
            worth[place] = 1.0
    of_comments = _of_comments(inquiry, comments)
    if max((*worth, *of_comments), default=0.0) < LEAST:
        return None
    chosen: list[int] = []
    is_contested = False
    if len(worth) and max(worth) >= LEAST:
        chosen, is_contested = _around(inquiry, spans, worth)
    about = [spans[place] for place in chosen]
    told, is_doubted = _told_by_readers(inquiry, comments, of_comments, about)
    return Beside(sentences=tuple(about), comments=told, is_contested=is_contested or is_doubted)


def show(found: Beside, inquiry: Inquiry) -> None:
    """Quote the sentences, each as the words of who says them, and the comments."""
    for span in found.sentences:
        inquiry.quote(span.start, span.end)
    for comment in found.comments:
        inquiry.composer.quote_comment(comment, with_score=True)


def is_near(inquiry: Inquiry, texts: Sequence[str]) -> bool:
    """Whether one of some texts is about what is asked, more than any text is by chance."""
    return float(max(worth_of(inquiry, texts), default=0.0)) >= LEAST


def worth_of(inquiry: Inquiry, texts: Sequence[str]) -> np.ndarray:
    """Return how near texts are to the question, by meaning and by words, (texts,)."""
    words = _OF_WORDS * inquiry.coverage(texts)
    if inquiry.reader is None or not texts:
        return words
    near = np.array(inquiry.reader.nearness(inquiry.question.plain, texts), np.float32)
    worth: np.ndarray = near * (_OF_MEANING if inquiry.is_across else 1.0) + words
    return worth


def _around(inquiry: Inquiry, spans: Sequence[Span], worth: np.ndarray) -> tuple[list[int], bool]:
    """Return the places of the nearest sentences and of those that stand against them."""
    labels = [inquiry.article.passage_at(span.start).label for span in spans]
    best, *others = (int(place) for place in np.argsort(-worth, kind="stable")[:_SEEDS])
    seeds = [best, *(place for place in others if worth[place] >= AS_NEAR * worth[best])]
    chosen = {place: 1.0 + float(worth[place]) for place in seeds}
    is_contested = False
    for seed, place in product(seeds, range(len(spans))):
        is_within = -_BEFORE <= place - seed <= _BEHIND and labels[place] == labels[seed]
        if place in seeds or not (is_within or place == seed + 1):
            continue
        counts = _counts_otherwise(inquiry, spans[seed], spans[place])
        signs = _signs(inquiry, spans[seed], spans[place], counts)
        value = float(worth[place]) + signs + _NEXT * (place == seed + 1)
        if value >= _WORTH_TELLING:
            chosen[place] = max(value, chosen.get(place, 0.0))
            is_contested |= seed == best and counts >= _RIVAL
    few = sorted(chosen, key=lambda place: -chosen[place])[:_MOST_SENTENCES]
    return sorted(few), is_contested


def _signs(inquiry: Inquiry, seed: Span, span: Span, counts: float) -> float:
    """Return what shows that a sentence stands against one near it: its words, its speaker."""
    counts = max(counts, _counts_otherwise(inquiry, span, span))  # "6.8 million; in it stood 5.1"
    words = max(_CUE * _denies(inquiry, span), counts)
    return words + _OF_ANOTHER * _is_of_another(inquiry, seed, span)


def _told_by_readers(
    inquiry: Inquiry, comments: Sequence[Comment], worth: Sequence[float], about: Sequence[Span]
) -> tuple[tuple[Comment, ...], bool]:
    """Return the comments on a thing, those first that contest what is said of it."""
    contesting = {
        whole_label(position.passage)
        for dispute in inquiry.article_index.disputes
        for position in dispute.contested_by
    }
    against = {
        whole_label(position.passage)
        for dispute in inquiry.article_index.disputes
        if any(s.start < dispute.claim.end and dispute.claim.start < s.end for s in about)
        for position in dispute.contested_by
    }
    found = [
        (
            value + _CONTESTS * (comment.label in contesting) + _CUE * (comment.label in against),
            comment,
        )
        for comment, value in zip(comments, worth, strict=True)
        if value >= LEAST or comment.label in against
    ]
    most = max((value for value, _ in found), default=0.0)
    told = sorted((pair for pair in found if pair[0] >= AS_NEAR * most), key=lambda pair: -pair[0])
    few = tuple(comment for _, comment in told[:_MOST_COMMENTS])
    return few, any(comment.label in against for comment in few)


def _of_comments(inquiry: Inquiry, comments: Sequence[Comment]) -> list[float]:
    """Return how near comments are to the question; what answers one is as near to it, nearly."""
    own = dict(
        zip(
            (c.number for c in comments),
            worth_of(inquiry, [c.text or "" for c in comments]),
            strict=True,
        )
    )
    for comment in comments:
        if comment.parent in own:
            own[comment.number] = max(own[comment.number], _OF_PARENT * own[comment.parent])
    return [float(value) for value in own.values()]


def _denies(inquiry: Inquiry, span: Span) -> bool:
    reading = _read(inquiry, span)
    return reading.vocabulary.denies(reading.words)


def _counts_otherwise(inquiry: Inquiry, one: Span, other: Span) -> float:
    """Return how surely two sentences count the same thing and come to different numbers.

    "35 decibels at the house" and "the association finds 41" behind it: less surely.
    """
    pairs = [
        (a, b)
        for a, b in product(_read(inquiry, one).figures, _read(inquiry, other).figures)
        if not a.number.agrees(b.number)
        and not any(_EARLIEST <= figure.number.value <= _LATEST for figure in (a, b))
    ]
    if any(a.units & b.units for a, b in pairs):
        return _RIVAL
    alike = any(a.number.unit == b.number.unit or not b.units for a, b in pairs)
    return _PERHAPS_RIVAL * alike


def _is_of_another(inquiry: Inquiry, one: Span, other: Span) -> bool:
    """Whether two sentences are the words of two speakers."""
    said, answered = (inquiry.said_in(span.start, span.end) for span in (one, other))
    if answered is None or answered.speaker is None:
        return False
    return said is None or said.speaker is None or said.speaker.name != answered.speaker.name


def _read(inquiry: Inquiry, span: Span) -> Reading:
    known = vocabulary(inquiry.article.language)
    return Reading.of(inquiry.article.text, span.start, span.end, known)
