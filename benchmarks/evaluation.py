"""Is the evaluation itself sound: resumed after a kill, the same with two processes, fast?

    python -m benchmarks.evaluation --cases FILE [--limit N] [--kills N] [--rounds N]
    python -m benchmarks.evaluation --squad FILE [FILE ...] [--limit N] [--jobs N]

`--cases` is asked once undisturbed, then killed with SIGKILL at random moments and resumed
until it is done, for each round; and by one and by two processes in turn. `--squad` (files in
the form of SQuAD, PIAF too) is asked on its own articles and, where a question has an answer,
on another article of the file, which must be refused. One JSON object on the last line.
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

from assistant.evaluation.cases import read_cases
from assistant.evaluation.folder import RunFolder
from assistant.evaluation.metrics.table import METRICS
from assistant.evaluation.run import evaluate

_SEED = 11


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--squad", type=Path, nargs="*", default=[])
    parser.add_argument("--limit", type=int, default=None, help="cases of a file")
    parser.add_argument("--kills", type=int, default=20, help="in all rounds together")
    parser.add_argument("--rounds", type=int, default=2, help="of one and two processes")
    parser.add_argument("--jobs", type=int, default=2, help="processes for --squad")
    options = parser.parse_args()
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.cases:
            found["kill"] = killed(options.cases, folder, limit=options.limit, kills=options.kills)
            found["jobs"] = alternating(
                options.cases, folder, limit=options.limit, rounds=options.rounds
            )
        for number, file in enumerate(options.squad):
            found[file.name] = answered(
                file, folder / f"squad{number}", limit=options.limit, jobs=options.jobs
            )
    print(json.dumps(found, ensure_ascii=False))


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
                done = len(RunFolder(out).recover())
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


def answered(file: Path, folder: Path, *, limit: int | None, jobs: int) -> dict[str, Any]:
    """Return the figures of a file asked on its own articles and on others."""
    started = time.perf_counter()
    own = evaluate(file, out=folder / "own", limit=limit, jobs=jobs)
    seconds = time.perf_counter() - started
    elsewhere = folder / "elsewhere.jsonl"
    _ask_elsewhere(file, elsewhere, limit=limit)
    other = evaluate(elsewhere, out=folder / "elsewhere", jobs=jobs)
    figures = own.summary.figures
    names = ("answer_hit", "citation_hit", "token_f1", "wrongly_refused", "refusal_recall")
    found = {name: round(figures[name].value, 4) for name in names if name in figures}
    refused = other.summary.figures.get("refusal_recall")
    return {
        "questions": own.summary.cases,
        "seconds": round(seconds, 1),
        **found,
        "accuracy": round(_accuracy(own.folder), 4),
        "refused_on_other_article": round(refused.value, 4) if refused else None,
    }


def _accuracy(folder: RunFolder) -> float:
    """Return the share of questions with the answer in the reply, or rightly refused."""
    outcomes = [
        record.status == "not_in_article"
        if record.case.refuse
        else record.measures.answer_hit == 1.0
        for record in folder.records()
    ]
    return sum(outcomes) / max(len(outcomes), 1)


def _ask_elsewhere(file: Path, target: Path, *, limit: int | None) -> None:
    """Write the answerable cases of a file, each of them to be asked of another article."""
    cases = [case for case in read_cases(file) if not case.refuse]
    articles = list(dict.fromkeys(case.article for case in cases))
    other = dict(zip(articles, articles[len(articles) // 2 :] + articles, strict=False))
    with target.open("w", encoding="utf-8") as lines:
        for case in cases[:limit]:
            if other[case.article] != case.article:
                asked = {
                    "id": case.id,
                    "article": str(Path(other[case.article]).resolve()),
                    "question": case.question,
                    "refuse": True,
                }
                lines.write(json.dumps(asked, ensure_ascii=False) + "\n")


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


if __name__ == "__main__":
    main()
