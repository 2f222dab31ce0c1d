"""What we add before the first word of a model, beside a bare client call to the same server.

    python -m benchmarks.overhead [--article FILE] [--question TEXT] [--rounds N]

The server is a loopback one that replies at once in Ollama's protocol, so that nothing but our
own time is left. Alternating in one run, medians; the last line is one JSON object.
"""

import argparse
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import ollama

import samples
from assistant import Assistant
from assistant.model.local import LocalModel
from assistant.settings import Settings

_SAMPLE = Path(samples.__file__ or "").parent / "harlow-library.en.json"
_PIECES = ("The ", "council ", "votes ", "on ", "20 June ", "[A7].")


def main() -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--article", type=Path, default=_SAMPLE)
    parser.add_argument("--question", default="When does the council vote?")
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    print(json.dumps(run(options.article, options.question, rounds=options.rounds)))


def run(
    article: Path = _SAMPLE, question: str = "When does the council vote?", *, rounds: int
) -> dict[str, object]:
    """Return the figures, in milliseconds."""
    bare, ours, retrieval = [], [], []
    with _server() as host, tempfile.TemporaryDirectory() as home:
        llm = LocalModel.open("gemma4", replace(Settings.from_environment(), ollama=host))
        own_words = Assistant.open(article, llm=None, home=home)
        writing = Assistant.open(article, llm=llm, home=home)
        prompt, client = _prompt(question), ollama.Client(host)
        for _ in range(rounds + 1):
            bare.append(_seconds_to_first(_bare(client, prompt)))
            ours.append(_seconds_to_first(writing.stream(question)))
            started = time.perf_counter()
            own_words.ask(question)
            retrieval.append(time.perf_counter() - started)
    first, without, search = (
        1000 * statistics.median(series[1:]) for series in (ours, bare, retrieval)
    )
    return {
        "rounds": rounds,
        "first_word_ms": round(first, 2),
        "bare_client_ms": round(without, 2),
        "retrieval_ms": round(search, 2),
        "overhead_ms": round(first - without - search, 2),
        "overhead_bar_ms": 50,
    }


def _prompt(question: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": "word " * 1000 + question}]


def _bare(client: ollama.Client, messages: list[dict[str, str]]) -> Iterator[Any]:
    yield from client.chat("gemma4", messages=messages, stream=True)


def _seconds_to_first(stream: Iterator[Any]) -> float:
    started = time.perf_counter()
    next(stream)
    seconds = time.perf_counter() - started
    for _ in stream:
        pass
    return seconds


@contextmanager
def _server() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Replying)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Replying(BaseHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Answer show and chat."""
        self.rfile.read(int(self.headers["content-length"]))
        parts: list[dict[str, Any]] = [{"model_info": {"x.context_length": 8192}}]
        if self.path == "/api/chat":
            parts = [self._part(piece) for piece in _PIECES]
            parts.append({**self._part(""), "done": True, "done_reason": "stop"})
        body = b"".join(json.dumps(part).encode() + b"\n" for part in parts)
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _part(self, text: str) -> dict[str, Any]:
        message = {"role": "assistant", "content": text}
        return {"model": "gemma4", "message": message, "done": False}


if __name__ == "__main__":
    main()
