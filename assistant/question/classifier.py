"""Which kind of question it is, as learned from written examples: with calibrated probabilities.

A logistic regression over the vector of the encoder, its hidden states half way, the hashed
words and n-grams of the question and a few facts that only the page knows. Trained by
`training.intent`; its card says how often it is right. The words of a question decide no
names and no numbers here: those are read by `assistant.question.understanding`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open

from assistant.question.form import hashed
from index.encoder.onnx import Described, OnnxEmbedder
from index.errors import EmbedderError

FILE = Path(__file__).with_name("intent.safetensors")

_FORM_WEIGHT, _DENSE_WEIGHT, _FLAG_WEIGHT = 1.0, 5.0, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """What the page knows of a question's words, and what its signs show."""

    names_speaker: bool = False
    names_reader: bool = False
    names_comment: bool = False
    has_quotation: bool = False

    def row(self) -> npt.NDArray[np.float32]:
        """Return them as numbers, (4,)."""
        flags = (self.names_speaker, self.names_reader, self.names_comment, self.has_quotation)
        return np.array(flags, np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredIntent:
    """A kind of question and its probability, in [0, 1]."""

    intent: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentScores:
    """All kinds of questions, the most probable first."""

    ranked: tuple[ScoredIntent, ...]

    @property
    def best(self) -> ScoredIntent:
        """The most probable kind."""
        return self.ranked[0]

    def probability_of(self, *intents: str) -> float:
        """Return the probability that it is one of some kinds, in [0, 1]."""
        return sum(scored.probability for scored in self.ranked if scored.intent in intents)


class IntentClassifier:
    """The trained weights with the encoder they were trained on."""

    def __init__(
        self,
        *,
        intents: tuple[str, ...],
        weights: npt.NDArray[np.float32],
        bias: npt.NDArray[np.float32],
        mean: npt.NDArray[np.float32],
        encoder: OnnxEmbedder,
    ) -> None:
        self.intents = intents
        self._weights = weights
        self._bias = bias
        self._mean = mean
        self._encoder = encoder

    @classmethod
    def open(cls, encoder: OnnxEmbedder | None = None) -> "IntentClassifier":
        """Open the bundled weights, once in a process.

        Args:
            encoder: The bundled one if it is open already.

        Raises:
            EmbedderError: A file is missing or damaged, or the encoder is another one.
        """
        return _opened() if encoder is None else _open(encoder)

    def scores(self, text: str, flags: Flags) -> IntentScores:
        """Return how probable each kind is.

        Args:
            text: The question as it was typed.
            flags: What the page knows of it.
        """
        row = features(text, flags, self._encoder.describe_question(text), mean=self._mean)
        logits = row @ self._weights + self._bias
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        order = np.argsort(-shares, kind="stable")
        return IntentScores(
            ranked=tuple(
                ScoredIntent(intent=self.intents[place], probability=float(shares[place]))
                for place in order
            )
        )


def features(
    text: str, flags: Flags, described: Described, *, mean: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Return all features of a question, (2 * dimension + flags + buckets,).

    Args:
        text: The question.
        flags: What the page knows of it.
        described: The question as the encoder describes it.
        mean: What the hidden states of all questions share, (dimension,).
    """
    half_way = described.hidden.mean(axis=0) - mean
    half_way /= max(float(np.linalg.norm(half_way)), 1e-6)
    return np.concatenate(
        [
            described.vector * _DENSE_WEIGHT,
            half_way * _DENSE_WEIGHT,
            flags.row() * _FLAG_WEIGHT,
            hashed(text) * _FORM_WEIGHT,
        ]
    ).astype(np.float32)


@cache
def _opened() -> IntentClassifier:
    return _open(OnnxEmbedder())


def _open(encoder: OnnxEmbedder) -> IntentClassifier:
    try:
        with safe_open(FILE, framework="numpy") as stored:
            facts = stored.metadata()
            weights = stored.get_tensor("weights").astype(np.float32) * stored.get_tensor("scales")
            bias, mean = stored.get_tensor("bias"), stored.get_tensor("mean")
    except (OSError, SafetensorError) as error:
        raise EmbedderError(f"cannot read {FILE}: {error}; install the package again") from error
    if facts["encoder"] != encoder.fingerprint:
        raise EmbedderError(
            f"{FILE.name} was trained on the encoder {facts['encoder']}, this is "
            f"{encoder.fingerprint}; install the package again"
        )
    return IntentClassifier(
        intents=tuple(facts["intents"].split()),
        weights=weights,
        bias=bias,
        mean=mean,
        encoder=encoder,
    )
