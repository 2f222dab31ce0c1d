"""Two runs over the same cases, paired case by case: which is better, and is that chance?

The interval is a paired bootstrap of the mean difference (Efron 1979), the p-value a
exact test of McNemar (1947) of shares, else the two-sided permutation test (Fisher 1935).
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import numpy as np

from assistant.errors import AssistantError
from assistant.evaluation.folder import RunFolder
from assistant.evaluation.metrics.intervals import Estimate, estimate
from assistant.evaluation.metrics.table import METRICS, Metric
from assistant.evaluation.record import Record

FLIPS = 10_000
MOST_CHANGES = 300
_SEED = 20_081
_EQUAL = 1e-12
COLUMNS = ("figure", "A", "B", "B − A", "95 % interval", "p", "B better", "A better", "ties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How B differs from A in one metric. A case is a win where B is better.

    `difference` is the mean of B - A with its interval, `p_value` the chance of one at least
    as far from zero if it did not matter which run is which.
    """

    metric: Metric
    mean_a: float
    mean_b: float
    difference: Estimate
    p_value: float
    wins: int
    losses: int
    ties: int

    @property
    def name(self) -> str:
        """The metric's name; a median of costs is compared by its mean, and so called."""
        return self.metric.name.removesuffix("_p50")

    @property
    def label(self) -> str:
        """The name for people."""
        return self.metric.label.removesuffix(", p50")

    def as_json(self) -> dict[str, Any]:
        """Return its part of `assistant compare --json`."""
        found = self.difference
        interval = {"difference": found.value, "low": found.low, "high": found.high}
        counts = {"wins": self.wins, "losses": self.losses, "ties": self.ties}
        means = {"a": self.mean_a, "b": self.mean_b}
        return {**means, **interval, "n": found.count, "p_value": self.p_value, **counts}

    def cells(self) -> tuple[str, ...]:
        """Return the values for people, in the order of `COLUMNS`."""
        shown, signed = self.metric.shown, self.metric.signed
        low, high = signed(self.difference.low), signed(self.difference.high)
        return (
            self.label,
            shown(self.mean_a),
            shown(self.mean_b),
            signed(self.difference.value),
            f"{low} to {high}",
            f"{self.p_value:.4f}",
            *map(str, (self.wins, self.losses, self.ties)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A case whose answer is not the same in both runs."""

    before: Record
    after: Record

    @property
    def outcome(self) -> str:
        """`win`, `loss` or `tie` by whether the answer is right."""
        gain = int(self.after.is_right) - int(self.before.is_right)
        return ("tie", "win", "loss")[gain]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What two runs have in common, and in what they differ."""

    name_a: str
    name_b: str
    pairs: int
    only_in_a: int
    only_in_b: int
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    changed: int

    def as_json(self) -> dict[str, Any]:
        """Return the form of `assistant compare --json`."""
        return {
            "a": self.name_a,
            "b": self.name_b,
            "pairs": self.pairs,
            "only_in_a": self.only_in_a,
            "only_in_b": self.only_in_b,
            "changed_answers": self.changed,
            "differences": {item.name: item.as_json() for item in self.differences},
        }


def compare(run_a: RunFolder, run_b: RunFolder) -> Comparison:
    """Return how run B differs from run A, over the cases that both have asked.

    Raises:
        AssistantError: A folder holds no run, or the runs have no case in common.
    """
    matched = _Matched(run_a, run_b)
    columns: dict[Metric, list[tuple[float, float]]] = {metric: [] for metric in METRICS}
    changes: list[Change] = []
    changed = 0
    for before, after in matched:
        for metric, values in columns.items():
            one, other = metric.value(before), metric.value(after)
            if one is not None and other is not None:
                values.append((one, other))
        if before.text != after.text or before.status != after.status:
            changed += 1
            changes.append(Change(before=before, after=after))
            changes = _most_telling(changes) if len(changes) > 2 * MOST_CHANGES else changes
    if not matched.pairs:
        raise AssistantError("these runs have no case in common; compare runs of the same cases")
    return Comparison(
        name_a=str(run_a.path),
        name_b=str(run_b.path),
        pairs=matched.pairs,
        only_in_a=matched.only_in_a,
        only_in_b=matched.only_in_b,
        differences=tuple(_differences(columns)),
        changes=tuple(_most_telling(changes)),
        changed=changed,
    )


class _Matched:
    """The pairs of two runs. Two files in the same order are read side by side."""

    def __init__(self, run_a: RunFolder, run_b: RunFolder) -> None:
        self._runs = (run_a, run_b)
        self.pairs = self.only_in_a = self.only_in_b = 0

    def __iter__(self) -> Iterator[tuple[Record, Record]]:
        waiting: tuple[dict[str, Record], dict[str, Record]] = ({}, {})
        for run in self._runs:
            if run.settings() is None:
                raise AssistantError(f"{run.path} holds no run; give the folder of one")
        for both in zip_longest(*(run.records() for run in self._runs)):
            for side, record in enumerate(both):
                if record is None:
                    continue
                key = f"{record.case.id}\0{record.case.question}"
                partner = waiting[1 - side].pop(key, None)
                if partner is None:
                    waiting[side][key] = record
                    continue
                self.pairs += 1
                yield (record, partner) if side == 0 else (partner, record)
        self.only_in_a, self.only_in_b = len(waiting[0]), len(waiting[1])


def _differences(columns: dict[Metric, list[tuple[float, float]]]) -> Iterator[Difference]:
    for metric, values in columns.items():
        if metric.statistic == "p95" or not values:
            continue
        before, after = np.asarray(values).T
        gains = after - before
        better = -gains if metric.lower_is_better else gains
        found = estimate(gains.tolist())
        if found is None:
            continue
        yield Difference(
            metric=metric,
            mean_a=float(before.mean()),
            mean_b=float(after.mean()),
            difference=found,
            p_value=permutation_p(gains),
            wins=int((better > _EQUAL).sum()),
            losses=int((better < -_EQUAL).sum()),
            ties=int((abs(better) <= _EQUAL).sum()),
        )


def permutation_p(gains: np.ndarray) -> float:
    """Return the two-sided p-value of a mean difference under random characters.

    >>> permutation_p(np.zeros(5))
    1.0
    >>> permutation_p(np.ones(20)) < 0.001
    True
    """
    gains = gains[np.abs(gains) > _EQUAL]
    if not len(gains):
        return 1.0
    if (np.abs(gains) == 1).all():
        return mcnemar_p(int((gains > 0).sum()), int((gains < 0).sum()))
    generator = np.random.default_rng(_SEED)
    observed = abs(gains.sum())
    sizes, counts = np.unique(np.abs(gains), return_counts=True)
    sums = np.zeros(FLIPS)
    for size, count in zip(sizes, counts, strict=True):
        # Of `count` equal sizes, a binomial number keep their character.
        sums += size * (2.0 * generator.binomial(count, 0.5, size=FLIPS) - count)
    extreme = int((np.abs(sums) >= observed - 1e-9).sum())
    return (extreme + 1) / (FLIPS + 1)


def mcnemar_p(gained: int, lost: int) -> float:
    """Return the exact two-sided p-value of McNemar's test (1947) of two paired shares.

    >>> round(mcnemar_p(1, 7), 4), mcnemar_p(3, 3)
    (0.0703, 1.0)
    """
    total, fewer = gained + lost, min(gained, lost)
    tail = sum(math.comb(total, number) for number in range(fewer + 1))
    return min(1.0, float(2 * tail / 2**total))


def _most_telling(changes: Iterable[Change]) -> list[Change]:
    """Return the changes that matter most: losses, then wins, then other words."""
    order = {"loss": 0, "win": 1, "tie": 2}
    ranked = sorted(changes, key=lambda change: (order[change.outcome], change.before.position))
    return ranked[:MOST_CHANGES]
