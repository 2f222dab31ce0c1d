"""Where connections are made: to public addresses alone, and never past the deadline."""

import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence

import httpcore

from index.errors import UnsafeAddressError
from index.reading.network.public_addresses import is_public

STEP_SECONDS = 10.0
PORTS = frozenset((80, 443))

Resolver = Callable[[str, int], Sequence[str]]


class Gate(httpcore.NetworkBackend):
    """Resolves a name, judges all its addresses, connects to one of those judged."""

    def __init__(
        self, resolve: Resolver, network: httpcore.NetworkBackend, deadline: float
    ) -> None:
        self._resolve = resolve
        self._network = network
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        if port not in PORTS:
            raise UnsafeAddressError(f"only ports 80 and 443 are fetched from, not {port}")
        addresses = self._judged(host, port)
        problem: Exception = httpcore.ConnectError("no address")
        for address in addresses[:4]:
            seconds = min(STEP_SECONDS, _remaining(self._deadline))
            try:
                stream = self._network.connect_tcp(address, port, timeout=seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
                continue
            return _TimedStream(stream, self._deadline)
        raise problem

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        raise UnsafeAddressError("only the public web is fetched from")

    def _judged(self, host: str, port: int) -> Sequence[str]:
        # A zone names an interface of this machine; a final dot makes a number look like a name.
        name = host.strip("[]").partition("%")[0].removesuffix(".")
        addresses = _within(self._deadline, lambda: self._resolve(name, port))
        if not addresses:
            raise httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            if not is_public(address):
                raise UnsafeAddressError(
                    f"{host} leads to {address}, which is no public address; it is not fetched"
                )
        return addresses


def _within(deadline: float, look_up: Callable[[], Sequence[str]]) -> Sequence[str]:
    """Return what a look-up gives; the system's resolver itself knows no time limit."""
    found: list[Sequence[str]] = []
    problems: list[Exception] = []

    def run() -> None:
        try:
            found.append(look_up())
        except (OSError, ValueError) as error:
            problems.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(min(STEP_SECONDS, _remaining(deadline)))
    if found:
        return found[0]
    if problems:
        raise httpcore.ConnectError(f"the name is not known ({problems[0]})")
    raise httpcore.ConnectTimeout("the name is not resolved in time")


def _remaining(deadline: float) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout("the time is up")
    return seconds


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline: a slow drip does not last for ever."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._seconds(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._seconds(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, self._seconds(timeout))
        return _TimedStream(secure, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)

    def _seconds(self, timeout: float | None) -> float:
        seconds = _remaining(self._deadline)
        return seconds if timeout is None else min(timeout, seconds)
