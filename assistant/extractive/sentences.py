"""Which sentences of a page come nearest to answering: the topic of a question against them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assistant.extractive.inquiry import MATCHED, Inquiry
from assistant.question.speaking import personal_pronouns
from index.article import Article, Passage
from index.language.sentences import sentence_spans
from index.language.words import Span, folded_words
from index.library.article_index import Evidence

_WITHOUT_HEAD = 0.6
"""Of the score of a sentence that lacks the word a question asks about above all."""
_CONTEXT_SHARE = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredSpan:
    """A sentence of the page with its score in [0, 1] as an answer to a question."""

    start: int
    end: int
    passage: Passage
    score: float


def best_sentences(
    inquiry: Inquiry, evidence: Sequence[Evidence], *, within: Sequence[Span] | None = None
) -> tuple[ScoredSpan, ...]:
    """Return the sentences of the evidence as answers, best first.

    A sentence is judged by the topic words it holds itself, and less by those that its
    passage holds around it.

    Args:
        inquiry: What is asked.
        evidence: The passages that may answer.
        within: The stretches of the page in which alone the answer may stand; None for all.
    """
    text = inquiry.article.text
    spans = [
        (span, item.passage)
        for item in evidence
        for span in sentence_spans(text, item.passage.start, item.passage.end)
        if within is None or any(span.start < w.end and w.start < span.end for w in within)
    ]
    spans = _of_the_thing(inquiry, spans)
    if not spans:
        return ()
    sentences = [span.of(text) for span, _ in spans]
    own = inquiry.coverage(sentences)
    labels = [item.passage.label for item in evidence]
    context = inquiry.coverage([_with_previous(item.passage, inquiry.article) for item in evidence])
    around = dict(zip(labels, context, strict=True))
    own *= np.where(_holds_head(inquiry, sentences), 1.0, _WITHOUT_HEAD)
    beside = np.array([around[passage.label] for _, passage in spans])
    shares = inquiry.raised((1 - _CONTEXT_SHARE) * own + _CONTEXT_SHARE * beside, sentences)
    scored = [
        ScoredSpan(start=span.start, end=span.end, passage=passage, score=float(share))
        for (span, passage), share in zip(spans, shares, strict=True)
    ]
    return tuple(sorted(scored, key=lambda item: (-item.score, item.start)))


def sentence_around(article: Article, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentences that hold a span, within its passage."""
    passage = article.passage_at(start)
    held = [
        span
        for span in sentence_spans(article.text, passage.start, passage.end)
        if span.start < end and start < span.end
    ]
    if not held:
        return start, end
    return min(held[0].start, start), max(held[-1].end, min(end, passage.end))


def with_antecedent(
    article: Article, start: int, end: int, *, always: bool = False
) -> tuple[int, int]:
    """Return a sentence with the one before it, where it opens with a pronoun for somebody.

    "She calls for a march on Saturday" tells nobody who does.
    """
    words = folded_words(article.text[start:end])
    opens = bool(words) and words[0] in personal_pronouns(article.language)
    if not opens and not always:
        return start, end
    passage = article.passage_at(start)
    before = [s for s in sentence_spans(article.text, passage.start, start) if s.end <= start]
    return (before[-1].start, end) if before else (start, end)


def _with_previous(passage: Passage, article: Article) -> str:
    """Return a passage with the one before it, which often names what it goes on about."""
    position = article.passages.index(passage)
    before = article.passages[position - 1] if position else None
    if before is None or before.source != passage.source or passage.source == "comment":
        return passage.text
    return f"{before.text}\n{passage.text}"


def _holds_head(inquiry: Inquiry, sentences: Sequence[str]) -> np.ndarray:
    """Return whether each sentence holds the role in "who is the mayor of ...?"."""
    question = inquiry.question
    head = next(iter(question.terms), None)
    is_role = question.intent == "factual" and question.want == "person"
    if head is None or head.is_name or not is_role:
        return np.ones(len(sentences), dtype=bool)
    held: np.ndarray = inquiry.article_index.align([head.text], sentences)[0] >= MATCHED
    return held


def _of_the_thing(
    inquiry: Inquiry, spans: Sequence[tuple[Span, Passage]]
) -> list[tuple[Span, Passage]]:
    """Return the sentences that can say how much "a bed" costs: not what something else costs.

    The thing is named in the sentence or in the one before it.
    """
    question = inquiry.question
    measures = inquiry.composer.phrases.measure_words
    things = [term.text for term in question.terms if term.folded not in measures]
    if question.want != "number" or not 0 < len(things) < len(question.terms) or not spans:
        return list(spans)
    around = [
        inquiry.article.text[(before if of is passage else span).start : span.end]
        for (before, of), (span, passage) in pairwise([spans[0], *spans])
    ]
    held = inquiry.article_index.align(things, around).max(axis=0) >= MATCHED
    return [item for item, is_held in zip(spans, held, strict=True) if is_held]
