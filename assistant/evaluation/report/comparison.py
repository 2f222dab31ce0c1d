"""The report of a comparison: differences with their intervals, changed answers side by side."""

from pathlib import Path

from assistant.evaluation.comparing import Comparison, Difference
from assistant.evaluation.report.pages import fill, percent
from index.library.durable import replace_file


def write_comparison(comparison: Comparison, folder: Path) -> tuple[Path, Path]:
    """Write `comparison.html` and `comparison.md` into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    page, text = folder / "comparison.html", folder / "comparison.md"
    for path in (page, text):
        filled = fill(f"{path.name}.jinja", comparison=comparison, signed=signed, shown=shown)
        replace_file(path, filled.encode())
    return page, text


def shown(value: float, difference: Difference) -> str:
    """Return a mean of a figure for people."""
    return percent(value) if difference.is_share else f"{value:.3f}"


def signed(value: float, difference: Difference) -> str:
    """Return a difference for people: percentage points, or the figure's own unit."""
    return f"{100 * value:+.1f}" if difference.is_share else f"{value:+.3f}"
