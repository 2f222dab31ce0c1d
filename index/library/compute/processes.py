"""Several processes of this machine."""

import os
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, Self, TypeVar

from index.errors import WorkerError

Item = TypeVar("Item")
Result = TypeVar("Result")

_WAITING_PER_PROCESS = 4
_WORTH_OPEN = 3
"""Items for which a process with the page open is waited for, rather than it is opened twice."""
_ONE_THREAD_EACH = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ASSISTANT_THREADS",
)  # fmt: skip
# Of a worker process: what it was started to do.
_step: list[Callable[[Any], Any]] = []


class Processes:
    """A fixed number of processes, started for each map and ended with it."""

    def __init__(self, count: int) -> None:
        """Name the number of processes, at least 1."""
        self._count = count

    def map(
        self,
        make_step: Callable[[], Callable[[Item], Result]],
        items: Iterable[Item],
        *,
        page_of: Callable[[Item], Hashable] | None = None,
    ) -> Iterator[Result]:
        """Yield the results as `Workers` says."""
        waiting: deque[Future[Result]] = deque()
        with ExitStack() as opened:
            processes = [opened.enter_context(_Process(make_step)) for _ in range(self._count)]
            try:
                for item in items:
                    page = page_of(item) if page_of else None
                    waiting.append(_chosen(processes, page).take(item, page))
                    # Few at a time: neither items nor results may fill the memory.
                    if len(waiting) >= _WAITING_PER_PROCESS * self._count:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            except BrokenProcessPool as error:
                raise WorkerError(
                    "a process ended unexpectedly, perhaps for want of memory; what was done so "
                    "far is kept: run it again with fewer of them"
                ) from error
            finally:
                for process in processes:
                    process.end()


class _Process:
    """One process, what it was given and the pages it has opened."""

    def __init__(self, make_step: Callable[[], Callable[[Any], Any]]) -> None:
        self._pool = ProcessPoolExecutor(
            1, mp_context=get_context("spawn"), initializer=_begin, initargs=(make_step,)
        )
        self._given: list[Future[Any]] = []
        self._pages: set[Hashable] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.shutdown()

    @property
    def remaining(self) -> int:
        """How many items it has not done yet."""
        self._given = [future for future in self._given if not future.done()]
        return len(self._given)

    def has_open(self, page: Hashable) -> bool:
        """Whether it was given an item of a page."""
        return page is not None and page in self._pages

    def take(self, item: Any, page: Hashable) -> Future[Any]:
        """Let it do an item after those it has."""
        future = self._pool.submit(_work, item)
        self._given.append(future)
        self._pages.add(page)
        return future

    def end(self) -> None:
        """Let it do nothing more, and wait for nothing."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _chosen(processes: Sequence[_Process], page: Hashable) -> _Process:
    """Return the process that has least to do, or one with the page open and little more to do."""
    remaining = [process.remaining for process in processes]
    worth = [
        count - (_WORTH_OPEN if process.has_open(page) else 0)
        for process, count in zip(processes, remaining, strict=True)
    ]
    return processes[worth.index(min(worth))]


def _begin(make_step: Callable[[], Callable[[Any], Any]]) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    # Read by numpy when it is loaded, in the step: processes on all cores hinder each other.
    for name in _ONE_THREAD_EACH:
        os.environ.setdefault(name, "1")
    _step.append(make_step())


def _end_with_parent() -> None:
    """End this process when the one that started it was killed, which tells its pool nothing."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(item: Any) -> Any:
    return _step[0](item)
