"""What a report shows, ready for a template: only choosing and formatting, no counting."""

import heapq
from dataclasses import dataclass

from assistant.evaluation.figures import KINDS, FigureKind
from assistant.evaluation.folder import RunFolder, RunSettings
from assistant.evaluation.metrics.intervals import Figure
from assistant.evaluation.record import Record
from assistant.evaluation.report.histogram import Bin, histogram
from assistant.evaluation.report.pages import percent
from assistant.evaluation.summary import Grouping, Summary

MOST_CASES = 300
MOST_GROUPS = 30
_HEADLINE = ("right", "answer_hit", "citation_hit", "refusal_recall", "seconds_p50")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure as it is shown: `value` and its interval in words, and as numbers for a bar."""

    name: str
    label: str
    what: str
    value: str
    low: str
    high: str
    figure: Figure
    is_share: bool
    lower_is_better: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars of one figure, one per group; `left_out` counts the groups that did not fit."""

    title: str
    bars: tuple[Row, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """Everything the templates name."""

    settings: RunSettings
    cases: int
    right: int
    headline: tuple[Row, ...]
    rows: tuple[Row, ...]
    charts: tuple[Chart, ...]
    latency: tuple[Bin, ...]
    worst: tuple[Record, ...]
    types: tuple[str, ...]
    languages: tuple[str, ...]


def report_view(folder: RunFolder, settings: RunSettings, summary: Summary) -> ReportView:
    """Return what the report of a run shows."""
    rows = shown_figures(summary)
    worst = heapq.nsmallest(MOST_CASES, folder.records(), key=_goodness)
    return ReportView(
        settings=settings,
        cases=summary.cases,
        right=summary.right,
        headline=tuple(row for row in rows if row.name in _HEADLINE),
        rows=rows,
        charts=tuple(_chart(grouping) for grouping in summary.groupings if grouping.groups),
        latency=histogram(record.cost.seconds for record in folder.records()),
        worst=tuple(worst),
        types=tuple(sorted({record.case.type or "other" for record in worst})),
        languages=tuple(sorted({_language(record) for record in worst})),
    )


def shown_figures(summary: Summary) -> tuple[Row, ...]:
    """Return the figures that were measured, in the order in which they are shown."""
    measured = ((kind, summary.find(kind.name)) for kind in KINDS)
    return tuple(_row(kind, kind.label, found) for kind, found in measured if found)


def in_words(kind: FigureKind, value: float) -> str:
    """Return a value of a figure for people."""
    if kind.is_share:
        return percent(value)
    return f"{value:.0f}" if kind.name.endswith("tokens") else f"{value:.3f} s"


def _row(kind: FigureKind, label: str, figure: Figure) -> Row:
    return Row(
        name=kind.name,
        label=label,
        what=kind.what,
        value=in_words(kind, figure.value),
        low=in_words(kind, figure.low),
        high=in_words(kind, figure.high),
        figure=figure,
        is_share=kind.is_share,
        lower_is_better=kind.lower_is_better,
    )


def _chart(grouping: Grouping) -> Chart:
    kind = next(kind for kind in KINDS if kind.name == "right")
    bars = [
        _row(kind, group.name, item.figure)
        for group in grouping.groups
        for item in group.figures
        if item.name == kind.name
    ]
    return Chart(
        title=f"Right answers by {grouping.by}",
        bars=tuple(bars[:MOST_GROUPS]),
        left_out=max(0, len(bars) - MOST_GROUPS),
    )


def _goodness(record: Record) -> tuple[float, ...]:
    """Return what orders the cases, the worst first."""
    measures = record.measures
    return (
        float(record.status != "failed"),
        measures.right,
        1 - (measures.wrongly_answered or 0),
        measures.speaker_right or 0,
        measures.citation_hit or 0,
        measures.token_f1 or 0,
        record.position,
    )


def _language(record: Record) -> str:
    return record.case.lang or record.language or "unknown"
