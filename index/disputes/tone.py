"""How much words sound like a contest, or like support, whatever they are about.

"Sure, and pigs fly", "and who counted?", "ours was cold all week": no list holds them all. A linear
model over the words, the signs between them, the pairs of these and the vector of the whole learned
from many comments how such words differ from jokes, thanks and wishes. Its weights are a JSON file
made by `training.contest`.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np

from index.encoder.regression import Numbers
from index.language.words import fold

WEIGHTS, INNER = "tone.json", "within_tone.json"
LONGEST = 600
"""Characters of a text that are read."""
_NOTHING = np.zeros(2, np.float32)
_PIECES = re.compile(r"\w+|[^\w\s]")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """The weights of two questions, contests and supports, of shape (2,) each.

    `grams` are those of each word and pair of words, `of_vector` (2, dimension) of the vector.
    """

    grams: dict[str, Numbers]
    of_vector: Numbers
    bias: Numbers

    @classmethod
    @cache
    def bundled(cls, file: str = WEIGHTS) -> "Tone":
        """Return the weights of the package: of comments, or `INNER` of an article's sentences."""
        stored = json.loads(resources.files("index.disputes").joinpath(file).read_text("utf-8"))
        grams, scale = stored["grams"], stored["scale"]
        return cls(
            grams={gram: np.array(pair, np.float32) / scale for gram, pair in grams.items()},
            of_vector=np.array(stored["of_vector"], np.float32),
            bias=np.array(stored["bias"], np.float32),
        )

    def of(self, texts: Sequence[str], vectors: Numbers) -> Numbers:
        """Return the logits of a contest and of support, (texts, 2), of texts and their vectors."""
        logits: Numbers = vectors @ self.of_vector.T + self.bias
        known = {text: self._of_grams(text) for text in dict.fromkeys(texts)}
        logits += np.array([known[text] for text in texts], np.float32).reshape(logits.shape)
        return logits

    def _of_grams(self, text: str) -> Numbers:
        known = [self.grams[gram] for gram in grams_of(text) if gram in self.grams]
        total: Numbers = np.sum(known, axis=0) / math.sqrt(len(known)) if known else _NOTHING
        return total


def grams_of(text: str) -> set[str]:
    """Return the words and signs of a text and the pairs of neighbours; numbers are all one.

    >>> sorted(grams_of("17 beds?"))
    ['0', '0 beds', '?', 'beds', 'beds ?']
    """
    pieces = [_DIGITS.sub("0", piece) for piece in _PIECES.findall(fold(text[:LONGEST]))]
    return {*pieces, *(f"{one} {other}" for one, other in pairwise(pieces))}
