"""Lets several processes ask at once; what they find is the same as what one would.

Processes, not threads: composing an answer is Python code. Cases in a row about the same
article go to the same process, which then reads the article once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.evaluation.cases import Case
from index.library.compute import InThisProcess, Workers
from index.library.compute.processes import Processes

if TYPE_CHECKING:
    from assistant.evaluation.asking import Asking
    from assistant.evaluation.record import Record

_LONGEST_BATCH = 10
"""Cases; what a batch found is written when all of it was asked, so a kill costs no more."""
_SHORTEST_SPLIT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A case to be asked, with its position in the file."""

    position: int
    case: Case


def ask_all(
    tasks: Iterable[Task], asking: "Asking", *, jobs: int, cluster: Workers | None = None
) -> Iterator["Record"]:
    """Yield the record of every task as it is finished, in order.

    Args:
        tasks: Read as they are needed, never all at once.
        asking: How they are asked.
        jobs: How many processes ask; with one it is this process.
        cluster: Asks instead of processes of this machine.

    Raises:
        WorkerError: A process ended, which the operating system does when memory is short.
    """
    from assistant.evaluation.asking import Asker

    workers = cluster or (Processes(jobs) if jobs > 1 else InThisProcess())
    longest = 1 if isinstance(workers, InThisProcess) else _LONGEST_BATCH
    batches = _batches(tasks, longest)
    for records in workers.map(partial(Asker, asking), batches, page_of=_page):
        yield from records


def _page(batch: tuple[Task, ...]) -> str:
    return batch[0].case.article


def _batches(tasks: Iterable[Task], longest: int) -> Iterator[tuple[Task, ...]]:
    """Yield tasks in a row about the same article together, within a length."""
    batch: list[Task] = []
    for task in tasks:
        is_other = bool(batch) and batch[-1].case.article != task.case.article
        if batch and (len(batch) == longest or (is_other and len(batch) >= _SHORTEST_SPLIT)):
            yield tuple(batch)
            batch = []
        batch.append(task)
    if batch:
        yield tuple(batch)
