"""Boosted regression trees from a JSON file: what they add up to is a logit.

Each tree asks at a node whether one feature is at most a threshold, and ends at a value. Fitted by
`training.trees` with scikit-learn; read here with numpy alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from index.encoder.regression import Numbers, stored

_LEAF = -1
_WHOLE, _REAL = ("feature", "left", "right"), ("threshold", "value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """The trees as tables of shape (trees, nodes), and what they start from.

    `feature` is -1 at a leaf, where `value` counts; a subclass names the thresholds of its use.
    """

    feature: npt.NDArray[np.int64]
    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    threshold: Numbers
    value: Numbers
    start: float

    @classmethod
    def bundled(cls, package: str, file: str, features: Sequence[str], *, made_by: str) -> Self:
        """Return the trees of a file in one of our packages.

        Raises:
            RuntimeError: They were made for other features.
        """
        found = stored(package, file, features, made_by=made_by)
        whole: dict[str, Any] = {name: np.array(found.pop(name), np.int64) for name in _WHOLE}
        real: dict[str, Any] = {name: np.array(found.pop(name), np.float32) for name in _REAL}
        numbers: dict[str, Any] = {name: float(value) for name, value in found.items()}
        return cls(**whole, **real, **numbers)

    def logits(self, features: Numbers) -> Numbers:
        """Return the logit of each row of features, (rows,)."""
        trees, rows = np.arange(len(self.feature))[:, None], np.arange(len(features))[None]
        nodes = np.zeros((len(self.feature), len(features)), np.int64)
        while True:
            asked = self.feature[trees, nodes]
            if (asked == _LEAF).all():
                break
            is_left = features[rows, np.maximum(asked, 0)] <= self.threshold[trees, nodes]
            next_nodes = np.where(is_left, self.left[trees, nodes], self.right[trees, nodes])
            nodes = np.where(asked == _LEAF, nodes, next_nodes)
        logits: Numbers = self.start + self.value[trees, nodes].sum(axis=0)
        return logits
