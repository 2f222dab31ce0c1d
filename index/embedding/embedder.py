"""What every embedder offers, and how one is chosen."""

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

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per question, float32 of shape (texts, dimension)."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per passage, float32 of shape (texts, dimension)."""


def open_embedder(name: str | None = None) -> Embedder:
    """Return the embedder of that name: the bundled one for None or `static`.

    Args:
        name: A path, or the name of a sentence-transformers model in the local cache.

    Raises:
        EmbedderError: The model is not on this machine or cannot be used.
    """
    if name is None or name == "static":
        from index.embedding.static import StaticEmbedder

        return StaticEmbedder.open()
    from index.embedding.sentence import SentenceEmbedder

    return SentenceEmbedder(name)
