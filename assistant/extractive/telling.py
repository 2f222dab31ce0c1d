"""Which of somebody's words are about what a question asks: some, or none of them.

"What does the baker say about the badgers?" is answered by nothing the baker says if it is others
who speak of badgers. A word of the topic in a sentence does not tell, nor does its absence: the
baker may have said "those diggers". What the reader makes of each of their sentences, its meaning
and its words beside those of everybody else on the page are weighed by a logistic regression. Its
weights are made by `training.saying`.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from assistant.extractive import people
from assistant.extractive.inquiry import AnswerReader, Inquiry
from assistant.extractive.likeness import in_page, lead_of, logit_of
from assistant.extractive.topical import on_topic
from assistant.extractive.utterances import Utterance, alone, as_utterance, of_article
from index.encoder.regression import Numbers, SureRegression, probabilities
from index.language.words import Span
from index.statements import Speaker

WEIGHTS = "telling.json"
FEATURES = (
    "read", "read_lead", "read_elsewhere", "near", "near_in_page", "near_lead", "near_topic",
    "words", "words_lead", "words_beside", "words_elsewhere", "unknown", "misses_name", "others",
    "narration", "length", "across",
)  # fmt: skip
_READ, _READ_OF_OTHERS = 12, 6
"""Sentences of theirs, and of others those nearest, that the reader reads."""
_MOST_NARRATED = 3
_AS_LIKELY = 0.7
"""Share of the best probability from which other words of theirs are told with the best."""
_UNREAD = -6.0
_MANY, _LONG = 8, 30.0


@cache
def telling_model() -> SureRegression:
    """Return the bundled weights; from `sure` on words are about what is asked."""
    return SureRegression.bundled(
        "assistant.extractive", WEIGHTS, FEATURES, made_by="training.saying"
    )


def of_speaker(inquiry: Inquiry, speaker: Speaker) -> list[Utterance]:
    """Return what somebody says, and the article's own sentences about them.

    "She backs the cut all the same" tells how she stands to it in nobody's words.
    """
    about = [
        span
        for span in people.sentences_about(inquiry, speaker)
        if not any(s.speaker and s.start < span.end and span.start < s.end for s in inquiry.said)
    ]
    said = [as_utterance(s, inquiry.article) for s in people.words_of(inquiry, speaker)]
    return said + [alone(span, inquiry, None) for span in about]


def told(
    inquiry: Inquiry, topic: Inquiry, theirs: Sequence[Utterance], *, most: int | None = None
) -> list[Utterance]:
    """Return those of somebody's words that are about a topic, in their order.

    Whoever is interviewed, or wrote the page, says more than is read: the nearest are, and of
    what nobody is quoted with, the likeliest are told.

    Args:
        inquiry: The whole question.
        topic: Its words without those that only say who is asked for.
        theirs: What they say, and what is told of them.
        most: How many at most, the likeliest; as many as are likely where none is given.
    """
    theirs = _nearest(inquiry, theirs)
    features = measured(inquiry, topic, theirs)
    if not len(features):
        about = on_topic(topic, [item.said for item in theirs if item.said])
        return [item for item in theirs if item.said in about]
    model = telling_model()
    shares = probabilities(model.logits(features))
    order = np.argsort(-shares, kind="stable")
    least = max(model.sure, _AS_LIKELY * float(shares.max()))
    sure = [int(place) for place in order if shares[place] >= least][:most]
    narrated = [place for place in sure if theirs[place].said is None]
    found = [theirs[place] for place in sorted(sure) if place not in narrated[_MOST_NARRATED:]]
    if found or any(item.said for item in theirs):
        return found
    return topic.covered(theirs, [item.text for item in theirs])  # "She is against the timetable."


def _nearest(inquiry: Inquiry, theirs: Sequence[Utterance]) -> list[Utterance]:
    if inquiry.reader is None or len(theirs) <= _READ:
        return list(theirs)
    near = inquiry.reader.nearness(inquiry.question.plain, [item.around for item in theirs])
    few = sorted(np.argsort(-np.array(near), kind="stable")[:_READ])
    return [theirs[int(place)] for place in few]


def measured(inquiry: Inquiry, topic: Inquiry, theirs: Sequence[Utterance]) -> Numbers:
    """Return what is known of each of somebody's words, (words, features); none without a reader.

    They are compared with all that others say, and that the article tells.
    """
    others = [
        item
        for item in of_article(inquiry)
        if not any(item.start < own.end and own.start < item.end for own in theirs)
    ]
    if inquiry.reader is None or not topic.terms or not theirs or not others:
        return np.zeros((0, len(FEATURES)), np.float32)
    return _compared(inquiry, inquiry.reader, topic, theirs, others)


def _compared(
    inquiry: Inquiry,
    reader: AnswerReader,
    topic: Inquiry,
    theirs: Sequence[Utterance],
    others: Sequence[Utterance],
) -> Numbers:
    count, everything = len(theirs), [*theirs, *others]
    around = [item.around for item in everything]
    near = np.array(reader.nearness(inquiry.question.plain, around), np.float32)
    asked = " ".join(term.text for term in topic.terms)
    near_topic = np.array(reader.nearness(asked, around), np.float32)
    nearest = [count + int(n) for n in np.argsort(-near_topic[count:], kind="stable")]
    places = [*range(min(count, _READ)), *nearest[:_READ_OF_OTHERS]]
    spans = [Span(everything[place].start, everything[place].end) for place in places]
    logits = np.array([logit_of(share) for share in inquiry.answers(spans)], np.float32)
    read = np.full(count, _UNREAD, np.float32)
    read[: min(count, _READ)] = logits[: min(count, _READ)]
    words = topic.coverage(around)
    beside = [inquiry.article.passage_at(item.start).text for item in theirs]
    signs = {
        "read": read,
        "read_lead": read - read.max(),
        "read_elsewhere": np.full(count, logits[min(count, _READ) :].max() - read.max()),
        "near": near[:count],
        "near_in_page": in_page(near)[:count],
        "near_lead": lead_of(near)[:count],
        "near_topic": lead_of(near_topic)[:count],
        "words": words[:count],
        "words_lead": words[:count] - words[:count].max(),
        "words_beside": topic.coverage(beside),
        "words_elsewhere": np.full(count, words[count:].max()),
        "unknown": np.full(count, len(topic.unknown) / len(topic.terms)),
        "misses_name": np.full(count, topic.misses_name),
        "others": np.full(count, min(count, _MANY)),
        "narration": [item.said is None for item in theirs],
        "length": [min(len(item.text.split()) / _LONG, 1.0) for item in theirs],
        "across": np.full(count, inquiry.is_across),
    }
    return np.array([signs[name] for name in FEATURES], np.float32).T
