"""What answers a question that goes on from the answer before it: a small trained model.

The answer to a follow-up mostly stands beside what was quoted last: the next sentence tells why,
a reply contests it, the paragraph goes on about the same person. So each sentence and comment that
comes into question is measured by what it is about, by where it stands to what was quoted, by who
says it, and by whether the kind of question that was made out already led to it. A logistic
regression weighs them. Its weights are a JSON file made by `training.continuing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from assistant.extractive import facts
from assistant.extractive.answerability import is_of_kind
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import MATCHED, Inquiry
from assistant.extractive.likelihood import lead_of, logit_of
from assistant.extractive.sentences import ScoredSpan, sentences_of
from assistant.intents import BY_NAME
from index.article import Comment
from index.encoder.regression import Numbers, Regression
from index.language.words import Span, content_words, folded_words
from index.statements import is_denied

WEIGHTS = "continuing.json"
FEATURES = (
    "read", "nearness", "nearness_lead", "nearness_in_page", "read_both", "near_both",
    "near_both_lead", "words", "of_kind", "of_other_kind",
    "told", "told_first", "draft_refuses", "near_quoted", "quoted", "quoted_before",
    "same_passage", "right_behind", "right_before", "next_passage", "beside_before",
    "answers_quoted", "answered_by_quoted", "same_author", "same_thread", "is_comment",
    "comment_asked", "article_though_readers_asked", "comment_behind_comment",
    "by_person", "names_person", "by_person_asked", "by_recent", "names_recent", "of_role",
    "contests", "supports", "contests_asked", "supports_asked", "denies_asked",
    "other_voice_asked", "near_quoted_asked", "answers_asked",
    "leans_same_passage", "leans_right_behind", "leans_words", "leans_told", "leans_next_passage",
)  # fmt: skip
_NEAREST, _READ = (8, 5), 18
"""Sentences and comments that come into question by their meaning; all that are read."""
_OF_WORDS = 0.3
"""What the words of a question count beside its meaning where it is decided what is read."""
_AGAINST = frozenset({"disputed", "stance", "who_said", "readers_summary", "did_say", "compare"})
_FOR = frozenset({"supported", "stance"})
_SAYS = frozenset({"said_what", "did_say", "comment_by", "comment_replies", "factual", "yes_no"})
_LEAST = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuingModel(Regression):
    """The weights, and the probability from which another passage is told than was found."""

    sure: float


@cache
def continuing_model() -> ContinuingModel:
    """Return the bundled weights."""
    return ContinuingModel.bundled(
        "assistant.extractive", WEIGHTS, FEATURES, made_by="training.continuing"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence of the article, or a comment, as an answer."""

    span: Span
    label: str
    comment: Comment | None


def continued(inquiry: Inquiry, draft: Draft) -> Draft:
    """Return what answers a question that has one before it: the draft, or something likelier."""
    if BY_NAME[inquiry.question.intent].of_record or inquiry.reader is None:
        return draft
    candidates, features = measured(inquiry, draft)
    if not candidates:
        return draft
    shares = 1 / (1 + np.exp(-continuing_model().logits(features)))
    best = int(shares.argmax())
    told = features[:, FEATURES.index("told")]
    if told[best] or shares[best] < continuing_model().sure:
        return draft
    return _told(inquiry, candidates[best])


def _told(inquiry: Inquiry, chosen: Candidate) -> Draft:
    composer = inquiry.composer
    if chosen.comment is not None:
        composer.introduce("readers_say")
        composer.quote_comment(chosen.comment)
        return composer.finish()
    composer.say("article_says")
    passage = inquiry.article.passage_at(chosen.span.start)
    span = ScoredSpan(start=chosen.span.start, end=chosen.span.end, passage=passage, score=1.0)
    facts.quote(span, inquiry)
    return composer.finish()


def measured(inquiry: Inquiry, draft: Draft) -> tuple[list[Candidate], Numbers]:
    """Return what comes into question and what is known of each, (candidates, features)."""
    place = _Place(inquiry)
    if inquiry.reader is None or not place.candidates:
        return [], np.zeros((0, len(FEATURES)), np.float32)
    question, article = inquiry.question, inquiry.article
    everything = place.candidates
    texts = [place.text(each) for each in everything]
    near = np.array(inquiry.reader.nearness(question.plain, texts), np.float32)
    words = inquiry.coverage(texts)
    quoted = " ".join(span.of(article.text) for span in question.before)
    near_quoted = np.array(
        inquiry.reader.nearness(quoted, texts) if quoted else np.zeros(len(texts)), np.float32
    )
    cited = [Span(c.start, c.end) for c in draft.citations]
    both = f"{question.asked_before} {question.plain}"
    near_both = np.array(inquiry.reader.nearness(both, texts), np.float32)
    kept = _kept(place, near + near_both + _OF_WORDS * words, cited)
    read_both = dict(zip(kept, inquiry.reader.answers(both, [texts[n] for n in kept]), strict=True))
    in_page = (near - near.mean()) / (near.std() + _LEAST)
    lead, lead_both = lead_of(near), lead_of(near_both)
    read = dict(zip(kept, inquiry.answers([texts[n] for n in kept]), strict=True))
    intent = question.intent
    against, favour, says = intent in _AGAINST, intent in _FOR, intent in _SAYS
    leans = question.is_follow_up or question.goes_on or not (question.terms or question.speaker)
    rows = []
    for n in kept:
        one, text = everything[n], texts[n]
        kind = is_of_kind(inquiry, text)
        told = [_meet(one.span, span) for span in cited]
        is_comment = one.comment is not None
        position = place.position(one)
        thread = place.thread(one)
        by_person = place.is_by(one, place.person)
        contests, supports = place.stands(one)
        other = place.is_other_voice(one)
        rows.append((
            logit_of(read[n]), near[n], lead[n], in_page[n], logit_of(read_both[n]), near_both[n],
            lead_both[n], words[n],
            kind is True, kind is False, any(told), bool(told) and told[0], not cited,
            near_quoted[n], *position, *thread, is_comment,
            is_comment and question.asks_readers, not is_comment and question.asks_readers,
            is_comment and place.is_of_comments,
            by_person, place.names(text, place.person), by_person and says,
            place.is_by(one, place.recent), place.names(text, place.recent), place.role(one),
            contests, supports, contests and against, supports and favour,
            (against or favour or intent == "yes_no") and is_denied(text, article.language),
            (against or favour) and other, (against or favour) * near_quoted[n],
            intent == "comment_replies" and thread[0],
            leans and position[2], leans and position[3], leans * words[n],
            leans and any(told), leans and position[5],
        ))  # fmt: skip
    return [everything[n] for n in kept], np.array(rows, np.float32)


def _kept(place: "_Place", values: Numbers, cited: Sequence[Span]) -> list[int]:
    """Return which candidates are read: the nearest of each lane, and those beside the quoted."""
    order = np.argsort(-values, kind="stable")
    first = [n for n, one in enumerate(place.candidates) if any(_meet(one.span, c) for c in cited)]
    beside = [n for n in order if place.is_beside(place.candidates[n])]
    lanes = [
        [n for n in order if (place.candidates[n].comment is not None) is is_comment][:most]
        for is_comment, most in zip((False, True), _NEAREST, strict=True)
    ]
    mixed = [n for pair in zip(beside, order, strict=False) for n in pair]
    return list(dict.fromkeys(map(int, (*first, *mixed, *lanes[0], *lanes[1]))))[:_READ]


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


class _Place:
    """Where the passages of a page stand to what was quoted last."""

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry
        self._article = inquiry.article
        question = inquiry.question
        self._quoted, self._earlier = question.before, question.long_before
        asked = question.speaker.name if question.speaker else question.author
        self.person = asked or ""
        self.recent = "" if asked else next(iter(question.spoken_of), "")

    @cached_property
    def candidates(self) -> list[Candidate]:
        """The sentences of the article and the comments, in reading order."""
        article = self._article
        sentences = [
            Candidate(span=span, label=article.passage_at(span.start).label, comment=None)
            for span in sentences_of(article)
        ]
        comments = [
            Candidate(span=Span(*max(own, key=lambda s: s[1] - s[0])), label=c.label, comment=c)
            for c in article.live_comments()
            if (own := c.own_spans())
        ]
        return [*sentences, *comments]

    def text(self, one: Candidate) -> str:
        return one.span.of(self._article.text)

    @cached_property
    def _order(self) -> list[str]:
        return [p.label for p in self._article.body()]

    @cached_property
    def _labels(self) -> tuple[list[str], list[str]]:
        return tuple(  # type: ignore[return-value]
            [self._article.passage_at(span.start).label for span in spans]
            for spans in (self._quoted, self._earlier)
        )

    @cached_property
    def _comments(self) -> list[Comment]:
        passages = [self._article.passage_at(span.start) for span in self._quoted]
        return [c for p in passages if (c := self._article.comment_of(p)) is not None]

    @property
    def is_of_comments(self) -> bool:
        """Whether comments were quoted last."""
        return bool(self._comments)

    def position(self, one: Candidate) -> tuple[float, ...]:
        """Return how a passage stands to the article's words that were quoted."""
        quoted = any(_meet(one.span, span) for span in self._quoted)
        before = any(_meet(one.span, span) for span in self._earlier)
        now, then = self._labels
        if one.comment is not None:
            return (quoted, before, False, False, False, False, False)
        same = one.label in now
        behind = same and any(0 <= one.span.start - span.end <= 2 for span in self._quoted)
        ahead = same and any(0 <= span.start - one.span.end <= 2 for span in self._quoted)
        place = self._order.index(one.label)
        places = [self._order.index(label) for label in now if label in self._order]
        beside = any(abs(place - other) == 1 for other in places)
        return (quoted, before, same, behind, ahead, beside, one.label in then)

    def is_beside(self, one: Candidate) -> bool:
        """Whether a passage stands beside what was quoted or answers it."""
        position = self.position(one)
        return bool(position[2] or position[5] or any(self.thread(one)))

    def thread(self, one: Candidate) -> tuple[float, ...]:
        """Return how a comment stands to the comments that were quoted."""
        if one.comment is None or not self._comments:
            return (0.0, 0.0, 0.0, 0.0)
        page, number = self._inquiry.article_index, one.comment.number
        others = [c for c in self._comments if c.number != number]
        answers = {c.number for c in page.answered_by(one.comment)}
        answered = {c.number for c in page.answers_to(one.comment)}
        return (
            any(c.number in answers for c in others),
            any(c.number in answered for c in others),
            any(c.author and c.author == one.comment.author for c in others),
            any(c.number.split(".")[0] == number.split(".")[0] for c in others),
        )

    def _speaker_of(self, one: Candidate) -> str | None:
        if one.comment is not None:
            return one.comment.author
        said = self._inquiry.said_in(one.span.start, one.span.end)
        return said.speaker.name if said and said.speaker else None

    def is_by(self, one: Candidate, name: str) -> bool:
        """Whether somebody says it."""
        return bool(name) and self._speaker_of(one) == name

    def names(self, text: str, name: str) -> bool:
        """Whether it names somebody."""
        return not set(content_words(name)[-1:]).isdisjoint(folded_words(text))

    def is_other_voice(self, one: Candidate) -> bool:
        """Whether somebody else says it than was quoted, or is asked about."""
        said = [self._inquiry.said_in(span.start, span.end) for span in self._quoted]
        own = {s.speaker.name for s in said if s and s.speaker} | {self.person}
        own |= {c.author for c in self._comments if c.author}
        speaker = self._speaker_of(one)
        return speaker is not None and speaker not in own

    def role(self, one: Candidate) -> float:
        """Return how much of the question's words the speaker's name and role hold."""
        said = self._inquiry.said_in(one.span.start, one.span.end)
        if one.comment is not None:
            described = one.comment.author or ""
        elif said is not None and said.speaker is not None:
            described = " ".join(
                (said.speaker.name, said.speaker.role or "", *said.speaker.aliases)
            )
        else:
            return 0.0
        if not self._inquiry.question.all_terms or not described:
            return 0.0
        terms = [term.text for term in self._inquiry.question.all_terms]
        return float(self._inquiry.article_index.align(terms, [described]).max() >= MATCHED)

    @cached_property
    def _stands(self) -> tuple[list[Span], list[Span]]:
        page = self._inquiry.article_index
        against: list[Span] = []
        favour: list[Span] = []
        for dispute in page.disputes:
            claim = Span(dispute.claim.start, dispute.claim.end)
            if any(_meet(claim, span) for span in self._quoted):
                against += [Span(p.start, p.end) for p in dispute.contested_by]
                favour += [Span(p.start, p.end) for p in dispute.supported_by]
        for agreement in page.agreements:
            claim = agreement.claim
            if claim and any(_meet(Span(claim.start, claim.end), span) for span in self._quoted):
                favour += [Span(p.start, p.end) for p in agreement.positions]
        return against, favour

    def stands(self, one: Candidate) -> tuple[bool, bool]:
        """Whether it contests what was quoted, and whether it sides with it."""
        against, favour = self._stands
        return (
            any(_meet(one.span, span) for span in against),
            any(_meet(one.span, span) for span in favour),
        )
