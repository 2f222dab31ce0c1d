"""Answers to "how much, according to X?": in the words of X, or that X says nothing of it."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive.composing import Composer, Draft
from assistant.extractive.scoring import MATCHED, best_sentences, coverage, is_answered
from assistant.extractive.speech import on_topic, quote_statement
from assistant.question import Question
from index.language.words import content_words
from index.library.article_index import ArticleIndex
from index.statements import Speaker, Statement, speakers

_MOST = 4
_EVIDENCE = 30
_LEAST = 0.2
"""Of the topic that words must hold which stand in the sentence that answers best."""


def according_to(question: Question, composer: Composer, article_index: ArticleIndex) -> Draft:
    """Answer from what the source named in a question says, refuse where it says nothing."""
    source = question.source_named or ""
    said = [s for s in article_index.statements if s.source == "article" and s.speaker is not None]
    names = {item.name for item in _meant(source, said, article_index)}
    theirs = [s for s in said if s.speaker is not None and s.speaker.name in names]
    words = set(content_words(source))
    topic = replace(question, terms=tuple(t for t in question.terms if t.folded not in words))
    fitting = sorted(on_topic(topic, theirs, article_index), key=lambda s: s.start)
    if question.want == "number":
        fitting = [s for s in fitting if any(character.isdigit() for character in s.text)]
    fitting = fitting or _answering(topic, theirs, article_index)
    if not fitting:
        composer.say("silent_source", source=source)
        return composer.finish("not_in_article")
    told: str | None = None
    for statement in fitting[:_MOST]:
        if statement.speaker is not None and statement.speaker.name != told:
            told = statement.speaker.name
            composer.say("speaker_says", speaker=told)
        quote_statement(statement, composer)
    return composer.finish()


def _answering(
    question: Question, theirs: Sequence[Statement], article_index: ArticleIndex
) -> list[Statement]:
    """Return what of theirs holds the sentence that answers best on the whole page."""
    evidence = article_index.search(question.text, limit=_EVIDENCE, source="article")
    scored = best_sentences(question, evidence, article_index)
    if not scored or not is_answered(
        question, article_index, score=scored[0].score, passage=scored[0].passage
    ):
        return []
    best = scored[0]
    held = coverage(question, [s.text for s in theirs], article_index)
    return [
        s
        for s, share in zip(theirs, held, strict=True)
        if share >= _LEAST
        and s.start < best.end
        and best.start < s.end
        and (question.want != "number" or any(character.isdigit() for character in s.text))
    ]


def _meant(source: str, said: Sequence[Statement], article_index: ArticleIndex) -> list[Speaker]:
    """Return the speakers whose name or role holds every word of the source."""
    words = content_words(source)
    known = [item.speaker for item in speakers(said)]
    if not words or not known:
        return []
    described = [" ".join((s.name, s.as_written, s.role or "", *s.aliases)) for s in known]
    held = article_index.align(words, described).min(axis=0)
    return [item for item, share in zip(known, held, strict=True) if share >= MATCHED]
