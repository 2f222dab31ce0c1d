"""Runs the benchmarks on the material in a folder and writes their figures to `docs/quality.md`.

    python -m benchmarks.report --data ../shared [--only NAME ...]

Figures of benchmarks that are not run keep their place: they are read from `docs/quality.json`,
which holds the last JSON object of each.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from glob import glob
from pathlib import Path
from typing import Any

from benchmarks.material import tables

_ROOT = Path(__file__).parent.parent
_FIGURES = _ROOT / "docs" / "quality.json"
_PAGE = _ROOT / "docs" / "quality.md"


def main() -> None:
    """Run what is asked for and write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=None)
    options = parser.parse_args()
    _FIGURES.parent.mkdir(exist_ok=True)
    figures = json.loads(_FIGURES.read_text()) if _FIGURES.exists() else {}
    for name, command in _commands(options.data).items():
        if options.only is None or name in options.only:
            figures[name] = _run(name, command)
            _FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    _PAGE.write_text(_page(figures))
    print(json.dumps({"written": [str(_FIGURES.name), str(_PAGE.name)]}))


def _commands(folder: Path) -> dict[str, list[str]]:
    """Return each benchmark with its arguments; a pattern of paths becomes the paths it fits."""
    return {
        name: [part for written in command for part in _paths(written.format(data=folder))]
        for name, command in tables("report")["commands"]
    }


def _paths(written: str) -> list[str]:
    return sorted(glob(written, root_dir=_ROOT)) if "*" in written else [written]


def _run(name: str, command: list[str]) -> dict[str, Any]:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{command[0]}", *command[1:]],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = round(time.perf_counter() - started, 1)
    print(f"{name}: {seconds} s, exit code {done.returncode}", file=sys.stderr)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    shown = " ".join(part if not part.startswith("/") else Path(part).name for part in command)
    return {"command": shown, "seconds": seconds, "figures": figures}


def _page(results: Mapping[str, Mapping[str, Any]]) -> str:
    lines = [
        "# How good",
        "",
        f"Made by `python -m benchmarks.report --data FOLDER` on {datetime.now(UTC):%Y-%m-%d}; "
        "the figures are in `quality.json`. The material is not part of this repository, but "
        "for the samples and the texts in `tests/data`. Times were taken on two shared cores.",
        "",
    ]
    for name, result in results.items():
        lines += [f"## {name[0].upper()}{name[1:]}", "", "| figure | value |", "|---|---|"]
        lines += [f"| {key} | {value} |" for key, value in _flat(result["figures"])]
        lines.append("")
    return "\n".join(lines)


def _flat(figures: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in figures.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{prefix}{key} / ")
        elif isinstance(value, list):
            rows.append((f"{prefix}{key}", ", ".join(map(str, value[:8]))))
        else:
            rows.append((f"{prefix}{key}", str(value)))
    return rows


if __name__ == "__main__":
    main()
