"""Time limits for anything that arrives in pieces: to the first, between two, and in all.

The pieces are read in a thread of their own, so that no limit depends on what the source
does; a source that is never done is interrupted and left behind.
"""

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import TypeVar

from assistant.errors import ModelTimeoutError
from assistant.settings import Limits

Piece = TypeVar("Piece")

BEAT_SECONDS = 0.5
"""Between two signs that nothing came yet: so often a reader can stop."""

_STOP_SECONDS, _RETRY_SECONDS = 2.0, 0.05
"""How long a source is told to stop, and how often."""
_WAITING_PIECES = 256


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None


def within(
    limits: Limits,
    start: Callable[[], Iterable[Piece]],
    *,
    interrupt: Callable[[], None] | None = None,
) -> Generator[Piece | None, None, None]:
    """Yield the pieces of a source while they arrive in time, None while none comes.

    Args:
        limits: How long to wait.
        start: Called in another thread; returns the pieces. What it raises is raised here.
        interrupt: Makes the source stop at once; called when the reader closes this generator
            or a limit is passed, again until it has stopped: it may be about to connect.

    Raises:
        ModelTimeoutError: A limit was passed.
    """
    arrived: queue.Queue[Piece | _End] = queue.Queue(maxsize=_WAITING_PIECES)
    is_over = threading.Event()
    reader = threading.Thread(target=_read, args=(start, arrived, is_over), daemon=True)
    began = time.monotonic()
    reader.start()
    limit, last = limits.first_seconds, began
    try:
        while True:
            now = time.monotonic()
            left, until = began + limits.total_seconds - now, last + limit - now
            try:
                piece = arrived.get(timeout=max(0.0, min(until, left, BEAT_SECONDS)))
            except queue.Empty:
                if min(until, left) > BEAT_SECONDS:
                    yield None
                    continue
                waited = time.monotonic() - began
                raise ModelTimeoutError(_too_slow(limits, limit, left, waited)) from None
            last = time.monotonic()
            if isinstance(piece, _End):
                if piece.error is not None:
                    raise piece.error
                return
            limit = limits.between_seconds
            yield piece
    finally:
        is_over.set()
        until = time.monotonic() + _STOP_SECONDS
        if interrupt is None:
            reader.join(BEAT_SECONDS)  # it stops at its next piece by itself
        while interrupt is not None and reader.is_alive() and time.monotonic() < until:
            interrupt()
            reader.join(_RETRY_SECONDS)


def _read(
    start: Callable[[], Iterable[Piece]],
    arrived: "queue.Queue[Piece | _End]",
    is_over: threading.Event,
) -> None:
    error: BaseException | None = None
    try:
        for piece in start():
            while not is_over.is_set():
                try:
                    arrived.put(piece, timeout=0.1)
                    break
                except queue.Full:
                    continue
            if is_over.is_set():
                return
    except BaseException as raised:  # noqa: BLE001 - it is raised again where it is awaited
        error = raised
    if not is_over.is_set():
        arrived.put(_End(error))


def _too_slow(limits: Limits, limit: float, left: float, waited: float) -> str:
    if left <= limit:
        return f"the model was not done after {waited:.0f} s (limit {limits.total_seconds:g} s)"
    if limit == limits.first_seconds:
        return f"the model did not begin to reply within {limits.first_seconds:g} s"
    return f"the model stopped in mid-reply for {limits.between_seconds:g} s"
