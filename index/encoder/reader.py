"""The reader: does this sentence answer, does this passage carry or contest that sentence, is
this whom a question means?

Two texts are read apart by the encoder's lower layers, for contests by two more that were taught
for them; a small network then aligns their tokens and compares them. `training.reader` taught it;
its card says on what and how well. Every pair is read by itself, so its probabilities depend on
nothing else that is asked. They are calibrated on pairs that were not learned: each use chooses its
threshold for the precision it needs.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from index.encoder.embedder import Vectors
from index.encoder.model import BUNDLED, HIDDEN, EncoderModel, Graph, shared_model
from index.encoder.reading import FIRST_TOKENS, SECOND_TOKENS, first_text, second_text

Head = Literal["answer", "support", "contest", "meant"]
HEADS: tuple[Head, ...] = get_args(Head)
DEEPENED: tuple[Head, ...] = ("contest",)
"""The heads with layers of their own; `support` learned no more with them."""
FIRST, SECOND, DEEPER, LOGITS = "first_states", "second_states", "deeper_states", "logits"
_KEPT = 512  # texts whose states a head remembers, about 50 kB each


class Reader:
    """The bundled reader; its files are read when it is first asked.

    A file that is missing or damaged is an `EmbedderError` then.
    """

    def __init__(self, encoder: EncoderModel, folder: Path = BUNDLED) -> None:
        """Name the folder of its files; each is read when it is first needed."""
        self._encoder = encoder
        self._graphs = {head: Graph(file_of(folder, head)) for head in HEADS}
        self._layers = {head: Graph(layers_file_of(folder, head)) for head in DEEPENED}
        self._remembered = lru_cache(maxsize=_KEPT)(self._states)

    @classmethod
    def open(cls) -> "Reader":
        """Return the bundled reader, the same in all of a process."""
        return _bundled()

    def answers(
        self, question: str, sentences: Sequence[str], behind: Sequence[str] = ()
    ) -> tuple[float, ...]:
        """Return for each sentence the probability that it answers the question, in [0, 1].

        Args:
            question: What is asked.
            sentences: What may answer.
            behind: What each of them stands behind on its page, which tells who "she" is; empty
                if they stand alone.
        """
        return tuple(
            self._probability("answer", question, sentence, before)
            for sentence, before in zip(sentences, behind or [""] * len(sentences), strict=True)
        )

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

    def means(
        self, question: str, persons: Sequence[str], behind: Sequence[str]
    ) -> tuple[float, ...]:
        """Return for each person the probability that a question means them, in [0, 1].

        Args:
            question: It describes somebody: "the tyre bloke".
            persons: What the page calls each and says of them, or what a reader writes.
            behind: What each of these stands behind; empty if it stands alone.
        """
        return tuple(
            self._probability("meant", question, person, before)
            for person, before in zip(persons, behind, strict=True)
        )

    def _probability(self, head: Head, first: str, second: str, before: str = "") -> float:
        text, behind = second_text(second, before)
        given = {
            FIRST: self._remembered(head, first_text(first), FIRST_TOKENS, "")[None],
            SECOND: self._remembered(head, text, SECOND_TOKENS, behind)[None],
        }
        return float(1 / (1 + np.exp(-float(self._graphs[head].run(given)[0]))))

    def _states(self, head: Head, text: str, most_tokens: int, behind: str) -> Vectors:
        """Return the states of a text, behind a head's own layers if it has some.

        Shape (tokens, dimension).
        """
        lower = self._encoder.hidden(text, most_tokens=most_tokens, behind=behind)
        layers = self._layers.get(head)
        return layers.run({HIDDEN: lower[None]}) if layers else lower


def file_of(folder: Path, head: Head) -> Path:
    """Return the file of a head."""
    return folder / f"reader-{head}.onnx"


def layers_file_of(folder: Path, head: Head) -> Path:
    """Return the file of the layers of a head that has some of its own."""
    return folder / f"reader-{head}-layers.onnx"


@cache
def _bundled() -> Reader:
    return Reader(shared_model(BUNDLED))
