"""Which sentence answers, and whether any does: the topic words of a question against texts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.question import Question, Term
from index.article import Passage
from index.search import ArticleIndex, Evidence
from index.words import sentence_spans

ANSWERS = 0.55
"""Share of the topic's weight that must stand in the words of an answer."""
MATCHED = 0.4
"""Strength at which a single word counts as found."""

_NAME_WEIGHT = 1.6
_CONTEXT_SHARE = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredSpan:
    """A sentence of the page with its score in [0, 1] as an answer to a question."""

    start: int
    end: int
    passage: Passage
    score: float


def coverage(terms: Sequence[Term], texts: Sequence[str], page: ArticleIndex) -> np.ndarray:
    """Return the weighted share of the terms that each text holds, (len(texts),) in [0, 1]."""
    if not terms or not texts:
        return np.zeros(len(texts), dtype=np.float32)
    weights = term_weights(terms, page)
    matches = page.align([term.text for term in terms], texts)
    shares: np.ndarray = weights @ matches / weights.sum()
    return shares


def term_weights(terms: Sequence[Term], page: ArticleIndex) -> np.ndarray:
    """Return how much each term counts: names and rare words more."""
    rarity = page.word_weights([term.text for term in terms])
    names = np.array([_NAME_WEIGHT if term.is_name else 1.0 for term in terms], dtype=np.float32)
    weights: np.ndarray = rarity * names
    return weights


def best_sentences(
    question: Question, evidence: Sequence[Evidence], page: ArticleIndex
) -> tuple[ScoredSpan, ...]:
    """Return the sentences of the evidence as answers, best first.

    A sentence is judged by the topic words it holds itself, and less by those that its
    passage holds around it.
    """
    text = page.article.text
    spans = [
        (span, item.passage)
        for item in evidence
        for span in sentence_spans(text, item.passage.start, item.passage.end)
    ]
    if not spans:
        return ()
    own = coverage(question.terms, [span.of(text) for span, _ in spans], page)
    around = dict(
        zip(
            (item.passage.label for item in evidence),
            coverage(question.terms, [item.passage.text for item in evidence], page),
            strict=True,
        )
    )
    scored = [
        ScoredSpan(
            start=span.start,
            end=span.end,
            passage=passage,
            score=float((1 - _CONTEXT_SHARE) * share + _CONTEXT_SHARE * around[passage.label]),
        )
        for (span, passage), share in zip(spans, own, strict=True)
    ]
    return tuple(sorted(scored, key=lambda item: (-item.score, item.start)))


def missing_name(question: Question, page: ArticleIndex) -> bool:
    """Whether the question names somebody or something that the page never mentions."""
    names = [term.text for term in question.terms if term.is_name or term.text[0].isdigit()]
    if not names:
        return False
    found = page.align(names, [passage.text for passage in page.article.passages])
    return bool((found.max(axis=1) < MATCHED).any())
