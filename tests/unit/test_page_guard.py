"""Who may ask the page, for what, from where."""

import base64
from typing import Any

import httpx
import pytest

from page.access import Credentials, Guard
from tests.support.guarded import HERE, ask, inside


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:7860", 200),
        ("localhost", 200),
        ("[::1]:7860", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("localhost.evil.example:7860", 400),
        ("", 400),
    ],
)
def test_the_page_answers_only_under_its_own_name(host: str, status: int) -> None:
    assert ask(host=host).status_code == status


def test_a_page_for_everybody_answers_to_addresses_but_not_to_names() -> None:
    guard = Guard(inside, host="0.0.0.0")
    assert ask(guard=guard, host="192.168.1.7:7860").status_code == 200
    assert ask(guard=guard, host="evil.example").status_code == 400


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (HERE, 200),
        ("http://127.0.0.1:9999", 403),
        ("http://localhost:7860", 403),
        ("http://evil.example", 403),
        ("null", 403),
        ("", 403),
    ],
)
def test_only_the_page_itself_may_post(origin: str, status: int) -> None:
    assert ask("POST", "/conversation", origin=origin).status_code == status


def test_a_program_without_an_origin_may_post_but_another_site_may_not() -> None:
    assert ask("POST", "/conversation").status_code == 200
    assert ask("POST", "/conversation", sec_fetch_site="cross-site").status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=app.py",
        "/gradio_api/proxy=http://127.0.0.1/",
        "/gradio_api/upload",
        "/gradio_api/runs",
        "/gradio_api/run-history/records",
        "/gradio_api/vibe-code",
        "/monitoring",
        "/login",
        "/docs",
        "/gradio_api/file/x",
        "/gradio_api/stream/x",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_the_page_does_not_need_does_not_exist(path: str, method: str) -> None:
    assert ask(method, path).status_code == 404


def test_every_answer_carries_the_headers_and_no_permission_for_other_sites() -> None:
    for answer in (ask(), ask(host="evil.example"), ask(path="/docs")):
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in answer.headers


def test_too_much_is_refused_before_it_is_read() -> None:
    assert ask("POST", "/conversation", content_length="999999999").status_code == 413
    assert ask("POST", "/articles", content_length="19000000").status_code == 200


def test_a_request_of_unknown_length_is_refused() -> None:
    import asyncio

    async def parts() -> Any:
        yield b"{}"

    async def run() -> int:
        transport = httpx.ASGITransport(app=Guard(inside))
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            return (await client.post("/articles", content=parts())).status_code

    assert asyncio.run(run()) == 411


@pytest.fixture
def locked() -> Guard:
    return Guard(inside, credentials=Credentials(name="desk", password="ünlock:me"))


def test_a_team_page_asks_for_name_and_password(locked: Guard) -> None:
    def basic(pair: str) -> str:
        return "Basic " + base64.b64encode(pair.encode()).decode()

    assert ask(guard=locked).status_code == 401
    assert ask(guard=locked, authorization=basic("desk:wrong")).status_code == 401
    assert ask(guard=locked, authorization="Basic %%%").status_code == 401
    assert ask(guard=locked, authorization=basic("desk:ünlock:me")).status_code == 200
