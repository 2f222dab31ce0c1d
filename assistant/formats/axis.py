"""An axis of a drawing: where a value stands between its two ends."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Values from `low` to `high`, drawn from `start` to `end` in the units of the drawing.

    Where all values are the same they stand in the middle.

    >>> Axis(low=0, high=4, start=100, end=0).at(1)
    75.0
    """

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, values: Iterable[float], *, start: float, end: float) -> "Axis":
        """Return the axis that just holds some values; one from 0 to 1 where there are none."""
        known = list(values) or [0.0, 1.0]
        return cls(low=min(known), high=max(known), start=start, end=end)

    def at(self, value: float) -> float:
        """Return where a value stands."""
        size = self.high - self.low
        share = (value - self.low) / size if size else 0.5
        return self.start + share * (self.end - self.start)
