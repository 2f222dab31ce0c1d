"""A page and a browser for the tests that drive it; skipped with a reason where there is none."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.browser import open_browser, running_page, system_browser

SAMPLES = Path(__file__).parent.parent.parent / "samples"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The system's Chromium; in CI it may not be missing.

    Of one module: Playwright keeps an event loop running, which other tests must not meet.
    """
    missing = None
    if system_browser() is None:
        missing = "no Chromium on this machine; install it: apt-get install chromium"
    else:
        try:
            import playwright  # noqa: F401
        except ImportError:
            missing = "playwright is not installed; install the extra [dev]"
    if missing is not None:
        if os.environ.get("CI"):
            pytest.fail(f"{missing}; CI may not skip")
        pytest.skip(missing)
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page on the samples, for all modules that do not start one of their own."""
    home = tmp_path_factory.mktemp("page")
    with running_page(home=home, ASSISTANT_OLLAMA="http://127.0.0.1:9") as (address, _):
        yield address


class Watched:
    """A page whose every request, error and dialog is written down."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.failures: list[str] = []
        self.page = browser.new_context(**options).new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._response)

    def open(self, address: str) -> Any:
        """Go to an address and wait until the page can be used."""
        self.page.goto(address)
        self.page.wait_for_selector("body[data-ready]")
        return self.page

    def ask(self, question: str) -> Any:
        """Ask and wait for the checked answer; returns its turn."""
        known = self.page.locator(".turn[data-turn]").count()
        self.page.fill("#question", question)
        self.page.press("#question", "Enter")
        turn = self.page.locator(".turn[data-turn]").nth(known)
        turn.wait_for()
        return turn

    def assert_clean(self) -> None:
        """No error, no failed request, no request to another machine."""
        assert not self.errors
        assert not self.failures
        schemes = ("http://127.0.0.1:", "data:", "blob:http://127.0.0.1:")
        assert not [url for url in self.requests if not url.startswith(schemes)]

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _dialog(self, dialog: Any) -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _failed(self, request: Any) -> None:
        is_left = request.method == "GET" or request.url.endswith("/ahead")
        if is_left and request.failure == "net::ERR_ABORTED":
            return  # the reader went on to another article before this part had come
        self.failures.append(f"{request.url}: {request.failure}")

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.failures.append(f"{response.url}: {response.status}")


@pytest.fixture
def watched(browser: Any) -> Iterator[Any]:
    """Make watched pages; closes them afterwards."""
    made: list[Watched] = []

    def make(**options: Any) -> Watched:
        made.append(Watched(browser, **options))
        return made[-1]

    yield make
    for page in made:
        page.page.context.close()


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of eight columns with prompts of its own."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = {word: place for place, word in enumerate(["[UNK]", "ask", "tell", "boat", "moon"])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    table = np.eye(5, 8, dtype=np.float32)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=table)],
        prompts={"query": "ask ", "document": "tell "},
        device="cpu",
    )
    folder = tmp_path_factory.mktemp("models") / "tiny"
    model.save(str(folder))
    return folder
