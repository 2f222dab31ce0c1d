"""What a comment contests, judged from many signs at once: a small trained model.

"My cellar had eleven inches in it on the 14th" stands under "Not a house has flooded since". No
word of it objects; what tells is that it takes up that sentence rather than any other, sounds like
no joke, wish or thanks, and gives another figure. Trees weigh such signs, and what the expressions
of `index.disputes.stance` say is some among them. They are a JSON file made by `training.contest`;
the threshold keeps the precision on pages that were not learned.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from index.article import Article, Comment
from index.disputes.addresses import same_author
from index.disputes.claims import TITLE, Sentence
from index.disputes.contest import Contest
from index.disputes.features import WordVectors
from index.disputes.reader_words import Word
from index.disputes.signs import OF_BOTH, OF_TARGET, OWN, Read, signs_of_both
from index.disputes.stance import read_markers, stance_of
from index.disputes.targets import Targets
from index.disputes.tone import LONGEST, Tone
from index.encoder.regression import Numbers, Regression, logit
from index.encoder.trees import Trees

WEIGHTS, READING = "contest.json", "contest_read.json"
READ = (
    "trees", "reader", "is_comment", "reader_on_comment", "carried", "tone_for", "tone_against",
    "comments_of_page",
)  # fmt: skip
_NEAR = ("nearness", "cosine", "cosine_of_sentence", "nearness_of_sentence")
_PLACE = (
    "is_comment", "is_title", "is_lead", "has_speaker", "is_reply", "is_parent", "is_addressed",
    "is_before", "distance", "goes_on", "sentences_of_article", "comments_of_page",
    "place_in_thread",
)  # fmt: skip
_TONE = (
    "tone_against", "tone_for", "tone_most_against", "tone_first_against", "target_tone_against",
    "target_tone_for",
)  # fmt: skip
_RULES = ("rule_against", "rule_for", "rule_against_other", "rule_for_other")
FEATURES = (
    *_NEAR, *(f"{name}_lead" for name in _NEAR), *(f"{name}_rank" for name in _NEAR),
    *_PLACE, *_TONE, *_RULES, *OWN, *OF_TARGET, *OF_BOTH,
)  # fmt: skip
_TOLD = [FEATURES.index(name) for name in ("tone_for", "tone_against", "comments_of_page")]
_NEAREST, _BACK, _READ_EACH = 4, 6, 2
_OPENING = 4
_SMOOTHING = 4
_FEWEST_COMMENTS = 3
"""A comment that stands alone contests no sooner than one of three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A comment, what it may contest, and the comment's sentence that sounds most like it."""

    comment: Comment
    target: Sentence | Comment
    most_against: int
    features: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """A candidate and the logit that the trees give it."""

    candidate: Candidate
    logit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestModel(Trees):
    """The trees, and the logit from which a pair is worth reading."""

    worth_reading: float

    def likely(self, groups: Sequence[Sequence[Candidate]]) -> list[Likely]:
        """Return the likeliest candidates of each comment, the likeliest of all first."""
        if not groups:
            return []
        features = np.array([item.features for group in groups for item in group])
        logits = iter(map(float, self.logits(features)))
        found: list[Likely] = []
        for group in groups:
            told = [Likely(candidate=item, logit=next(logits)) for item in group]
            told.sort(key=lambda item: -item.logit)
            found += [item for item in told[:_READ_EACH] if item.logit >= self.worth_reading]
        return sorted(found, key=lambda item: -item.logit)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingModel(Regression):
    """Weighs the trees and the reader; what is not read needs the logit `least_unread`."""

    threshold: float
    least_unread: float

    def confirmed(self, likely: Sequence[Likely], read: Sequence[Word]) -> list[Candidate]:
        """Return the one candidate of each comment that is contested.

        `read` is what the reader says of the first ones.
        """
        least = logit(self.threshold)
        best: dict[str, tuple[float, Candidate]] = {}
        for place, item in enumerate(likely):
            excess = item.logit - self.least_unread
            if place < len(read):
                excess = float(self.logits(read_signs(item, read[place]))) - least
            number = item.candidate.comment.number
            if excess >= max(0.0, best.get(number, (0.0,))[0]):
                best[number] = excess, item.candidate
        return [candidate for _, candidate in best.values()]


def read_signs(item: Likely, word: Word) -> Numbers:
    """Return the signs named by `READ`."""
    features = item.candidate.features
    is_comment = isinstance(item.candidate.target, Comment)
    return np.array(
        [
            item.logit, word.contests, is_comment, word.contests * is_comment, word.carries,
            *features[_TOLD],
        ],
        np.float32,
    )  # fmt: skip


@cache
def reading_model() -> ReadingModel:
    """Return the bundled weights."""
    return ReadingModel.bundled("index.disputes", READING, READ, made_by="training.contest")


@cache
def contest_model() -> ContestModel:
    """Return the bundled trees."""
    return ContestModel.bundled("index.disputes", WEIGHTS, FEATURES, made_by="training.contest")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """A text with its vector, those of its sentences, and their tones."""

    read: Read
    vector: Numbers
    of_sentences: Numbers
    tone: Numbers
    tones: Numbers


class Candidates:
    """Finds what comments may be about and measures the signs; linear in the thread."""

    def __init__(
        self, article: Article, targets: Targets, encoder: WordVectors, tone: Tone
    ) -> None:
        self._text = article.text
        self._claims = targets.claims
        self._targets = targets
        self._encoder = encoder
        self._tone = tone
        self._comments = [c for c in article.live_comments() if targets.comments.markers_of(c)[0]]
        self._places = {c.number: place for place, c in enumerate(self._comments)}
        self._lead = next((s for s in self._claims.sentences if s.passage != TITLE), None)
        known = self._claims.vocabulary
        spans = [(s.start, s.end) for s in self._claims.sentences]
        self._said = [
            Read(text=self._text, markers=read_markers(self._text, [span], known), known=known)
            for span in spans
        ]
        self._heard_sentences = self._heard(self._said)
        self._sentence_vectors = np.array([item.vector for item in self._heard_sentences])

    def of(
        self, comments: Sequence[Comment], found: Mapping[str, Sequence[Contest]]
    ) -> Iterator[list[Candidate]]:
        """Yield for each comment what it may contest.

        `found` is what the expressions of a comment show, by its number.
        """
        wanted = list({
            item.number: item
            for comment in comments
            if comment.number in self._places
            for item in (comment, *self._others(comment))
        }.values())  # fmt: skip
        reads = []
        for comment in wanted:
            markers, known = self._targets.comments.markers_of(comment)
            reads.append(Read(text=self._text, markers=markers, known=known))
        heard = dict(zip((c.number for c in wanted), self._heard(reads), strict=True))
        for comment in comments:
            if comment.number in heard:
                yield self._candidates(comment, heard, found.get(comment.number, ()))

    def _heard(self, reads: Sequence[Read]) -> list[_Heard]:
        wholes = [_written(read) for read in reads]
        parts = [item.sentence.of(self._text) for read in reads for item in read.markers]
        texts = [text[:LONGEST] for text in (*wholes, *parts)]
        if not texts:
            return []
        # A comment of one sentence is written twice.
        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        vectors = self._encoder.encode_documents(list(places))[[places[text] for text in texts]]
        tones = self._tone.of(texts, vectors)
        found, at = [], len(wholes)
        for place, read in enumerate(reads):
            until = at + len(read.markers)
            found.append(
                _Heard(
                    read=read, vector=vectors[place], of_sentences=vectors[at:until],
                    tone=tones[place], tones=tones[at:until],
                )
            )  # fmt: skip
            at = until
        return found

    def _candidates(
        self, comment: Comment, heard: Mapping[str, _Heard], found: Sequence[Contest]
    ) -> list[Candidate]:
        own = heard[comment.number]
        if _agrees(own.read) or _only_asks_back(own.read) or _marvels(own.read):
            return []
        sentences = self._sentences_near(own)
        others = [o for o in self._others(comment) if o.number in heard]
        answered = self._targets.addresses.answered(comment)
        targets: list[tuple[Sentence | Comment, _Heard, tuple[float, ...]]] = [
            *((self._claims.sentences[p], self._heard_sentences[p], near) for p, near in sentences),
            *((o, heard[o.number], self._near_comment(own, heard[o.number])) for o in others),
        ]
        if not targets:
            return []
        near = np.array([item[2] for item in targets], np.float32)
        order = (-near).argsort(axis=0, kind="stable").argsort(axis=0)
        top = np.sort(near, axis=0)[::-1][:2]
        second = top[-1]
        leads = near - np.where(order == 0, second, top[0])
        tone_own = (*own.tone, own.tones[:, 0].max(), own.tones[0, 0])
        candidates = []
        for place, (target, said, _) in enumerate(targets):
            speaker = target.speaker if isinstance(target, Sentence) else None
            features = (
                *near[place], *leads[place], *order[place],
                *self._place(comment, target, answered),
                *tone_own, *said.tone,
                *_by_rule(target, found),
                *own.read.own, *said.read.as_target,
                *signs_of_both(own.read, said.read, speaker),
            )  # fmt: skip
            candidates.append(
                Candidate(
                    comment=comment,
                    target=target,
                    most_against=int(own.tones[:, 0].argmax()),
                    features=np.array(features, np.float32),
                )
            )
        return candidates

    def _sentences_near(self, own: _Heard) -> list[tuple[int, tuple[float, ...]]]:
        """Return the places of the sentences a comment may mean, with how near they are."""
        count = len(self._heard_sentences)
        if not count:
            return []
        vectors = self._sentence_vectors
        cosine = vectors @ own.vector
        of_sentence = (vectors @ own.of_sentences.T).max(axis=1)
        near, near_sentence = np.zeros(count, np.float32), np.zeros(count, np.float32)
        for place, value in self._claims.nearness(own.read.whole.stems).items():
            near[place] = value
        for reading in own.read.sentences:
            for place, value in self._claims.nearness(reading.stems).items():
                near_sentence[place] = max(near_sentence[place], value)
        signs = np.stack([near, cosine, of_sentence, near_sentence], axis=1)
        best = {int(p) for sign in signs.T for p in (-sign).argsort(kind="stable")[:_NEAREST]}
        best |= {p for p, s in enumerate(self._claims.sentences) if s is self._lead or not p}
        return [(place, tuple(signs[place])) for place in sorted(best)]

    def _others(self, comment: Comment) -> list[Comment]:
        """Return what a comment answers, and those right before it."""
        place = self._places[comment.number]
        before = self._comments[max(0, place - _BACK) : place]
        near = [o for o in before if not same_author(o, comment)]
        answered = self._targets.addresses.answered(comment)
        return list({o.number: o for o in (*answered, *near)}.values())

    def _near_comment(self, own: _Heard, other: _Heard) -> tuple[float, ...]:
        stems = other.read.whole.stems
        norm = math.sqrt(_SMOOTHING + len(stems))
        shared = [
            sum(self._claims.weight(word) for word in stems.keys() & reading.stems.keys()) / norm
            for reading in (own.read.whole, *own.read.sentences)
        ]
        cosines = own.of_sentences @ other.of_sentences.T
        return shared[0], float(own.vector @ other.vector), float(cosines.max()), max(shared[1:])

    def _place(
        self, comment: Comment, target: Sentence | Comment, answered: Sequence[Comment]
    ) -> tuple[float, ...]:
        own = self._places[comment.number]
        is_comment = isinstance(target, Comment)
        distance = own - self._places.get(target.number, own) if isinstance(target, Comment) else 0
        return (
            is_comment,
            isinstance(target, Sentence) and target.passage == TITLE,
            target is self._lead,
            isinstance(target, Sentence) and target.speaker is not None,
            comment.parent is not None,
            isinstance(target, Comment) and target.number == comment.parent,
            any(o is target for o in answered),
            is_comment and distance == 1,
            min(distance, 20),
            isinstance(target, Comment) and target.parent is not None,
            math.log1p(len(self._claims.sentences)),
            math.log1p(max(_FEWEST_COMMENTS, len(self._comments))),
            math.log1p(own),
        )


def _agrees(read: Read) -> bool:
    """Whether a comment agrees, or begins by joining in: "Eleven here too"."""
    markers, known = read.markers, read.known
    stance = stance_of(markers[:_OPENING], known, is_answer=True)
    joins = any(known.stance.additive.find(item.words) for item in markers[:2])
    return joins or (stance is not None and stance.relation == "supports")


def _only_asks_back(read: Read) -> bool:
    """Whether it holds words up and asks no more: "Twelve carriages? And who pays?"."""
    return read.held_up is not None and all(item.is_question for item in read.markers)


def _marvels(read: Read) -> bool:
    """Whether it holds a figure up with an exclamation: "Forty runners! My shed holds five."."""
    first = read.markers[0].sentence.of(read.text)
    return read.held_up is not None and bool(read.held_up.numbers) and first.endswith("!")


def _written(read: Read) -> str:
    return " ".join(item.sentence.of(read.text) for item in read.markers)


def _by_rule(target: Sentence | Comment, found: Sequence[Contest]) -> tuple[float, ...]:
    """Return what the expressions of a comment show on a target, and on others."""
    signs = [0.0, 0.0, 0.0, 0.0]
    for item in found:
        is_this = item.claim.start < (target.end or 0) and (target.start or 0) < item.claim.end
        signs[(item.position.relation == "supports") + 2 * (not is_this)] = 1.0
    return tuple(signs)
