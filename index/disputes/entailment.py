"""Do two sentences contradict each other? A small statistical judge, or a cross-encoder.

The bundled judge is a logistic regression over `index.disputes.features`; its weights are a
JSON file made by `training.relation`. Anything with a `judge` method can stand in for it.
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, Protocol

import numpy as np

from index.disputes.features import FEATURES, Numbers, WordVectors, features_of
from index.encoder import word_table
from index.encoder.weights import refuse_pickles
from index.errors import EmbedderError
from index.language.detection import told_language
from index.language.dispute_words import FALLBACK, vocabulary
from index.offline import hub_offline

RelationLabel = Literal["contradicts", "supports", "neither"]

WEIGHTS = "relation.json"

_DOUBT = 0.1
_OWN_OR_TURNED = (
    "rest_hypothesis",
    "negation_differs",
    "parity_differs",
    "polarity_conflicts",
    "refutation_differs",
    "opposites",
    "numbers_new_hypothesis",
    "names_new_hypothesis",
    "limits_differ",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationJudgement:
    """How the hypothesis stands to the premise; `score` is the label's probability, in [0, 1]."""

    label: RelationLabel
    score: float


class RelationJudge(Protocol):
    """Judges a pair of sentences."""

    def judge(self, premise: str, hypothesis: str) -> RelationJudgement:
        """Return how the hypothesis stands to the premise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One yes-or-no question to the features: a logistic regression with its threshold."""

    mean: Numbers
    scale: Numbers
    weights: Numbers
    bias: float
    threshold: float

    def probability(self, features: Numbers) -> float:
        """Return the probability of yes, in [0, 1]."""
        logit = float(((features - self.mean) / self.scale) @ self.weights) + self.bias
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticalJudge:
    """The bundled judge: two heads over what the sentences share and where they part."""

    contradicts: Head
    supports: Head
    embedder: WordVectors | None

    @classmethod
    def open(cls, embedder: WordVectors | None = None) -> "StatisticalJudge":
        """Read the bundled weights."""
        contradicts, supports = _heads()
        return cls(contradicts=contradicts, supports=supports, embedder=embedder)

    def judge(self, premise: str, hypothesis: str) -> RelationJudgement:
        """Return how the hypothesis stands to the premise."""
        known = vocabulary(told_language(f"{premise} {hypothesis}") or FALLBACK)
        features = features_of(premise, hypothesis, vocabulary=known, embedder=self.embedder)
        if _repeats(features):
            return RelationJudgement(label="supports", score=1 - _DOUBT)
        against = self.contradicts.probability(features)
        if against >= self.contradicts.threshold:
            return RelationJudgement(label="contradicts", score=against)
        rest = 1 - against
        carried = self.supports.probability(features)
        if carried >= self.supports.threshold:
            return RelationJudgement(label="supports", score=rest * carried)
        return RelationJudgement(label="neither", score=rest * (1 - carried))


def _repeats(features: Numbers) -> bool:
    """Whether the hypothesis has no word of its own and nothing that turns the sense."""
    return not any(features[FEATURES.index(name)] for name in _OWN_OR_TURNED)


class CrossEncoderJudge:
    """A natural language inference model of the user's own, read from a local folder."""

    def __init__(self, folder: str) -> None:
        """Load the model; only safetensors are read, and no code of the model is run.

        Raises:
            EmbedderError: It is not in that folder or cannot be loaded.
        """
        with hub_offline():
            refuse_pickles(folder)
            from sentence_transformers import CrossEncoder

            try:
                self._model = CrossEncoder(
                    folder,
                    local_files_only=True,
                    trust_remote_code=False,
                    model_kwargs={"use_safetensors": True},
                )
            except Exception as error:  # any of four libraries may raise anything here
                raise EmbedderError(
                    f"{folder!r} is not a usable model of inference ({error}); give the folder"
                    " of a cross-encoder with safetensors weights"
                ) from error
        names = self._model.config.id2label
        self._labels = tuple(_as_label(str(names[place])) for place in sorted(names))

    def judge(self, premise: str, hypothesis: str) -> RelationJudgement:
        """Return the most probable label of the model."""
        shares = self._model.predict(
            [(premise, hypothesis)], apply_softmax=True, show_progress_bar=False
        )
        row = np.asarray(shares, np.float64).reshape(-1)
        best = int(row.argmax())
        return RelationJudgement(label=self._labels[best], score=float(row[best]))


def relation(
    premise: str, hypothesis: str, *, judge: RelationJudge | None = None
) -> RelationJudgement:
    """Return whether the hypothesis contradicts the premise, is carried by it, or neither."""
    return (judge or _bundled()).judge(premise, hypothesis)


@cache
def _bundled() -> StatisticalJudge:
    return StatisticalJudge.open(word_table())


@cache
def _heads() -> tuple[Head, Head]:
    stored = json.loads(resources.files(__package__).joinpath(WEIGHTS).read_text("utf-8"))
    if tuple(stored["features"]) != FEATURES:
        raise RuntimeError(
            f"{WEIGHTS} was made for other features; run: python -m training.relation"
        )
    return _head(stored["contradicts"]), _head(stored["supports"])


def _head(stored: dict[str, Any]) -> Head:
    return Head(
        mean=np.array(stored["mean"], np.float32),
        scale=np.array(stored["scale"], np.float32),
        weights=np.array(stored["weights"], np.float32),
        bias=float(stored["bias"]),
        threshold=float(stored["threshold"]),
    )


def _as_label(name: str) -> RelationLabel:
    folded = name.casefold()
    if folded.startswith("contradict"):
        return "contradicts"
    return "supports" if folded.startswith(("entail", "support")) else "neither"
