"""From the records of a run to its figures, each with an interval and the number of cases."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.harms import HARMS, Harm
from assistant.evaluation.marked import Score
from assistant.evaluation.metrics.intervals import Estimate, estimate
from assistant.evaluation.metrics.table import BY_NAME, METRICS, Metric
from assistant.evaluation.record import Group, Record
from assistant.evaluation.review import Agreement, agreements
from index.article_json import to_json

_GROUPED = tuple(BY_NAME[name] for name in ("right", "answer_hit", "citation_hit", *HARMS))
MOST_CASES = 200
"""Of one harm that are named; all are in results.jsonl."""

Figures = Mapping[str, Estimate]
"""By the names of the metrics that were measured, in the order of the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flips:
    """The cases, by id, that are right only as written (`lost`), or only in a dress (`gained`)."""

    asked: int
    lost: tuple[str, ...]
    gained: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All figures of a run: `by["type"]["date"]` are those of one type, the largest first.

    `harmed` names the cases whose answers do a harm, `flips` what changes by dress,
    `marked` how much of what people marked on the pages is found,
    `agreements` how far people, and each metric with them, agree.
    """

    cases: int
    right: int
    figures: Figures
    by: Mapping[str, Mapping[str, Figures]]
    harmed: Mapping[Harm, tuple[str, ...]]
    flips: Mapping[str, Flips]
    marked: Mapping[str, Score]
    agreements: tuple[Agreement, ...]

    def shown(self) -> tuple[tuple[Metric, Estimate], ...]:
        """Return what was measured, in the order in which it is shown."""
        return tuple((BY_NAME[name], found) for name, found in self.figures.items())

    def worth(self) -> tuple[str, ...]:
        """Return in words what the figures are worth: how far people agree with them."""
        lines = [
            f"{item.one} and {item.other}: kappa {item.kappa:.2f} on {item.answers} answers"
            for item in self.agreements
        ]
        if "judged_faithful" in self.figures and not any(
            item.one == "judged_faithful" for item in self.agreements
        ):
            lines.append("judged_faithful: nobody judged these answers too, see --review")
        return tuple(lines)

    def as_json(self) -> dict[str, Any]:
        """Return the content of `summary.json`."""
        content: dict[str, Any] = to_json(self)
        return content


def summarise(records: Iterable[Record], *, marked: Mapping[str, Score]) -> Summary:
    """Return the figures of records; only numbers are kept of each."""
    total = _Columns(METRICS)
    grouped: dict[str, defaultdict[str, _Columns]] = {
        by: defaultdict(lambda: _Columns(_GROUPED)) for by in Group._fields
    }
    harmed: dict[Harm, list[str]] = {}
    dressing = _Dressing()
    judged: list[Record] = []
    right = 0
    for record in records:
        right += record.is_right
        total.add(record)
        dressing.add(record)
        judged += [record] if record.opinions else []
        for harm in record.harms:
            cases = harmed.setdefault(harm, [])
            cases += [record.case.id] if len(cases) < MOST_CASES else []
        for by, name in record.group._asdict().items():
            grouped[by][name].add(record)
    return Summary(
        cases=total.size,
        right=right,
        figures=total.figures(),
        by={by: _largest_first(groups) for by, groups in grouped.items()},
        harmed={harm: tuple(harmed[harm]) for harm in HARMS if harm in harmed},
        flips=dressing.flips(),
        marked=marked,
        agreements=agreements(judged),
    )


class _Dressing:
    """Compares each case in a dress with the same case as written, which was asked before it."""

    def __init__(self) -> None:
        self._plain = ("", False)
        self._changes: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def add(self, record: Record) -> None:
        if record.case.dress is None:
            self._plain = (record.case.id, record.is_right)
        else:
            name, was_right = self._plain
            self._changes[record.case.dress][name] = record.is_right - was_right

    def flips(self) -> dict[str, Flips]:
        return {
            dress: Flips(
                asked=len(changes),
                lost=tuple(name for name, change in changes.items() if change < 0),
                gained=tuple(name for name, change in changes.items() if change > 0),
            )
            for dress, changes in self._changes.items()
        }


class _Columns:
    """The values of some metrics, one number per case each."""

    __slots__ = ("_values", "size")

    def __init__(self, metrics: tuple[Metric, ...]) -> None:
        self._values = {metric: array("d") for metric in metrics}
        self.size = 0

    def add(self, record: Record) -> None:
        self.size += 1
        for metric, values in self._values.items():
            value = metric.value(record)
            if value is not None:
                values.append(value)

    def figures(self) -> dict[str, Estimate]:
        measured = (
            (metric.name, estimate(values, statistic=metric.statistic))
            for metric, values in self._values.items()
        )
        return {name: found for name, found in measured if found is not None}


def _largest_first(groups: Mapping[str, _Columns]) -> dict[str, Figures]:
    ordered = sorted(groups.items(), key=lambda item: (-item[1].size, item[0]))
    return {name: columns.figures() for name, columns in ordered}
