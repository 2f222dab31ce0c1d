"""How likely each sentence of a page answers a question: a small trained model over what is known.

Where the words of a question are not on the page ("the guy living up in the tree": « un grimpeur
surnommé Mésange vit dans les branches »), no count of words finds its answer, and where they all
are, the sentence may still tell something else. The meaning of a sentence beside those of all
others of its page, what the reader makes of it, its words and its kind together decide better than
each: a logistic regression weighs them. Its weights are a JSON file made by `training.answering`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from assistant.extractive.answerability import is_of_kind
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.likeness import lead_of, logit_of
from assistant.extractive.sentences import ScoredSpan
from index.article import Passage, Source
from index.encoder.regression import Numbers, Regression
from index.language.sentences import sentence_spans
from index.language.words import Span

WEIGHTS = "answering.json"
FEATURES = (
    "nearness", "nearness_lead", "nearness_in_page", "read", "words", "words_lead", "of_kind",
    "of_other_kind", "known", "least_known", "names_unknown", "across", "of_article",
    "nearness_across", "words_across", "few_words",
)  # fmt: skip
_COMPARED: tuple[tuple[Source, int], ...] = (("article", 24), ("comment", 8))
"""Sentences that are compared; each costs some milliseconds when it is first read."""
_READ = 10
"""Sentences that the reader reads, those nearest by meaning and words."""
_OF_WORDS = 0.3
_LEAST = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerModel(Regression):
    """The weights, and what a probability means.

    `sure` is the probability from which a sentence is told though nothing else chose it, `unlikely`
    that below which it is not told though its words would do.
    """

    sure: float
    unlikely: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """The sentences of a page as answers to a question, the likeliest first; empty if unread.

    The score of each is its probability. Few sentences are nearly as likely as the best.
    """

    spans: tuple[ScoredSpan, ...] = ()

    @property
    def surest(self) -> ScoredSpan | None:
        """The sentence that surely enough answers; None where none does."""
        best = next(iter(self.spans), None)
        return best if best is not None and best.score >= answer_model().sure else None

    def carries(self, chosen: Sequence[ScoredSpan]) -> bool:
        """Whether one of some sentences may be the answer; so where they were not compared."""
        told = [
            item.score
            for item in self.spans
            if any(item.start < span.end and span.start < item.end for span in chosen)
        ]
        return not told or max(told) >= answer_model().unlikely


@cache
def answer_model() -> AnswerModel:
    """Return the bundled weights."""
    return AnswerModel.bundled(
        "assistant.extractive", WEIGHTS, FEATURES, made_by="training.answering"
    )


def likelihood_of(inquiry: Inquiry) -> Likelihood:
    """Return how likely the sentences of a page answer a question; empty without a reader."""
    spans, features = measured(inquiry)
    if not spans:
        return Likelihood()
    logits = answer_model().logits(features)
    scored = [
        ScoredSpan(
            start=span.start, end=span.end, passage=passage, score=1 / (1 + math.exp(-logit))
        )
        for (span, passage), logit in zip(spans, logits, strict=True)
    ]
    return Likelihood(spans=tuple(sorted(scored, key=lambda item: (-item.score, item.start))))


def measured(inquiry: Inquiry) -> tuple[list[tuple[Span, Passage]], Numbers]:
    """Return the sentences that were read and what is known of each, (sentences, features)."""
    spans, reader = _compared(inquiry), inquiry.reader
    if reader is None or len(spans) < 2:
        return [], np.zeros((0, len(FEATURES)), np.float32)
    question = inquiry.question.plain
    texts = [span.of(inquiry.article.text) for span, _ in spans]
    near = np.array(reader.nearness(question, texts), np.float32)
    words = inquiry.coverage(texts)
    lead, words_lead = lead_of(near), lead_of(words)
    in_page = (near - near.mean()) / (near.std() + _LEAST)
    few = np.argsort(-(near + _OF_WORDS * words), kind="stable")[:_READ]
    read = inquiry.answers([texts[place] for place in few])
    held = inquiry.held_in("article") if inquiry.terms else np.ones(1, np.float32)
    page = (float(held.mean()), float(held.min()), inquiry.misses_name, inquiry.is_across)
    rows = []
    for place, probability in zip(few, read, strict=True):
        kind = is_of_kind(inquiry, texts[place])
        rows.append((
            near[place], lead[place], in_page[place], logit_of(probability), words[place],
            words_lead[place], kind is True, kind is False, *page,
            spans[place][1].source == "article", near[place] * inquiry.is_across,
            words[place] * inquiry.is_across, len(inquiry.terms) <= 1,
        ))  # fmt: skip
    return [spans[place] for place in few], np.array(rows, np.float32)


def _compared(inquiry: Inquiry) -> list[tuple[Span, Passage]]:
    """Return the sentences of the article, of a long one those nearest, and of some comments."""
    text = inquiry.article.text
    found: list[tuple[Span, Passage]] = []
    for source, most in _COMPARED:
        passages = [item.passage for item in inquiry.evidence(source)]
        of_source = [
            (span, passage)
            for passage in passages
            for span in sentence_spans(text, passage.start, passage.end)
        ]
        found += of_source[:most]
    return found
