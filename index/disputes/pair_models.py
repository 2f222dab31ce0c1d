"""What is learned of contests inside an article: trees over pairs of sentences, and a reading.

The trees weigh the signs of `index.disputes.pairs`, a regression weighs them with what the reader
says. All are JSON files made by `training.within`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from index.disputes.pairs import FEATURES, Pair
from index.disputes.reader_words import Word
from index.disputes.tone import INNER, Tone
from index.encoder.regression import Numbers, Regression, logit
from index.encoder.trees import Trees

WEIGHTS, READING = "within.json", "within_read.json"
READ = ("trees", "reader", "carried")
_RULED_OUT = -5.0
"""Logit below which the reader is sure that a pair is no contest, whatever the trees expect: "The
piles are sound, said the engineer. The ticket office cannot be saved, however, said the trust."
"""
_MADE_BY = "training.within"


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
            if at >= self.worth_reading
        ]
        return sorted(found, key=lambda item: -item[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinReading(Regression):
    """Weighs the trees and the reader; a pair needs the probability `threshold`."""

    threshold: float

    def confirmed(self, likely: Sequence[tuple[float, Pair]], read: Sequence[Word]) -> list[Pair]:
        """Return the one claim that each sentence contests, in reading order.

        `read` is what the reader says of each of the likely ones.
        """
        best: dict[int, tuple[float, Pair]] = {}
        for (value, pair), word in zip(likely, read, strict=True):
            if word.contests < _RULED_OUT:
                continue
            excess = float(self.logits(read_signs(value, word))) - logit(self.threshold)
            if excess >= max(0.0, best.get(pair.position.start, (0.0,))[0]):
                best[pair.position.start] = excess, pair
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
