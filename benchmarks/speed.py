"""How fast we are beside what a user would write instead, and beside the limit of bare parts.

    python -m benchmarks.speed [--only NAME ...] [--runs N] [--data FOLDER] [--million] [--quick]

Parts: start, answer, indexing, thread, model, search, questions, processes. Stock is LlamaIndex
with its splitter, its Chroma store and an offline sentence-transformers model (extra `bench`).
`--quick` takes seconds and small sizes; its figures say that everything runs, no more. Prints a
table for people and one JSON object on its last line.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks import speed_processes, speed_search, speed_steady, speed_thread
from benchmarks.speed_measure import Options, Part

_PARTS: Mapping[str, Callable[[Options], Part]] = {
    "start": speed_processes.start,
    "answer": speed_processes.answer,
    "indexing": speed_processes.indexing,
    "thread": speed_thread.thread,
    "model": speed_thread.model,
    "search": speed_search.search,
    "questions": speed_steady.questions,
    "processes": speed_steady.two_processes,
}


def main() -> None:
    """Run the parts that are asked for and print what they found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", choices=sorted(_PARTS), default=sorted(_PARTS))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "--data", type=Path, default=Path(os.environ.get("ARTICLE_DATA", "../shared"))
    )
    parser.add_argument("--million", action="store_true", help="search a million passages too")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    chosen = Options(
        runs=1 if options.quick else options.runs,
        quick=options.quick,
        data=options.data,
        million=options.million,
    )
    parts: dict[str, Any] = {}
    for name, measure in _PARTS.items():
        if name in options.only:
            began = time.perf_counter()
            part = measure(chosen)
            _show(name, part, seconds=time.perf_counter() - began)
            parts[name] = part.as_json()
    print(json.dumps({"machine": _machine(), "quick": options.quick, "parts": parts}))


def _show(name: str, part: Part, *, seconds: float) -> None:
    print(f"{name} ({seconds:.0f} s)" + (f": skipped, {part.skipped}" if part.skipped else ""))
    for bar in part.bars:
        shown = bar.as_json()
        mark = "holds " if bar.holds else "MISSED"
        print(f"  {mark} {bar.what}: {bar.measured:.3g} {bar.unit} (bar {shown['bar']})")
    sys.stdout.flush()


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "threads": os.environ.get("OMP_NUM_THREADS", "as the libraries choose"),
    }


if __name__ == "__main__":
    main()
