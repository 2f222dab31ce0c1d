"""Fits a logistic regression and writes it as `index.encoder.regression` reads it."""

import json
from collections.abc import Sequence
from pathlib import Path

from sklearn.linear_model import LogisticRegression

from index.encoder.regression import Numbers


def fitted(
    features: Numbers,
    holds: Sequence[bool],
    *,
    strength: float,
    weights: Sequence[float] | None = None,
) -> tuple[Numbers, float]:
    """Return weights and bias for features as they are; `strength` is that of what is learned.

    `weights` say how much each example counts.
    """
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-6
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit((features - mean) / scale, holds, sample_weight=weights)
    learned = model.coef_[0] / scale
    return learned, float(model.intercept_[0] - learned @ mean)


def write(
    target: Path, names: Sequence[str], weights: Numbers, bias: float, **thresholds: float
) -> None:
    """Write a regression as JSON, to four decimals."""
    stored = {
        "features": list(names),
        "weights": [round(float(weight), 4) for weight in weights],
        "bias": round(bias, 4),
        **thresholds,
    }
    target.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
