"""What people read of a run or a comparison: one HTML file that needs nothing else, and Markdown.

Only choosing and formatting; both forms are filled from the same values.
"""

import heapq
from collections.abc import Mapping
from pathlib import Path

from assistant.evaluation.comparing import COLUMNS, Comparison
from assistant.evaluation.engines import Engines
from assistant.evaluation.folder import RunFolder, RunSettings
from assistant.evaluation.metrics.intervals import Estimate
from assistant.evaluation.metrics.table import BY_NAME
from assistant.evaluation.record import Record
from assistant.evaluation.report.histogram import histogram
from assistant.evaluation.report.pages import fill
from assistant.evaluation.summary import Summary
from index.library.durable import replace_file

MOST_CASES = 300
MOST_GROUPS = 30
_OFTEN_ONE = ("engine", "dress")
_HEADLINE = ("right", "answer_hit", "citation_hit", "refusal_recall", "seconds_p50")


def write_report(folder: RunFolder, settings: RunSettings, summary: Summary) -> None:
    """Write `report.html` and `report.md` into the folder of a finished run."""
    worst = heapq.nsmallest(MOST_CASES, folder.records(), key=_goodness)
    _write(
        folder.path,
        "report",
        settings=settings,
        summary=summary,
        name=settings.cases.replace("\\", "/").split("/")[-1],
        headline=[(m, figure) for m, figure in summary.shown() if m.name in _HEADLINE],
        right=BY_NAME["right"],
        groups={
            by: _of_groups(groups)
            for by, groups in summary.by.items()
            if len(groups) > (by in _OFTEN_ONE)
        },
        most_groups=MOST_GROUPS,
        latency=histogram(record.cost.seconds for record in folder.records()),
        worst=worst,
    )


def write_comparison(comparison: Comparison, folder: Path) -> tuple[Path, Path]:
    """Write `comparison.html` and `comparison.md` into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    return _write(folder, "comparison", comparison=comparison, columns=COLUMNS)


def write_engines(engines: Engines, folder: Path) -> tuple[Path, Path]:
    """Write `engines.html` and `engines.md` into a folder and return their paths."""
    return _write(folder, "engines", engines=engines)


def _write(folder: Path, report: str, **values: object) -> tuple[Path, Path]:
    paths = folder / f"{report}.html", folder / f"{report}.md"
    for path in paths:
        replace_file(path, fill(f"{path.name}.jinja", **values).encode())
    return paths


def _of_groups(groups: Mapping[str, Mapping[str, Estimate]]) -> list[tuple[str, Estimate]]:
    """Return the share of right answers of each group."""
    return [(name, figures["right"]) for name, figures in groups.items()]


def _goodness(record: Record) -> tuple[float, ...]:
    """Return what orders the cases, the worst first."""
    found = record.measures
    return (
        float(record.status != "failed"),
        found.get("right") or 0,
        1 - (found.get("wrongly_answered") or 0),
        *(found.get(name) or 0 for name in ("speaker_right", "citation_hit", "token_f1")),
        record.position,
    )
