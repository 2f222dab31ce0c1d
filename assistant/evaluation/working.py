"""Lets several processes ask at once; what they find is the same as what one would.

Processes, not threads: composing an answer is Python code. Cases in a row about the same
article go to the same process, which then reads the article once.
"""

import os
import signal
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.evaluation.cases import Case

if TYPE_CHECKING:
    from assistant.evaluation.asking import Asking
    from assistant.evaluation.record import Record
    from index.library.compute import Workers

_LONGEST_BATCH = 50
_SHORTEST_SPLIT = 4
_PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A case to be asked, with its position in the file."""

    position: int
    case: Case


def ask_all(
    tasks: Iterable[Task], asking: "Asking", *, jobs: int, cluster: "Workers | None" = None
) -> Iterator["Record"]:
    """Yield the record of every task as it is finished.

    Args:
        tasks: Read as they are needed, never all at once.
        asking: How they are asked.
        jobs: How many processes ask; with one it is this process, and the order is kept.
        cluster: Asks instead of processes of this machine.

    Raises:
        AssistantError: A process ended, which the operating system does when memory is short.
    """
    if cluster is not None:
        for records in cluster.map(partial(_BatchAsker, asking), _batches(tasks)):
            yield from records
        return
    if jobs == 1:
        from assistant.evaluation.asking import Asker

        asker = Asker(asking)
        for task in tasks:
            yield asker.ask(task.position, task.case)
        return
    yield from _by_processes(_batches(tasks), asking, jobs)


def _batches(tasks: Iterable[Task]) -> Iterator[tuple[Task, ...]]:
    """Yield tasks in a row about the same article together, within a length."""
    batch: list[Task] = []
    for task in tasks:
        is_other = bool(batch) and batch[-1].case.article != task.case.article
        if batch and (len(batch) == _LONGEST_BATCH or (is_other and len(batch) >= _SHORTEST_SPLIT)):
            yield tuple(batch)
            batch = []
        batch.append(task)
    if batch:
        yield tuple(batch)


def _by_processes(
    batches: Iterator[tuple[Task, ...]], asking: "Asking", jobs: int
) -> Iterator["Record"]:
    context = get_context("spawn")
    pipes: list[Connection] = []
    processes = []
    try:
        for number in range(jobs):
            ours, theirs = context.Pipe()
            own = replace(asking, workplace=asking.workplace / str(number))
            process = context.Process(target=_work, args=(theirs, own), daemon=True)
            process.start()
            theirs.close()
            pipes.append(ours)
            processes.append(process)
        yield from _received(pipes, batches)
    finally:
        for pipe in pipes:
            pipe.close()
        for process in processes:
            process.join(_PATIENCE_SECONDS)
            if process.is_alive():
                process.terminate()


def _received(pipes: list[Connection], batches: Iterator[tuple[Task, ...]]) -> Iterator["Record"]:
    """Yield what the processes find; each gets its next batch when it has finished one."""
    busy = [pipe for pipe in pipes if _sent(pipe, batches)]
    while busy:
        ready = connection.wait(busy)
        for pipe in [pipe for pipe in busy if pipe in ready]:
            try:
                record: Record | None = pipe.recv()
            except (EOFError, ConnectionError) as error:
                raise AssistantError(
                    "a process of this run ended unexpectedly, perhaps for want of memory; "
                    "go on with --resume and fewer --jobs"
                ) from error
            if record is not None:
                yield record
            elif not _sent(pipe, batches):
                busy.remove(pipe)


def _sent(pipe: Connection, batches: Iterator[tuple[Task, ...]]) -> bool:
    batch = next(batches, None)
    if batch is not None:
        pipe.send(batch)
    return batch is not None


class _BatchAsker:
    """Asks batches in a process of a cluster, perhaps on another machine."""

    def __init__(self, asking: "Asking") -> None:
        from assistant.evaluation.asking import Asker

        # The run's own folder may be out of reach there.
        self._workplace = tempfile.TemporaryDirectory(prefix="assistant-")
        self._asker = Asker(replace(asking, workplace=Path(self._workplace.name)))

    def __call__(self, batch: tuple[Task, ...]) -> "tuple[Record, ...]":
        return tuple(self._asker.ask(task.position, task.case) for task in batch)


def _work(pipe: Connection, asking: "Asking") -> None:
    """Ask batches until there are no more, or nobody listens; runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Read by numpy when it is loaded, below: two processes on all cores hinder each other.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    from assistant.evaluation.asking import Asker

    with suppress(EOFError, ConnectionError):
        asker = Asker(asking)
        while True:
            for task in pipe.recv():
                pipe.send(asker.ask(task.position, task.case))
            pipe.send(None)
