"""A server that speaks OpenAI's protocol, such as vLLM, through LlamaIndex's class."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant

SAMPLES = Path(__file__).parent.parent.parent / "samples"
REPLY = ("The council ", "votes on ", "20 June ", "[A7].")


class _Server(BaseHTTPRequestHandler):
    status = 200
    reason: str | None = "stop"
    asked: list[str]

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Stream one reply as server-sent events."""
        self.rfile.read(int(self.headers["content-length"]))
        type(self).asked.append(self.path)
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
    handler = type("Handler", (_Server,), {"asked": []})
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
