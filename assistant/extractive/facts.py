"""Answers to when, where, how many, who and what: the sentence that says it."""

import re
from dataclasses import dataclass, replace

from assistant.extractive.composing import Composer, Draft
from assistant.extractive.copies import is_copy
from assistant.extractive.scoring import ScoredSpan, best_sentences, is_answered
from assistant.extractive.speech import sentence_around
from assistant.extractive.veto import could_be_meant
from assistant.question import Question
from index.article import Source
from index.language.words import content_words, word_spans
from index.library.article_index import ArticleIndex

# The article is asked first: a reader's remark is no reporting.
_LANES: tuple[tuple[Source, str], ...] = (("article", "article_says"), ("comment", "readers_say"))
_EVIDENCE = 30
_KIND_BONUS = 0.12
_NEAR_SHARE = 0.4
"""How much the passage's nearness to the whole question counts beside its words."""
_AS_GOOD = 0.85
_MOST_SENTENCES = 3
_ABOUT_WORDS = ("who_said", "said_what")
_ALL_OF_IT = 0.75
"""What a sentence must hold where nobody was found to have said it: nearly the whole topic."""
_NUMBER = re.compile(r"\d")
_YEAR_OR_DAY = re.compile(r"\b(?:1[0-9]{3}|20[0-9]{2}|[0-3]?[0-9])\b")


def factual(question: Question, composer: Composer, article_index: ArticleIndex) -> Draft | None:
    """Quote the sentence that answers, from the article first; None where nothing does."""
    if not question.terms:
        return None
    for source, frame in _LANES:
        evidence = article_index.search(question.text, limit=_EVIDENCE, source=source)
        ranked = _ranked(question, best_sentences(question, evidence, article_index), article_index)
        if question.intent == "who_said":
            ranked = [item for item in ranked if not _opposes(question, item.span, article_index)]
        best = ranked[0].span if ranked else None
        if best is None or not is_answered(
            question, article_index, score=best.score, passage=best.passage
        ):
            continue
        if question.intent in _ABOUT_WORDS and best.score < _ALL_OF_IT:
            continue
        composer.say(frame)
        good = [item for item in ranked if item.value >= ranked[0].value * _AS_GOOD]
        for span in _different([item.span for item in good], article_index)[:_MOST_SENTENCES]:
            _quote(span, composer, article_index)
        return composer.finish()
    return None


def _different(spans: list[ScoredSpan], article_index: ArticleIndex) -> list[ScoredSpan]:
    """Return the sentences without what other readers wrote nearly alike."""
    kept: list[ScoredSpan] = []
    told: list[frozenset[str]] = []
    for span in spans:
        words = frozenset(content_words(article_index.article.text[span.start : span.end]))
        if span.passage.source == "comment" and any(is_copy(words, other) for other in told):
            continue
        kept.append(span)
        told.append(words)
    return kept


def _opposes(question: Question, span: ScoredSpan, article_index: ArticleIndex) -> bool:
    """Whether all that is said in a sentence says the opposite of the words asked for."""
    around = article_index.article.text[span.start : span.end]
    said = [s for s in article_index.statements if s.start < span.end and span.start < s.end]
    return bool(said) and not any(could_be_meant(question, s, around, article_index) for s in said)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """A sentence with what it is ranked by, higher is better."""

    span: ScoredSpan
    value: float


def _ranked(
    question: Question, scored: tuple[ScoredSpan, ...], article_index: ArticleIndex
) -> list[_Ranked]:
    """Return the sentences again, best first: the right kind, in a passage near the question."""
    text = article_index.article.text
    ranked = []
    for span in scored:
        bonus = _KIND_BONUS if _is_kind(question, text[span.start : span.end]) else 0.0
        raised = replace(span, score=span.score + bonus)
        near = article_index.similarity(question.text, span.passage)
        ranked.append(_Ranked(span=raised, value=raised.score + _NEAR_SHARE * near))
    return sorted(ranked, key=lambda item: (-item.value, item.span.start))


def _is_kind(question: Question, sentence: str) -> bool:
    if question.want == "time":
        return bool(_YEAR_OR_DAY.search(sentence))
    if question.want == "number":
        return bool(_NUMBER.search(sentence))
    if question.want in ("person", "place"):
        words = [span.of(sentence) for span in word_spans(sentence)]
        return any(word[0].isupper() for word in words[1:])
    return False


def _quote(span: ScoredSpan, composer: Composer, article_index: ArticleIndex) -> None:
    """Quote a sentence; words of somebody the article quotes are never told as its own."""
    said = next(
        (s for s in article_index.statements if s.start < span.end and span.start < s.end), None
    )
    speaker = said.speaker if said and said.source == "article" else None
    start, end = sentence_around(composer.article, span.start, span.end)
    is_direct = said is not None and said.manner == "direct" and speaker is not None
    comment = composer.article.comment_of(span.passage)
    lead = None
    if comment is not None:
        lead = composer.phrases.say("lead", who=composer.reader(comment))
    elif is_direct and speaker is not None:
        lead = composer.phrases.say("lead", who=speaker.name)
    composer.quote(start, end, speaker=speaker, lead=lead)
