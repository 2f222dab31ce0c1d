"""Slows down whoever guesses passwords: a few mistakes are free, each further one costs a wait."""

import time
from collections import OrderedDict
from collections.abc import Callable

_FREE = 4
_MOST_SECONDS = 60.0
_MOST_CLIENTS = 1_000


class Attempts:
    """Wrong passwords by client, since its last right one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def must_wait(self, client: str) -> bool:
        """Whether no password of a client is looked at yet, right or wrong."""
        return self._clock() < self._failed.get(client, (0, 0.0))[1]

    def failed(self, client: str) -> None:
        """Note a wrong password: after four, a wait of 1, 2, 4, ... seconds, at most a minute."""
        count = self._failed.pop(client, (0, 0.0))[0] + 1
        wait = min(2.0 ** (count - _FREE - 1), _MOST_SECONDS) if count > _FREE else 0.0
        self._failed[client] = (count, self._clock() + wait)
        while len(self._failed) > _MOST_CLIENTS:
            self._failed.popitem(last=False)

    def succeeded(self, client: str) -> None:
        """Forget the mistakes of a client."""
        self._failed.pop(client, None)
