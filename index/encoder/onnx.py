"""The encoder as an embedder: questions and passages as centred vectors."""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path

import numpy as np

from index.encoder import calibration as calibrations
from index.encoder.calibration import PASSAGE, QUESTION, Calibration
from index.encoder.embedder import Vectors
from index.encoder.model import BUNDLED, shared_model

# Vectors that are remembered, 1.5 kB each: every question asks about the same sentences, and
# about several articles in turn where a whole file of questions is run.
_KEPT = 8192


class OnnxEmbedder:
    """An encoder in a folder with its graph, tokenizer and calibration; nothing is downloaded."""

    def __init__(self, folder: Path = BUNDLED) -> None:
        """Name the folder; everything in it is read on first need.

        Raises:
            EmbedderError: A file is missing.
        """
        self.model = shared_model(folder)
        self._vector = lru_cache(maxsize=_KEPT)(self._encoded)

    @cached_property
    def calibration(self) -> Calibration:
        """What its vectors have in common.

        Raises:
            EmbedderError: The file is damaged.
        """
        found = calibrations.read(self.model.folder)
        return found or calibrations.none(len(self.model.vector("")))

    def opener(self) -> "Callable[[], OnnxEmbedder]":
        """Return what opens the same encoder in another process."""
        return partial(OnnxEmbedder, self.model.folder)

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.model.folder.name

    @cached_property
    def fingerprint(self) -> str:
        """The revision: of weights, tokenizer and calibration."""
        return f"onnx-{self.model.checksum}-{self.calibration.checksum}"

    @property
    def dimension(self) -> int:
        """The number of columns."""
        return len(self.calibration.questions)

    @property
    def weight_beside_words(self) -> float:
        """How much its cosines count, beside 1 for those of the bundled table."""
        return self.calibration.weight_beside_words

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per question, (texts, dimension)."""
        return self._rows(texts, QUESTION)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per passage, (texts, dimension)."""
        return self._rows(texts, PASSAGE)

    def _rows(self, texts: Sequence[str], prefix: str) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for place, text in enumerate(texts):
            rows[place] = self._vector(text, prefix)
        return rows

    def _encoded(self, text: str, prefix: str) -> Vectors:
        means = self.calibration
        vector = self.model.vector(prefix + without_capitals(text))
        return _centred(vector, means.questions if prefix == QUESTION else means.passages)


def _centred(vector: Vectors, mean: Vectors) -> Vectors:
    centred = vector - mean
    return np.asarray(centred / max(float(np.linalg.norm(centred)), 1e-6), np.float32)


def without_capitals(text: str) -> str:
    """Return a text that is all in capitals in small letters, any other as it is.

    >>> without_capitals("WHO PAID?"), without_capitals("Who paid NATO?")
    ('who paid?', 'Who paid NATO?')
    """
    letters = 0
    for sign in text:
        if sign.isalpha():
            if not sign.isupper():
                return text
            letters += 1
    return text.replace("İ", "i").lower() if letters > 3 else text
