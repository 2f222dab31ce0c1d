"""A network that answers with what it was given; no socket is opened."""

import ssl
import time
from collections.abc import Iterable, Sequence

import httpcore

PUBLIC = "9.9.9.9"
PAGE = b"<html><body><p>Words of a page.</p></body></html>"


class Network(httpcore.NetworkBackend):
    """Answers each connection with the next canned answer, and remembers where it went."""

    def __init__(self, *answers: bytes | Exception, slow_seconds: float = 0.0) -> None:
        self.answers = iter(answers)
        self.connections: list[str] = []
        self.slow_seconds = slow_seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.connections.append(f"{host}:{port}")
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        return Stream(answer, self.slow_seconds)


class Stream(httpcore.NetworkStream):
    """Gives its answer, in one piece or drop by drop."""

    def __init__(self, answer: bytes, slow_seconds: float) -> None:
        self.answer = answer
        self.slow_seconds = slow_seconds

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self.slow_seconds:
            time.sleep(self.slow_seconds)
            max_bytes = 1
        piece, self.answer = self.answer[:max_bytes], self.answer[max_bytes:]
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        pass

    def close(self) -> None:
        pass

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        return self

    def get_extra_info(self, info: str) -> object:
        return None


def answer(
    body: bytes = PAGE, *, status: int = 200, kind: str = "text/html; charset=utf-8", more: str = ""
) -> bytes:
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    )
    return head.encode() + body


def redirect(place: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode()


def public(host: str, port: int) -> Sequence[str]:
    return (PUBLIC,)
