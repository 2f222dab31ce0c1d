"""Which figures are contested: the sentences that deny or doubt one, with the one that gives it.

"The trust says the way takes eleven minutes. The residents dispute that: “The median is four.”"
"""

from collections.abc import Sequence

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
    """Return the sentences of the article that contest a figure about the topic, in its order."""
    article = inquiry.article
    known = vocabulary(article.language)
    spans = sentences_of(article)
    readings = [Reading.of(article.text, span.start, span.end, known) for span in spans]
    groups = [
        group for place in range(len(spans)) if (group := _denied(inquiry, spans, readings, place))
    ]
    if topic.terms:
        texts = [" ".join(span.of(article.text) for span in group) for group in groups]
        groups = topic.covered(groups, texts)
    found = {span for group in groups[:_MOST] for span in group}
    return sorted(found, key=lambda span: span.start)


def _denied(
    inquiry: Inquiry, spans: Sequence[Span], readings: Sequence[Reading], place: int
) -> list[Span]:
    """Return a sentence that denies or doubts, with what is said then and the figure before it."""
    reading, article = readings[place], inquiry.article
    if not reading.vocabulary.denies(reading.words):
        return []
    told = [spans[place], *own_words_behind(inquiry, spans, place)]
    own = [figure for n, _ in enumerate(told, place) for figure in _amounts(readings[n])]
    if place and article.passage_at(spans[place - 1].start) == article.passage_at(told[0].start):
        things = reading.vocabulary.figure_things
        says_figure = any(things.holds(word.folded) for word in reading.words)
        before = _amounts(readings[place - 1])
        if _are_rivals(before, own) or (says_figure and before):
            return [spans[place - 1], *told]
    return told if own else []


def _amounts(reading: Reading) -> list[Figure]:
    return [figure for figure in reading.figures if not is_year(figure.number.value)]


def _are_rivals(ones: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Whether one of some numbers and one of others are of the same and differ."""
    return any(
        bool(one.units & other.units) and not agree(other.number, [one.number])
        for one in ones
        for other in others
    )
