"""How long answers took, as the bars of a histogram whose steps grow by a constant factor."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.formats.axis import Axis

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
    logarithms = array("d", (math.log(max(value, _LEAST_SECONDS)) for value in seconds))
    if not logarithms:
        return ()
    steps = Axis.over(logarithms, start=0, end=_BINS)
    counts = Counter(min(int(steps.at(value)), _BINS - 1) for value in logarithms)
    most = max(counts.values())
    edges = Axis(low=0, high=_BINS, start=steps.low, end=steps.high)
    return tuple(
        Bin(
            start=math.exp(edges.at(number)),
            end=math.exp(edges.at(number + 1)),
            count=counts[number],
            share=counts[number] / most,
        )
        for number in range(_BINS)
    )
