"""Which figures are contested: the sentences that give one, and those that say it is another.

"The group disputes the eleven minutes. “The median is four,” she said." denies outright; "The firm
speaks of 214 cars; the residents put it at 260." lays two figures for the same beside each other.
"""

from collections.abc import Sequence
from itertools import pairwise

from assistant.extractive.denials import own_words_behind
from assistant.extractive.inquiry import Inquiry
from index.disputes.conflict import Figure, Reading
from index.disputes.echoes import is_year
from index.language.dispute_words import vocabulary
from index.language.numbers import agree
from index.language.words import Span
from index.library.narration import sentences_of

_MOST = 4


def contested_figures(inquiry: Inquiry, topic: Inquiry) -> list[Span]:
    """Return the sentences of the article that contest a figure, with those that give it.

    Those about the topic where there are some, else all, in the order of the page.
    """
    spans = sentences_of(inquiry.article)
    readings = [_read(inquiry, span) for span in spans]
    groups = [
        group for place in range(len(spans)) if (group := _denied(inquiry, spans, readings, place))
    ]
    groups += [
        [spans[place], spans[place + 1]]
        for place, (one, other) in enumerate(pairwise(readings))
        if _are_rivals(one.figures, other.figures) and _are_of_two(inquiry, spans, place)
    ]
    if topic.terms:
        texts = [" ".join(span.of(inquiry.article.text) for span in group) for group in groups]
        groups = topic.covered(groups, texts) or groups
    found = dict.fromkeys(span for group in groups[:_MOST] for span in group)
    return sorted(found, key=lambda span: span.start)


def _read(inquiry: Inquiry, span: Span) -> Reading:
    known = vocabulary(inquiry.article.language)
    return Reading.of(inquiry.article.text, span.start, span.end, known)


def _denied(
    inquiry: Inquiry, spans: Sequence[Span], readings: Sequence[Reading], place: int
) -> list[Span]:
    """Return a sentence that denies or doubts, with what is said then and the figure before it."""
    reading = readings[place]
    known = reading.vocabulary
    if not (known.deny_verbs.find(reading.words) or known.doubt_verbs.find(reading.words)):
        return []
    told = [spans[place], *own_words_behind(inquiry, spans, place)]
    own = [figure for n, _ in enumerate(told, place) for figure in _amounts(readings[n].figures)]
    before = place - 1 if place and _together(inquiry, spans, place) else place
    is_rival = _are_rivals(readings[before].figures, own)
    says_figure = any(known.figure_things.holds(word.folded) for word in reading.words)
    if is_rival or (says_figure and _amounts(readings[before].figures)):
        return [spans[before], *told]
    return told if own else []


def _amounts(figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if not is_year(figure.number.value)]


def _are_rivals(ones: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Whether a figure of one sentence and one of another are of the same and differ."""
    return any(
        bool(one.units & other.units) and not agree(other.number, [one.number])
        for one in _amounts(ones)
        for other in _amounts(others)
    )


def _are_of_two(inquiry: Inquiry, spans: Sequence[Span], place: int) -> bool:
    """Whether two sentences in a row are not told by one: by two people, or the paper and one."""
    said = [inquiry.said_in(span.start, span.end) for span in spans[place : place + 2]]
    names = {s.speaker.name if s and s.speaker else None for s in said}
    return len(names) > 1 and _together(inquiry, spans, place + 1)


def _together(inquiry: Inquiry, spans: Sequence[Span], place: int) -> bool:
    before, here = (inquiry.article.passage_at(span.start) for span in spans[place - 1 : place + 1])
    return before == here
