"""A logistic regression whose weights are a JSON file: features, weights, bias, thresholds."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float32]


def stored(package: str, file: str, features: Sequence[str], *, made_by: str) -> dict[str, Any]:
    """Return what a JSON file in one of our packages holds beside the names of its features.

    Raises:
        RuntimeError: It was made for other features.
    """
    found: dict[str, Any] = json.loads(resources.files(package).joinpath(file).read_text("utf-8"))
    if found.pop("features") != list(features):
        raise RuntimeError(f"{file} was made for other features; run: python -m {made_by}")
    return found


def probabilities(logits: Numbers) -> Numbers:
    """Return the probability that each logit stands for, in [0, 1]."""
    shares: Numbers = np.asarray(1 / (1 + np.exp(-logits)), np.float32)
    return shares


def logit(probability: float) -> float:
    """Return the logit of a probability above 0 and below 1.

    >>> logit(0.5)
    0.0
    """
    return math.log(probability / (1 - probability))


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """The weights, (features,), and the bias; a subclass names the thresholds it is used with."""

    weights: Numbers
    bias: float

    @classmethod
    def bundled(cls, package: str, file: str, features: Sequence[str], *, made_by: str) -> Self:
        """Return the regression of a file in one of our packages.

        Raises:
            RuntimeError: It was made for other features.
        """
        found = stored(package, file, features, made_by=made_by)
        weights = np.array(found.pop("weights"), np.float32)
        return cls(weights=weights, **{name: float(value) for name, value in found.items()})

    def logits(self, features: Numbers) -> Numbers:
        """Return the logit of each row of features, (rows,), or of one alone."""
        logits: Numbers = features @ self.weights + self.bias
        return logits


@dataclass(frozen=True, slots=True, kw_only=True)
class SureRegression(Regression):
    """The weights, and the probability `sure` from which what they tell is taken to hold."""

    sure: float
