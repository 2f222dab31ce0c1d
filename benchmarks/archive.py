"""From a question to its evidence in libraries of growing size: time, memory, disk.

    python -m benchmarks.archive [--sizes 1000 10000 100000] [--questions N] [--keep FOLDER]
                                 [--into docs/scaling.md]

Articles with a hundred generated comments each; only what search needs is derived of them, so
that a million passages fit into an afternoon. Each size is a library of its own, asked in a
process of its own. Prints one JSON object on its last line.
"""

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.threads import generated
from index.article import Article
from index.encoder import StaticEmbedder
from index.library.derived import derive_vectors
from index.library.library import Library
from index.library.search import LibrarySearch
from index.library.search.preparing import Prepared
from index.reading.building import build_article
from index.reading.own_json import draft_from_json

BARS_MILLISECONDS = {1_000: 5, 10_000: 10, 100_000: 40, 1_000_000: 250}
_COMMENTS = 100
_FIRST_LINE = "|---|---|---|---|---|---|---|---|"
_PLACES = ("Larnmoor", "Ostwick", "Brenholt", "Skarvik", "Tornby", "Quarrel Hill", "Dunmere")
_THINGS = ("tramway", "harbour", "school", "bridge", "market hall", "library", "theatre", "pool")
_QUESTIONS = (
    "How many stations are open in {place} at night?",
    "Who denied what about the {thing} of {place}?",
    "What did the {thing} number {number} cost?",
    "When does the {thing} of {place} open?",
)


def article(number: int) -> Article:
    """Return an invented article with a thread; no two are alike."""
    record = generated(_COMMENTS, seed=number)
    thing, place = _THINGS[number % len(_THINGS)], _PLACES[number // 8 % len(_PLACES)]
    record["title"] = f"The {thing} of {place}, number {number}"
    address = f"https://archive.example/{number}"
    return build_article(replace(draft_from_json(record), url=address), source_key=address)


def fill(home: Path, passages: int) -> dict[str, float]:
    """Make a library of about that many passages; return the seconds of both steps."""
    embedder = StaticEmbedder.open()
    library_search = LibrarySearch(Library(home), embedder)
    began = time.perf_counter()
    stored = number = 0
    while stored < passages:
        page = article(number)
        source = page.text.encode()
        derived = derive_vectors(page, embedder)
        library_search.store(Prepared(article=page, source=source, suffix=".txt", derived=derived))
        stored += len(page.passages)
        number += 1
    published = time.perf_counter()
    library_search.catch_up()
    return {
        "articles": number,
        "passages": stored,
        "publish_seconds": round(published - began, 2),
        "index_seconds": round(time.perf_counter() - published, 2),
    }


def ask(home: Path, questions: int) -> dict[str, float]:
    """Ask a library that exists; milliseconds, and megabytes over a process that has not asked."""
    embedder = StaticEmbedder.open()
    embedder.encode_queries(["warm"])
    before = _megabytes_in_memory()
    library_search = LibrarySearch(Library(home), embedder)
    began = time.perf_counter()
    library_search.search("Who opens the first station?")
    first = time.perf_counter() - began
    chance = random.Random(1)
    seconds = []
    for _ in range(questions):
        question = chance.choice(_QUESTIONS).format(
            place=chance.choice(_PLACES), thing=chance.choice(_THINGS), number=chance.randrange(200)
        )
        began = time.perf_counter()
        library_search.search(question)
        seconds.append(time.perf_counter() - began)
    return {
        "first_ms": round(1_000 * first, 1),
        "p50_ms": round(1_000 * statistics.median(seconds), 2),
        "p95_ms": round(1_000 * statistics.quantiles(seconds, n=20)[-1], 2),
        "memory_megabytes": round(_megabytes_in_memory() - before, 1),
    }


def run(home: Path, passages: int, *, questions: int) -> dict[str, Any]:
    """Fill and ask a library of one size."""
    found: dict[str, Any] = fill(home, passages)
    command = [sys.executable, "-m", "benchmarks.archive", "--ask", str(home)]
    done = subprocess.run(
        [*command, "--questions", str(questions)], capture_output=True, text=True, check=True
    )
    found |= json.loads(done.stdout.splitlines()[-1])
    found["disk_megabytes"] = {
        part.name: round(_megabytes(part), 1) for part in sorted(home.iterdir()) if part.is_dir()
    }
    per_million = 1e6 / found["passages"]
    found["megabytes_per_million"] = {
        "memory": round(found["memory_megabytes"] * per_million),
        "disk": round(sum(found["disk_megabytes"].values()) * per_million),
    }
    found["bar_p50_ms"] = BARS_MILLISECONDS.get(passages)
    return found


def write_rows(sizes: dict[str, dict[str, Any]], page: Path) -> None:
    """Put the figures of these sizes into the table of a page, in place of older ones."""
    head, first, rest = page.read_text("utf-8").partition(_FIRST_LINE)
    table, last, tail = rest.partition("\n\n")
    rows = {row.split("|")[1].strip(): row for row in table.splitlines() if row.startswith("|")}
    for figures in sizes.values():
        disk = sum(figures["disk_megabytes"].values())
        cells = (
            f"{_rounded(figures['passages']):,}",
            f"{figures['articles']:,}",
            f"{figures['publish_seconds']:,.1f}",
            f"{figures['index_seconds']:,.1f}",
            f"{figures['p50_ms']:,.1f}",
            f"{figures['p95_ms']:,.1f}",
            f"{figures['memory_megabytes']:,.0f}",
            f"{disk:,.0f}",
        )
        rows[cells[0]] = f"| {' | '.join(cells)} |"
    ordered = sorted(rows, key=lambda size: int(size.replace(",", "")))
    table = "\n" + "\n".join(rows[size] for size in ordered)
    page.write_text(f"{head}{first}{table}{last}{tail}", "utf-8")


def _rounded(passages: int) -> int:
    return round(passages, 1 - len(str(passages)))


def _megabytes_in_memory() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="where the libraries are made and left")
    parser.add_argument("--into", type=Path, help="a page with the table of figures")
    parser.add_argument("--ask", type=Path, help="only ask the library in this folder")
    options = parser.parse_args()
    if options.ask is not None:
        print(json.dumps(ask(options.ask, options.questions)))
        return
    with tempfile.TemporaryDirectory() as folder:
        place = options.keep or Path(folder)
        sizes = {
            str(size): run(place / str(size), size, questions=options.questions)
            for size in options.sizes
        }
    if options.into is not None:
        write_rows(sizes, options.into)
    smallest, largest = min(options.sizes), max(options.sizes)
    growth = sizes[str(largest)]["p50_ms"] / sizes[str(smallest)]["p50_ms"]
    print(json.dumps({"sizes": sizes, "growth": round(growth, 2), "by_factor": largest / smallest}))


if __name__ == "__main__":
    main()
