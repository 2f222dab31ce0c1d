"""A real language model run in this process, where `REAL_MODELS` holds one; skipped where not.

The smallest one is enough: what is tested is that schema, stream, counts, cache and interruption
are as we read them, and that nothing false is attributed, not that the model is clever.
"""

import importlib.util
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.llms import ChatMessage

from assistant import Answer, Assistant
from assistant.errors import PromptCutError
from assistant.model import Message, Waiting, open_model
from assistant.model.gguf import open_file
from assistant.settings import Settings

MODEL = Path(os.environ.get("REAL_MODELS", ""), "135m.gguf")
ENGLISH = Path(__file__).parent.parent.parent / "samples" / "harlow-library.en.json"
LONG = Message(role="user", text="The council votes on the library. " * 400)

pytestmark = pytest.mark.skipif(
    not MODEL.is_file() or importlib.util.find_spec("xllamacpp") is None,
    reason="REAL_MODELS names no folder with 135m.gguf, or the extra gguf is not installed",
)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_REPLY_SECONDS", "600")
    monkeypatch.setenv("ASSISTANT_WINDOW", "4096")


def test_a_real_model_fills_the_schema_and_nothing_false_is_attributed() -> None:
    assistant = Assistant.open(ENGLISH, llm=str(MODEL))
    assert assistant.fault is None
    answer = assistant.ask("When does the council vote?")
    article = assistant.article
    for citation in answer.citations:
        assert article.text[citation.start : citation.end] == citation.quote
    assert "20 June" in answer.text
    assert all(s.verdict in ("supported", "counted") for s in answer.sentences)


def test_a_prompt_that_begins_the_same_is_read_once() -> None:
    model = open_file(str(MODEL), Settings.from_environment())
    page = "The council votes on the library. " * 150

    def read(question: str) -> dict[str, Any]:
        asked = [ChatMessage(role="user", content=f"{page}\n{question}")]
        *_, last = (part for part in model.stream_chat(asked, max_tokens=4) if part.raw)
        timings = last.raw["timings"]
        assert isinstance(timings, dict)
        return timings

    first, second = read("When does the council vote?"), read("Who votes?")
    assert second["prompt_n"] < 0.15 * (first["prompt_n"] + first.get("cache_n", 0))


def test_a_real_server_refuses_what_is_too_long_and_says_how_long_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSISTANT_WINDOW", "1024")
    model = open_model(str(MODEL), Settings.from_environment())
    assert model.window == 1024
    with pytest.raises(PromptCutError) as raised:
        list(model.stream((LONG,)))
    assert raised.value.counted is not None
    assert 2400 < raised.value.counted < 4000
    assert raised.value.window == 1024


def test_a_real_server_is_stopped_while_it_reads_the_prompt() -> None:
    model = open_model(str(MODEL), Settings.from_environment())
    stream = model.stream((LONG,))
    assert next(stream) == Waiting()
    began = time.monotonic()
    stream.close()
    first = next(piece for piece in model.stream((Message(role="user", text="Yes?"),)))
    assert time.monotonic() - began < 30
    assert first


def test_two_readers_of_a_real_model_are_answered_in_turn(tmp_path: Path) -> None:
    short = tmp_path / "short.txt"  # that they wait for each other shows on a short page too
    short.write_text("The pier of Ossby\n\nMayor Ida Krenn said: “It opens in June.”", "utf-8")
    answers: list[Answer] = []

    def read(question: str) -> None:
        answers.append(Assistant.open(short, llm=str(MODEL)).ask(question))

    questions = ("When does the pier open?", "Who said so?")
    threads = [threading.Thread(target=read, args=(question,)) for question in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(600)
    assert len(answers) == 2
    assert not any("busy" in warning for answer in answers for warning in answer.warnings)
