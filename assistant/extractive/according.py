"""Answers to "how much, according to X?": in the words of X, or that X says nothing of it."""

from collections.abc import Sequence

from assistant.extractive import people
from assistant.extractive.answerability import is_answered
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import MATCHED, Inquiry
from assistant.extractive.quoting import quote_statement
from assistant.extractive.sentences import best_sentences
from assistant.extractive.topical import among_nearest, likely_words, on_topic
from index.language.numbers import numbers
from index.language.words import content_words
from index.statements import Speaker, Statement, speakers

_MOST = 4
_LEAST = 0.2
"""Of the topic that words must hold which stand in the sentence that answers best."""


def according_to(inquiry: Inquiry) -> Draft:
    """Answer from what the source named in a question says, refuse where it says nothing."""
    question, composer = inquiry.question, inquiry.composer
    source = question.source_named or ""
    said = [s for s in inquiry.said if s.speaker is not None]
    names = {item.name for item in _meant(source, said, inquiry)}
    theirs = [s for s in said if s.speaker is not None and s.speaker.name in names]
    words = set(content_words(source))
    topic = inquiry.about([t for t in question.terms if t.folded not in words])
    if question.want == "number":
        theirs = [s for s in theirs if numbers(s.text, inquiry.article.language)]
    fitting = sorted(on_topic(topic, theirs), key=lambda s: s.start)
    fitting = fitting or _answering(topic, theirs) or likely_words(inquiry, theirs)
    fitting = fitting or among_nearest(topic, theirs)
    if not fitting:
        composer.say("silent_source", source=source)
        return composer.finish("not_in_article")
    told: str | None = None
    for statement in fitting[:_MOST]:
        if statement.speaker is not None and statement.speaker.name != told:
            told = statement.speaker.name
            composer.introduce("speaker_says", speaker=told)
        quote_statement(statement, inquiry)
    return composer.finish()


def _answering(inquiry: Inquiry, theirs: Sequence[Statement]) -> list[Statement]:
    """Return what of theirs holds the sentence that answers best on the whole page."""
    scored = best_sentences(inquiry, inquiry.evidence("article")) if inquiry.terms else ()
    if not scored or not is_answered(inquiry, score=scored[0].score, passage=scored[0].passage):
        return []
    best = scored[0]
    held = inquiry.coverage([s.text for s in theirs])
    return [
        s
        for s, share in zip(theirs, held, strict=True)
        if share >= _LEAST and s.start < best.end and best.start < s.end
    ]


def _meant(source: str, said: Sequence[Statement], inquiry: Inquiry) -> list[Speaker]:
    """Return the speakers whose name or role holds every word of the source, or who is like it."""
    words = content_words(source)
    known = [item.speaker for item in speakers(said)]
    if not words or not known:
        return []
    described = [" ".join((s.name, s.as_written, s.role or "", *s.aliases)) for s in known]
    held = inquiry.article_index.align(words, described).min(axis=0)
    bearing = [item for item, share in zip(known, held, strict=True) if share >= MATCHED]
    like = None if bearing else people.described_speaker(inquiry)
    return [like] if like else bearing
