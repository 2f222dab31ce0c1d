"""How long answers took, as the bars of a histogram whose steps grow by a constant factor."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

_BINS = 24
_LEAST_SECONDS = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """How many answers took from `start` up to `end` seconds; `share` of the fullest bin."""

    start: float
    end: float
    count: int
    share: float


def histogram(seconds: Iterable[float]) -> tuple[Bin, ...]:
    """Return the bins from the fastest to the slowest answer; none where there are none.

    >>> [(round(bin.start, 2), bin.count) for bin in histogram([0.01, 0.01, 1.0]) if bin.count]
    [(0.01, 2), (0.83, 1)]
    """
    known = np.fromiter(seconds, dtype=float)
    if not len(known):
        return ()
    counts, edges = np.histogram(np.log(np.maximum(known, _LEAST_SECONDS)), bins=_BINS)
    ends = np.exp(edges).tolist()
    return tuple(
        Bin(start=start, end=end, count=count, share=count / int(counts.max()))
        for start, end, count in zip(ends, ends[1:], counts.tolist(), strict=False)
    )
