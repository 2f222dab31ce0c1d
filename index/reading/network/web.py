"""The only way to the network: one page by its address, from public hosts alone.

Each connection is judged where it is made: the name is resolved here, every address it has
is judged, and the connection goes to the address judged, so neither a redirect nor a name
that changes its address between two look-ups leads inside. Nothing else is ever fetched.
"""

import re
import socket
import time
from collections.abc import Iterator, Sequence
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
    gate = Gate(resolve, network or httpcore.SyncBackend(), deadline)
    address = _checked(url)
    with httpx.Client(
        transport=_Transport(gate),
        trust_env=False,
        follow_redirects=False,
        timeout=httpx.Timeout(STEP_SECONDS),
        headers=_headers(),
    ) as client:
        for _ in range(MOST_REDIRECTS + 1):
            page = _visit(client, address, deadline)
            if isinstance(page, FetchedPage):
                return page
            address = page
    raise UnreadableArticleError(f"{url} redirects more than {MOST_REDIRECTS} times")


def _headers() -> dict[str, str]:
    return {
        "User-Agent": "Mozilla/5.0 (compatible; article-assistant)",
        "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,text/plain;q=0.8",
        "Accept-Encoding": "gzip, deflate",
    }


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


def _visit(client: httpx.Client, address: httpx.URL, deadline: float) -> FetchedPage | httpx.URL:
    """Return the page, or the next address where it redirects."""
    try:
        with client.stream("GET", address) as response:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return _checked(str(address.join(response.headers["location"])))
            _check_answer(response, address)
            data = _body(response, address, deadline)
            return FetchedPage(
                url=str(address), content_type=response.headers["content-type"], data=data
            )
    except (httpx.TimeoutException, TimeoutError) as error:
        raise UnreadableArticleError(f"{address.host} takes too long to answer") from error
    except httpx.ConnectError as error:
        if "CERTIFICATE" in str(error).upper() or "SSL" in str(error).upper():
            raise UnreadableArticleError(
                f"the connection to {address.host} is not secure: {error}"
            ) from error
        raise UnreadableArticleError(f"{address.host} cannot be reached: {error}") from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise UnreadableArticleError(f"{address.host} gave a broken answer: {error}") from error


def _check_answer(response: httpx.Response, address: httpx.URL) -> None:
    status = response.status_code
    if status != 200:
        reason = _STATUS_MESSAGES.get(status)
        if reason is None:
            reason = f"answers with an error ({status})"
        raise UnreadableArticleError(f"{address} {reason}")
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if not kind:
        raise UnreadableArticleError(f"{address} does not say what kind of file it is")
    if kind not in _READABLE and not kind.endswith("+json"):
        raise UnreadableArticleError(f"{address} is no page but {kind}, which is not read")


def _body(response: httpx.Response, address: httpx.URL, deadline: float) -> bytes:
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        raise _too_large(address)
    pieces, size = [], 0
    for piece in response.iter_raw():
        size += len(piece)
        if size > MOST_BYTES:
            raise _too_large(address)
        if time.monotonic() > deadline:
            raise TimeoutError
        pieces.append(piece)
    data = b"".join(pieces)
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing in ("", "identity"):
        return data
    if packing in ("gzip", "x-gzip"):
        return gunzip(data, most_bytes=MOST_BYTES)
    if packing == "deflate":
        return inflate(data, most_bytes=MOST_BYTES)
    raise UnreadableArticleError(f"{address} is packed with {packing}, which was not asked for")


def _too_large(address: httpx.URL) -> UnreadableArticleError:
    return UnreadableArticleError(f"{address} is larger than {MOST_BYTES // 1_000_000} MB")


class _Transport(httpx.BaseTransport):
    """httpx over httpcore with our own connections: no proxy, no settings of the environment."""

    def __init__(self, gate: Gate) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            network_backend=gate,
            max_connections=1,
            http2=False,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            answer = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=request.url.raw_scheme,
                        host=request.url.raw_host,
                        port=request.url.port,
                        target=request.url.raw_path,
                    ),
                    headers=request.headers.raw,
                    extensions=request.extensions,
                )
            )
        except httpcore.TimeoutException as error:
            raise httpx.ReadTimeout(str(error), request=request) from error
        except httpcore.ConnectError as error:
            raise httpx.ConnectError(str(error), request=request) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise httpx.ReadError(str(error) or type(error).__name__, request=request) from error
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer, request),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The body of an answer; the errors of httpcore become those of httpx."""

    def __init__(self, answer: httpcore.Response, request: httpx.Request) -> None:
        self._answer = answer
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._answer.iter_stream()
        except httpcore.TimeoutException as error:
            raise httpx.ReadTimeout(str(error), request=self._request) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise httpx.ReadError(str(error), request=self._request) from error

    def close(self) -> None:
        self._answer.close()
