"""Fits boosted trees and writes them as `index.encoder.trees` reads them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from index.encoder.regression import Numbers

_TREES, _LEAVES, _FEWEST_ROWS, _RATE = 120, 6, 30, 0.06


def fitted(
    features: Numbers, holds: Sequence[bool], weights: Sequence[float] | None = None
) -> HistGradientBoostingClassifier:
    """Return small trees, many of them: some hundred examples allow no larger ones."""
    return HistGradientBoostingClassifier(
        max_iter=_TREES,
        max_leaf_nodes=_LEAVES,
        min_samples_leaf=_FEWEST_ROWS,
        learning_rate=_RATE,
        l2_regularization=1.0,
        random_state=0,
    ).fit(features, holds, sample_weight=weights)


def write(
    target: Path,
    names: Sequence[str],
    model: HistGradientBoostingClassifier,
    **thresholds: float,
) -> None:
    """Write trees as JSON; thresholds to nine decimals, which float32 features reach."""
    trees = [trees_of_step[0].nodes for trees_of_step in model._predictors]
    size = max(map(len, trees))

    def table(name: str, filling: Any, digits: int | None = None) -> list[list[Any]]:
        rows = [tree[name].tolist() for tree in trees]
        rounded = [
            [round(v, digits) for v in row] if digits else list(map(int, row)) for row in rows
        ]
        return [row + [filling] * (size - len(row)) for row in rounded]

    features = [
        np.where(tree["is_leaf"], -1, tree["feature_idx"].astype(int)).tolist() for tree in trees
    ]
    stored = {
        "features": list(names),
        "feature": [row + [-1] * (size - len(row)) for row in features],
        "left": table("left", 0),
        "right": table("right", 0),
        "threshold": table("num_threshold", 0.0, 9),
        "value": table("value", 0.0, 5),
        "start": round(float(model._baseline_prediction.ravel()[0]), 5),
        **thresholds,
    }
    target.write_text(json.dumps(stored, separators=(",", ":")) + "\n", "utf-8")
