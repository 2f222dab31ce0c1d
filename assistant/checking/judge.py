"""A second judge of whether a passage carries a sentence: the reader, or a model of the user's."""

from pathlib import Path
from typing import Protocol

from index.encoder import Reader


class SupportJudge(Protocol):
    """Says how surely a text carries a sentence."""

    @property
    def overrules_words(self) -> bool:
        """Whether what it finds unlikely is dropped where the passage clearly holds the words."""

    def support(self, premise: str, hypothesis: str) -> float:
        """Return how surely the premise carries the hypothesis, in [0, 1]."""


class ReaderSupport:
    """The bundled reader as the judge.

    It reads numbers badly ("votes on 20 June"), so it is no judge over words that are there.
    """

    overrules_words = False

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def support(self, premise: str, hypothesis: str) -> float:
        """Return how surely the premise carries the hypothesis, in [0, 1]."""
        return self._reader.supports([(premise, hypothesis)])[0]


class CrossEncoderSupport:
    """A sentence-transformers cross-encoder for inference, read from a local folder."""

    overrules_words = True

    def __init__(self, folder: str | Path) -> None:
        from index.disputes import CrossEncoderJudge

        self._judge = CrossEncoderJudge(str(folder))

    def support(self, premise: str, hypothesis: str) -> float:
        """Return how surely the premise carries the hypothesis, in [0, 1]."""
        judgement = self._judge.judge(premise, hypothesis)
        if judgement.label == "supports":
            return judgement.score
        return (1 - judgement.score) / 2  # what is left falls to the two other labels
