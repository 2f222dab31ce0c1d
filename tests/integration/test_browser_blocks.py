"""The assistant as plain `gr.Blocks`: what `gradio app.py` and other programs get."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HOSTILE = """The pier ${document.title='run'} of Ossby

Mayor Ida Krenn said: “{{constructor.constructor('document.title=1')()}} opens <b>in June</b>.”

<img src=x onerror="document.title='run'"> ${(() => { document.title = 'run' })()}
"""


@pytest.fixture
def blocks(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, str]]:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import app

    vars(app).pop("demo", None)
    made = app.demo
    _, address, _ = made.launch(
        prevent_thread_lock=True, server_name="127.0.0.1", quiet=True, footer_links=[]
    )
    yield made, address
    made.close()
    vars(app).pop("demo", None)


@pytest.mark.filterwarnings("ignore")  # gradio's own server, on ports it chooses
def test_the_blocks_answer_programs_and_readers_and_run_no_words_of_others(
    blocks: tuple[Any, str], browser: Any
) -> None:
    from gradio_client import Client

    _, address = blocks
    client = Client(address, verbose=False)
    assert "Disputed claims" in client.predict("What is disputed?", api_name="/ask")["text"]
    assert client.predict(api_name="/quotes")["statements"]
    page = browser.new_context().new_page()
    page.goto(address)
    page.get_by_text("Council plans to close").first.wait_for()
    page.get_by_role("tab", name="Another article").click()
    page.get_by_label("Address or pasted text").fill(HOSTILE)
    page.get_by_role("button", name="Open").click()
    page.get_by_role("tab", name="Article", exact=True).click()
    page.get_by_text("of Ossby").first.wait_for()
    page.locator("textarea").first.fill("What did Krenn say?")
    page.keyboard.press("Enter")
    page.get_by_text("Ida Krenn").nth(1).wait_for()
    assert "run" not in page.title()
    assert "<b>in June</b>" in page.locator("body").inner_text()
    page.context.close()
