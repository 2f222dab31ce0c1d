"""How runs, comparisons and self-tests look in a terminal.

Progress goes to standard error. Words of others are printed as plain text.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from assistant.evaluation.comparing import Comparison
from assistant.evaluation.gate import Shortfall
from assistant.evaluation.record import Record
from assistant.evaluation.report.comparison import shown, signed
from assistant.evaluation.report.view import shown_figures
from assistant.evaluation.run import Run
from assistant.evaluation.selftest import Reliability
from assistant.formats.terminal import plain


class _Bar:
    def __init__(self, progress: Progress, *, done: int, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task("asking", total=total, completed=done, right="", rate="")
        self._asked = self._right = 0

    def advance(self, record: Record) -> None:
        """Count one more case, and show the rate and the share of right answers so far."""
        self._asked += 1
        self._right += record.is_right
        task = self._progress.tasks[self._task]
        rate = self._asked / task.elapsed if task.elapsed else 0.0
        self._progress.update(
            self._task,
            advance=1,
            rate=f"{rate:.1f}/s",
            right=f"right {100 * self._right / self._asked:.0f} %",
        )


@contextmanager
def progress_bar(*, done: int, total: int) -> Iterator[_Bar]:
    """Show how far a run is: cases, rate, time gone and left, share of right answers."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[right]}"),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        yield _Bar(progress, done=done, total=total)


def print_run(run: Run) -> None:
    """Print the figures of a run and where its report lies."""
    table = Table("figure", "value", "95 % interval", "n", title=Text(_title(run)))
    for row in shown_figures(run.summary):
        table.add_row(row.label, row.value, f"{row.low} – {row.high}", str(row.figure.count))
    console = _console()
    console.print(table)
    console.print(Text(plain(f"report: {run.folder.path / 'report.html'}")), soft_wrap=True)


def print_shortfalls(found: Sequence[Shortfall]) -> None:
    """Print what misses the gate."""
    console = Console(stderr=True, highlight=False)
    for shortfall in found:
        console.print(Text(plain(f"below the gate: {shortfall}"), style="red"), soft_wrap=True)


def print_comparison(comparison: Comparison) -> None:
    """Print the differences of two runs."""
    table = Table(
        "figure",
        "A",
        "B",
        "B - A",
        "95 % interval",
        "p",
        "B better",
        "A better",
        "ties",
        title=Text(f"{comparison.pairs} cases, {comparison.changed} changed answers"),
    )
    for item in comparison.differences:
        table.add_row(
            item.label,
            shown(item.mean_a, item),
            shown(item.mean_b, item),
            signed(item.difference.value, item),
            f"{signed(item.difference.low, item)} to {signed(item.difference.high, item)}",
            f"{item.p_value:.4f}",
            str(item.wins),
            str(item.losses),
            str(item.ties),
        )
    _console().print(table)


def print_reliability(found: Reliability) -> None:
    """Print how reliable an engine is on a page, and what it got wrong."""
    table = Table("asked about", "right", "asked", "share", title=Text(plain(found.title)))
    for kind in found.kinds:
        share = f"{100 * kind.right / kind.asked:.0f} %" if kind.asked else "–"
        table.add_row(kind.label, str(kind.right), str(kind.asked), share)
    table.add_section()
    share = f"{100 * found.right / found.asked:.0f} %" if found.asked else "–"
    table.add_row("all", str(found.right), str(found.asked), share, style="bold")
    console = _console()
    console.print(table)
    console.print(Text(plain(found.verdict)), soft_wrap=True)
    for fault in found.faults:
        line = f"  wrong: {fault.question} ({fault.reason})"
        console.print(Text(plain(line), style="dim"), soft_wrap=True)


def _title(run: Run) -> str:
    return plain(f"{run.settings.engine}: {run.summary.right} of {run.summary.cases} right")


def _console() -> Console:
    return Console(highlight=False)
