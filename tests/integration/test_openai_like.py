"""A server that speaks OpenAI's protocol, such as vLLM, through LlamaIndex's class."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.model.choosing import remote_host

SAMPLES = Path(__file__).parent.parent.parent / "samples"
REPLY = ("The council ", "votes on ", "20 June ", "[A7].")


class _Server(BaseHTTPRequestHandler):
    status = 200
    reason: str | None = "stop"
    too_long = 0
    asked: list[str]
    bodies: list[dict[str, Any]]

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Say which model is loaded, as llama-server does."""
        listed = {"data": [{"id": "/models/tiny.gguf", "meta": {"n_ctx": 4096}}]}
        body = json.dumps(listed).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        """Stream one reply as server-sent events; refuse one that is too long, as llama-server."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        type(self).asked.append(self.path)
        type(self).bodies.append(body)
        if self.too_long > len(type(self).bodies):
            message = "request (9000 tokens) exceeds the available context size (4096 tokens)"
            error = {"code": 400, "message": message, "n_prompt_tokens": 9000, "n_ctx": 4096}
            refusal = json.dumps({"error": error}).encode()
            self.send_response(400)
            self.send_header("content-length", str(len(refusal)))
            self.end_headers()
            self.wfile.write(refusal)
            return
        self.send_response(self.status)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        if self.status != 200:
            return
        for piece in REPLY:
            self._part([{"index": 0, "delta": {"role": "assistant", "content": piece}}])
        if self.reason is None:
            return
        self._part([{"index": 0, "delta": {}, "finish_reason": self.reason}])
        usage = {"prompt_tokens": 900, "completion_tokens": 11, "total_tokens": 911}
        self._part([], usage=usage)
        self.wfile.write(b"data: [DONE]\n\n")

    def _part(self, choices: list[dict[str, Any]], **more: Any) -> None:
        part = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        written = json.dumps({**part, "choices": choices, **more})
        self.wfile.write(f"data: {written}\n\n".encode())


@pytest.fixture
def server() -> Iterator[tuple[str, type[_Server]]]:
    handler = type("Handler", (_Server,), {"asked": [], "bodies": []})
    running = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/v1", handler
    running.shutdown()
    running.server_close()
    thread.join(5)


def _assistant(address: str) -> Assistant:
    from llama_index.llms.openai_like import OpenAILike

    llm = OpenAILike(
        model="m",
        api_base=address,
        api_key="none",
        is_chat_model=True,
        context_window=8192,
        max_retries=0,
        timeout=5,
    )
    return Assistant.open(SAMPLES / "harlow-library.en.json", llm=llm)


def test_it_writes_the_answer(server: tuple[str, type[_Server]]) -> None:
    answer = _assistant(server[0]).ask("When does the council vote?")
    assert answer.engine == "m"
    assert answer.text == "The council votes on 20 June. [A7]"
    assert answer.status == "answered"
    assert answer.usage is not None
    assert (answer.usage.prompt_tokens, answer.usage.reply_tokens) == (900, 11)


@pytest.mark.parametrize("reason", ["length", None])
def test_a_reply_cut_short_or_broken_off_is_said_to_be(
    server: tuple[str, type[_Server]], reason: str | None
) -> None:
    server[1].reason = reason
    answer = _assistant(server[0]).ask("When does the council vote?")
    assert answer.status == "partly_answered"
    assert any("cut" in warning for warning in answer.warnings)


def test_its_fault_is_named_and_it_is_asked_once(server: tuple[str, type[_Server]]) -> None:
    server[1].status = 500
    answer = _assistant(server[0]).ask("When does the council vote?")
    assert "20 June" in answer.text
    assert answer.engine == "extractive"
    assert answer.warnings
    assert len(server[1].asked) == 1


def _at(address: str) -> Assistant:
    return Assistant.open(SAMPLES / "harlow-library.en.json", llm=address)


def test_a_server_is_reached_by_its_address_alone(server: tuple[str, type[_Server]]) -> None:
    assistant = _at(server[0])
    assert assistant.engine == "tiny"
    answer = assistant.ask("When does the council vote?")
    assert answer.engine == "tiny"
    assert answer.usage is not None
    assert (answer.usage.prompt_tokens, answer.usage.reply_tokens) == (900, 11)
    [body] = server[1].bodies
    assert body["response_format"]["type"] == "json_schema"
    assert body["stream_options"] == {"include_usage": True}


def test_a_prompt_that_is_too_long_for_it_is_made_shorter(
    server: tuple[str, type[_Server]],
) -> None:
    server[1].too_long = 2
    answer = _at(server[0]).ask("When does the council vote?")
    assert answer.engine == "tiny"
    first, second = (len(str(body["messages"])) for body in server[1].bodies)
    assert second <= first


def test_a_server_that_is_not_there_says_how_to_start_one() -> None:
    assistant = _at("http://127.0.0.1:9/v1")
    assert "llama-server" in str(assistant.fault)


def test_what_runs_on_another_machine_is_known_before_anything_is_sent() -> None:
    assert remote_host("http://192.0.2.7:8080/v1") == "192.0.2.7"
    assert remote_host("http://127.0.0.1:8080/v1") is None
    assert remote_host("http://[::1]:8080/v1") is None
