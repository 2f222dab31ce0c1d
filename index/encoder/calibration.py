"""What all vectors of an encoder have in common, measured once and taken away.

The cosines of e5 all lie between .75 and .92: most of every vector is the same. The mean of
some questions and the mean of some passages say what that is; without it the cosines spread
from -1 to 1 and can be added to the scores of words. How much they weigh beside these is kept
in the same file, for it belongs to the encoder and not to the search.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from index.encoder.embedder import Vectors
from index.encoder.model import EncoderModel
from index.errors import EmbedderError

FILE = "calibration.safetensors"
QUESTION, PASSAGE = "query: ", "passage: "
_UNKNOWN_WEIGHT = 0.3  # that of the bundled table
_QUESTIONS, _PASSAGES, _WEIGHT = "questions", "passages", "weight_beside_words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The mean vectors of questions and passages, (dimension,), and the weight beside words.

    The weight is that of a cosine beside 1 for the words of a question where some passage holds
    these; see `index.retrieval.hybrid`.
    """

    questions: Vectors
    passages: Vectors
    weight_beside_words: float

    @property
    def checksum(self) -> str:
        """Eight digits that change with any of it."""
        content = self.questions.tobytes() + self.passages.tobytes()
        return sha256(content + repr(self.weight_beside_words).encode()).hexdigest()[:8]


def read(folder: Path) -> Calibration | None:
    """Read the calibration of an encoder's folder, None where it was never measured.

    Raises:
        EmbedderError: It is damaged.
    """
    if not (folder / FILE).is_file():
        return None
    try:
        stored = load_file(folder / FILE)
        return Calibration(
            questions=stored[_QUESTIONS],
            passages=stored[_PASSAGES],
            weight_beside_words=float(stored[_WEIGHT][0]),
        )
    except (OSError, KeyError, SafetensorError) as error:
        raise EmbedderError(f"cannot read {folder / FILE}: {error}; install it again") from error


def none(dimension: int) -> Calibration:
    """Return the calibration of an encoder that was never measured: nothing is taken away."""
    zeros = np.zeros(dimension, np.float32)
    return Calibration(questions=zeros, passages=zeros, weight_beside_words=_UNKNOWN_WEIGHT)


def calibrate(
    model: EncoderModel, *, questions: Sequence[str], passages: Sequence[str], weight: float
) -> Calibration:
    """Measure the means of an encoder on some questions and passages, prefixes not included."""
    return Calibration(
        questions=np.mean([model.vector(QUESTION + text) for text in questions], axis=0),
        passages=np.mean([model.vector(PASSAGE + text) for text in passages], axis=0),
        weight_beside_words=weight,
    )


def write(calibration: Calibration, folder: Path) -> None:
    """Write the calibration into an encoder's folder."""
    tensors = {
        _QUESTIONS: calibration.questions,
        _PASSAGES: calibration.passages,
        _WEIGHT: np.array([calibration.weight_beside_words], np.float32),
    }
    save_file(tensors, folder / FILE)
