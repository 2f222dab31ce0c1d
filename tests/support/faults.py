"""Kills of a process that adds articles: is anything lost, half there, or not found afterwards?

A child adds articles and indexes them, and says of each when it is stored. Some children are
killed at a random moment, some by themselves just before a chosen flush or rename. After each
kill a fresh process looks: every article that was said to be stored must be there, sound, and
be found by its own words.
"""

import argparse
import importlib
import json
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn

from index.encoder import StaticEmbedder
from index.library.library import Library
from index.library.search import LibrarySearch
from index.reading import read_text
from tests.support.texts import PLACES, text_of

_STEPS = 24
"""Flushes and renames among which a killed child chooses: record, derived files, index."""
_LONGEST_SECONDS = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was found after the kills; the first three must be 0."""

    lost: int
    partial: int
    unanswered: int
    kills: int
    aimed: int
    acknowledged: int
    seconds: float


def _add_until_killed(
    home: Path, embedder: StaticEmbedder, *, first: int, told: int, step: int | None
) -> NoReturn:
    if step is not None:
        _die_before(step)
    library_search = LibrarySearch(Library(home), embedder)
    for number in range(first, first + 1_000):
        library_search.add(read_text(text_of(number)))
        os.write(told, f"{number}\n".encode())
        library_search.catch_up()
    os._exit(0)


def _die_before(step: int) -> None:
    left = step

    def dying(action: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return action(*arguments, **options)

        return wrapped

    # Only in a child made for it: the product runs as it is up to the chosen call.
    for owner, name in ((os, "fsync"), (Path, "rename"), (Path, "replace")):
        setattr(owner, name, dying(getattr(owner, name)))


def _kill_one(
    home: Path, embedder: StaticEmbedder, *, first: int, step: int | None, after_seconds: float
) -> list[int]:
    """Return the numbers of the articles that were said to be stored before the kill."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _add_until_killed(home, embedder, first=first, told=writing, step=step)
    os.close(writing)
    if step is None:
        time.sleep(after_seconds)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading) as told:
        numbers = [int(line) for line in told if line.endswith("\n")]
    os.waitpid(child, 0)
    return numbers


def _look(
    home: Path, embedder: StaticEmbedder, numbers: list[int], sample: list[int]
) -> tuple[int, int, int]:
    """Return how many articles are lost, partial, not found, as a fresh process sees it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        library = Library(home)
        visible = set(library.ids())
        lost = sum(read_text(text_of(number)).id not in visible for number in numbers)
        partial = len(library.check())
        library_search = LibrarySearch(library, embedder)
        missed = 0
        for number in sample:
            found = library_search.search(
                f"The {PLACES[number % len(PLACES)]} with the number {number}"
            )
            missed += read_text(text_of(number)).id not in {item.article for item in found}
        os.write(writing, json.dumps([lost, partial, missed]).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        answer = told.read()
    os.waitpid(child, 0)
    # A process that died while looking answers no question.
    lost, partial, missed = json.loads(answer) if answer else (0, 0, max(1, len(sample)))
    return lost, partial, missed


def run(home: Path, *, kills: int, aimed: int, seed: int) -> Outcome:
    """Kill `kills` processes that add articles, `aimed` of them before a flush or rename."""
    chance = random.Random(seed)
    began = time.perf_counter()
    acknowledged: list[int] = []
    lost = partial = unanswered = first = 0
    # Loaded once and inherited: the time of a child goes into writing.
    embedder = StaticEmbedder.open()
    embedder.encode_queries(["warm"])
    importlib.import_module("chromadb")
    steps = [*range(aimed), *[None] * (kills - aimed)]
    chance.shuffle(steps)
    for step in steps:
        numbers = _kill_one(
            home,
            embedder,
            first=first,
            step=None if step is None else step % _STEPS,
            after_seconds=chance.uniform(0.02, _LONGEST_SECONDS),
        )
        # The one that was being added is added again by the next child.
        first += len(numbers)
        acknowledged += numbers
        sample = chance.sample(acknowledged, min(2, len(acknowledged)))
        gone, torn, missed = _look(home, embedder, acknowledged, sample)
        lost, partial, unanswered = max(lost, gone), partial + torn, unanswered + missed
    return Outcome(
        lost=lost,
        partial=partial,
        unanswered=unanswered,
        kills=kills,
        aimed=aimed,
        acknowledged=len(acknowledged),
        seconds=round(time.perf_counter() - began, 1),
    )


def main() -> None:
    """Run from the command line; one JSON object is the last line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--aimed", type=int, default=60, help="of them before a flush or rename")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(
            Path(folder) / "library", kills=options.kills, aimed=options.aimed, seed=options.seed
        )
    print(json.dumps(asdict(outcome)))


if __name__ == "__main__":
    main()
