"""The commands that measure: `evaluate`, `compare`, `selftest`."""

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.outcome import AsJson, command, print_json
from assistant.cli.sources import Source, or_standard_input, ray_cluster

if TYPE_CHECKING:
    from assistant.evaluation.gate import Gate, Shortfall
    from assistant.evaluation.run import Run


@command
def evaluate(
    cases: Annotated[
        Path,
        typer.Argument(help="JSONL, CSV, SQuAD, PIAF, Ragas, DeepEval, Promptfoo."),
    ],
    article: Annotated[
        str | None, typer.Option(help="Ask this instead of the article that each case names.")
    ] = None,
    engine: Annotated[
        list[str] | None,
        typer.Option(help="`extractive` or a model; several times to compare engines."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the run. Default: runs/, named by the time.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in --out.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many cases.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many processes ask.")] = 1,
    ray: Annotated[
        bool, typer.Option("--ray", help="Ask on the Ray cluster of ASSISTANT_RAY, or a local one.")
    ] = False,
    gate: Annotated[
        Path | None, typer.Option(help="JSON or TOML with minimum figures; exit code 1 below.")
    ] = None,
    judge: Annotated[
        str | None, typer.Option(help="A model that says whether answers are carried.")
    ] = None,
    statements: Annotated[
        list[Path] | None, typer.Option(help="Who said what on the pages, marked by people.")
    ] = None,
    disputes: Annotated[
        list[Path] | None, typer.Option(help="Who contests what on the pages, marked by people.")
    ] = None,
    dress: Annotated[
        bool, typer.Option("--dress", help="Ask each question in seven dresses too.")
    ] = False,
    crowd: Annotated[
        bool, typer.Option("--crowd", help="Ask each with ten times the comments too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Ask a file of questions and report how good the answers are."""
    from assistant.evaluation import terminal
    from assistant.evaluation.cases.dresses import CROWD, DRESSES
    from assistant.evaluation.gate import read_gate
    from assistant.evaluation.run import evaluate as evaluate_cases

    if resume and out is None:
        raise typer.BadParameter("--resume needs --out, the folder of the run to go on with")
    dresses = (*(DRESSES if dress else ()), *((CROWD,) if crowd else ()))
    gold = tuple(dict.fromkeys((*(statements or ()), *(disputes or ()))))
    engines = list(dict.fromkeys(engine or ["extractive"]))
    cluster = ray_cluster() if ray else None
    asked = read_gate(gate) if gate is not None else None
    folder = out or Path("runs") / f"{_plain(cases.stem)}-{datetime.now():%Y%m%d-%H%M%S}"
    try:
        runs = [
            evaluate_cases(
                cases,
                out=folder if len(engines) == 1 else folder / _plain(name),
                engine=name,
                article=article,
                judge=judge,
                limit=limit,
                jobs=jobs,
                cluster=cluster,
                resume=resume,
                gold=gold,
                dresses=dresses,
                watcher=terminal.progress_bar,
            )
            for name in engines
        ]
    except KeyboardInterrupt:
        typer.echo(f"stopped; go on with the same words and: --out {folder} --resume", err=True)
        raise
    missed = [_shortfalls(done, asked) for done in runs]
    if as_json:
        found = [_run_json(d, m) for d, m in zip(runs, missed, strict=True)]
        print_json(found[0] if len(found) == 1 else {"runs": found})
    for done, shortfalls in zip(runs, missed, strict=True):
        if not as_json:
            terminal.print_run(done)
        terminal.print_shortfalls(shortfalls)
    for other in runs[1:]:
        _compare(runs[0].folder.path, other.folder.path, out=other.folder.path, quiet=as_json)
    if any(missed):
        raise typer.Exit(1)


@command
def compare(
    run_a: Annotated[Path, typer.Argument(help="Folder of a run.")],
    run_b: Annotated[Path, typer.Argument(help="Folder of another run over the same cases.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder for comparison.html. Default: that of RUN_B.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare two runs case by case: wins, losses, differences that are no chance."""
    found = _compare(run_a, run_b, out=out or run_b, quiet=as_json)
    if as_json:
        print_json(found)


@command
def selftest(
    source: Source,
    engine: Annotated[str, typer.Option(help="`extractive` or a model.")] = "extractive",
    as_json: AsJson = False,
) -> None:
    """Ask a page questions whose answers are known, and say how reliable the engine is on it."""
    from assistant.evaluation.selftest import examine

    found = examine(or_standard_input(source), engine=engine)
    if as_json:
        print_json(found.as_json())
    else:
        from assistant.evaluation.terminal import print_reliability

        print_reliability(found)


def _compare(run_a: Path, run_b: Path, *, out: Path, quiet: bool) -> dict[str, Any]:
    from assistant.evaluation.comparing import compare as compare_runs
    from assistant.evaluation.folder import RunFolder
    from assistant.evaluation.report import write_comparison
    from assistant.evaluation.terminal import print_comparison

    found = compare_runs(RunFolder(run_a), RunFolder(run_b))
    page, _ = write_comparison(found, out)
    if not quiet:
        print_comparison(found)
        typer.echo(f"report: {page}")
    return {**found.as_json(), "report": str(page)}


def _shortfalls(run: "Run", gate: "Gate | None") -> tuple["Shortfall", ...]:
    from assistant.evaluation.gate import shortfalls

    return shortfalls(gate, run.summary) if gate is not None else ()


def _run_json(run: "Run", missed: tuple["Shortfall", ...]) -> dict[str, Any]:
    return {
        "run": str(run.folder.path),
        "engine": run.settings.engine,
        **run.summary.as_json(),
        "shortfalls": [
            {"name": item.name, "value": item.value, "wanted": item.bound} for item in missed
        ],
    }


def _plain(name: str) -> str:
    """Return a name that can be that of a folder: model tags hold colons and slashes."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "run"
