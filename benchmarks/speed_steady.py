"""What stays as it is: a hundred questions in a row, and a reader beside a writer.

python -m benchmarks.speed_steady questions FILE COUNT
python -m benchmarks.speed_steady write FOLDER COUNT SECONDS
"""

import gc
import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.material import tables
from benchmarks.speed_measure import (
    ROOT,
    Bar,
    Options,
    Part,
    environment,
    json_of,
    median,
    python,
    resident_megabytes,
)
from benchmarks.threads import varied

_SAMPLE = ROOT / "samples" / "port-de-valmer.fr.txt"
_SUBJECTS, _FORMS = tables("threads")["subjects"], tables("threads")["forms"]
_BEGINNINGS = ("Ar", "Bel", "Cor", "Dun", "El", "Far", "Gol", "Hes")
_ENDINGS = ("wick", "ford", "mere", "stow", "combe", "ley", "ton", "holt")
_MILLS = tuple(beginning + ending for beginning in _BEGINNINGS for ending in _ENDINGS)
_WARM = 30


def questions(options: Options) -> Part:
    """Measure a hundred different questions in a row on one article, three times over."""
    count = 40 if options.quick else 100
    command = ("-m", "benchmarks.speed_steady", "questions", str(_SAMPLE), str(count))
    with tempfile.TemporaryDirectory() as home:
        found = json_of(python(*command), home=Path(home))
    bars = (
        Bar(
            what="questions in a row: the last hundred beside the first, time",
            measured=found["last_over_first"],
            limit=1.15,
            unit="x",
        ),
        Bar(
            what="questions in a row: memory that stays",
            measured=found["grown_megabytes"],
            limit=2,
            unit="MB",
        ),
    )
    return Part(bars=bars, figures=found)


def two_processes(options: Options) -> Part:
    """Measure a reader of the whole library while another process adds articles to it."""
    count = 4 if options.quick else 24
    with tempfile.TemporaryDirectory() as place:
        found = _read_beside_writer(Path(place), count)
    bars = (
        Bar(what="two processes: wrong answers", measured=found["wrong"], limit=0, unit="x"),
        Bar(
            what="two processes: a new article is answered from, at the latest after",
            measured=found["slowest_seconds"],
            limit=1,
            unit="s",
        ),
    )
    return Part(bars=bars, figures=found)


def _read_beside_writer(place: Path, count: int) -> dict[str, Any]:
    """Ask of an article as soon as its writer says it is there, and of older ones in between."""
    from assistant import Assistant

    home = place / "library"
    reader = Assistant.open(None, llm=None, home=home)
    writer = subprocess.Popen(
        python("-m", "benchmarks.speed_steady", "write", str(place), str(count), "1.0"),
        cwd=ROOT,
        env=environment(home),
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    fresh: queue.Queue[tuple[int, float] | None] = queue.Queue()
    listener = threading.Thread(target=_listen, args=(writer, fresh), daemon=True)
    listener.start()
    delays: list[float] = []
    asked = wrong = known = 0
    while True:
        try:
            item = fresh.get(timeout=0.02)
        except queue.Empty:
            if known:
                asked += 1
                wrong += not _is_right(reader, asked * 7 % known)
            continue
        if item is None:
            break
        number, told = item
        while not _is_right(reader, number) and time.perf_counter() - told < 30:
            time.sleep(0.01)
        delays.append(time.perf_counter() - told)
        known += 1
    for number in range(known):
        asked += 1
        wrong += not _is_right(reader, number)
    if writer.wait(timeout=60) != 0 or known != count:
        raise SystemExit(f"the writer added {known} of {count} articles")
    return {
        "articles": count,
        "questions_on_older_articles": asked,
        "wrong": wrong,
        "median_seconds": round(median(delays), 3),
        "slowest_seconds": round(max(delays), 3),
    }


def _listen(
    writer: "subprocess.Popen[str]", fresh: "queue.Queue[tuple[int, float] | None]"
) -> None:
    for line in writer.stdout or ():
        fresh.put((int(line), time.perf_counter()))
    fresh.put(None)


def _is_right(reader: Any, number: int) -> bool:
    answer = reader.ask(f"When was the mill of {_MILLS[number]} built?")
    return any(str(1700 + number) in citation.quote for citation in answer.citations)


def _write(place: Path, count: int, pause: float) -> None:
    """Add one article after the other, and say of each when it is stored."""
    from assistant.cli.sources import open_library_search

    library_search = open_library_search()
    for number in range(count):
        name = _MILLS[number]
        page = {
            **varied(20, seed=number),
            "title": f"The mill of {name}",
            "paragraphs": [
                f"The mill of {name} was built in {1700 + number} by the miller's guild.",
                f"Visitors to {name} can see the wheel on Sundays.",
            ],
        }
        file = place / f"{number}.json"
        file.write_text(json.dumps(page), "utf-8")
        library_search.add(file)
        library_search.catch_up()
        print(number, flush=True)
        time.sleep(pause)


def _ask_in_a_row(file: str, count: int) -> dict[str, float]:
    from assistant import Assistant

    assistant = Assistant.open(file, llm=None)
    for question in list(_different(count, about="Valmer"))[:_WARM]:
        assistant.ask(question)
    rounds: list[float] = []
    memory: list[float] = []
    for number in range(3):
        # Other words each time: what is kept of a question would add up.
        asked = list(_different(count, about=f"{_MILLS[number]}{_MILLS[-number]}"))
        began = time.perf_counter()
        for question in asked:
            assistant.ask(question)
        rounds.append(time.perf_counter() - began)
        gc.collect()
        memory.append(resident_megabytes())
    return {
        "questions": count,
        "first_seconds": round(rounds[0], 3),
        "last_seconds": round(rounds[-1], 3),
        "last_over_first": round(rounds[-1] / rounds[0], 3),
        "memory_megabytes": round(memory[-1], 1),
        "grown_megabytes": round(memory[-1] - memory[0], 2),
    }


def _different(count: int, *, about: str) -> Iterator[str]:
    for number in range(count):
        form = _FORMS[number // len(_SUBJECTS) % len(_FORMS)]
        subject = f"{_SUBJECTS[number % len(_SUBJECTS)]} {about.lower()}{_MILLS[number % 64]}"
        yield form.format(subject=subject)


def main() -> None:
    """Be the process of one of the two measurements."""
    match sys.argv[1:]:
        case ["questions", file, count]:
            print(json.dumps(_ask_in_a_row(file, int(count))))
        case ["write", place, count, pause]:
            _write(Path(place), int(count), float(pause))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
