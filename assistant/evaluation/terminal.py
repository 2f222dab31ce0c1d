"""How runs, comparisons and self-tests look in a terminal.

Progress goes to standard error. Words of others are printed as plain text.
"""

from collections.abc import Iterator, Sequence

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

from assistant.evaluation.comparing import COLUMNS, Comparison
from assistant.evaluation.engines import Engines
from assistant.evaluation.gate import Shortfall
from assistant.evaluation.record import Record
from assistant.evaluation.run import Run
from assistant.evaluation.selftest import Reliability
from assistant.formats.terminal import plain


def progress_bar(records: Iterator[Record], *, done: int, total: int) -> Iterator[Record]:
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
        TextColumn("{task.fields[share]}"),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task("asking", total=total, completed=done, share="", rate="")
        right = 0
        for asked, record in enumerate(records, start=1):
            yield record
            right += record.is_right
            elapsed = progress.tasks[task].elapsed
            progress.update(
                task,
                advance=1,
                rate=f"{asked / elapsed:.1f}/s" if elapsed else "",
                share=f"right {100 * right / asked:.0f} %",
            )


def print_run(run: Run) -> None:
    """Print the figures of a run, before them what they are worth, and where its report lies."""
    console = _console()
    for line in run.summary.worth():
        console.print(Text(plain(line)), soft_wrap=True)
    table = Table("figure", "value", "95 % interval", "n", title=Text(_title(run)))
    for metric, figure in run.summary.shown():
        interval = f"{metric.shown(figure.low)} – {metric.shown(figure.high)}"
        table.add_row(metric.label, metric.shown(figure.value), interval, str(figure.count))
    console.print(table)
    for name, score in run.summary.marked.items():
        line = f"marked {name}: {score.found} of {score.marked} found, {score.right} of them right"
        console.print(Text(plain(line)), soft_wrap=True)
    for dress, flips in run.summary.flips.items():
        changed = ", ".join((*(f"-{i}" for i in flips.lost), *(f"+{i}" for i in flips.gained)))
        line = f"{dress}: {len(flips.lost)} of {flips.asked} lost, {len(flips.gained)} gained"
        console.print(Text(plain(f"{line}  {changed}"), style="dim"), soft_wrap=True)
    console.print(Text(plain(f"report: {run.folder.path / 'report.html'}")), soft_wrap=True)


def print_shortfalls(found: Sequence[Shortfall]) -> None:
    """Print what misses the gate."""
    console = Console(stderr=True, highlight=False)
    for shortfall in found:
        console.print(Text(plain(f"below the gate: {shortfall}"), style="red"), soft_wrap=True)


def print_comparison(comparison: Comparison) -> None:
    """Print the differences of two runs."""
    title = f"{comparison.pairs} cases, {comparison.changed} changed answers"
    table = Table(*COLUMNS, title=Text(title))
    for item in comparison.differences:
        table.add_row(*item.cells())
    _console().print(table)


def print_engines(engines: Engines) -> None:
    """Print the figures of several engines beside each other."""
    table = Table("figure", *map(plain, engines.names))
    for row in engines.rows:
        table.add_row(row.metric.label, *row.cells())
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
    if found.untested:
        console.print(Text(plain(f"not testable here: {', '.join(found.untested)}"), style="dim"))
    for fault in found.faults:
        line = f"  wrong: {fault.question} ({fault.reason})"
        console.print(Text(plain(line), style="dim"), soft_wrap=True)


def _title(run: Run) -> str:
    return plain(f"{run.settings.engine}: {run.summary.right} of {run.summary.cases} right")


def _console() -> Console:
    return Console(highlight=False)
