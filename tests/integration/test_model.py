"""The model server: what it has, what it says, and every way in which it goes wrong."""

import asyncio
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from llama_index.core.llms import ChatMessage
from typer.testing import CliRunner

from assistant import Answer, Assistant
from assistant.cli import app
from assistant.doctor import examine
from assistant.errors import (
    AssistantError,
    ModelTimeoutError,
    ModelUnavailableError,
    UnusableReplyError,
)
from assistant.model import (
    Message,
    ReplyEnd,
    answering_model,
    installed_models,
    open_model,
    served_models,
)
from assistant.model.local import InstalledModel, LocalModel, LocalServer
from assistant.settings import Limits, Settings
from index.encoder import open_embedder
from index.errors import EmbedderError
from tests.support.ollama_fake import OllamaFake, ollama_fake

SAMPLES = Path(__file__).parent.parent.parent / "samples"
ENGLISH = SAMPLES / "harlow-library.en.json"
QUESTION = "When does the council vote?"
ASKED = (Message(role="user", text="When?"),)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[OllamaFake]:
    with ollama_fake() as server:
        monkeypatch.setenv("ASSISTANT_OLLAMA", server.host)
        monkeypatch.setenv("ASSISTANT_FIRST_TOKEN_SECONDS", "0.8")
        monkeypatch.setenv("ASSISTANT_BETWEEN_TOKENS_SECONDS", "0.6")
        monkeypatch.setenv("ASSISTANT_REPLY_SECONDS", "2")
        yield server


def _settings() -> Settings:
    return Settings.from_environment()


def _reply(model: str = "gemma4", asked: tuple[Message, ...] = ASKED) -> list[str | ReplyEnd]:
    return list(open_model(model, _settings()).stream(asked))


def test_a_reply_arrives_in_pieces_and_says_how_it_ended(fake: OllamaFake) -> None:
    *pieces, end = _reply()
    assert "".join(piece for piece in pieces if isinstance(piece, str)) == fake.reply
    assert len(pieces) > 3
    assert isinstance(end, ReplyEnd)
    assert end.reply_tokens is not None
    assert not end.was_cut


def test_what_the_class_leaves_to_chance_is_set(fake: OllamaFake) -> None:
    _reply()
    [body] = fake.asked("/api/chat")
    assert body["options"]["num_ctx"] == 8192
    assert body["options"]["num_predict"] > 0
    assert body["options"]["temperature"] == 0
    assert body["options"]["seed"] is not None
    assert body["think"] is False


def test_no_key_of_the_environment_is_sent(
    fake: OllamaFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_API_KEY", "secret-of-somebody")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    _reply()
    LocalServer(fake.host).version()
    asyncio.run(LocalModel.open("gemma4", _settings()).achat([ChatMessage(content="When?")]))
    assert len(fake.requests) >= 4
    assert not any("secret" in str(headers) for _, headers, _ in fake.requests)


def test_thinking_is_not_part_of_the_reply(fake: OllamaFake) -> None:
    fake.thinking = "The user wants to know"
    fake.reply = "<think>Let me see.</think>On 20 June [A7]."
    *pieces, _ = _reply()
    assert "".join(str(piece) for piece in pieces) == "On 20 June [A7]."


FAULTS = {
    "500": (ModelUnavailableError, "failed"),
    "503": (ModelUnavailableError, "busy"),
    "html": (ModelUnavailableError, "a page instead"),
    "html_200": (UnusableReplyError, "speak"),
    "empty_body": (UnusableReplyError, "broke off"),
    "no_memory": (ModelUnavailableError, "memory"),
    "no_memory_midway": (ModelUnavailableError, "memory"),
    "redirect": (ModelUnavailableError, "elsewhere"),
    "silent": (ModelTimeoutError, "begin"),
    "stalled": (ModelTimeoutError, "mid-reply"),
    "drip": (ModelTimeoutError, "not done"),
    "garbage": (UnusableReplyError, "speak"),
    "half_a_line": (UnusableReplyError, "speak"),
    "cut": (UnusableReplyError, "broke off"),
    "no_end": (UnusableReplyError, "broke off"),
    "nothing_said": (UnusableReplyError, "nothing"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_an_error_of_ours_in_time(fake: OllamaFake, fault: str) -> None:
    fake.fault = fault
    fake.reply = "The council votes on 20 June, as the article says in its last paragraph [A7]."
    kind, said = FAULTS[fault]
    began = time.monotonic()
    with pytest.raises(kind, match=said):
        _reply()
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("fault", [*FAULTS, "endless", "length"])
def test_whatever_the_server_does_there_is_an_answer_with_the_cause(
    fake: OllamaFake, fault: str
) -> None:
    fake.fault = fault
    assistant = Assistant.open(ENGLISH, llm="gemma4")
    own_words = Assistant.open(ENGLISH, llm=None).ask(QUESTION).text  # read and indexed once
    began = time.monotonic()
    answer = assistant.ask(QUESTION)
    assert time.monotonic() - began < 6
    assert "20 June" in own_words
    assert "20 June" in answer.text
    assert answer.status in ("answered", "partly_answered")
    assert answer.warnings
    assert all(s.verdict in ("supported", "counted") for s in answer.sentences)


def test_a_reply_of_blanks_is_none(fake: OllamaFake) -> None:
    fake.reply = " \n" * 20
    with pytest.raises(UnusableReplyError, match="nothing"):
        _reply()


def test_an_endless_reply_is_ended(fake: OllamaFake) -> None:
    fake.fault = "endless"
    *_, end = _reply()
    assert isinstance(end, ReplyEnd)
    assert end.was_cut


def test_a_reply_of_the_greatest_length_is_said_to_be_cut(fake: OllamaFake) -> None:
    fake.fault = "length"
    fake.reply = "The council votes on 20 June [A7]. The public meeting is on 3 June [A7]. It then"
    answer = Assistant.open(ENGLISH, llm="gemma4").ask(QUESTION)
    assert answer.status == "partly_answered"
    assert any("cut" in warning for warning in answer.warnings)
    assert "It then" not in answer.text


def test_closing_the_stream_breaks_the_connection_off(fake: OllamaFake) -> None:
    fake.fault = "endless"
    stream = open_model("gemma4", _settings()).stream(ASKED)
    assert next(stream)
    stream.close()
    assert fake.broken_off.wait(3)


def test_giving_up_before_the_first_word_frees_the_server_too(fake: OllamaFake) -> None:
    fake.fault = "silent"
    model = LocalModel.open("gemma4", replace(_settings(), limits=Limits(first_seconds=30)))
    failed = threading.Event()

    def read() -> None:
        try:
            list(model.stream_chat([ChatMessage(role="user", content="When?")]))
        except AssistantError:
            failed.set()

    threading.Thread(target=read, daemon=True).start()
    while not fake.asked("/api/chat"):
        time.sleep(0.01)
    model.interrupt()
    assert failed.wait(2)


def test_a_missing_server_or_model_says_what_to_run(
    fake: OllamaFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ModelUnavailableError, match="assistant pull llama9"):
        open_model("llama9", _settings())
    monkeypatch.setenv("ASSISTANT_OLLAMA", "http://127.0.0.1:9")
    with pytest.raises(ModelUnavailableError, match="ollama serve"):
        open_model("gemma4", _settings())


def test_without_a_server_nothing_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_OLLAMA", "http://127.0.0.1:9")
    began = time.monotonic()
    assert answering_model(_settings()) is None
    assert time.monotonic() - began < 0.5


def test_the_usual_model_is_taken_else_the_largest_that_writes(fake: OllamaFake) -> None:
    fake.models = {"nomic-embed-text:latest": 9_000, "tiny:1b": 1_000, "big:12b": 7_000}
    assert installed_models(_settings()) == ("big:12b", "tiny:1b")
    model = answering_model(_settings())
    assert model is not None
    assert model.name == "big:12b"
    fake.models["gemma4:latest"] = 10
    usual = answering_model(_settings())
    assert usual is not None
    assert usual.name == "gemma4:latest"


def test_something_else_on_the_port_is_no_model_server(fake: OllamaFake) -> None:
    fake.fault = "no_server_at_all"
    assert answering_model(_settings()) is None
    with pytest.raises(AssistantError):
        LocalServer(fake.host).models()


def test_with_a_server_a_model_writes_by_itself(fake: OllamaFake) -> None:
    assistant = Assistant.open(ENGLISH)
    assert assistant.engine == "gemma4:latest"
    answer = assistant.ask(QUESTION)
    assert answer.engine == "gemma4:latest"
    assert answer.usage is not None
    assert answer.usage.prompt_tokens


def test_a_model_that_runs_elsewhere_is_never_chosen_by_itself(fake: OllamaFake) -> None:
    fake.models = {"huge-cloud:671b": 9_000}
    fake.remote_hosts = {"huge-cloud:671b": "https://cloud.example"}
    assert installed_models(_settings()) == ()
    assert Assistant.open(ENGLISH).ask(QUESTION).engine == "extractive"
    assert fake.asked("/api/chat") == []


def test_a_model_that_runs_elsewhere_writes_where_it_is_named_and_the_answer_says_so(
    fake: OllamaFake,
) -> None:
    fake.models = {"huge-cloud:671b": 9_000}
    fake.remote_hosts = {"huge-cloud:671b": "https://cloud.example"}
    answer = Assistant.open(ENGLISH, llm="huge-cloud:671b").ask(QUESTION)
    assert answer.engine == "huge-cloud:671b"
    assert any("sent to https://cloud.example" in warning for warning in answer.warnings)


def test_a_model_is_not_taken_for_an_embedder_by_a_part_of_its_name(fake: OllamaFake) -> None:
    fake.models = {"albert:7b": 5_000, "nomic-embed-text:latest": 300}
    assert installed_models(_settings()) == ("albert:7b",)
    old = InstalledModel(name="albert:7b", size_bytes=1, family="llama")  # tells no capabilities
    assert old.can_chat


def test_the_window_is_no_larger_than_the_model_was_trained_for(fake: OllamaFake) -> None:
    fake.window = 1024
    assert open_model("gemma4", _settings()).window == 1024
    _reply()
    [body] = fake.asked("/api/chat")
    assert body["options"]["num_ctx"] == 1024


def test_the_answer_is_asked_for_in_the_form_of_a_schema(fake: OllamaFake) -> None:
    answer = Assistant.open(ENGLISH, llm="ollama:gemma4").ask(QUESTION)
    [body] = fake.asked("/api/chat")
    assert body["format"]["properties"]["points"]["items"]["required"][0] == "label"
    assert answer.engine == "gemma4"
    assert "20 June" in answer.text


def test_the_local_model_is_a_llama_index_model(fake: OllamaFake) -> None:
    llm = LocalModel.open("gemma4", _settings())
    answer = Assistant.open(ENGLISH, llm=llm).ask(QUESTION)
    assert isinstance(answer, Answer)
    assert answer.engine == "gemma4"


def test_a_pull_reports_how_far_it_is(fake: OllamaFake) -> None:
    parts = list(LocalServer(fake.host).pull("llama9"))
    assert [part.completed_bytes for part in parts][1:4] == [10, 60, 100]
    assert parts[-1].status == "success"
    fake.fault = "no_such_model"
    with pytest.raises(ModelUnavailableError):
        list(LocalServer(fake.host).pull("llama9"))


def test_a_pull_without_a_network_says_so(fake: OllamaFake) -> None:
    fake.fault = "no_network"
    with pytest.raises(ModelUnavailableError, match=r"reaches no network; download llama9"):
        list(LocalServer(fake.host).pull("llama9"))


def test_a_schema_is_tried_with_one_field(fake: OllamaFake) -> None:
    assert LocalServer(fake.host).fills_schema("gemma4", window=8192)
    [body] = fake.asked("/api/chat")
    assert body["options"]["num_ctx"] == 8192  # another window would throw the model out


def test_the_doctor_leaves_the_model_in_memory_as_it_is(fake: OllamaFake) -> None:
    _reply()
    assert [check.ok for check in examine(_settings()) if check.name == "model"] == [True]
    assert fake.loads == 1
    fake.models = {"gemma4:latest": 1_000, "other:latest": 9_000}
    fake.loaded = {"other:latest": 4096}
    [said] = [check.detail for check in examine(_settings()) if check.name == "model"]
    assert "other:latest is in memory" in said
    assert fake.loads == 1


def test_the_doctor_sends_nothing_to_a_model_that_runs_elsewhere(fake: OllamaFake) -> None:
    fake.models = {"huge-cloud:671b": 9_000}
    fake.remote_hosts = {"huge-cloud:671b": "https://cloud.example"}
    checks = {check.name: check for check in examine(_settings())}
    assert "runs on https://cloud.example" in checks["model server"].detail
    assert "model" not in checks
    assert fake.asked("/api/chat") == []


def test_a_cloud_model_that_is_not_installed_is_known_by_its_tag(fake: OllamaFake) -> None:
    fake.models = {"gpt-oss:120b-cloud": 0}
    model = open_model("gpt-oss:120b-cloud", _settings())
    assert model.remote_host == "https://ollama.com"
    assert fake.asked("/api/chat") == []


def test_the_doctor_says_what_the_model_server_has(fake: OllamaFake) -> None:
    checks = {check.name: check for check in examine(_settings())}
    assert "0.35.1" in checks["model server"].detail
    assert "gemma4:latest" in checks["model server"].detail
    assert "8,192 tokens" in checks["model"].detail
    assert "GB" in checks["memory"].detail


def test_the_command_pulls_a_model(fake: OllamaFake) -> None:
    done = CliRunner().invoke(app, ["pull", "llama9", "--json"])
    assert done.exit_code == 0
    assert '"success"' in done.stdout
    assert fake.asked("/api/pull")[0]["model"] == "llama9"


def test_a_model_of_the_server_embeds(fake: OllamaFake) -> None:
    embedder = open_embedder(f"ollama:gemma4@{fake.host}")
    vectors = embedder.encode_documents(["one", "three"])
    assert vectors.shape == (2, embedder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert "gemma4" in embedder.fingerprint


def test_no_other_machine_and_no_missing_model_embeds(fake: OllamaFake) -> None:
    with pytest.raises(EmbedderError, match="another machine"):
        open_embedder("ollama:gemma4@http://192.0.2.7:11434")
    with pytest.raises(EmbedderError, match="no embedding model"):
        open_embedder(f"ollama:absent@{fake.host}")
    fake.remote_hosts = {"gemma4:latest": "https://cloud.example"}
    with pytest.raises(EmbedderError):
        open_embedder(f"ollama:gemma4@{fake.host}")


def test_a_gguf_file_that_is_not_there_or_cannot_be_run_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match="there is no file"):
        open_model(str(tmp_path / "absent.gguf"), _settings())
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF")
    with pytest.raises(ModelUnavailableError, match=r"pip install|cannot run broken\.gguf"):
        open_model(str(broken), _settings())


def test_a_file_that_is_set_is_offered_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LLM", "/models/tiny.gguf")
    assert served_models(_settings())[0] == "/models/tiny.gguf"
