"""Whether passages carry a sentence: one decision over the reader, nearness and signs.

The weights are a JSON file made by `training.checking`.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from typing import Protocol

import numpy as np

from assistant.checking.agreement import Signs
from assistant.learned import encoder
from index.encoder import Reader
from index.encoder.regression import Numbers, Regression, logit

WEIGHTS = "checking.json"
FEATURES = ("likeness", *(field.name for field in fields(Signs)))
_READ, _NEARNESS = 1.6, 6.0
"""Weights of the reader's logits and of the cosine in one number: the reader may be taken in by
what is about the same people and says something else; what a page carries is mostly near to it too.
Not learned with the rest: right sentences of the training data are farther from their passages
than wrong ones, by design; of sentences of models it is the reverse."""
_SUREST = 1e-4


class Judge(Protocol):
    """Says whether passages carry a sentence."""

    def carries(self, told: Sequence[str], near: str, sentence: str, *, signs: Signs) -> bool:
        """Return whether passages carry a sentence.

        Args:
            told: The passages, each with who says it.
            near: The sentences of them that the sentence stands on.
            sentence: What is said to stand there.
            signs: What speaks for or against it beside its meaning.
        """

    def nearness(self, sentence: str, texts: Sequence[str]) -> np.ndarray:
        """Return how near texts are to a sentence in meaning, (texts,) in [-1, 1]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights(Regression):
    """The weights, and the logit from which a sentence is shown as it was written."""

    least: float


@cache
def _weights() -> Weights:
    return Weights.bundled("assistant.checking", WEIGHTS, FEATURES, made_by="training.checking")


class ReaderJudge:
    """The bundled reader, the nearness that the bundled encoder finds, and the signs, weighed."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def carries(self, told: Sequence[str], near: str, sentence: str, *, signs: Signs) -> bool:
        """Return whether passages carry a sentence; see `Judge`."""
        weights = _weights()
        found = self.measured(told, near, sentence, signs)
        return float(weights.logits(found)) >= weights.least

    def nearness(self, sentence: str, texts: Sequence[str]) -> np.ndarray:
        """Return how near texts are to a sentence in meaning, (texts,) in [-1, 1]."""
        return nearness(sentence, texts)

    def measured(self, told: Sequence[str], near: str, sentence: str, signs: Signs) -> Numbers:
        """Return what is known of a sentence, as `FEATURES` names it."""
        return np.array([self._likeness(told, near, sentence), *astuple(signs)], np.float32)

    def _likeness(self, told: Sequence[str], near: str, sentence: str) -> float:
        """Return how alike a sentence and its passages are in meaning, on no scale of its own.

        Of several passages the one that carries it least: each must hold a part.
        """
        texts = dict.fromkeys((near, *told))
        supported = self._reader.supports([(text, sentence) for text in texts])
        read = {
            text: logit(min(max(share, _SUREST), 1 - _SUREST))
            for text, share in zip(texts, supported, strict=True)
        }
        nearest = nearness(sentence, [" ".join(told), near]).mean()
        return float(
            _READ * (read[near] + min(read[text] for text in told)) / 2 + _NEARNESS * nearest
        )


def nearness(text: str, others: Sequence[str]) -> np.ndarray:
    """Return how near others are to a text in meaning, across languages, (others,) in [-1, 1]."""
    vectors = encoder().encode_documents([text, *others])
    near: np.ndarray = vectors[1:] @ vectors[0]
    return near
