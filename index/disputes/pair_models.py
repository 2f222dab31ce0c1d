"""What is learned of contests inside an article: trees over pairs of sentences, and a reading.

The trees weigh the signs of `index.disputes.pairs`, a regression weighs them with what the reader
says. All are JSON files made by `training.within`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from index.disputes.likelihood import Word
from index.disputes.pairs import FEATURES, Pair
from index.disputes.tone import INNER, Tone
from index.encoder.regression import Numbers, Regression, logit
from index.encoder.trees import Trees

WEIGHTS, READING = "within.json", "within_read.json"
READ = ("trees", "reader", "carried")
_MADE_BY = "training.within"
_LENGTH = FEATURES.index("sentences_of_article")
_LONG = math.log1p(12)
"""As long as the longest articles of training. One of twice as many sentences has twice as many
pairs, so that each needs twice the odds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinModel(Trees):
    """The trees, and the logit from which a pair is worth reading."""

    worth_reading: float

    def likely(self, pairs: Sequence[Pair]) -> list[tuple[float, Pair]]:
        """Return the pairs that are worth reading with their logits, the likeliest first."""
        if not pairs:
            return []
        logits = self.logits(np.array([pair.features for pair in pairs]))
        found = [
            (float(at), pair)
            for at, pair in zip(logits, pairs, strict=True)
            if at >= self.worth_reading and pair.may_contest
        ]
        return sorted(found, key=lambda item: -item[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinReading(Regression):
    """Weighs the trees and the reader; what is not read needs the logit `least_unread`.

    Two speakers need the probability `threshold`, the narrator needs `threshold_of_narrator`.
    """

    threshold: float
    threshold_of_narrator: float
    least_unread: float

    def confirmed(self, likely: Sequence[tuple[float, Pair]], read: Sequence[Word]) -> list[Pair]:
        """Return the one claim that each sentence contests, in reading order.

        Of those by the narrator the surest alone: the longer an article, the more of its sentences
        look like one. `read` is what the reader says of the first ones.
        """
        best: dict[int, tuple[float, Pair]] = {}
        for place, (value, pair) in enumerate(likely):
            least = self.threshold_of_narrator if pair.is_by_narrator else self.threshold
            excess = value - self.least_unread
            if place < len(read):
                excess = float(self.logits(read_signs(value, read[place]))) - logit(least)
            excess -= max(0.0, float(pair.features[_LENGTH]) - _LONG)
            at = -1 if pair.is_by_narrator else pair.position.start
            if excess >= max(0.0, best.get(at, (0.0,))[0]):
                best[at] = excess, pair
        return sorted((pair for _, pair in best.values()), key=lambda pair: pair.position.start)


def read_signs(of_trees: float, word: Word) -> Numbers:
    """Return the signs named by `READ`."""
    return np.array([of_trees, word.contests, word.carries], np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """All that is learned of contests inside an article."""

    tone: Tone
    inner: Tone
    trees: WithinModel
    reading: WithinReading

    @classmethod
    @cache
    def bundled(cls) -> "Models":
        """Return those of the package."""
        return cls(
            tone=Tone.bundled(),
            inner=Tone.bundled(INNER),
            trees=WithinModel.bundled("index.disputes", WEIGHTS, FEATURES, made_by=_MADE_BY),
            reading=WithinReading.bundled("index.disputes", READING, READ, made_by=_MADE_BY),
        )
