"""The reader: does this sentence answer, does this passage carry or contest that sentence?

Two texts are read apart by the encoder's lower layers; a small network for each of the three
questions aligns their tokens and compares them. `training.reader` taught it; its card says on what
and how well. Every pair is read by itself, so its probabilities depend on nothing else that is
asked. They are calibrated on pairs that were not learned: each use chooses its threshold for the
precision it needs.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from index.encoder.model import BUNDLED, EncoderModel, Graph, shared_model
from index.encoder.reading import FIRST_TOKENS, SECOND_TOKENS, first_text, second_text

Head = Literal["answer", "support", "contest"]
HEADS: tuple[Head, ...] = get_args(Head)
FIRST, SECOND, LOGITS = "first_states", "second_states", "logits"


class Reader:
    """The bundled reader; its files are read when it is first asked.

    A file that is missing or damaged is an `EmbedderError` then.
    """

    def __init__(self, encoder: EncoderModel, folder: Path = BUNDLED) -> None:
        """Name the folder of its files; each is read when it is first needed."""
        self._encoder = encoder
        self._graphs = {head: Graph(file_of(folder, head)) for head in HEADS}

    @classmethod
    def open(cls) -> "Reader":
        """Return the bundled reader, the same in all of a process."""
        return _bundled()

    def answers(self, question: str, sentences: Sequence[str]) -> tuple[float, ...]:
        """Return for each sentence the probability that it answers the question, in [0, 1]."""
        return tuple(self._probability("answer", question, sentence) for sentence in sentences)

    def supports(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """Return for each pair the probability that the passage carries the sentence.

        Args:
            pairs: A passage, its speaker before it where it has one ("Anna Feld: No."), and a
                sentence about it. Several passages are one text.
        """
        return tuple(self._probability("support", sentence, passage) for passage, sentence in pairs)

    def contests(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """Return for each pair the probability that the text contests the claim.

        Args:
            pairs: A claim, one sentence, and what may contest it: a comment or a sentence.
        """
        return tuple(self._probability("contest", claim, text) for claim, text in pairs)

    def _probability(self, head: Head, first: str, second: str) -> float:
        given = {
            FIRST: self._encoder.hidden(first_text(first), most_tokens=FIRST_TOKENS)[None],
            SECOND: self._encoder.hidden(second_text(second), most_tokens=SECOND_TOKENS)[None],
        }
        return float(1 / (1 + np.exp(-float(self._graphs[head].run(given)[0]))))


def file_of(folder: Path, head: Head) -> Path:
    """Return the file of a head."""
    return folder / f"reader-{head}.onnx"


@cache
def _bundled() -> Reader:
    return Reader(shared_model(BUNDLED))
