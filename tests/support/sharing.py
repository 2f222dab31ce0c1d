"""Two processes add and two ask the same library: is an acknowledged article ever missed?

    python -m tests.support.sharing [--seconds 30]

A writer notes an article when it is stored; a reader asks for one of those noted before it
began to ask, half of the time the newest. A writer that finds the library locked must be told so
soon, and tries again. Prints one JSON object on its last line.
"""

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from index.encoder import StaticEmbedder
from index.errors import LibraryLockedError
from index.library.library import Library
from index.library.search import LibrarySearch
from index.reading import read_text
from tests.support.texts import text_of

_TOGETHER = 8
"""Articles after which a writer brings the index in step, which holds the lock longest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What happened; `missed` must be 0 and a refusal come within a second or two."""

    seconds: float
    added: int
    refused: int
    slowest_refusal_seconds: float
    asked: int
    missed: int
    slowest_answer_seconds: float


def _write(home: Path, noted: Path, *, first: int, until: float) -> dict[str, float]:
    library_search = LibrarySearch(Library(home), StaticEmbedder.open())
    refused, slowest, number = 0, 0.0, first
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            library_search.add(read_text(text_of(number)))
            _note(noted, number)
            number += 2
            if (number // 2) % _TOGETHER == 0:
                library_search.catch_up()
        except LibraryLockedError:
            refused += 1
            slowest = max(slowest, time.monotonic() - began)
    return {"added": (number - first) // 2, "refused": refused, "slowest_refusal": slowest}


def _read(home: Path, noted: Path, *, seed: int, until: float) -> dict[str, float]:
    library_search, chance = (
        LibrarySearch(Library(home), StaticEmbedder.open()),
        random.Random(seed),
    )
    asked, missed, slowest = 0, 0, 0.0
    while time.monotonic() < until:
        lines = noted.read_text("ascii").splitlines()
        if not lines:
            time.sleep(0.05)
            continue
        number = int(lines[-1] if chance.random() < 0.5 else chance.choice(lines))
        place = text_of(number).split()[1]
        began = time.monotonic()
        found = library_search.search(f"The {place} with the number {number}")
        slowest = max(slowest, time.monotonic() - began)
        asked += 1
        missed += read_text(text_of(number)).id not in {item.article for item in found}
    return {"asked": asked, "missed": missed, "slowest_answer": slowest}


def _note(noted: Path, number: int) -> None:
    handle = os.open(noted, os.O_WRONLY | os.O_APPEND)
    os.write(handle, f"{number}\n".encode())
    os.close(handle)


def _in_process(action: Callable[[], dict[str, float]]) -> int:
    """Start an action in a process of its own; return where its result can be read."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        os.write(writing, json.dumps(action()).encode())
        os._exit(0)
    os.close(writing)
    return reading


def run(home: Path, *, seconds: float) -> Outcome:
    """Let two writers and two readers work for some seconds."""
    noted = home.parent / "noted.txt"
    noted.write_text("")
    until = time.monotonic() + seconds
    pipes = [
        *(_in_process(lambda first=first: _write(home, noted, first=first, until=until))  # type: ignore[misc]
          for first in (0, 1)),
        *(_in_process(lambda seed=seed: _read(home, noted, seed=seed, until=until))  # type: ignore[misc]
          for seed in (1, 2)),
    ]  # fmt: skip
    results = []
    for pipe in pipes:
        with os.fdopen(pipe) as told:
            # A process that died wrote nothing, which is no JSON.
            results.append(json.loads(told.read()))
        os.wait()
    writers, readers = results[:2], results[2:]
    return Outcome(
        seconds=seconds,
        added=int(sum(w["added"] for w in writers)),
        refused=int(sum(w["refused"] for w in writers)),
        slowest_refusal_seconds=round(max(w["slowest_refusal"] for w in writers), 2),
        asked=int(sum(r["asked"] for r in readers)),
        missed=int(sum(r["missed"] for r in readers)),
        slowest_answer_seconds=round(max(r["slowest_answer"] for r in readers), 2),
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder) / "library", seconds=options.seconds)
    print(json.dumps(asdict(outcome)))


if __name__ == "__main__":
    main()
