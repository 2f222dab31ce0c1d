"""The queue before a model server: first come, first served, and everybody knows their place.

A server answers one question at a time; asked two at once it would make both wait for both, or
refuse one. Reading a page in advance gives way to every question.
"""

import threading
import time
from collections import deque
from dataclasses import dataclass
from functools import cache


@dataclass(slots=True, eq=False, kw_only=True)
class Ticket:
    """One place in a queue, held for at most `most_seconds` once it is the first."""

    most_seconds: float
    gives_way: bool = False
    until: float = 0.0


class Turns:
    """The queue before one server; safe to use from threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._tickets: deque[Ticket] = deque()

    def ask(self, ticket: Ticket) -> Ticket:
        """Return a ticket that now has the last place."""
        with self._changed:
            self._tickets.append(ticket)
            self._moved()
        return ticket

    def before(self, ticket: Ticket, *, seconds: float) -> int:
        """Return how many are answered before a ticket, 0 when it has its turn.

        Args:
            ticket: Whose turn is waited for.
            seconds: Longest wait for it.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._tickets[0] is ticket, timeout=seconds)
            # A reader who went away without closing the answer must not stop all others.
            while self._tickets[0] is not ticket and time.monotonic() > self._tickets[0].until:
                self._tickets.popleft()
                self._moved()
            ahead = list(self._tickets)[: self._tickets.index(ticket)]
            return max(sum(not other.gives_way for other in ahead), int(bool(ahead)))

    def is_awaited(self, ticket: Ticket) -> bool:
        """Whether anybody waits behind a ticket."""
        return bool(self._tickets) and self._tickets[-1] is not ticket

    def leave(self, ticket: Ticket) -> None:
        """Take a ticket out, answered or not; nothing where it has overstayed and is out."""
        with self._changed:
            if ticket in self._tickets:
                self._tickets.remove(ticket)
                self._moved()

    def _moved(self) -> None:
        if self._tickets and not self._tickets[0].until:
            self._tickets[0].until = time.monotonic() + self._tickets[0].most_seconds
        self._changed.notify_all()


@cache
def turns_at(address: str) -> Turns:
    """Return the queue before the server at an address: one, however many models are opened."""
    return Turns()
