"""What every embedder offers."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors; the same embedder must serve questions and passages.

    `fingerprint` names the exact revision: vectors with different fingerprints must never
    be compared. `dimension` is the number of columns of every result.
    """

    @property
    def name(self) -> str:
        """What the user calls it."""

    @property
    def fingerprint(self) -> str:
        """The revision that made the vectors."""

    @property
    def dimension(self) -> int:
        """The number of columns."""

    @property
    def weight_beside_words(self) -> float:
        """How much a cosine counts beside 1 for words, where the words were found."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per question, float32 of shape (texts, dimension)."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per passage, float32 of shape (texts, dimension)."""
