"""The only way to the network: one page by its address, from public hosts alone.

Each connection is judged where it is made: the name is resolved here, every address it has
is judged, and the connection goes to the address judged, so neither a redirect nor a name
that changes its address between two look-ups leads inside. Nothing else is ever fetched.
"""

import re
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

import httpcore
import httpx

from index.errors import UnreadableArticleError, UnsafeAddressError
from index.reading.compression import gunzip, inflate
from index.reading.network.connections import PORTS, STEP_SECONDS, Gate, Resolver

LONGEST_ADDRESS = 2048
MOST_BYTES = 10_000_000
MOST_REDIRECTS = 5
TOTAL_SECONDS = 20.0
# Some resolvers take more for a name than names may hold, and for a number what is none here.
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.IGNORECASE)
_JOINERS = frozenset("\u200c\u200d")  # invisible, but parts of words in some scripts
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_READABLE = frozenset(
    (
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/markdown",
        "text/xml",
        "application/xml",
        "application/json",
        "text/json",
        "application/rss+xml",
        "multipart/related",
        "message/rfc822",
    )
)
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; article-assistant)",
    "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,text/plain;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
_STATUS_MESSAGES = {
    401: "asks for a login; save the page from your browser and give me the file",
    402: "asks for payment; save the page from your browser and give me the file",
    403: "refuses to be read by programs; save the page from your browser and give me the file",
    404: "does not exist (404)",
    410: "is gone (410)",
    429: "says that it gets too many requests; try again later",
    451: "is blocked for legal reasons (451)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPage:
    """What an address gave: its last address after redirects, `Content-Type` and bytes."""

    url: str
    content_type: str
    data: bytes

    @property
    def media_type(self) -> str:
        """The content type without its parameters, in small letters."""
        return self.content_type.split(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server names, if it names one."""
        for parameter in self.content_type.split(";")[1:]:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value.strip(" \t\"'") or None
        return None


def resolve_name(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host, by the system's resolver.

    Raises:
        OSError: The name has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch(
    url: str,
    *,
    resolve: Resolver = resolve_name,
    network: httpcore.NetworkBackend | None = None,
    total_seconds: float = TOTAL_SECONDS,
) -> FetchedPage:
    """Return the page at an address.

    Args:
        url: http or https, on its usual port.
        resolve: Gives the addresses of a host.
        network: Makes the connections to addresses that were judged.
        total_seconds: Most seconds for everything, redirects included.

    Raises:
        UnsafeAddressError: The address, or one it redirects to, is not one we fetch.
        UnreadableArticleError: The page cannot be had, or is nothing that can be read.
    """
    deadline = time.monotonic() + total_seconds
    address = _checked(url)
    with httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(trust_env=False),
        network_backend=Gate(resolve, network or httpcore.SyncBackend(), deadline),
        max_connections=1,
    ) as pool:
        for _ in range(MOST_REDIRECTS + 1):
            page = _visit(pool, address, deadline)
            if isinstance(page, FetchedPage):
                return page
            address = page
    raise UnreadableArticleError(f"{url} redirects more than {MOST_REDIRECTS} times")


def _checked(url: str) -> httpx.URL:
    """Return a parsed address, or say why it is not one we fetch."""
    if len(url) > LONGEST_ADDRESS:
        raise UnsafeAddressError(f"the address is longer than {LONGEST_ADDRESS} characters")
    if not all(
        (character.isprintable() and character != " ") or character in _JOINERS for character in url
    ):
        raise UnsafeAddressError("the address holds spaces, control or invisible characters")
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise UnsafeAddressError(f"this is not an address: {url[:200]}") from error
    if parsed.scheme not in ("http", "https"):
        raise UnsafeAddressError(f"only http and https are fetched, not {parsed.scheme or url!r}")
    if parsed.userinfo:
        raise UnsafeAddressError("addresses with a user name or password are not fetched")
    if not parsed.host:
        raise UnsafeAddressError(f"the address names no host: {url[:200]}")
    if not (":" in parsed.host or _NAME.fullmatch(parsed.raw_host.decode().removesuffix("."))):
        raise UnsafeAddressError(f"no host has the name {parsed.host[:200]}")
    if parsed.port is not None and parsed.port not in PORTS:
        raise UnsafeAddressError(f"only ports 80 and 443 are fetched from, not {parsed.port}")
    return parsed


def _visit(
    pool: httpcore.ConnectionPool, address: httpx.URL, deadline: float
) -> FetchedPage | httpx.URL:
    """Return the page, or the next address where it redirects."""
    place = httpcore.URL(
        scheme=address.raw_scheme,
        host=address.raw_host,
        port=address.port,
        target=address.raw_path,
    )
    try:
        with pool.stream(
            "GET",
            place,
            headers=[*_HEADERS.items(), ("Host", address.netloc)],
            extensions={
                "timeout": dict.fromkeys(("connect", "read", "write", "pool"), STEP_SECONDS)
            },
        ) as answer:
            headers = httpx.Headers(answer.headers)
            if answer.status in _REDIRECTS and "location" in headers:
                return _checked(str(address.join(headers["location"])))
            _check_answer(answer.status, headers, address)
            data = _body(answer, headers, address, deadline)
            return FetchedPage(url=str(address), content_type=headers["content-type"], data=data)
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise UnreadableArticleError(f"{address.host} takes too long to answer") from error
    except httpcore.ConnectError as error:
        if "CERTIFICATE" in str(error).upper() or "SSL" in str(error).upper():
            raise UnreadableArticleError(
                f"the connection to {address.host} is not secure: {error}"
            ) from error
        raise UnreadableArticleError(f"{address.host} cannot be reached: {error}") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.InvalidURL) as error:
        reason = str(error) or type(error).__name__
        raise UnreadableArticleError(f"{address.host} gave a broken answer: {reason}") from error


def _check_answer(status: int, headers: httpx.Headers, address: httpx.URL) -> None:
    if status != 200:
        reason = _STATUS_MESSAGES.get(status, f"answers with an error ({status})")
        raise UnreadableArticleError(f"{address} {reason}")
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    if not kind:
        raise UnreadableArticleError(f"{address} does not say what kind of file it is")
    if kind not in _READABLE and not kind.endswith("+json"):
        raise UnreadableArticleError(f"{address} is no page but {kind}, which is not read")


def _body(
    answer: httpcore.Response, headers: httpx.Headers, address: httpx.URL, deadline: float
) -> bytes:
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        raise _too_large(address)
    pieces, size = [], 0
    for piece in answer.iter_stream():
        size += len(piece)
        if size > MOST_BYTES:
            raise _too_large(address)
        if time.monotonic() > deadline:
            raise TimeoutError
        pieces.append(piece)
    data = b"".join(pieces)
    packing = headers.get("content-encoding", "").strip().lower()
    if packing in ("", "identity"):
        return data
    if packing in ("gzip", "x-gzip"):
        return gunzip(data, most_bytes=MOST_BYTES)
    if packing == "deflate":
        return inflate(data, most_bytes=MOST_BYTES)
    raise UnreadableArticleError(f"{address} is packed with {packing}, which was not asked for")


def _too_large(address: httpx.URL) -> UnreadableArticleError:
    return UnreadableArticleError(f"{address} is larger than {MOST_BYTES // 1_000_000} MB")
