"""A model server that goes wrong: the article's own words answer, and say why."""

import time
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from tests.support.ollama_fake import ollama_fake

SAMPLES = Path(__file__).parent.parent.parent / "samples"


ENGLISH = SAMPLES / "harlow-library.en.json"


QUESTION = "When does the council vote?"


def _asked(monkeypatch: pytest.MonkeyPatch, fault: str, *, model: str = "gemma4") -> Answer:
    """Ask through a server that goes wrong; the page's own words must answer, and say why."""
    with ollama_fake(fault=fault) as server:
        monkeypatch.setenv("ASSISTANT_OLLAMA", server.host)
        monkeypatch.setenv("ASSISTANT_FIRST_TOKEN_SECONDS", "0.8")
        monkeypatch.setenv("ASSISTANT_BETWEEN_TOKENS_SECONDS", "0.6")
        monkeypatch.setenv("ASSISTANT_REPLY_SECONDS", "2")
        began = time.monotonic()
        answer = Assistant.open(ENGLISH, llm=model).ask(QUESTION)
        assert time.monotonic() - began < 6
    assert "20 June" in answer.text
    assert answer.warnings
    assert "Empty Response" not in answer.text
    return answer


def _warned(answer: Answer, *words: str) -> None:
    said = " ".join(answer.warnings)
    assert any(word in said for word in words), said


def test_a_server_that_is_down_or_dies_costs_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Assistant.open(ENGLISH, llm="gemma4").ask(QUESTION)
    assert answer.engine == "extractive"
    _warned(answer, "no model server", "Ollama", "ollama")
    _warned(_asked(monkeypatch, "cut"), "broke off", "cut")


def test_a_model_that_is_not_there_is_named_with_the_command_that_fetches_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = _asked(monkeypatch, "none", model="nosuchmodel")
    _warned(answer, "assistant pull nosuchmodel")


def test_a_server_short_of_memory_or_busy_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    _warned(_asked(monkeypatch, "no_memory"), "memory")
    _warned(_asked(monkeypatch, "503"), "busy")


def test_a_server_that_stalls_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    for fault, words in (("silent", "begin"), ("stalled", "mid-reply"), ("drip", "not done")):
        _warned(_asked(monkeypatch, fault), words)


def test_a_broken_reply_costs_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    for fault in ("garbage", "html_200", "empty_body"):
        _asked(monkeypatch, fault)


def test_a_reply_that_only_looks_complete_costs_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    for fault, words in (("no_end", "broke off"), ("length", "cut"), ("nothing_said", "nothing")):
        _warned(_asked(monkeypatch, fault), words)


def test_a_reply_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(_asked(monkeypatch, "endless").text) < 5_000


def test_redirects_of_the_model_server_and_proxies_are_not_followed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    _warned(_asked(monkeypatch, "redirect"), "elsewhere")


def test_a_server_of_another_kind_that_is_down_costs_one_warning() -> None:
    from llama_index.llms.openai_like import OpenAILike

    llm = OpenAILike(
        model="m", api_base="http://127.0.0.1:9/v1", api_key="canary", is_chat_model=True,
        context_window=8192, max_retries=0, timeout=5,
    )  # fmt: skip
    began = time.monotonic()
    answer = Assistant.open(ENGLISH, llm=llm).ask(QUESTION)
    assert time.monotonic() - began < 10
    assert "20 June" in answer.text
    assert len(answer.warnings) == 1
    assert "canary" not in str(answer)
