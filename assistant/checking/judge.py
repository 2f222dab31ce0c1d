"""Whether a passage carries a sentence in words of its own: the reader, and nearness of meaning."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from assistant.checking.agreement import Signs
from assistant.learned import encoder
from index.encoder import Reader

_READ, _NEARNESS = 1.6, 6.0
"""Weights of the reader's logits and of the cosine: the reader may be taken in by what is about the
same people and says something else; what a page carries is mostly near to it as well."""
_CARRIED = 4.6
_WEIGHTS = {
    "is_across": 2.0,
    "is_bare": -1.2,
    "is_hedged": 1.9,
    "is_surer": -1.0,
    "tells_all": -3.0,
    "negates": -0.5,
    "numbers": 0.8,
}
"""Of each sign beside them. With the reader that learned 2,600 sentences about whole pages the area
behind the rules is .91 on 360 sentences of a strong model (from .87), on 240 later ones .92; of 126
right ones that come so far 83 pass, with three of 60 wrong ones. Weights learned from
`training/data/support` alone were worse: its right sentences are often farther from their passages
than its wrong ones."""
_MOST_NUMBERS = 2


class Judge(Protocol):
    """Says whether a text carries a sentence."""

    def carries(self, told: str, near: str, sentence: str, *, signs: Signs) -> bool:
        """Return whether a text carries a sentence.

        Args:
            told: The text, with who says it.
            near: The sentences of it that the sentence stands on.
            sentence: What is said to stand there.
            signs: What speaks for or against it beside its meaning.
        """

    def nearness(self, sentence: str, texts: Sequence[str]) -> np.ndarray:
        """Return how near texts are to a sentence in meaning, (texts,) in [-1, 1]."""


class ReaderJudge:
    """The bundled reader as the judge, beside the nearness that the bundled encoder finds."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def carries(self, told: str, near: str, sentence: str, *, signs: Signs) -> bool:
        """Return whether a text carries a sentence; see `Judge`."""
        beside = sum(
            weight * min(int(getattr(signs, name)), _MOST_NUMBERS)
            for name, weight in _WEIGHTS.items()
        )
        return self.score(told, near, sentence) + beside >= _CARRIED

    def nearness(self, sentence: str, texts: Sequence[str]) -> np.ndarray:
        """Return how near texts are to a sentence in meaning, (texts,) in [-1, 1]."""
        return nearness(sentence, texts)

    def score(self, told: str, near: str, sentence: str) -> float:
        """Return how surely a text carries a sentence, on no scale of its own."""
        pairs = [(told, sentence), (near, sentence)]
        likely = np.clip(self._reader.supports(pairs), 1e-4, 1 - 1e-4)
        nearest = nearness(sentence, [told, near]).mean()
        return float(_READ * np.log(likely / (1 - likely)).mean() + _NEARNESS * nearest)


def nearness(text: str, others: Sequence[str]) -> np.ndarray:
    """Return how near others are to a text in meaning, across languages, (others,) in [-1, 1]."""
    vectors = encoder().encode_documents([text, *others])
    near: np.ndarray = vectors[1:] @ vectors[0]
    return near
