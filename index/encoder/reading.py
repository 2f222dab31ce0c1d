"""How two texts are laid before the reader: the same in training and in use."""

from index.encoder.calibration import PASSAGE, QUESTION
from index.encoder.onnx import without_capitals

FIRST_TOKENS, SECOND_TOKENS = 64, 192
"""What is longer is cut: a question or a sentence; a sentence, a passage or a comment."""


def first_text(text: str) -> str:
    """Return a question, a claim or a sentence to be checked as the encoder reads it."""
    return QUESTION + without_capitals(text)


def second_text(text: str, behind: str = "") -> tuple[str, str]:
    """Return what may answer, contest or carry it as the encoder reads it, and behind what."""
    if not behind:
        return PASSAGE + without_capitals(text), ""
    return without_capitals(text), PASSAGE + without_capitals(behind)
