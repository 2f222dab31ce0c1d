"""From the records of a run to its figures, each with an interval and the number of cases."""

from array import array
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from assistant.evaluation.figures import KINDS, FigureKind
from assistant.evaluation.metrics.intervals import Figure, figure
from assistant.evaluation.record import Record

_GROUPED = ("right", "answer_hit", "citation_hit")
GROUPINGS = ("type", "language", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A figure with its name."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The figures of the cases that have something in common, such as a type of question."""

    name: str
    figures: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """The groups of one kind, the largest first."""

    by: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All figures of a run."""

    cases: int
    right: int
    figures: tuple[Named, ...]
    groupings: tuple[Grouping, ...]

    def find(self, name: str) -> Figure | None:
        """Return a figure by its name, None where nothing was measured for it."""
        return _found(self.figures, name)

    def find_in(self, by: str, group: str, name: str) -> Figure | None:
        """Return a figure of one group, None where nothing was measured for it."""
        figures = (
            member.figures
            for grouping in self.groupings
            if grouping.by == by
            for member in grouping.groups
            if member.name == group
        )
        return next((_found(found, name) for found in figures), None)

    def as_json(self) -> dict[str, Any]:
        """Return the content of `summary.json`."""
        return {
            "cases": self.cases,
            "right": self.right,
            "figures": {item.name: asdict(item.figure) for item in self.figures},
            "by": {
                grouping.by: {
                    group.name: {item.name: asdict(item.figure) for item in group.figures}
                    for group in grouping.groups
                }
                for grouping in self.groupings
            },
        }


def summarise(records: Iterable[Record]) -> Summary:
    """Return the figures of records; only numbers are kept of each."""
    kinds = {kind.name: kind for kind in KINDS}
    total = _Columns(KINDS)
    grouped: dict[str, dict[str, _Columns]] = {by: {} for by in GROUPINGS}
    few = tuple(kinds[name] for name in _GROUPED)
    cases = right = 0
    for record in records:
        cases += 1
        right += record.is_right
        total.add(record)
        for by, name in _names(record):
            grouped[by].setdefault(name, _Columns(few)).add(record)
    return Summary(
        cases=cases,
        right=right,
        figures=total.figures(),
        groupings=tuple(
            Grouping(by=by, groups=_largest_first(groups)) for by, groups in grouped.items()
        ),
    )


class _Columns:
    """The values of some figures, one number per case each."""

    __slots__ = ("_kinds", "_values", "size")

    def __init__(self, kinds: tuple[FigureKind, ...]) -> None:
        self._kinds = kinds
        self._values = tuple(array("d") for _ in kinds)
        self.size = 0

    def add(self, record: Record) -> None:
        self.size += 1
        for kind, values in zip(self._kinds, self._values, strict=True):
            value = kind.of(record)
            if value is not None:
                values.append(value)

    def figures(self) -> tuple[Named, ...]:
        measured = (
            (kind.name, figure(values, statistic=kind.statistic))
            for kind, values in zip(self._kinds, self._values, strict=True)
        )
        return tuple(Named(name=name, figure=found) for name, found in measured if found)


def _names(record: Record) -> Iterable[tuple[str, str]]:
    yield "type", record.case.type or "other"
    yield "language", record.case.lang or record.language or "unknown"
    yield "article", record.article_title or record.case.article


def _largest_first(groups: dict[str, _Columns]) -> tuple[Group, ...]:
    ordered = sorted(groups.items(), key=lambda item: (-item[1].size, item[0]))
    return tuple(Group(name=name, figures=columns.figures()) for name, columns in ordered)


def _found(figures: tuple[Named, ...], name: str) -> Figure | None:
    return next((item.figure for item in figures if item.name == name), None)
