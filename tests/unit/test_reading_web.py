"""Fetching: only public pages, at every hop, within limits, with messages that help."""

import gzip
import time
import zlib
from collections.abc import Sequence

import httpcore
import pytest

from index.errors import UnreadableArticleError, UnsafeAddressError
from index.reading.compression import gunzip, inflate
from index.reading.network.public_addresses import is_public
from index.reading.network.web import MOST_BYTES, FetchedPage, fetch
from tests.support.network import PAGE, PUBLIC, Network, answer, public, redirect


def test_the_connection_goes_to_the_address_that_was_judged() -> None:
    network = Network(answer())
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return (PUBLIC,)

    fetch("http://page.org/", resolve=resolve, network=network)
    assert asked == ["page.org"]
    assert network.connections == ["9.9.9.9:80"]


def test_one_unsafe_address_among_several_is_enough_to_refuse() -> None:
    network = Network(answer())
    with pytest.raises(UnsafeAddressError, match="no public address"):
        fetch("http://page.org/", resolve=lambda host, port: (PUBLIC, "10.0.0.1"), network=network)
    assert network.connections == []


@pytest.mark.parametrize(
    "address", ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9", "64:ff9b::909:909"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_a_page_comes_with_its_last_address_and_type() -> None:
    network = Network(redirect("/elsewhere"), answer())
    page = fetch("http://page.org/start", resolve=public, network=network)
    assert page == FetchedPage(
        url="http://page.org/elsewhere", content_type="text/html; charset=utf-8", data=PAGE
    )
    assert (page.media_type, page.charset) == ("text/html", "utf-8")


def test_https_goes_to_port_443() -> None:
    network = Network(answer())
    assert fetch("https://page.org/", resolve=public, network=network).data == PAGE
    assert network.connections == ["9.9.9.9:443"]


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    network = Network(answer())
    fetch("http://page.org/", resolve=public, network=network)
    assert network.connections == ["9.9.9.9:80"]


def test_packed_pages_are_unpacked_within_limits() -> None:
    packed = gzip.compress(PAGE)
    network = Network(answer(packed, more="Content-Encoding: gzip\r\n"))
    assert fetch("http://page.org/", resolve=public, network=network).data == PAGE
    bomb = gzip.compress(b"\0" * (MOST_BYTES + 1))
    network = Network(answer(bomb, more="Content-Encoding: gzip\r\n"))
    with pytest.raises(UnreadableArticleError):
        fetch("http://page.org/", resolve=public, network=network)


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (answer(status=404), "does not exist"),
        (answer(status=403), "save the page"),
        (answer(status=401), "login"),
        (answer(status=402), "payment"),
        (answer(status=429), "try again later"),
        (answer(status=451), "legal"),
        (answer(status=503), "503"),
        (answer(kind="application/pdf"), "application/pdf"),
        (answer(kind="image/png"), "image/png"),
        (answer(kind=""), "what kind of file"),
        (answer(more="Content-Encoding: br\r\n"), "packed with br"),
        (b"nonsense\r\n\r\n", "broken answer"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\nshort",
            "broken",
        ),
        (httpcore.ConnectError("refused"), "cannot be reached"),
        (httpcore.ConnectTimeout("slow"), "too long"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99000000\r\n\r\n",
            "larger than 10 MB",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"a" * (MOST_BYTES + 1),
            "larger than 10 MB",
        ),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000 + b"\r\n\r\n", "broken answer"),
    ],
)
def test_what_goes_wrong_has_its_own_message(reply: bytes | Exception, message: str) -> None:
    with pytest.raises(UnreadableArticleError, match=message):
        fetch("http://page.org/", resolve=public, network=Network(reply))


def test_a_page_that_redirects_for_ever_is_given_up() -> None:
    network = Network(*[redirect(f"/{number}") for number in range(20)])
    with pytest.raises(UnreadableArticleError, match="redirects more than 5 times"):
        fetch("http://page.org/", resolve=public, network=network)
    assert len(network.connections) <= 6


def test_a_slow_drip_ends_at_the_deadline() -> None:
    network = Network(answer(), slow_seconds=0.05)
    started = time.monotonic()
    with pytest.raises(UnreadableArticleError, match="too long"):
        fetch("http://page.org/", resolve=public, network=network, total_seconds=0.4)
    assert time.monotonic() - started < 2


def test_a_name_nobody_knows_is_said() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    with pytest.raises(UnreadableArticleError, match="name is not known"):
        fetch("http://page.org/", resolve=unknown, network=Network())


def test_gzip_is_unpacked_member_by_member() -> None:
    assert gunzip(gzip.compress(b"one ") + gzip.compress(b"two")) == b"one two"
    assert inflate(zlib.compress(b"body"), most_bytes=10) == b"body"


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(b"\0" * 30_000_000),
        gzip.compress(b"some words of a page")[:-10],
        b"\x1f\x8b\x08 nonsense",
    ],
    ids=["bomb", "cut short", "nonsense"],
)
def test_a_bomb_or_damaged_gzip_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableArticleError):
        gunzip(data)
