"""A run: asks every case of a file, writes each answer as it comes, then counts.

A run that was killed goes on where it stopped: no case is asked twice, none is lost.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.errors import AssistantError
from assistant.evaluation.cases import read_cases, survey
from assistant.evaluation.folder import RunFolder, RunSettings
from assistant.evaluation.gold import read_gold
from assistant.evaluation.record import Record
from assistant.evaluation.recorded import WITHOUT_MODEL
from assistant.evaluation.summary import Summary, summarise
from assistant.evaluation.working import Task, ask_all
from index.article_json import to_json

if TYPE_CHECKING:
    from index.library.compute import Workers


_MANY = 200
"""Cases for which it is worth starting further processes, a few seconds each."""
_MOST_PROCESSES = 4


class Watcher(Protocol):
    """Shows how far a run is, while its records pass through."""

    def __call__(self, records: Iterator[Record], *, done: int, total: int) -> Iterator[Record]:
        """Yield the records of `total` cases, `done` of which were already answered."""
        ...


def unwatched(records: Iterator[Record], *, done: int, total: int) -> Iterator[Record]:
    """Return the records, and show nothing."""
    return records


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A finished run."""

    folder: RunFolder
    settings: RunSettings
    summary: Summary


def evaluate(
    cases: Path,
    *,
    out: Path,
    engine: str = "extractive",
    article: str | None = None,
    judge: str | None = None,
    limit: int | None = None,
    jobs: int | None = None,
    cluster: "Workers | None" = None,
    resume: bool = False,
    gold: Sequence[Path] = (),
    dresses: tuple[str, ...] = (),
    replies: Path | None = None,
    watcher: Watcher = unwatched,
) -> Run:
    """Ask the cases of a file and return the figures, all of it kept in a folder.

    Args:
        cases: JSON Lines, CSV, or SQuAD JSON.
        out: The run's folder; made if it is missing.
        engine: `extractive` or the tag of a model.
        article: Asked instead of the article that each case names.
        judge: The tag of a model that says whether answers are carried by what they cite.
        limit: Only the first so many cases.
        jobs: How many processes ask; results are the same with any number. None for one, or
            where there are many cases and no model, which is the bottleneck, for one on each core.
        cluster: Asks instead of processes of this machine; the cases' articles are reached
            from all of its machines.
        gold: Files in which people marked who said what and who contests what on the pages.
        dresses: In which every question is asked besides; see `cases.dresses`.
        replies: Folder of the replies of the model, asked only for what is not in there.
        resume: Whether to go on with a run in this folder. Else there may be none.
        watcher: Shows how far it is.

    Raises:
        CasesError: The cases cannot be read; names the file, the line and the field.
        AssistantError: The folder cannot be used, or holds a run with other settings.
    """
    if any(number is not None and number < 1 for number in (jobs, limit)):
        raise AssistantError("jobs and limit are at least 1")
    from assistant.evaluation.asking import Asker, Asking

    folder = RunFolder(out)
    marked = read_gold(gold)
    wanted = _settings(cases, engine, article, judge, limit, gold, dresses)
    with folder.held():
        settings = _begun(folder, wanted, resume=resume)
        done = folder.recover()
        asking = Asking(
            engine=engine,
            judge=judge,
            judge_cache=out / "judge" if judge else None,
            gold=marked,
            replies=replies,
        )
        if done < settings.count:
            tasks = _tasks(cases, article, settings, done)
            is_worth_more = engine in WITHOUT_MODEL and settings.count - done >= _MANY
            cores = min(os.cpu_count() or 1, _MOST_PROCESSES) if is_worth_more else 1
            asked = ask_all(tasks, asking, jobs=jobs or cores, cluster=cluster)
            folder.add(watcher(asked, done=done, total=settings.count))
        if marked:
            asked_of = dict.fromkeys(r.case.article for r in folder.records())
            folder.write_json("marked.json", to_json(Asker(asking).marked(asked_of)))
        return finish(folder, settings)


def finish(folder: RunFolder, settings: RunSettings) -> Run:
    """Count the records of a folder and write its summary and reports."""
    from assistant.evaluation.report import write_report

    summary = summarise(folder.records(), marked=folder.marked())
    folder.write_json("summary.json", summary.as_json())
    write_report(folder, settings, summary)
    return Run(folder=folder, settings=settings, summary=summary)


def _settings(
    cases: Path,
    engine: str,
    article: str | None,
    judge: str | None,
    limit: int | None,
    gold: Sequence[Path],
    dresses: tuple[str, ...],
) -> RunSettings:
    from assistant.evaluation.provenance import model_digest, prompt_digests, versions

    found = survey(cases, article=article)
    return RunSettings(
        cases=str(cases),
        cases_sha256=found.sha256,
        engine=engine,
        article=article,
        judge=judge,
        limit=limit,
        count=min(found.count, limit or found.count) * (1 + len(dresses)),
        dresses=dresses,
        started_at=datetime.now(UTC).isoformat(timespec="seconds"),
        versions=versions(),
        prompts=prompt_digests(),
        model_digest=model_digest(engine),
        gold=tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in gold),
        judge_digest=model_digest(judge) if judge else None,
    )


def _begun(folder: RunFolder, settings: RunSettings, *, resume: bool) -> RunSettings:
    """Return the settings in force: those of the run that goes on, or these, now written."""
    before = folder.settings()
    if before is None:
        folder.start(settings)
        return settings
    if not resume:
        raise AssistantError(f"{folder.path} already holds a run; add --resume, or name another")
    changed = before.difference(settings)
    if changed is not None:
        raise AssistantError(
            f"the run in {folder.path} was begun with another {changed.replace('_', ' ')}; "
            "start a new one in another folder"
        )
    return before


def _tasks(cases: Path, article: str | None, settings: RunSettings, done: int) -> Iterator[Task]:
    asked = read_cases(cases, article=article, dresses=settings.dresses)
    for position, case in islice(enumerate(asked), done, settings.count):
        yield Task(position=position, case=case)
