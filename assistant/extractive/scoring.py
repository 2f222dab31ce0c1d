"""Which sentence answers, and whether any does: the topic words of a question against texts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np

from assistant.locale import phrases
from assistant.question import Question
from index.article import Passage, Source
from index.language.numbers import agree, numbers
from index.language.sentences import sentence_spans
from index.language.words import Span, split_words
from index.library.article_index import ArticleIndex, Evidence

_ENOUGH = 0.55
"""Share of the topic's weight that a text must hold to be about it."""
_ENOUGH_ACROSS = 0.4
"""The same for a question in another language than the page, where words match less surely."""
_CONFIDENT = 0.28
"""Confidence from which a sentence is shown as the answer; see `confidence`."""
_CONFIDENT_ACROSS = 0.15
_OF_SENTENCE, _OF_PAGE, _OF_NEARNESS = 0.2, 0.3, 0.5
_USUAL_PASSAGES = 5
_FEWEST_PASSAGES = 3
"""Of an article, for its words to be rare or common; of a shorter one the comments count too."""
_LENGTH_SHARE = 0.08
"""Taken off for each e-fold of a page's length: a long page holds any word somewhere."""
MATCHED = 0.4
"""Strength at which a single word counts as found."""
SAME_WORD = 0.9
"""Strength at which two words are one, in another form at most."""

Item = TypeVar("Item")

_NAME_WEIGHT = 1.6
_UNKNOWN_NAME = 0.6
_LEAST_RARITY = 0.2
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


def enough(question: Question, article_index: ArticleIndex) -> float:
    """Return the coverage from which a text is about the topic of a question."""
    return _ENOUGH if question.language == article_index.article.language else _ENOUGH_ACROSS


def is_answered(
    question: Question, article_index: ArticleIndex, *, score: float, passage: Passage
) -> bool:
    """Whether a span with this score is good enough to be shown as the answer."""
    needed = (
        _CONFIDENT if question.language == article_index.article.language else _CONFIDENT_ACROSS
    )
    return confidence(question, article_index, score=score, passage=passage) >= needed


def confidence(
    question: Question, article_index: ArticleIndex, *, score: float, passage: Passage
) -> float:
    """Return how sure it is that the page answers; about 0 where it does not, at most 1.

    Three views: how well the chosen span covers the topic (`score`), how much of the topic the
    page mentions anywhere, and how near its nearest passage is to the question as a whole. A
    name or number that the page never mentions makes it unlikely. Measured on questions asked
    of their own and of another article: `docs/quality.md`.
    """
    texts = _telling_passages(article_index, of=passage.source)
    found = _held(question, texts, article_index).max(axis=1)
    nearest = article_index.search(question.text, limit=1, source=passage.source)[0].similarity
    sure = _OF_SENTENCE * score + _OF_PAGE * float(found.mean()) + _OF_NEARNESS * nearest
    named = [
        strength
        for term, strength in zip(question.terms, found, strict=True)
        if term.is_name or term.text[0].isdigit()
    ]
    if any(strength < MATCHED for strength in named):
        sure *= _UNKNOWN_NAME
    longer = max(0.0, math.log(_length(article_index, of=passage.source) / _USUAL_PASSAGES))
    return sure - _LENGTH_SHARE * longer


def coverage(question: Question, texts: Sequence[str], article_index: ArticleIndex) -> np.ndarray:
    """Return the weighted share of the question's terms that each text holds.

    Returns:
        (len(texts),) in [0, 1].
    """
    if not question.terms or not texts:
        return np.zeros(len(texts), dtype=np.float32)
    weights = _term_weights(question, article_index)
    shares: np.ndarray = weights @ _held(question, texts, article_index) / weights.sum()
    return shares


def _held(question: Question, texts: Sequence[str], article_index: ArticleIndex) -> np.ndarray:
    """Return how well each term of a question is held by each text, (terms, texts) in [0, 1].

    The words of a number are held by a text with that number, in whatever form it has it.
    """
    held: np.ndarray = article_index.align([term.text for term in question.terms], texts)
    asked = numbers(question.text, question.language)
    if not asked:
        return held
    told = [numbers(text, article_index.article.language) for text in texts]
    words = split_words(question.text)
    for number in asked:
        own = words[number.first : number.last + 1]
        row = [float(agree(number, others)) for others in told]
        for place, term in enumerate(question.terms):
            if term.text in own:
                held[place] = row
    return held


def covered(
    question: Question, items: Sequence[Item], texts: Sequence[str], article_index: ArticleIndex
) -> list[Item]:
    """Return the items whose texts, one each, hold enough of the question's topic."""
    least = enough(question, article_index)
    shares = coverage(question, texts, article_index)
    return [item for item, share in zip(items, shares, strict=True) if share >= least]


def _term_weights(question: Question, article_index: ArticleIndex) -> np.ndarray:
    """Return how much each term counts: names more, and words that few passages hold."""
    terms = question.terms
    passages = _telling_passages(article_index)
    holders = (_held(question, passages, article_index) >= MATCHED).sum(axis=1)
    rarity = np.log((len(passages) + 1) / (holders + 0.5)) / np.log(len(passages) + 2)
    names = [(_NAME_WEIGHT if term.is_name else 1.0) * term.share for term in terms]
    weights: np.ndarray = article_index.word_weights([term.text for term in terms])
    weights *= np.array(names, dtype=np.float32) * np.maximum(rarity, _LEAST_RARITY)
    return weights


def _telling_passages(article_index: ArticleIndex, *, of: Source = "article") -> list[str]:
    """Return the passages that tell what is mentioned, and how rarely.

    For the article these are its own, where there are enough: however many readers repeat a
    word, it stays as rare as the article has it. For comments it is the whole page.
    """
    passages = article_index.article.passages
    own = [passage.text for passage in passages if passage.source == "article"]
    if of == "article" and len(own) >= _FEWEST_PASSAGES:
        return own
    return [passage.text for passage in passages]


def _length(article_index: ArticleIndex, *, of: Source) -> int:
    """Return how long a page is, in passages; for the article, comments count as it at most."""
    own = sum(passage.source == "article" for passage in article_index.article.passages)
    comments = len(article_index.article.passages) - own
    return own + (min(comments, own) if of == "article" else comments)


def best_sentences(
    question: Question, evidence: Sequence[Evidence], article_index: ArticleIndex
) -> tuple[ScoredSpan, ...]:
    """Return the sentences of the evidence as answers, best first.

    A sentence is judged by the topic words it holds itself, and less by those that its
    passage holds around it.
    """
    text = article_index.article.text
    spans = [
        (span, item.passage)
        for item in evidence
        for span in sentence_spans(text, item.passage.start, item.passage.end)
    ]
    spans = _of_the_thing(question, spans, article_index)
    if not spans:
        return ()
    sentences = [span.of(text) for span, _ in spans]
    own = coverage(question, sentences, article_index)
    labels = [item.passage.label for item in evidence]
    context = coverage(
        question, [_with_previous(item.passage, article_index) for item in evidence], article_index
    )
    around = dict(zip(labels, context, strict=True))
    own *= np.where(_holds_head(question, sentences, article_index), 1.0, _WITHOUT_HEAD)
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


def _with_previous(passage: Passage, article_index: ArticleIndex) -> str:
    """Return a passage with the one before it, which often names what it goes on about."""
    passages = article_index.article.passages
    position = passages.index(passage)
    before = passages[position - 1] if position else None
    if before is None or before.source != passage.source or passage.source == "comment":
        return passage.text
    return f"{before.text}\n{passage.text}"


def _holds_head(
    question: Question, sentences: Sequence[str], article_index: ArticleIndex
) -> np.ndarray:
    """Return whether each sentence holds the role in "who is the mayor of ...?"."""
    head = next(iter(question.terms), None)
    is_role = question.intent == "factual" and question.want == "person"
    if head is None or head.is_name or not is_role:
        return np.ones(len(sentences), dtype=bool)
    held: np.ndarray = article_index.align([head.text], sentences)[0] >= MATCHED
    return held


def _of_the_thing(
    question: Question, spans: Sequence[tuple[Span, Passage]], article_index: ArticleIndex
) -> list[tuple[Span, Passage]]:
    """Return the sentences that can say how much "a bed" costs: not what something else costs.

    The thing is named in the sentence or in the one before it.
    """
    measures = phrases(question.language).measure_words
    things = [term.text for term in question.terms if term.folded not in measures]
    if question.want != "number" or not 0 < len(things) < len(question.terms) or not spans:
        return list(spans)
    around = [
        article_index.article.text[(before if of is passage else span).start : span.end]
        for (before, of), (span, passage) in pairwise([spans[0], *spans])
    ]
    held = article_index.align(things, around).max(axis=0) >= MATCHED
    return [item for item, is_held in zip(spans, held, strict=True) if is_held]


def missing_name(question: Question, article_index: ArticleIndex) -> bool:
    """Whether the question names somebody or something that the page never mentions."""
    names = [term.text for term in question.terms if term.is_name or term.text[0].isdigit()]
    if not names:
        return False
    found = article_index.align(names, [passage.text for passage in article_index.article.passages])
    return bool((found.max(axis=1) < MATCHED).any())
