"""Is the evaluation itself sound: resumed after a kill, the same with two processes?

    python -m tests.support.evaluation_kills --cases FILE [--limit N] [--kills N] [--rounds N]

`--cases` is asked once undisturbed, then killed with SIGKILL at random moments and resumed
until it is done, for each round; and by one and by two processes in turn. One JSON object on
the last line.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from assistant.evaluation.folder import RunFolder
from assistant.evaluation.metrics.table import METRICS

_SEED = 11


def killed(cases: Path, folder: Path, *, limit: int | None, kills: int) -> dict[str, Any]:
    """Return whether runs that were killed end as an undisturbed one does.

    Each kill comes at a random moment within the time of an undisturbed run; a run that is
    done starts over in another folder until the kills are used up.
    """
    choose = random.Random(_SEED)
    started = time.perf_counter()
    undisturbed = folder / "undisturbed"
    _command(cases, undisturbed, limit=limit, jobs=1).wait()
    seconds = time.perf_counter() - started
    wanted = _results(undisturbed)
    struck, runs, identical, partial = 0, 0, 0, 0
    while struck < kills:
        out = folder / f"killed-{runs}"
        runs += 1
        for _ in range(3):
            process = _command(cases, out, limit=limit, jobs=1 + struck % 2)
            try:
                process.wait(timeout=choose.uniform(0.0, seconds))
                break
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                struck += 1
                done = RunFolder(out).recover()
                partial += 0 < done < len(wanted)
        _command(cases, out, limit=limit, jobs=1).wait()
        identical += _results(out) == wanted and _counts(out) == _counts(undisturbed)
    return {
        "cases": len(wanted),
        "kills": struck,
        "kills_between_cases": partial,
        "runs": runs,
        "runs_identical": identical,
    }


def alternating(cases: Path, folder: Path, *, limit: int | None, rounds: int) -> dict[str, Any]:
    """Return how long one and two processes take, in turn, and whether they agree."""
    seconds: dict[int, list[float]] = {1: [], 2: []}
    agree = True
    for number in range(rounds):
        for jobs in (1, 2) if number % 2 == 0 else (2, 1):
            out = folder / f"round-{number}-{jobs}"
            started = time.perf_counter()
            _command(cases, out, limit=limit, jobs=jobs).wait()
            seconds[jobs].append(time.perf_counter() - started)
        one, two = folder / f"round-{number}-1", folder / f"round-{number}-2"
        agree = agree and _results(one) == _results(two) and _counts(one) == _counts(two)
    return {
        "seconds_one": [round(value, 2) for value in seconds[1]],
        "seconds_two": [round(value, 2) for value in seconds[2]],
        "times_as_fast": round(min(seconds[1]) / min(seconds[2]), 3) if rounds else None,
        "same_results": agree,
    }


def _command(cases: Path, out: Path, *, limit: int | None, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "assistant", "evaluate", str(cases), "--out", str(out)]
    command += ["--resume", "--jobs", str(jobs)]
    command += ["--limit", str(limit)] if limit else []
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _results(folder: Path) -> list[dict[str, Any]]:
    return [record.model_dump(exclude={"cost"}) for record in RunFolder(folder).records()]


def _counts(folder: Path) -> dict[str, Any]:
    """Return the figures of a run that do not depend on the machine."""
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    costs = {metric.name for metric in METRICS if not metric.is_share}
    figures = {name: value for name, value in summary["figures"].items() if name not in costs}
    return {**summary, "figures": figures}


def main() -> None:
    """Kill, compare and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=None, help="cases of the file")
    parser.add_argument("--kills", type=int, default=20, help="in all rounds together")
    parser.add_argument("--rounds", type=int, default=2, help="of one and two processes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        kill = killed(options.cases, Path(name), limit=options.limit, kills=options.kills)
        jobs = alternating(options.cases, Path(name), limit=options.limit, rounds=options.rounds)
    print(json.dumps({"kill": kill, "jobs": jobs}))


if __name__ == "__main__":
    main()
