"""`demo`, the page as a `gr.Blocks`: launched by itself, by `gradio app.py`, and in a Space."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parent.parent.parent
ENDPOINTS = {"/ask", "/quotes", "/disputes", "/check", "/articles", "/add"}
STORY = "The pier of Ossby\n\nMayor Ida Krenn said: “The pier will be open in June.”"
pytestmark = pytest.mark.filterwarnings("ignore")  # gradio's own server, on ports it chooses


@contextmanager
def _served(command: list[str], home: Path, **variables: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"ASSISTANT_HOME": str(home), "GRADIO_SERVER_PORT": str(port), "HF_HUB_OFFLINE": "1"}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **given, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(240):
            try:
                httpx.get(f"{address}healthy")
                break
            except httpx.TransportError:
                time.sleep(0.25)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def address(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with _served([sys.executable, "app.py"], tmp_path_factory.mktemp("page")) as address:
        yield address


def test_the_launched_page_is_the_page(watched: Any, address: str) -> None:
    visit = watched(locale="en")
    page = visit.open(address)
    turn = visit.ask("Which claims are disputed?")
    chip = turn.locator(".chip").first
    chip.click()
    page.wait_for_selector("mark.cited")
    assert page.locator("mark.cited").inner_text() == chip.get_attribute("data-quote")
    visit.assert_clean()


def test_programs_ask_it_bring_articles_and_find_it_described(address: str, watched: Any) -> None:
    from gradio_client import Client

    client = Client(address, verbose=False)
    assert set(client.view_api(return_format="dict")["named_endpoints"]) >= ENDPOINTS
    assert "Disputed claims" in client.predict("What is disputed?", api_name="/ask")["text"]
    article = client.predict(text=STORY, api_name="/add")["article"]
    said = client.predict(article=article, api_name="/quotes")["statements"]
    assert said[0]["speaker"]["name"] == "Ida Krenn"
    page = watched(locale="en").page
    page.goto(f"{address}?view=api")
    page.get_by_text("/quotes").first.wait_for()


def test_a_stranger_can_add_a_component_to_the_page(home: Path) -> None:
    import gradio

    import app

    vars(app).pop("demo", None)
    with app.demo:
        added = gradio.Textbox(label="mine")
    assert added._id in app.demo.blocks
    vars(app).pop("demo", None)


def test_gradio_app_py_serves_the_page_and_watches_the_file(home: Path) -> None:
    gradio = Path(sys.executable).parent / "gradio"
    with _served([str(gradio), "app.py"], home) as address:
        assert "masthead" in httpx.get(address).text
        assert httpx.get(f"{address}config").json()["dev_mode"]


def test_a_space_serves_the_page_under_its_name_and_in_its_frame(home: Path) -> None:
    space = {"SPACE_HOST": "who-said.hf.space", "GRADIO_SERVER_NAME": "0.0.0.0"}
    with _served([sys.executable, "app.py"], home, **space) as address:
        answer = httpx.get(address, headers={"host": "who-said.hf.space"})
        assert answer.status_code == 200
        assert "huggingface.co" in answer.headers["content-security-policy"]
        assert "x-frame-options" not in answer.headers
        assert httpx.get(address, headers={"host": "evil.example"}).status_code == 400
