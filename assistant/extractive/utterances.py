"""Which words of a page a question means: "the line about the drawer", half remembered, translated.

Whoever asks for words seldom repeats them: a joke about them, one word of them, their sense in
another language. All that is said on the page, its narration and its comments are compared with
each clause of the question, by words, by pieces of words and by meaning; a logistic regression
weighs these signs, above all by how much one exceeds all others. What the asker says of themselves
("my grandmother has been laughing since this morning") is a clause that nothing on the page
resembles, and so takes nothing away. Its weights are made by `training.saying`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from assistant.extractive import topical
from assistant.extractive.copies import is_copy
from assistant.extractive.inquiry import MATCHED, Inquiry
from assistant.extractive.likeness import (
    clauses_of,
    content_of,
    in_page,
    lead_of,
    nearness_of,
    pieces_held,
    rarity_of,
    run_of,
)
from assistant.extractive.sentences import sentence_around
from assistant.extractive.veto import could_be_meant
from index.article import Article, whole_label
from index.encoder.regression import Numbers, SureRegression, probabilities
from index.language.sentences import sentence_spans
from index.language.words import Span, folded_words
from index.statements import Statement

WEIGHTS = "utterances.json"
FEATURES = (
    "near", "near_around", "near_lead", "near_in_page", "near_clause", "near_clause_lead", "words",
    "words_lead", "words_around", "rarest", "rarest_lead", "run", "pieces", "pieces_lead", "direct",
    "named", "comment", "narration", "across", "near_across", "words_across", "length",
)  # fmt: skip
_LONG = 30.0
_AS_GOOD, _NEARLY_AS_GOOD = 0.8, 0.6
"""Share of the best probability from which other words are told as well."""
_REPEATED = 0.4
"""Share of a question of the page's language that words hold which are told as those meant."""
_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A stretch of the page that may be meant; `said` is None where nobody says it."""

    start: int
    end: int
    text: str
    around: str
    said: Statement | None

    @property
    def speaker(self) -> str | None:
        """The name of who says it; None where nobody is named."""
        return self.said.speaker.name if self.said and self.said.speaker else None

    @property
    def is_of_reader(self) -> bool:
        """Whether it stands in a comment."""
        return self.said is not None and self.said.source == "comment"


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceModel(SureRegression):
    """The weights; from `sure` on words are told as those meant, from `likely` as a guess."""

    likely: float


@cache
def utterance_model() -> UtteranceModel:
    """Return the bundled weights."""
    return UtteranceModel.bundled(
        "assistant.extractive", WEIGHTS, FEATURES, made_by="training.saying"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The utterances a question means, the likeliest first.

    `is_sure` where they are told as those, else as a guess; `opposed` come nearest, but say the
    opposite or another number, so that none of them is meant.
    """

    found: tuple[Utterance, ...] = ()
    is_sure: bool = False
    opposed: tuple[Statement, ...] = ()


def meant(inquiry: Inquiry) -> Meant:
    """Return what a question means of what is said on a page; by words alone without a reader."""
    if inquiry.reader is None:
        by_words = topical.meant(inquiry, inquiry.article_index.statements)
        found = tuple(as_utterance(said, inquiry.article) for said in by_words[:_MOST])
        return Meant(found=found, is_sure=True)
    whole, pairs = inquiry.about(content_of(inquiry)), ranked(inquiry)
    own = [pair for pair in pairs if not pair[0].is_of_reader]
    of_readers = [pair for pair in pairs if pair[0].is_of_reader]
    told, written = _of_lane(whole, own), _of_lane(whole, of_readers)
    best, best_written = (lane[0][1] if lane else 0.0 for lane in (own, of_readers))
    # What the article is likely to say is told, however near a comment comes.
    if best_written > best and not (told.found and best >= utterance_model().sure):
        return written
    share = _AS_GOOD if told.is_sure else _NEARLY_AS_GOOD
    if not told.found or not written.found or best_written < share * best:
        return told
    is_sure = told.is_sure and written.is_sure
    return Meant(found=(*told.found, *written.found), is_sure=is_sure)


def _of_lane(whole: Inquiry, pairs: Sequence[tuple[Utterance, float]]) -> Meant:
    """Return what is meant of the article's utterances, or of the readers'."""
    model = utterance_model()
    likely = [pair for pair in pairs if pair[1] >= model.likely]
    could = [pair for pair in likely if _could_be(whole, pair[0], strictly=False)]
    if not could or could[0] != likely[0]:
        opposed = [utterance.said for utterance, _ in likely if utterance.said is not None]
        return Meant(opposed=tuple(opposed))
    best, share = could[0]
    is_sure = share >= model.sure and _could_be(whole, best, strictly=True)
    if not whole.is_across and whole.coverage([best.around])[0] < _REPEATED:
        is_sure = False  # "goats are cheaper than councillors" is not "goats can count"
    least = max(model.sure, share * _AS_GOOD) if is_sure else share * _NEARLY_AS_GOOD
    found = tuple(utterance for utterance, other in could if other >= least)
    return Meant(found=found[:_MOST], is_sure=is_sure)


def _could_be(inquiry: Inquiry, utterance: Utterance, *, strictly: bool) -> bool:
    said = utterance.said
    return said is None or could_be_meant(inquiry, said, utterance.around, strictly=strictly)


def ranked(inquiry: Inquiry) -> list[tuple[Utterance, float]]:
    """Return what is said on a page with its probability to be meant, the likeliest first."""
    found = utterances(inquiry)
    features = measured(inquiry, found)
    if not len(features):
        return []
    shares = probabilities(utterance_model().logits(features))
    pairs = zip(found, map(float, shares), strict=True)
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0].start))


def utterances(inquiry: Inquiry) -> list[Utterance]:
    """Return the utterances of the article and the sentences of comments."""
    return of_article(inquiry) + _of_readers(inquiry)


def of_article(inquiry: Inquiry) -> list[Utterance]:
    """Return the statements and the sentences in which nobody says anything.

    None where readers are asked.
    """
    if inquiry.question.asks_readers:
        return []
    said = [as_utterance(statement, inquiry.article) for statement in inquiry.said]
    return said + [alone(span, inquiry, None) for span in inquiry.article_index.narrated]


def _of_readers(inquiry: Inquiry) -> list[Utterance]:
    """Return the sentences of comments: near copies once, and not the question put once more."""
    near = {comment.label for comment in inquiry.near_comments}
    text = inquiry.article.text
    asked = " ".join(folded_words(inquiry.question.plain))
    found: list[Utterance] = []
    told: list[frozenset[str]] = []
    for said in inquiry.article_index.statements:
        if said.source != "comment" or whole_label(said.passage) not in near:
            continue
        for span in sentence_spans(text, said.start, said.end):
            words = folded_words(span.of(text))
            own = frozenset(words)
            if any(is_copy(own, other) for other in told):
                continue
            told.append(own)
            if asked not in " ".join(words):
                found.append(replace(alone(span, inquiry, said), around=said.text))
    return found


def as_utterance(said: Statement, article: Article) -> Utterance:
    """Return a statement of the article with the sentences that hold it."""
    start, end = sentence_around(article, said.start, said.end)
    around = article.text[start:end]
    return Utterance(start=said.start, end=said.end, text=said.text, around=around, said=said)


def alone(span: Span, inquiry: Inquiry, said: Statement | None) -> Utterance:
    """Return a stretch of the page as it stands, in a statement or in none."""
    text = span.of(inquiry.article.text)
    return Utterance(start=span.start, end=span.end, text=text, around=text, said=said)


def measured(inquiry: Inquiry, found: Sequence[Utterance]) -> Numbers:
    """Return what is known of each utterance, (utterances, features); nothing without a reader.

    What the article says is compared with the article alone: no comment takes anything from it.
    """
    if inquiry.reader is None or len(found) < 2:
        return np.zeros((0, len(FEATURES)), np.float32)
    features = _compared(inquiry, found)
    own = [place for place, utterance in enumerate(found) if not utterance.is_of_reader]
    if 1 < len(own) < len(found):
        features[own] = _compared(inquiry, [found[place] for place in own])
    return features


def _compared(inquiry: Inquiry, found: Sequence[Utterance]) -> Numbers:
    """Return what is known of each utterance beside all others, (utterances, features)."""
    whole = inquiry.about(content_of(inquiry))
    texts, around = [u.text for u in found], [u.around for u in found]
    near, near_around = nearness_of(whole, [whole.question.plain], texts, around)
    clause = nearness_of(whole, clauses_of(whole), texts, around).max(axis=0)
    wide = np.maximum(near, near_around)
    held = whole.held(texts) if whole.terms else np.zeros((1, len(found)), np.float32)
    held_around = whole.held(around) if whole.terms else held
    weights = rarity_of(held_around)
    known = weights * (held_around.max(axis=1) >= MATCHED)
    words = known @ held / max(float(known.sum()), 1e-6)
    words_around = known @ held_around / max(float(known.sum()), 1e-6)
    rarest = (held_around / np.maximum((held_around >= MATCHED).sum(axis=1), 1)[:, None]).max(
        axis=0
    )
    pieces = pieces_held(whole, texts)
    asked = folded_words(whole.question.plain)
    leads = [lead_of(values) for values in (wide, clause, words, rarest, pieces)]
    across = np.full(len(found), whole.is_across, np.float32)
    signs = {
        "near": near,
        "near_around": near_around,
        "near_lead": leads[0],
        "near_in_page": in_page(wide),
        "near_clause": clause,
        "near_clause_lead": leads[1],
        "words": words,
        "words_lead": leads[2],
        "words_around": words_around,
        "rarest": rarest,
        "rarest_lead": leads[3],
        "run": [run_of(asked, u.text) for u in found],
        "pieces": pieces,
        "pieces_lead": leads[4],
        "direct": [u.said is not None and u.said.manner == "direct" for u in found],
        "named": [u.speaker is not None for u in found],
        "comment": [u.is_of_reader for u in found],
        "narration": [u.said is None for u in found],
        "across": across,
        "near_across": across * wide,
        "words_across": across * words,
        "length": [min(len(u.text.split()) / _LONG, 1.0) for u in found],
    }
    return np.array([signs[name] for name in FEATURES], np.float32).T
