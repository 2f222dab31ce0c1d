"""Several processes of this machine."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from index.errors import WorkerError

Item = TypeVar("Item")
Result = TypeVar("Result")

_WAITING_PER_PROCESS = 4
_ONE_THREAD_EACH = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# Of a worker process: what it was started to do.
_step: list[Callable[[Any], Any]] = []


class Processes:
    """A fixed number of processes, started for each map and ended with it."""

    def __init__(self, count: int) -> None:
        """Name the number of processes, at least 1."""
        self._count = count

    def map(
        self, make_step: Callable[[], Callable[[Item], Result]], items: Iterable[Item]
    ) -> Iterator[Result]:
        """Yield the results as `Workers` says."""
        waiting: deque[Future[Result]] = deque()
        with ProcessPoolExecutor(
            self._count,
            mp_context=get_context("spawn"),
            initializer=_begin,
            initargs=(make_step,),
        ) as pool:
            try:
                for item in items:
                    waiting.append(pool.submit(_work, item))
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
                pool.shutdown(wait=False, cancel_futures=True)


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
