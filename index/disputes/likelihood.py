"""What a comment most likely contests where no expression shows it: a small trained model.

"My cellar had eleven inches in it on the 14th" stands under "Not a house has flooded since". No
word of it objects; what tells is that it takes up that sentence, speaks of what the reader saw and
neither thanks nor only asks. A logistic regression weighs such signs; its weights are a JSON file
made by `training.contest`, its thresholds keep the precision on pages not learned; that of replies
is higher, for who answers a comment on a real page more often goes on than objects.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from index.article import Comment
from index.disputes.claims import TITLE, Claims, Sentence
from index.disputes.comments import ReadComments, words_of
from index.disputes.conflict import Reading
from index.disputes.echoes import echoed
from index.disputes.features import WordVectors
from index.disputes.stance import Markers, says_i, stance_of
from index.encoder.regression import Numbers, Regression
from index.language.dispute_words import Vocabulary
from index.language.negation import negations
from index.language.numbers import agree
from index.language.words import content_words
from index.statements.statement import Speaker

WEIGHTS = "contest.json"
FEATURES = (
    "sentences_beside", "has_speaker", "is_title", "is_lead", "asks", "is_comment",
    "is_reply", "nearness", "nearness_in_page", "shared_words", "shared_numbers", "cosine",
    "numbers", "words", "thanks", "begins_with_oneself", "only_asks", "negations",
)  # fmt: skip
_COSINE = FEATURES.index("cosine")
_FEWEST_WORDS = 4
_OPENING = 4
_MOST_NUMBERS = 3
_SMOOTHING = 4
_FLATTEST = 0.1
_LONGEST = 600  # characters of a text whose meaning is compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A comment and what it may contest: a sentence of the article, or a comment it answers.

    `features` are those of `FEATURES`; the cosine is 0 until `with_cosines` has set it.
    """

    comment: Comment
    target: Sentence | Comment
    text: str
    features: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestModel(Regression):
    """The weights, and the probability from which a contest of an article or a comment counts."""

    threshold: float
    threshold_of_comments: float

    def excess(self, candidate: Candidate) -> float:
        """Return by how much the logit of a contest exceeds the threshold of such targets."""
        is_comment = isinstance(candidate.target, Comment)
        wanted = self.threshold_of_comments if is_comment else self.threshold
        return float(self.logits(candidate.features)) - math.log(wanted / (1 - wanted))

    def likely(self, candidates: Sequence[Candidate], encoder: WordVectors) -> list[Candidate]:
        """Return the most likely target of each comment that likely contests one."""
        reach = max(0.0, float(self.weights[_COSINE]))
        near = [item for item in candidates if self.excess(item) + reach >= 0]
        best: dict[str, tuple[float, Candidate]] = {}
        for item in with_cosines(near, encoder):
            excess = self.excess(item)
            if excess >= max(0.0, best.get(item.comment.number, (0.0,))[0]):
                best[item.comment.number] = excess, item
        return [item for _, item in best.values()]


@cache
def contest_model() -> ContestModel:
    """Return the bundled weights."""
    return ContestModel.bundled("index.disputes", WEIGHTS, FEATURES, made_by="training.contest")


def with_cosines(candidates: Sequence[Candidate], encoder: WordVectors) -> Iterator[Candidate]:
    """Yield the candidates with how alike both texts are, each text encoded once."""
    texts = list({text: None for c in candidates for text in (c.text, _own_text(c.comment))})
    places = {text: place for place, text in enumerate(texts)}
    vectors = encoder.encode_documents(texts)
    for item in candidates:
        features = item.features.copy()
        both = vectors[places[item.text]], vectors[places[_own_text(item.comment)]]
        features[_COSINE] = float(both[0] @ both[1])
        yield Candidate(comment=item.comment, target=item.target, text=item.text, features=features)


class Candidates:
    """Finds what a comment may be about and measures the signs; linear in the thread."""

    def __init__(self, text: str, claims: Claims, comments: ReadComments) -> None:
        self._text = text
        self._claims = claims
        self._comments = comments
        self._lead = next((s for s in claims.sentences if s.passage != TITLE), None)

    def of(self, comment: Comment, answered: Sequence[Comment]) -> Iterator[Candidate]:
        """Yield the sentence of the article that is nearest to a comment, and what it answers."""
        markers, known = self._comments.markers_of(comment)
        reading = Reading(text=self._text, words=words_of(markers), vocabulary=known)
        if len(reading.words) < _FEWEST_WORDS or _agrees(markers, known):
            return
        asks = markers[0].is_question or markers[0].sentence.of(self._text).endswith("!")
        if asks and echoed(markers, self._text, known) is not None:
            return  # "Twelve carriages? About time!": `index.disputes.echoes` has read it
        nearness = self._claims.nearness(reading.stems)
        mean = sum(nearness.values()) / max(1, len(self._claims.sentences))
        square = sum(v * v for v in nearness.values()) / max(1, len(self._claims.sentences))
        spread = math.sqrt(max(0.0, square - mean * mean)) + _FLATTEST
        own = self._signs(comment, markers, reading, known)
        sentences: list[tuple[Sentence | Comment, float]] = []
        if nearness:
            place = max(nearness, key=lambda p: (nearness[p], -p))
            sentence = self._claims.sentences[place]
            # "I was with Hettie from half past six" is rather her witness.
            if not _is_with(reading, sentence.speaker, known):
                sentences.append((sentence, nearness[place]))
        for other in answered:
            stems = self._comments.stems_of(other)
            shared = sum(self._claims.weight(word) for word in stems & reading.stems.keys())
            sentences.append((other, shared / math.sqrt(_SMOOTHING + len(stems))))
        for target, near in sentences:
            text, signs = self._of_target(target, reading)
            if reading.numbers and signs[-1] == min(_MOST_NUMBERS, len(reading.numbers)):
                continue  # "No: it costs four and a half million" repeats the claim's figure
            near_signs = [near, (near - mean) / spread]
            features = np.array([*signs[:7], *near_signs, *signs[7:], 0.0, *own], np.float32)
            features[FEATURES.index("is_reply")] = comment.parent is not None
            yield Candidate(comment=comment, target=target, text=text, features=features)

    def _of_target(
        self, target: Sentence | Comment, reading: Reading
    ) -> tuple[str, tuple[float, ...]]:
        """Return the words of what may be contested and its signs up to `shared_numbers`."""
        if isinstance(target, Sentence):
            claimed, sentences = target.reading, len(self._claims.sentences)
            text = self._text[target.start : target.end]
            is_title, asks = target.passage == TITLE, "?" in text
        else:
            markers, known = self._comments.markers_of(target)
            claimed = Reading(text=self._text, words=words_of(markers), vocabulary=known)
            sentences, is_title = len(markers), False
            text, asks = _own_text(target), self._comments.asks(target)
        return text, (
            math.log1p(sentences),
            isinstance(target, Sentence) and target.speaker is not None,
            is_title,
            target is self._lead,
            asks,
            isinstance(target, Comment),
            0.0,
            min(6, len(claimed.stems.keys() & reading.stems.keys())),
            min(_MOST_NUMBERS, sum(agree(number, claimed.numbers) for number in reading.numbers)),
        )

    def _signs(
        self, comment: Comment, markers: Sequence[Markers], reading: Reading, known: Vocabulary
    ) -> tuple[float, ...]:
        """Return the signs of the comment itself, whatever it is about."""
        return (
            min(4, len(reading.numbers)),
            math.log1p(len(reading.words)),
            bool(known.stance.thanks.find(reading.words)),
            says_i(markers[0].words, known),
            all(item.is_question for item in markers),
            sum(len(negations(item.words, known)) for item in markers) / len(markers),
        )


def _agrees(markers: Sequence[Markers], known: Vocabulary) -> bool:
    """Whether a comment agrees, or begins by joining in: "Eleven here too"."""
    stance = stance_of(markers[:_OPENING], known, is_answer=True)
    joins = any(known.stance.additive.find(item.words) for item in markers[:2])
    return (
        joins or bool(markers[0].supports) or (stance is not None and stance.relation == "supports")
    )


def _is_with(reading: Reading, speaker: Speaker | None, known: Vocabulary) -> bool:
    """Whether words speak of being with a speaker, who is named."""
    named = content_words(speaker.name) if speaker is not None else []
    return any(
        known.stance.siding.holds(one.folded) and other.folded in named
        for one, other in pairwise(reading.words)
    )


def _own_text(comment: Comment) -> str:
    return (comment.text or "")[:_LONGEST]
