"""The page with a model server: choose, ask, stop, pull, and a reply that tries to be markup."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import ROOT, running_page
from tests.support.ollama_fake import OllamaFake, ollama_fake

SAMPLE = ROOT / "samples" / "harlow-library.en.json"
QUESTION = "When does the council vote?"
HOSTILE = (
    "The council votes on 20 June [A7]. "
    "<img src=x onerror=\"window.ran='reply'\"><style>body{display:none}</style> "
    "![p](http://evil.example/p.png) [go](javascript:window.ran=1) is said on 20 June [A7]."
)


@pytest.fixture(scope="module")
def server() -> Iterator[OllamaFake]:
    with ollama_fake() as fake:
        yield fake


@pytest.fixture(scope="module")
def address(server: OllamaFake, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page beside a model server."""
    home: Path = tmp_path_factory.mktemp("page")
    with running_page(str(SAMPLE), home=home, OLLAMA_HOST=server.host) as (address, _):
        yield address


def _open(watched: Any, address: str) -> Any:
    visit = watched(locale="en")
    visit.open(address)
    visit.page.wait_for_function("() => document.querySelector('#engine').options.length > 1")
    return visit


def _wait_until_asked(page: Any, server: OllamaFake, words: str) -> None:
    """Wait until the model was given these words."""
    until = time.monotonic() + 20
    while words not in json.dumps(server.asked("/api/chat")) and time.monotonic() < until:
        page.wait_for_timeout(50)


def test_an_installed_model_is_offered_and_answers_under_its_name(
    watched: Any, address: str
) -> None:
    visit = _open(watched, address)
    assert visit.page.input_value("#engine") == "gemma4:latest"
    turn = visit.ask(QUESTION)
    assert "gemma4:latest" in turn.locator(".turn-foot").inner_text()
    visit.page.select_option("#engine", "extractive")
    assert "no model" in visit.ask(QUESTION).locator(".turn-foot").inner_text()
    visit.assert_clean()


def test_a_models_reply_is_never_markup(
    watched: Any, address: str, server: OllamaFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "reply", HOSTILE)
    visit = _open(watched, address)
    visit.ask(QUESTION)
    assert visit.page.evaluate("window.ran") is None
    assert visit.page.locator(".turn img, .turn style, .turn a").count() == 0
    visit.assert_clean()


def test_a_model_that_stalls_can_be_stopped(
    watched: Any, address: str, server: OllamaFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "fault", "stalled")
    server.requests.clear()
    visit = _open(watched, address)
    page = visit.page
    page.fill("#question", QUESTION)
    page.press("#question", "Enter")
    _wait_until_asked(page, server, QUESTION)
    page.click("#stop")
    page.locator(".turn.failed").wait_for()
    assert page.locator("#send").is_visible()


def test_the_usual_model_is_downloaded_from_the_page_or_it_says_why_not(
    watched: Any, address: str, server: OllamaFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "models", {})
    monkeypatch.setattr(server, "loaded", {})
    visit = watched(locale="en")
    page = visit.open(address)
    page.click("#pull")
    page.locator(".notice", has_text="100%").wait_for()
    page.locator("#pull:enabled").wait_for()
    monkeypatch.setattr(server, "fault", "no_network")
    page.click("#pull")
    page.locator(".notice:not(:empty)", has_not_text="%").wait_for()
    visit.assert_clean()


def test_a_model_reads_the_page_before_anybody_asks(
    watched: Any, address: str, server: OllamaFake
) -> None:
    server.requests.clear()
    visit = _open(watched, address)
    _wait_until_asked(visit.page, server, "A1")
    [body] = server.asked("/api/chat")
    assert '<passage label="A1">' in body["messages"][-1]["content"]
    visit.assert_clean()


def test_who_asks_second_sees_the_place_and_is_answered_in_turn(
    watched: Any, address: str, server: OllamaFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = _open(watched, address).page, _open(watched, address).page
    monkeypatch.setattr(server, "fault", "stalled")
    server.requests.clear()
    first.fill("#question", QUESTION)
    first.press("#question", "Enter")
    _wait_until_asked(first, server, QUESTION)
    second.fill("#question", QUESTION)
    second.press("#question", "Enter")
    second.get_by_text("1 question before yours").wait_for()
    monkeypatch.setattr(server, "fault", None)
    first.click("#stop")
    second.locator(".turn-foot").get_by_text("gemma4:latest").wait_for()


def test_a_quotation_of_another_language_has_a_translation_beside_it_that_nothing_cites(
    watched: Any, address: str, server: OllamaFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = watched(locale="fr")
    page = visit.open(address)
    page.wait_for_function("() => document.querySelector('#engine').options.length > 1")
    page.select_option("#engine", "extractive")
    chip = visit.ask("Que dit Dana Whitlock ?").locator(".chip").first
    monkeypatch.setattr(server, "reply", "<b>Elle refuse.</b>")
    page.select_option("#engine", "gemma4:latest")
    chip.focus()
    page.locator("#card-gloss").wait_for()
    assert "gemma4:latest" in page.locator("#card-gloss").inner_text()
    assert "<b>Elle refuse.</b>" in page.locator("#card-gloss").inner_text()
    assert page.locator("#card-quote").inner_text() == chip.get_attribute("data-quote")
    assert "Elle refuse" not in page.locator(".turn").inner_text()
    visit.assert_clean()
