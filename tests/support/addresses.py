"""A listener on loopback that counts who connects, and fetches that all end at it."""

import itertools
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import httpcore

from index.errors import ArticleError, UnsafeAddressError
from index.reading.network.web import fetch, resolve_name

PUBLIC = "9.9.9.9"
OTHER_PUBLIC = "149.112.112.112"
_SECONDS = 5.0
_PAGE = b"<html><body><p>Words of a page.</p></body></html>"

LookUp = Callable[[str, int], Sequence[str]]


@dataclass(slots=True)
class Canary:
    """A listener on loopback; each connection gets the next canned answer."""

    port: int
    answers: Iterator[bytes] = field(default_factory=lambda: iter(()))
    connections: int = 0


@contextmanager
def canary() -> Iterator[Canary]:
    """Listen on loopback until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        counted = Canary(port=listening.getsockname()[1])
        ended = threading.Event()
        thread = threading.Thread(target=_listen, args=(listening, counted, ended), daemon=True)
        thread.start()
        try:
            yield counted
        finally:
            ended.set()
            thread.join(_SECONDS)


def _listen(listening: socket.socket, counted: Canary, ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            connection, _ = listening.accept()
        except TimeoutError:
            continue
        counted.connections += 1
        with connection, suppress(OSError):
            connection.settimeout(_SECONDS)
            connection.recv(65_536)
            connection.sendall(next(counted.answers, b""))


class AllToCanary(httpcore.NetworkBackend):
    """Connects to the canary whatever it is asked for, and remembers what that was."""

    def __init__(self, listener: Canary) -> None:
        self._listener = listener
        self._network = httpcore.SyncBackend()
        self.asked: list[str] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the canary."""
        self.asked.append(f"{host}:{port}")
        return self._network.connect_tcp("127.0.0.1", self._listener.port, timeout=_SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one fetch: the refusal, if any, and where connections were meant to go."""

    refusal: ArticleError | None
    asked: tuple[str, ...]
    connections: int

    @property
    def is_refused(self) -> bool:
        """Whether the address, or the one it led to, was called unsafe."""
        return isinstance(self.refusal, UnsafeAddressError)


def numbers_only(host: str, port: int) -> Sequence[str]:
    """Resolve as the system does, but ask nobody: numbers in any spelling, and inner names."""
    if host.endswith("page.org"):
        return (PUBLIC,)
    if any(sign.isalpha() for sign in host.lower().replace("x", "")) and ":" not in host:
        return ("127.0.0.1",)
    return resolve_name(host, port)


def redirect(place: str) -> bytes:
    """Return an answer that redirects to a place."""
    head = f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n"
    return f"{head}Connection: close\r\n\r\n".encode()


def page() -> bytes:
    """Return an answer with a page."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(_PAGE)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + _PAGE


def outcome(
    url: str, listener: Canary, *, answers: Iterable[bytes] = (), resolve: LookUp = numbers_only
) -> Outcome:
    """Fetch an address where every connection ends at the canary.

    Args:
        url: What is asked for.
        listener: Who answers and counts.
        answers: What it answers, one connection after the other; then with a page.
        resolve: Gives the addresses of a host.
    """
    network = AllToCanary(listener)
    listener.answers = itertools.chain(answers, itertools.repeat(page()))
    before = listener.connections
    refusal: ArticleError | None = None
    try:
        fetch(url, resolve=resolve, network=network, total_seconds=_SECONDS)
    except ArticleError as error:
        refusal = error
    return Outcome(
        refusal=refusal, asked=tuple(network.asked), connections=listener.connections - before
    )


def redirected(url: str, listener: Canary, *, hop: int) -> Outcome:
    """Fetch a public page whose redirect of that number, from 1, leads to an address."""
    places = [f"http://page.org/{number}" for number in range(1, hop)] + [url]
    return outcome("http://page.org/", listener, answers=map(redirect, places))


def changing_names(listener: Canary) -> Iterator[tuple[Outcome, int]]:
    """Yield what came of names that lie, and the connections each may make to the public page."""
    inner = ("127.0.0.1", "::1", "::ffff:7f00:1", "10.0.0.1", "169.254.169.254", "64:ff9b::7f00:1")
    for address in inner:
        turns = itertools.chain([(PUBLIC,)], itertools.repeat((address,)))
        # subtle: one look-up per connection, so the second, unsafe one is for the redirect alone.
        yield (
            outcome(
                "http://page.org/",
                listener,
                answers=[redirect("http://page.org/again")],
                resolve=lambda host, port, turns=turns: next(turns),  # type: ignore[misc]
            ),
            1,
        )
        for beside in ((PUBLIC, address), (address, PUBLIC), (PUBLIC, OTHER_PUBLIC, address)):
            yield (
                outcome(
                    "http://page.org/",
                    listener,
                    resolve=lambda host, port, beside=beside: beside,  # type: ignore[misc]
                ),
                0,
            )
