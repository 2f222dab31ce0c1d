"""Several engines over the same cases, side by side, each tested against the first in pairs."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evaluation.comparing import Comparison
from assistant.evaluation.metrics.intervals import Estimate
from assistant.evaluation.metrics.table import METRICS, Metric
from assistant.evaluation.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure of every engine; `p_values` None for the first, and where nothing is paired."""

    metric: Metric
    figures: tuple[Estimate | None, ...]
    p_values: tuple[float | None, ...]

    def cells(self) -> tuple[str, ...]:
        """Return what a table shows of it, engine by engine."""
        return tuple(
            "–"
            if figure is None
            else f"{self.metric.shown(figure.value)}"
            + (f" (p {p_value:.3f})" if p_value is not None else "")
            for figure, p_value in zip(self.figures, self.p_values, strict=True)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """The table of a run with several engines."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]


def side_by_side(runs: Sequence[Run], comparisons: Sequence[Comparison]) -> Engines:
    """Return the figures of runs over the same cases.

    Args:
        runs: The first is the one the others are tested against.
        comparisons: Of each other run with the first, in the order of the runs.
    """
    tested = [{item.metric.name: item.p_value for item in c.differences} for c in comparisons]
    rows = [
        Row(
            metric=metric,
            figures=tuple(run.summary.figures.get(metric.name) for run in runs),
            p_values=(None, *(found.get(metric.name) for found in tested)),
        )
        for metric in METRICS
    ]
    return Engines(
        names=tuple(run.settings.engine for run in runs),
        rows=tuple(row for row in rows if any(row.figures)),
    )
