"""What answers a question that goes on from the answer before it: a small trained model.

The answer to a follow-up mostly stands near what was quoted last: the next sentence tells why, a
reply contests it, the paragraph goes on about the same person. So each sentence and comment that
comes into question is measured by what it is about, by where it stands to what was quoted, by whom
it names, and by whether the kind of question that was made out already led to it. A logistic
regression weighs them. Its weights are a JSON file made by `training.continuing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from assistant.extractive import facts
from assistant.extractive.answerability import is_of_kind
from assistant.extractive.composing import Draft
from assistant.extractive.inquiry import MATCHED, Inquiry
from assistant.extractive.likeness import in_page, lead_of, logit_of
from assistant.extractive.sentences import ScoredSpan
from assistant.intents import BY_NAME
from assistant.question import Memory, Question, meant
from index.article import Comment
from index.encoder.regression import Numbers, SureRegression, probabilities
from index.language.words import Span, content_words, folded_words
from index.library.narration import sentences_of
from index.statements import Speaker, is_denied

WEIGHTS = "continuing.json"
FEATURES = (
    "read", "read_both", "near_both", "near_both_lead", "nearness_in_page", "words", "of_kind",
    "of_other_kind", "told", "leans_told", "draft_refuses", "quoted", "quoted_before",
    "same_passage", "right_behind", "answers_quoted", "comment_asked",
    "article_though_readers_asked", "comment_behind_comment", "of_role", "denies_asked",
    "of_quoted_speaker", "of_meant", "names_meant",
)  # fmt: skip
_NEAREST, _READ = (8, 5), 18
"""Sentences and comments that come into question by their meaning; all that are read."""
_MOST_COMPARED = 80
"""Sentences and comments of a page whose meaning is compared, each some milliseconds' work."""
_OF_WORDS = 0.3
"""What the words of a question count beside its meaning where it is decided what is read."""
_STANDS = frozenset({
    "disputed", "stance", "who_said", "readers_summary", "did_say", "compare", "supported",
    "yes_no",
})  # fmt: skip
LIKELY = 0.5
"""Probability below which what is told is not said to answer outright."""
_AS_LIKELY, _MOST_TOLD = 0.4, 3
"""Share of the best probability from which others are told beside one that is not likely."""
_TOGETHER = 2
"""Signs between a sentence and the next one."""


@cache
def continuing_model() -> SureRegression:
    """Return the bundled weights; from `sure` on another passage is told than was found."""
    return SureRegression.bundled(
        "assistant.extractive", WEIGHTS, FEATURES, made_by="training.continuing"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence of the article, or a comment's own words, as an answer."""

    span: Span
    comment: Comment | None = None


def continued(inquiry: Inquiry, draft: Draft) -> Draft:
    """Return what answers a question that has one before it: the draft, or something likelier."""
    if draft.verdict != "none" or BY_NAME[inquiry.question.intent].of_record:
        return draft  # the record decides
    if _stands_alone(inquiry.question):
        return draft
    candidates, features = measured(inquiry, draft)
    if not candidates:
        return draft
    shares = probabilities(continuing_model().logits(features))
    of_draft = features[:, FEATURES.index("told")] > 0
    if inquiry.question.intent == "said_what" and of_draft.any():
        # "What else does he say?" is answered by nobody else's words.
        shares[~(of_draft | (features[:, FEATURES.index("of_meant")] > 0))] = 0.0
    order = chosen(shares)
    best = order[0]
    is_likely, is_told = shares[best] >= LIKELY, of_draft[best]
    # "How many likes has that reply?" is told with the comment, not by it.
    is_enough = inquiry.question.want == "number" or len(draft.citations) >= _MOST_TOLD
    if shares[best] < continuing_model().sure or (is_told and (is_likely or is_enough)):
        return draft
    # What the kind of question led to is not split: "@oarlock then buy it" with what it answers.
    first = map(int, np.flatnonzero(of_draft)) if is_told else ()
    places = list(dict.fromkeys((*first, *order)))[:_MOST_TOLD]
    if all(of_draft[place] for place in places):
        return draft
    told = [candidates[place] for place in places]
    lanes = {"article_says" if one.comment is None else "readers_say" for one in told}
    inquiry.composer.say(lanes.pop() if is_likely and len(lanes) == 1 else "unclear")
    for one in told:
        _quote(inquiry, one)
    return inquiry.composer.finish()


def _stands_alone(question: Question) -> bool:
    """Whether nothing told before is asked about: "How much is a flight?", "Sum it up"."""
    intent = BY_NAME[question.intent]
    asks_for_all = intent.of_a_whole or intent.is_list
    return not question.refers_back and (asks_for_all or _has_topic(question))


def _has_topic(question: Question) -> bool:
    return bool(question.terms or question.speaker)


def going_on(before: str, asked: str) -> str:
    """Return a question with the one before it, as the reader has learned to read them."""
    return f"{before} {asked}"


def chosen(shares: Numbers) -> list[int]:
    """Return which are told, the likeliest first: where none is likely, those nearly as much."""
    order = list(map(int, np.argsort(-shares, kind="stable")))
    best = float(shares[order[0]])
    least = LIKELY if best >= LIKELY else _AS_LIKELY * best
    return [n for n in order[:_MOST_TOLD] if shares[n] >= least]


def _quote(inquiry: Inquiry, one: Candidate) -> None:
    if one.comment is not None:
        inquiry.composer.quote_comment(one.comment)
        return
    start, end = one.span.start, one.span.end
    passage = inquiry.article.passage_at(start)
    facts.quote(ScoredSpan(start=start, end=end, passage=passage, score=1.0), inquiry)


def measured(inquiry: Inquiry, draft: Draft) -> tuple[list[Candidate], Numbers]:
    """Return what comes into question and what is known of each, (candidates, features)."""
    question, article, memory = inquiry.question, inquiry.article, inquiry.question.memory
    if inquiry.reader is None or memory is None or not memory.quoted:
        return [], np.zeros((0, len(FEATURES)), np.float32)
    place = _Place(inquiry, memory)
    everything = _everything(inquiry, place)
    texts = [one.span.of(article.text) for one in everything]
    both = going_on(memory.question.plain, question.plain)
    near, near_both = (
        np.array(inquiry.reader.nearness(asked, texts), np.float32)
        for asked in (question.plain, both)
    )
    words = inquiry.coverage(texts)
    cited = [Span(c.start, c.end) for c in draft.citations]
    worth: Numbers = (near + near_both + _OF_WORDS * words).astype(np.float32)
    kept = _kept(everything, worth, [place.is_beside(one) for one in everything], cited)
    above, lead = in_page(near), lead_of(near_both)
    leans = question.refers_back or not _has_topic(question)
    stands = question.intent in _STANDS
    spans = [everything[n].span for n in kept]
    reads = zip(kept, inquiry.answers(spans), inquiry.answers(spans, asked=both), strict=True)
    rows = []
    for n, read, read_both in reads:
        one, text = everything[n], texts[n]
        kind, told = is_of_kind(inquiry, text), _meets(one.span, cited)
        is_comment = one.comment is not None
        rows.append((
            logit_of(read), logit_of(read_both), near_both[n], lead[n], above[n], words[n],
            kind is True, kind is False, told, leans and told, not cited, *place.of(one),
            is_comment and question.asks_readers, not is_comment and question.asks_readers,
            is_comment and bool(place.comments), place.is_of_role(one),
            stands and is_denied(text, article.language), *place.of_people(one, text),
        ))  # fmt: skip
    return [everything[n] for n in kept], np.array(rows, np.float32)


def _everything(inquiry: Inquiry, place: "_Place") -> list[Candidate]:
    """Return the sentences of the article and the comments, in reading order.

    Of readers who are asked their own; of a long page those in the passages nearest to the
    question, and beside what was quoted.
    """
    article = inquiry.article
    comments = [
        Candidate(span=Span(*max(own, key=lambda span: span[1] - span[0])), comment=comment)
        for comment in article.live_comments()
        if (own := comment.own_spans())
    ]
    if inquiry.asks_readers_alone and comments:
        return comments
    everything = [*(Candidate(span=span) for span in sentences_of(article)), *comments]
    if len(everything) <= _MOST_COMPARED:
        return everything
    lanes = (inquiry.evidence("article"), inquiry.evidence("comment"))
    near = {item.passage.label for lane in lanes for item in lane}
    return [
        one
        for one in everything
        if article.passage_at(one.span.start).label in near or place.is_beside(one)
    ]


def _kept(
    everything: Sequence[Candidate], worth: Numbers, beside: Sequence[bool], cited: Sequence[Span]
) -> list[int]:
    """Return which are read: those of the draft, beside the quoted, and nearest of each lane."""
    order = list(map(int, np.argsort(-worth, kind="stable")))
    drafted = [n for n in order if _meets(everything[n].span, cited)]
    mixed = [n for pair in zip((n for n in order if beside[n]), order, strict=False) for n in pair]
    lanes = [
        n
        for is_comment, most in zip((False, True), _NEAREST, strict=True)
        for n in [n for n in order if (everything[n].comment is not None) is is_comment][:most]
    ]
    return list(dict.fromkeys((*drafted, *mixed, *lanes)))[:_READ]


def _meets(one: Span, others: Sequence[Span]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


class _Place:
    """Where the passages of a page stand to what was quoted last, and to whom it is about."""

    def __init__(self, inquiry: Inquiry, memory: Memory) -> None:
        self._inquiry, self._memory = inquiry, memory
        passages = [inquiry.article.passage_at(span.start) for span in memory.quoted]
        self._labels = {passage.label for passage in passages}
        found = [inquiry.article.comment_of(passage) for passage in passages]
        self.comments = {comment.number for comment in found if comment is not None}
        quoted = (self._speaker(Candidate(span=span)) for span in memory.quoted)
        self._heard = {*(c.author for c in found if c and c.author), *(s.name for s in quoted if s)}
        somebody = meant(inquiry.question, memory.people, without_sign=True)
        self._meant = somebody.name if somebody and somebody.name else ""

    def of(self, one: Candidate) -> tuple[bool, ...]:
        """Return how a passage stands to what was quoted, as the features of that name."""
        memory = self._memory
        quoted, before = (_meets(one.span, s) for s in (memory.quoted, memory.quoted_before))
        if one.comment is not None:
            answered = {c.number for c in self._inquiry.article_index.answered_by(one.comment)}
            answers = bool((answered - {one.comment.number}) & self.comments)
            return (quoted, before, False, False, answers)
        behind = any(0 <= one.span.start - span.end <= _TOGETHER for span in memory.quoted)
        same = self._inquiry.article.passage_at(one.span.start).label in self._labels
        return (quoted, before, same, same and behind, False)

    def is_beside(self, one: Candidate) -> bool:
        """Whether a passage stands with what was quoted or answers it."""
        _, _, same, _, answers = self.of(one)
        return same or answers

    def of_people(self, one: Candidate, text: str) -> tuple[bool, ...]:
        """Return whose words they are and whom they name, as the features of that name."""
        speaker = self._speaker(one)
        name = one.comment.author if one.comment else speaker.name if speaker else None
        is_named = not set(content_words(self._meant)[-1:]).isdisjoint(folded_words(text))
        return (name in self._heard, bool(name) and name == self._meant, is_named)

    def _speaker(self, one: Candidate) -> Speaker | None:
        """Return who says a sentence of the article; a comment has its author."""
        said = None if one.comment else self._inquiry.said_in(one.span.start, one.span.end)
        return said.speaker if said else None

    def is_of_role(self, one: Candidate) -> bool:
        """Whether words of the question name or describe whoever says it."""
        described = one.comment.author or "" if one.comment else ""
        if (speaker := self._speaker(one)) is not None:
            described = " ".join((speaker.name, speaker.role or "", *speaker.aliases))
        terms = [term.text for term in self._inquiry.question.all_terms]
        if not terms or not described:
            return False
        return bool(self._inquiry.article_index.align(terms, [described]).max() >= MATCHED)
