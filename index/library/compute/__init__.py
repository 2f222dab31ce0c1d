"""The same step for many things: in this process, in several, or on a Ray cluster.

A step is an object that is made once in every worker and called with one item after the other.
Whoever works, results come in the order of the items and are the same.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Workers(Protocol):
    """Who works; items, results and what makes the step must be picklable."""

    def map(
        self,
        make_step: Callable[[], Callable[[Item], Result]],
        items: Iterable[Item],
        *,
        page_of: Callable[[Item], Hashable] | None = None,
    ) -> Iterator[Result]:
        """Yield the result of each item, in order.

        Args:
            make_step: Makes what every worker calls.
            items: Read as they are needed.
            page_of: What a worker has to open for an item; those of one page had better go to
                one worker.

        Raises:
            WorkerError: Workers end again and again, or there are none.
        """
        ...


class InThisProcess:
    """Works itself, one item after the other."""

    def map(
        self,
        make_step: Callable[[], Callable[[Item], Result]],
        items: Iterable[Item],
        *,
        page_of: Callable[[Item], Hashable] | None = None,
    ) -> Iterator[Result]:
        """Yield the results as `Workers` says."""
        step = make_step()
        for item in items:
            yield step(item)
