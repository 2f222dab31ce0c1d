"""The commands that measure: `evaluate`, `compare`, `selftest`."""

import getpass
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.outcome import AsJson, command, print_json
from assistant.cli.sources import Source, or_standard_input, ray_cluster

if TYPE_CHECKING:
    from assistant.evaluation.engines import Engines
    from assistant.evaluation.gate import Shortfall
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
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="How many processes ask. Default: one, or a few for many cases."),
    ] = None,
    ray: Annotated[
        bool, typer.Option("--ray", help="Ask on the Ray cluster of ASSISTANT_RAY, or a local one.")
    ] = False,
    gate: Annotated[
        list[str] | None,
        typer.Option(
            help="JSON or TOML with minimum figures, or one such as `right>=0.8` or "
            "`false_attribution<=0`; several times for several. Exit code 1 below."
        ),
    ] = None,
    junit: Annotated[Path | None, typer.Option(help="Write JUnit XML here.")] = None,
    digest: Annotated[
        Path | None,
        typer.Option("--summary", help="Add Markdown here, such as $GITHUB_STEP_SUMMARY."),
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
    replies: Annotated[
        Path | None, typer.Option(help="Keep the model's replies in this folder, and reuse them.")
    ] = None,
    review: Annotated[
        bool, typer.Option("--review", help="Judge the answers yourself, with keys 1 to 6.")
    ] = False,
    reviewer: Annotated[
        str | None, typer.Option(help="Name of who judges. Default: that of the account.")
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
    from assistant.evaluation.gate import read_gates, shortfalls
    from assistant.evaluation.report.continuous import write_digest, write_junit
    from assistant.evaluation.run import evaluate as evaluate_cases

    if resume and out is None:
        raise typer.BadParameter("--resume needs --out, the folder of the run to go on with")
    dresses = (*(DRESSES if dress else ()), *((CROWD,) if crowd else ()))
    gold = tuple(dict.fromkeys((*(statements or ()), *(disputes or ()))))
    engines = list(dict.fromkeys(engine or ["extractive"]))
    cluster = ray_cluster() if ray else None
    asked = read_gates(gate) if gate else None
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
                replies=replies,
                watcher=terminal.progress_bar,
            )
            for name in engines
        ]
    except KeyboardInterrupt:
        typer.echo(f"stopped; go on with the same words and: --out {folder} --resume", err=True)
        raise
    if review:
        runs = [_reviewed(done, reviewer or getpass.getuser()) for done in runs]
    outcomes = [(done, shortfalls(asked, done.summary) if asked else ()) for done in runs]
    if as_json:
        found = [_run_json(done, missed) for done, missed in outcomes]
        print_json(found[0] if len(found) == 1 else {"runs": found})
    for done, missed in outcomes:
        if not as_json:
            terminal.print_run(done)
        terminal.print_shortfalls(missed)
    engines_table = _side_by_side(runs, folder, quiet=as_json) if len(runs) > 1 else None
    if junit is not None:
        write_junit(outcomes, junit, is_gated=asked is not None)
    if digest is not None:
        write_digest(outcomes, engines_table, digest)
    if any(missed for _, missed in outcomes):
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
    out: Annotated[Path | None, typer.Option(help="Write the questions here, as cases.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask a page questions whose answers are known, and say how reliable the engine is on it."""
    from assistant.evaluation.selftest import examine

    found = examine(or_standard_input(source), engine=engine, out=out)
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


def _reviewed(run: "Run", by: str) -> "Run":
    """Let a person judge the answers of a run, and count again."""
    from assistant.evaluation.run import finish

    # The other import against the direction, as for the chat page.
    from page.review import review

    review(run.folder.path, list(run.folder.records()), by=by)
    return finish(run.folder, run.settings)


def _side_by_side(runs: "list[Run]", folder: Path, *, quiet: bool) -> "Engines":
    """Compare every engine with the first, and write the table of them all."""
    from assistant.evaluation.comparing import compare as compare_runs
    from assistant.evaluation.engines import side_by_side
    from assistant.evaluation.report import write_comparison, write_engines
    from assistant.evaluation.terminal import print_engines

    found = [compare_runs(runs[0].folder, other.folder) for other in runs[1:]]
    for other, comparison in zip(runs[1:], found, strict=True):
        write_comparison(comparison, other.folder.path)
    table = side_by_side(runs, found)
    page, _ = write_engines(table, folder)
    if not quiet:
        print_engines(table)
        typer.echo(f"report: {page}")
    return table


def _run_json(run: "Run", missed: tuple["Shortfall", ...]) -> dict[str, Any]:
    return {
        "run": str(run.folder.path),
        "engine": run.settings.engine,
        **run.summary.as_json(),
        "shortfalls": [
            {"name": item.bound.name, "value": item.value, "wanted": item.bound.wanted}
            for item in missed
        ],
    }


def _plain(name: str) -> str:
    """Return a name that can be that of a folder: model tags hold colons and slashes."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "run"
