"""How long answers took, as the bars of a histogram whose steps grow by a constant factor."""

import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

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
    values = array("d", (max(value, _LEAST_SECONDS) for value in seconds))
    if not values:
        return ()
    low, high = math.log(min(values)), math.log(max(values))
    step = max((high - low) / _BINS, 1e-9)
    counts = [0] * _BINS
    for value in values:
        counts[min(int((math.log(value) - low) / step), _BINS - 1)] += 1
    return tuple(
        Bin(
            start=math.exp(low + step * number),
            end=math.exp(low + step * (number + 1)),
            count=count,
            share=count / max(counts),
        )
        for number, count in enumerate(counts)
    )
