"""Writes `docs/performance.md` and its chart from runs of `benchmarks.speed`.

    python -m benchmarks.speed > run.txt && python -m benchmarks.performance_report run.txt ...

Each file ends with the JSON object of a run; parts that are not in it keep the figures they have
in `docs/performance.json`. What a missed bar is spent on stands in `performance_notes.toml`.
"""

import argparse
import json
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.performance_chart import chart

_ROOT = Path(__file__).parent.parent
_NOTES = Path(__file__).parent / "performance_notes.toml"
_TITLES = {
    "start": "Starting",
    "answer": "A new process answers",
    "indexing": "Reading and indexing an article",
    "thread": "Ten thousand comments",
    "model": "The same model on both sides",
    "search": "Search on large pages",
    "questions": "A hundred questions in a row",
    "processes": "A reader beside a writer",
}


def main() -> None:
    """Merge the runs into the figures and write page and chart."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="*")
    parser.add_argument("--into", type=Path, default=_ROOT / "docs")
    options = parser.parse_args()
    into: Path = options.into
    (into / "images").mkdir(parents=True, exist_ok=True)
    kept = into / "performance.json"
    figures: dict[str, Any] = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    for file in options.runs:
        run = json.loads(file.read_text("utf-8").strip().splitlines()[-1])
        figures = {
            "machine": run["machine"],
            "measured_on": f"{datetime.now(UTC):%Y-%m-%d}",
            "parts": {**figures.get("parts", {}), **run["parts"]},
        }
    kept.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (into / "images" / "performance.svg").write_text(chart(figures["parts"]), "utf-8")
    notes = tomllib.loads(_NOTES.read_text("utf-8"))
    (into / "performance.md").write_text(_page(figures, notes), "utf-8")
    print(json.dumps({"written": ["performance.md", "images/performance.svg", kept.name]}))


def _page(figures: Mapping[str, Any], notes: Mapping[str, str]) -> str:
    machine, parts = figures["machine"], figures["parts"]
    lines = [
        "# How fast",
        "",
        "Made by `python -m benchmarks.performance_report` from runs of `python -m "
        f"benchmarks.speed` on {figures['measured_on']}: {machine['cores']} cores, "
        f"{machine['system']}, Python {machine['python']}, no graphics processor. All figures are "
        "in `performance.json`. Stock is what a user would write instead: LlamaIndex's "
        "`SentenceSplitter` and `VectorStoreIndex`, its Chroma store, and a sentence-transformers "
        "model of 22 million parameters that lies on the machine; both sides run in turn, medians "
        "are compared.",
        "",
        "![Seconds beside stock, and how search grows](images/performance.svg)",
        "",
        "| what | measured | bar | |",
        "|---|---|---|---|",
    ]
    known = [name for name in _TITLES if name in parts]
    for name in known:
        for bar in parts[name].get("bars", ()):
            held = "holds" if bar["holds"] else "**missed**"
            lines.append(
                f"| {bar['what']} | {bar['measured']:.3g} {bar['unit']} | {bar['bar']} | {held} |"
            )
    for name in known:
        part = parts[name]
        lines += ["", f"## {_TITLES[name]}", ""]
        if "skipped" in part:
            lines.append(f"Not measured: {part['skipped']}.")
            continue
        if name in notes:
            lines += [notes[name].strip(), ""]
        lines += ["| figure | value |", "|---|---|"]
        lines += [f"| {key} | {value} |" for key, value in _flat(part["figures"])]
    return "\n".join(lines) + "\n"


def _flat(figures: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in figures.items():
        name = prefix + key.replace("_", " ")
        if isinstance(value, dict):
            rows += _flat(value, f"{name} / ")
        elif value is not None:
            shown = f"{value:.4g}" if isinstance(value, float) else str(value)
            rows.append((name, shown))
    return rows


if __name__ == "__main__":
    main()
