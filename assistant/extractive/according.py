"""Answers to "how much, according to X?": in the words of X, or that X says nothing of it."""

from collections.abc import Sequence

from assistant.extractive import facts, people, telling
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import MATCHED, Inquiry
from assistant.extractive.quoting import quote_statement
from index.language.numbers import numbers
from index.language.words import content_words
from index.statements import Speaker, Statement, speakers

_MOST = 4


def according_to(inquiry: Inquiry) -> Draft:
    """Answer from what the source named in a question says, refuse where it says nothing.

    A source that is nobody, as "the first promise", is part of what is asked.
    """
    question, composer = inquiry.question, inquiry.composer
    source, meant, is_sure = _source(inquiry)
    words = set(content_words(source))
    topic = inquiry.about([t for t in question.terms if t.folded not in words])
    named = inquiry.about([t for t in question.terms if t.folded in words])
    if not meant and named.is_told and (surer := facts.surer(inquiry, None)):
        return surer
    theirs = [u for each in meant for u in telling.of_speaker(inquiry, each) if u.said]
    if question.want == "number":
        theirs = [u for u in theirs if numbers(u.text, inquiry.article.language)]
    chosen = telling.told(inquiry, topic, theirs) if topic.terms else theirs
    fitting = sorted((u.said for u in chosen if u.said), key=lambda s: s.start)
    if not fitting:
        composer.say("silent_source", source=source)
        return composer.finish("not_in_article")
    if not is_sure:
        composer.introduce("perhaps_meant")
    told: str | None = None
    for statement in fitting[:_MOST]:
        if is_sure and statement.speaker is not None and statement.speaker.name != told:
            told = statement.speaker.name
            composer.introduce("speaker_says", speaker=told)
        quote_statement(statement, inquiry)
    return composer.finish("answered" if is_sure else "partly_answered")


def _source(inquiry: Inquiry) -> tuple[str, list[Speaker], bool]:
    """Return the source a question names, whom it means, nobody if it is like none, and whether
    these are called so.

    What stands behind the name may belong to the question: "laut Bürgermeister gedacht".
    """
    named = (inquiry.question.source_named or "").split()
    said = [s for s in inquiry.said if s.speaker is not None]
    for length in range(len(named), 0, -1):
        source = " ".join(named[:length])
        if bearing := _bearing(source, said, inquiry):
            return source, bearing, True
    like = people.described_speaker(inquiry) if named and said else None
    return " ".join(named), [like] if like else [], False


def _bearing(source: str, said: Sequence[Statement], inquiry: Inquiry) -> list[Speaker]:
    """Return the speakers whose name or role holds every word of the source."""
    words = content_words(source)
    known = [item.speaker for item in speakers(said)]
    if not words or not known:
        return []
    described = [" ".join((s.name, s.as_written, s.role or "", *s.aliases)) for s in known]
    held = inquiry.article_index.align(words, described).min(axis=0)
    return [item for item, share in zip(known, held, strict=True) if share >= MATCHED]
