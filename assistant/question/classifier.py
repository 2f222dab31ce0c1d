"""Which kind of question it is, as learned from written examples: with calibrated probabilities.

A small network over the encoder's hidden states of each token, the hashed words and n-grams of
the question and a few facts that only the page knows. Trained by `training.intent`; its card
says how often it is right. The words of a question decide no names and no numbers here: those are
read by `assistant.question.understanding`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open

from assistant.question.form import hashed
from index.encoder.embedder import Vectors
from index.encoder.model import BUNDLED, EncoderModel, shared_model
from index.encoder.reading import FIRST_TOKENS, first_text
from index.errors import EmbedderError

FILE = Path(__file__).with_name("intent.safetensors")
SCALES = ".scales"
"""After the name of a matrix of 8-bit numbers: what each of its rows is multiplied with."""

_SMALLEST_VARIANCE = 1e-5


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
        self, *, intents: tuple[str, ...], weights: dict[str, Vectors], encoder: EncoderModel
    ) -> None:
        self.intents = intents
        self._weights = weights
        self._encoder = encoder

    @classmethod
    def open(cls) -> "IntentClassifier":
        """Open the bundled weights, once in a process.

        Raises:
            EmbedderError: A file is missing or damaged.
        """
        return _opened()

    def scores(self, text: str, flags: Flags) -> IntentScores:
        """Return how probable each kind is.

        Args:
            text: The question as it was typed.
            flags: What the page knows of it.
        """
        hidden = self._encoder.hidden(first_text(text), most_tokens=FIRST_TOKENS)
        logits = logits_of(self._weights, hidden, hashed(text), flags.row())
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        order = np.argsort(-shares, kind="stable")
        return IntentScores(
            ranked=tuple(
                ScoredIntent(intent=self.intents[place], probability=float(shares[place]))
                for place in order
            )
        )


def logits_of(
    weights: dict[str, Vectors], hidden: Vectors, form: Vectors, flags: Vectors
) -> Vectors:
    """Return the logits of all kinds for one question, (kinds,).

    Args:
        weights: Those of `training.intent_network`, by the names they have there.
        hidden: The encoder's hidden states, (tokens, dimension).
        form: The hashed words, (buckets,).
        flags: What the page knows, (4,).
    """

    def times(name: str, values: Vectors) -> Vectors:
        # Not `@`: in a program that lets numpy use more threads they would cost ten times this.
        product: Vectors = np.einsum("...k,jk->...j", values, weights[f"{name}.weight"])
        return product + weights[f"{name}.bias"]

    rows = (hidden - weights["mean"]) / weights["spread"]
    shares = np.exp(times("search", rows))
    shares /= shares.sum(axis=0)
    around = np.pad(rows, ((1, 1), (0, 0)))
    phrases = np.maximum(times("phrase", np.hstack([around[:-2], rows, around[2:]])), 0)
    found = (shares.T @ rows).ravel()
    seen = np.concatenate([found, rows.mean(axis=0), phrases.max(axis=0), phrases.mean(axis=0)])
    seen = (seen - seen.mean()) / np.sqrt(seen.var() + _SMALLEST_VARIANCE)
    seen = seen * weights["norm.weight"] + weights["norm.bias"]
    there = np.flatnonzero(form)
    formed = np.einsum("jk,k->j", weights["form.weight"][:, there], form[there])
    inner = np.maximum(times("inner", np.concatenate([seen, formed, flags])), 0)
    return times("outer", inner)


@cache
def _opened() -> IntentClassifier:
    encoder = shared_model(BUNDLED)
    try:
        with safe_open(FILE, framework="numpy") as stored:
            facts = stored.metadata()
            tensors = {name: stored.get_tensor(name) for name in stored.offset_keys()}
        weights = {
            name: tensor.astype(np.float32) * tensors.get(name + SCALES, np.float32(1))
            for name, tensor in tensors.items()
            if not name.endswith(SCALES)
        }
    except (OSError, SafetensorError) as error:
        raise EmbedderError(f"cannot read {FILE}: {error}; install the package again") from error
    return IntentClassifier(
        intents=tuple(facts["intents"].split()), weights=weights, encoder=encoder
    )
