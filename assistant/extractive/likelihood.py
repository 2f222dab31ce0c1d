"""How likely each sentence of a page answers a question: a small trained model over what is known.

Where the words of a question are not on the page ("the guy living up in the tree": « un grimpeur
surnommé Mésange vit dans les branches »), no count of words finds its answer, and where they all
are, the sentence may still tell something else. The meaning of a sentence beside those of all
others of its page, what the reader makes of it, its words and its kind together decide better than
each. Trees weigh them, as a sign tells other things beside others: many words of the question in a
sentence that the reader doubts are a trap. They are a JSON file made by `training.answering`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from assistant.extractive import people
from assistant.extractive.answerability import is_of_kind
from assistant.extractive.inquiry import AnswerReader, Inquiry
from assistant.extractive.leading import led_to
from assistant.extractive.likeness import in_page, lead_of, logit_of
from assistant.extractive.sentences import ScoredSpan
from index.article import Passage, Source
from index.disputes.claims import is_proposition
from index.encoder.regression import Numbers, probabilities
from index.encoder.trees import Trees
from index.language.sentences import sentence_spans
from index.language.words import Span, content_words, folded_words

WEIGHTS = "answering.json"
FEATURES = (
    "nearness", "nearness_lead", "nearness_in_page", "read", "words", "words_lead", "of_kind",
    "of_other_kind", "known", "least_known", "names_unknown", "across", "of_article",
    "nearness_across", "words_across", "few_words", "read_lead", "words_around", "near_passage",
    "about_them", "about_others", "number_of_kind", "number_of_other_kind", "reason_of_kind",
    "reason_of_other_kind", "person_of_kind", "wants_nothing", "unknown", "in_title",
)  # fmt: skip
_COMPARED: tuple[tuple[Source, int], ...] = (("article", 36), ("comment", 16))
"""Sentences that are compared; each costs some milliseconds when it is first read."""
_AS_LIKELY, _NEARLY, _MOST_TOLD = 0.45, 0.95, 3
_BESIDE, _NEXT = 0.05, 2
"""Share of the likeliest one's probability from which a sentence next to it is told with it; the
characters between them. Of the questions answered beside the mark, a third are so answered."""
_READ = 14
"""Sentences that the reader reads, those nearest by meaning and words."""
_OF_WORDS = 0.3
_WIDEST_READ = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerModel(Trees):
    """The trees, and what a probability means.

    `sure` is the probability from which a sentence is told, `unlikely` that below which nothing is.
    """

    sure: float
    unlikely: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """The sentences of a page as answers to a question, the likeliest first; empty if unread.

    The score of each is its probability. Of those nearly as likely as the best, the ones with the
    words of the question go first, then those of the article: "Tickets cost from 39 crowns" tells
    less what a bed costs than a reader's "39 is without a bed".
    """

    spans: tuple[ScoredSpan, ...] = ()

    @property
    def told(self) -> list[ScoredSpan]:
        """The sentences that answer, of the article or of readers; none where none surely does."""
        sure = [item for item in self.spans if item.score >= answer_model().sure]
        own = [item for item in sure if item.passage.source == sure[0].passage.source]
        return [item for item in own[:_MOST_TOLD] if item.score >= _AS_LIKELY * own[0].score]

    def beside(self, best: ScoredSpan) -> list[ScoredSpan]:
        """Return the likelier neighbour of a sentence in its passage, if it may belong to it.

        "Gale blames the landlord. She says he cut the power" tells why only with both.
        """
        near = [item for item in self.spans if _is_beside(item, best)]
        return [item for item in near[:1] if item.score >= _BESIDE * best.score]

    def carries(self, chosen: ScoredSpan) -> bool:
        """Whether a sentence that was read is not too unlikely to be the answer."""
        return any(
            item.score >= answer_model().unlikely
            for item in self.spans
            if item.start < chosen.end and chosen.start < item.end
        )

    def at_least(self, share: float) -> bool:
        """Whether a sentence answers with that probability."""
        return any(item.score >= share for item in self.spans)

    def where(self, holds: Callable[[ScoredSpan], bool]) -> "Likelihood":
        """Return the likelihood of those sentences alone of which something holds."""
        return Likelihood(spans=tuple(filter(holds, self.spans)))


@cache
def answer_model() -> AnswerModel:
    """Return the bundled trees."""
    return AnswerModel.bundled(
        "assistant.extractive", WEIGHTS, FEATURES, made_by="training.answering"
    )


def likelihood_of(inquiry: Inquiry) -> Likelihood:
    """Return how likely the sentences of a page answer a question; empty without a reader."""
    spans, features = measured(inquiry)
    if not spans:
        return Likelihood()
    shares = map(float, probabilities(answer_model().logits(features)))
    words = map(float, features[:, FEATURES.index("words")])
    scored: dict[int, tuple[ScoredSpan, float]] = {}
    for (span, passage), share, held in sorted(
        zip(spans, shares, words, strict=True), key=lambda row: -row[1]
    ):
        item = ScoredSpan(start=span.start, end=span.end, passage=passage, score=share)
        for each in led_to(inquiry.article, item):
            if not _is_bare(inquiry, each):
                scored.setdefault(each.start, (each, held))
    best = max((item.score for item, _ in scored.values()), default=0.0)

    def rank(row: tuple[ScoredSpan, float]) -> tuple[float, ...]:
        item, held = row
        if item.score < _NEARLY * best:
            return (1.0, -item.score, item.start)
        return (0.0, -held, item.passage.source == "comment", -item.score, item.start)

    return Likelihood(spans=tuple(item for item, _ in sorted(scored.values(), key=rank)))


def _is_bare(inquiry: Inquiry, item: ScoredSpan) -> bool:
    """Whether words say nothing and have none that the question has not: a name in a list."""
    text = inquiry.article.text[item.start : item.end]
    told = set(content_words(text)) - set(folded_words(inquiry.question.plain))
    return not told and not is_proposition(text)


def measured(inquiry: Inquiry) -> tuple[list[tuple[Span, Passage]], Numbers]:
    """Return the sentences that were read and what is known of each, (sentences, features).

    What the article says is compared with the article alone: no comment takes anything from it.
    """
    spans = _compared(inquiry)
    own = [pair for pair in spans if pair[1].source == "article"]
    if inquiry.reader is None or len(own) < 2:
        return [], np.zeros((0, len(FEATURES)), np.float32)
    found, features = _among(inquiry, inquiry.reader, own, told="article")
    if len(own) == len(spans):
        return found, features
    beside, others = _among(inquiry, inquiry.reader, spans, told="comment")
    return found + beside, np.concatenate([features, others])


def _is_beside(span: ScoredSpan, other: ScoredSpan) -> bool:
    """Whether two sentences are neighbours in one passage."""
    gap = max(span.start, other.start) - min(span.end, other.end)
    return span.passage == other.passage and 0 <= gap <= _NEXT


def _among(
    inquiry: Inquiry, reader: AnswerReader, spans: Sequence[tuple[Span, Passage]], *, told: Source
) -> tuple[list[tuple[Span, Passage]], Numbers]:
    """Return the likeliest of some sentences and what is known of each beside all of them.

    Of those that are told, the article's or the readers'.
    """
    question = inquiry.question
    texts = [span.of(inquiry.article.text) for span, _ in spans]
    near = np.array(reader.nearness(question.plain, texts), np.float32)
    words = inquiry.coverage(texts)
    lead, words_lead = lead_of(near), lead_of(words)
    above = in_page(near)
    few = np.argsort(-(near + _OF_WORDS * words), kind="stable")[:_READ]
    read = np.array([logit_of(p) for p in inquiry.answers([spans[place][0] for place in few])])
    read_lead = lead_of(read, widest=_WIDEST_READ)
    around = inquiry.coverage([_with_sentence_before(inquiry, *spans[place]) for place in few])
    about = _about(inquiry)
    held = inquiry.held_in("article") if inquiry.terms else np.ones(1, np.float32)
    page = (float(held.mean()), float(held.min()), inquiry.misses_name, inquiry.is_across)
    wants_number = question.want == "number" or question.measure is not None
    strange = len(inquiry.unknown) / max(1, len(inquiry.terms))
    found, rows = [], []
    for row, place in enumerate(few):
        span, passage = spans[place]
        if passage.source != told:
            continue
        found.append((span, passage))
        kind = is_of_kind(inquiry, texts[place])
        is_about = about is not None and any(
            span.start < a.end and a.start < span.end for a in about
        )
        rows.append((
            near[place], lead[place], above[place], read[row], words[place],
            words_lead[place], kind is True, kind is False, *page,
            passage.source == "article", near[place] * inquiry.is_across,
            words[place] * inquiry.is_across, len(inquiry.terms) <= 1, read_lead[row],
            around[row], inquiry.nearness(passage), is_about, about is not None and not is_about,
            wants_number and kind is True, wants_number and kind is False,
            question.want == "reason" and kind is True, question.want == "reason" and kind is False,
            question.want == "person" and kind is True, question.want is None and not wants_number,
            strange, passage.kind == "title",
        ))  # fmt: skip
    return found, np.array(rows, np.float32).reshape(len(found), len(FEATURES))


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


def _about(inquiry: Inquiry) -> list[Span] | None:
    """Return the sentences about whom a question names; None where it names nobody."""
    speaker = inquiry.question.speaker
    if speaker is None or inquiry.is_across:
        return None
    return people.sentences_about(inquiry, speaker)


def _with_sentence_before(inquiry: Inquiry, span: Span, passage: Passage) -> str:
    """Return a sentence with the one before it in its passage, which often names the thing."""
    text = inquiry.article.text
    before = [s for s in sentence_spans(text, passage.start, span.start) if s.end <= span.start]
    return text[(before[-1].start if before else span.start) : span.end]
