"""The same library made by one process, by several, and by a cluster a worker of which is killed.

    python -m benchmarks.workers [--articles 10000] [--comments N] [--by alone processes cluster]

Each way runs in a program of its own and adds the same generated articles. While the cluster
works, one of its busy workers is killed. What is stored must not differ in a byte, the times of
adding left out. Prints one JSON object on its last line.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.threads import generated
from index.encoder import StaticEmbedder
from index.library.compute import InThisProcess, Workers
from index.library.library import Library
from index.library.search import Added, LibrarySearch
from tests.support.library_sums import sums

WAYS = ("alone", "processes", "cluster")
_COMMENTS = 5
_KILLED_AFTER = 0.3
"""Share of the articles that are stored when a worker is killed."""


def write(folder: Path, *, articles: int, comments: int) -> None:
    """Write that many generated articles, one JSON file each; no two are alike."""
    folder.mkdir()
    for number in range(articles):
        record = generated(comments, seed=number)
        record["title"] = f"The tramway of Larnmoor, part {number}"
        (folder / f"{number:06}.json").write_text(json.dumps(record), "utf-8")


def add(folder: Path, home: Path, way: str) -> dict[str, float]:
    """Add all files of a folder to a new library; return seconds and workers killed."""
    files = sorted(folder.iterdir())
    library_search = LibrarySearch(Library(home), StaticEmbedder.open())
    began = time.perf_counter()
    stored: Iterable[Added] = library_search.add_all(files, workers=_workers(way))
    killed: list[int] = []
    if way == "cluster":
        stored = _killing(stored, after=int(_KILLED_AFTER * len(files)), killed=killed)
    articles = sum(1 for _ in stored)
    library_search.catch_up()
    library_search.close()
    seconds = round(time.perf_counter() - began, 1)
    return {"articles": articles, "seconds": seconds, "killed": len(killed)}


def _workers(way: str) -> Workers:
    if way == "alone":
        return InThisProcess()
    if way == "processes":
        from index.library.compute.processes import Processes

        return Processes(os.cpu_count() or 1)
    from index.library.compute.cluster import RayCluster

    return RayCluster()


def _killing(stored: Iterable[Added], *, after: int, killed: list[int]) -> Iterator[Added]:
    """Pass on what is stored; when enough is, kill the busiest worker of the cluster, once."""
    for number, one in enumerate(stored, start=1):
        if number >= after and not killed and (workers := _busy_workers()):
            os.kill(workers[0], signal.SIGKILL)
            killed.append(workers[0])
        yield one


def _busy_workers() -> list[int]:
    """Return the processes in which the cluster runs our step, the busiest first."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            command = (folder / "cmdline").read_bytes()
            times = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if command.startswith(b"ray::") and b"Map" in command:
            found.append((int(times[11]), int(folder.name)))
    return [process for _, process in sorted(found, reverse=True)]


def _in_a_program_of_its_own(way: str, folder: Path, home: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.workers", "--way", way, str(folder), str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2_000:])
    # Ray says something as it ends.
    last = next(line for line in reversed(done.stdout.splitlines()) if line.startswith("{"))
    figures: dict[str, Any] = json.loads(last)
    return figures


def main() -> None:
    """Make the libraries and compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--comments", type=int, default=_COMMENTS)
    parser.add_argument("--by", nargs="+", choices=WAYS, default=WAYS)
    parser.add_argument("--way", nargs=3, metavar=("WAY", "FOLDER", "HOME"), help="one way only")
    options = parser.parse_args()
    if options.way:
        way, folder, home = options.way
        print(json.dumps(add(Path(folder), Path(home), way)))
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "articles"
        write(folder, articles=options.articles, comments=options.comments)
        figures: dict[str, Any] = {}
        first: dict[str, str] | None = None
        for way in options.by:
            home = Path(place) / way
            figures[way] = _in_a_program_of_its_own(way, folder, home)
            made = sums(home)
            first = made if first is None else first
            figures[way] |= {"files": len(made), "differ": len(first.items() ^ made.items())}
            print(way, figures[way], flush=True)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
