"""How sure a figure is: Wilson's intervals (1927) of shares, else the bootstrap (Efron 1979).

The same at every call. Wilson's says also of 0 of 20 that it may be 16 %.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Statistic = Literal["mean", "p50", "p95"]

RESAMPLES = 2_000
_SEED = 20_080
_QUANTILES = {"p50": 0.5, "p95": 0.95}


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value over `count` cases with the ends of its 95 % interval."""

    value: float
    low: float
    high: float
    count: int


def estimate(values: Sequence[float], *, statistic: Statistic = "mean") -> Estimate | None:
    """Return a statistic of some values with its percentile bootstrap interval.

    None where there are no values: nothing was measured, which is not zero.
    """
    if not len(values):
        return None
    known, counts = np.unique(np.asarray(values, dtype=np.float64), return_counts=True)
    value = float(_statistic(statistic)(known, counts[None, :])[0])
    if statistic == "mean" and set(known) <= {0.0, 1.0}:
        low, high = wilson(round(value * len(values)), len(values))
    else:
        drawn = _drawn(known, counts, _statistic(statistic))
        low, high = np.quantile(drawn, (0.025, 0.975))
    return Estimate(
        value=value,
        low=float(low),
        high=float(high),
        count=len(values),
    )


def wilson(successes: int, total: int) -> tuple[float, float]:
    """Return the ends of Wilson's 95 % score interval of a share.

    >>> [round(end, 3) for end in wilson(8, 10)], [round(end, 3) for end in wilson(0, 10)]
    ([0.49, 0.943], [0.0, 0.278])
    """
    share, z = successes / total, 1.959964
    centre = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    low = (centre - half) / scale if successes else 0.0
    return low, (centre + half) / scale if successes < total else 1.0


_OfCounts = Callable[[np.ndarray, np.ndarray], np.ndarray]


def _drawn(known: np.ndarray, counts: np.ndarray, statistic: _OfCounts) -> np.ndarray:
    """Return the statistic of each resample, (RESAMPLES,).

    Drawing n cases with replacement draws how often each distinct value occurs: that is one
    multinomial, and a block of them at a time bounds the memory.
    """
    generator = np.random.default_rng(_SEED)
    total = int(counts.sum())
    block = max(1, min(RESAMPLES, 2_000_000 // len(known)))
    blocks = []
    for first in range(0, RESAMPLES, block):
        size = min(block, RESAMPLES - first)
        blocks.append(statistic(known, generator.multinomial(total, counts / total, size=size)))
    return np.concatenate(blocks)


def _statistic(name: Statistic) -> _OfCounts:
    if name == "mean":
        return lambda known, counts: (counts @ known) / counts.sum(axis=1)
    share = _QUANTILES[name]

    def quantile(known: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """Return the smallest value that at least this share of the cases do not exceed."""
        reached = np.cumsum(counts, axis=1) >= np.ceil(share * counts.sum(axis=1, keepdims=True))
        return np.asarray(known[np.argmax(reached, axis=1)])

    return quantile
