"""Settings of the model, and models that need no server of ours."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.doctor import examine
from assistant.errors import (
    AssistantError,
)
from assistant.model import Message, ReplyEnd, open_model
from assistant.model.thinking import ThinkingFilter
from assistant.settings import Settings
from tests.support.scripted_model import ScriptedModel

SAMPLES = Path(__file__).parent.parent.parent / "samples"


ENGLISH = SAMPLES / "harlow-library.en.json"


QUESTION = "When does the council vote?"


ASKED = (Message(role="user", text="When?"),)


def _settings() -> Settings:
    return Settings.from_environment()


@pytest.mark.parametrize("cut", range(1, 30))
def test_a_thinking_tag_may_be_cut_anywhere(cut: int) -> None:
    reply = "Yes<think>no no</think> indeed <b>"
    thoughts = ThinkingFilter()
    shown = thoughts.feed(reply[:cut]) + thoughts.feed(reply[cut:]) + thoughts.end()
    assert shown == "Yes indeed <b>"


def test_a_foreign_server_is_used_only_when_named_by_us() -> None:
    usual = Settings.from_environment({}).ollama
    assert Settings.from_environment({"OLLAMA_HOST": "http://10.0.0.9:11434"}).ollama == usual
    assert Settings.from_environment({"OLLAMA_HOST": "127.0.0.1:9000"}).ollama.endswith(":9000")
    named = Settings.from_environment({"ASSISTANT_OLLAMA": "http://10.0.0.9:11434"})
    assert named.ollama == "http://10.0.0.9:11434"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (":9999", "http://127.0.0.1:9999"),
        ("0.0.0.0:9999", "http://127.0.0.1:9999"),
        ("[::]:9999", "http://[::1]:9999"),
        ("'127.0.0.1:9999'", "http://127.0.0.1:9999"),
        ("http://127.0.0.1:9999/ollama/", "http://127.0.0.1:9999/ollama"),
    ],
)
def test_ollamas_own_variable_is_read_as_its_client_reads_it(written: str, address: str) -> None:
    settings = Settings.from_environment({"OLLAMA_HOST": written})
    assert (settings.ollama, settings.notices) == (address, ())


def test_a_value_of_ollamas_variable_that_is_none_costs_a_notice() -> None:
    settings = Settings.from_environment({"OLLAMA_HOST": "host:notaport"})
    assert settings.ollama == Settings.from_environment({}).ollama
    assert "OLLAMA_HOST" in settings.notices[0]


@pytest.mark.parametrize(
    "environment",
    [
        {"ASSISTANT_OLLAMA": "file:///etc/passwd"},
        {"ASSISTANT_OLLAMA": "http://host:notaport"},
        {"ASSISTANT_WINDOW": "many"},
        {"ASSISTANT_WINDOW": "12"},
        {"ASSISTANT_REPLY_SECONDS": "nan"},
    ],
)
def test_a_setting_that_cannot_be_used_is_named(environment: dict[str, str]) -> None:
    with pytest.raises(AssistantError, match=r"give|such as"):
        Settings.from_environment(environment)


def test_a_slow_llama_index_model_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_FIRST_TOKEN_SECONDS", "0.3")

    class Slow(ScriptedModel):
        def stream_chat(self, messages: object, **kwargs: object) -> Iterator[object]:
            time.sleep(1.5)
            yield from ()

    answer = Assistant.open(ENGLISH, llm=Slow.saying("x")).ask(QUESTION)
    assert "20 June" in answer.text
    assert any("begin" in warning for warning in answer.warnings)


@pytest.mark.parametrize("is_lazy", [False, True])
def test_a_model_that_cannot_reply_in_pieces_replies_at_once(is_lazy: bool) -> None:
    class Whole(ScriptedModel):
        def stream_chat(self, messages: object, **kwargs: object) -> Iterator[object]:
            if is_lazy:
                return self._refused()
            raise NotImplementedError

        def _refused(self) -> Iterator[object]:
            raise NotImplementedError
            yield

    reply = "The council votes on 20 June [A7]."
    chat = open_model(Whole.saying(reply), _settings())
    *pieces, end = chat.stream(ASKED)
    assert pieces == [reply]
    assert isinstance(end, ReplyEnd)
    answer = Assistant.open(ENGLISH, llm=Whole.saying(reply)).ask(QUESTION)
    assert answer.engine == "scripted"
    assert not answer.warnings


def test_the_doctor_misses_no_server_where_none_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_OLLAMA", "http://127.0.0.1:9")
    [check] = [check for check in examine(_settings()) if check.name == "model server"]
    assert check.ok
    assert "assistant pull gemma4" in check.fix
