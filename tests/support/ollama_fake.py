"""A model server on loopback that speaks Ollama's protocol, and goes wrong in every way it can.

Its answers have the form of a real server's (0.32): version, tags with capabilities and the host
of a cloud model, show, ps, pull, embed, and chat, streamed as one JSON object a line. Like it, it
loads a model anew for another window, reads a prompt in silence, refuses one that is too long with
exact counts or, where that is not asked for, cuts it. A real HTTP server, so that what is tested is
what runs.
"""

import contextlib
import json
import re
import select
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PIECE = 6
STALL_SECONDS = 30.0
NO_NETWORK = (
    'pull model manifest: Get "https://registry.ollama.ai/v2/library/llama9/manifests/latest": '
    "dial tcp: lookup registry.ollama.ai on 127.0.0.53:53: server misbehaving"
)


@dataclass
class OllamaFake:
    """What the server has and says; `fault` names how it goes wrong.

    `requests` holds what was asked, as (path, headers, body).
    """

    reply: str = "The council votes on 20 June [A7]."
    thinking: str = ""
    models: dict[str, int] = field(default_factory=lambda: {"gemma4:latest": 4_000})
    remote_hosts: dict[str, str] = field(default_factory=dict)
    fault: str | None = None
    window: int = 131_072
    version: str = "0.35.1"
    characters_per_token: float = 4.0
    reading_seconds: float = 0.0
    loaded: dict[str, int] = field(default_factory=dict)
    loads: int = 0
    cut_prompts: int = 0
    most_at_once: int = 0
    at_once: int = 0
    requests: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    broken_off: threading.Event = field(default_factory=threading.Event)
    stopping: threading.Event = field(default_factory=threading.Event)
    host: str = ""

    def asked(self, path: str) -> list[dict[str, Any]]:
        """The bodies of the requests to one path."""
        return [body for where, _, body in self.requests if where == path]


@contextlib.contextmanager
def ollama_fake(**options: Any) -> Iterator[OllamaFake]:
    """Run the server while the block runs."""
    fake = OllamaFake(**options)
    handler = type("Handler", (_Handler,), {"fake": fake})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    fake.host = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def filled(reply: str) -> str:
    """Return a reply of marked sentences in the form of the schema of an answer."""
    points = [
        {
            "label": label,
            "quote": text.strip(),
            "gist": f"{text.strip()}.",
        }
        for text, label in re.findall(r"([^\[\]]+)\[([AC][\d.]+)\]\.?", reply)
    ]
    return json.dumps({"points": points, "verdict": "answered" if points else "not_in_article"})


class _Handler(BaseHTTPRequestHandler):
    fake: OllamaFake

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer version, tags and ps."""
        self._note({})
        answers = {
            "/api/version": {"version": self.fake.version},
            "/api/tags": {"models": [self._listed(name) for name in self.fake.models]},
            "/api/ps": {
                "models": [
                    {**self._listed(name), "context_length": window, "size_vram": 0}
                    for name, window in self.fake.loaded.items()
                ]
            },
        }
        if self.fake.fault == "no_server_at_all":
            self._send(200, b"<html>It works!</html>", "text/html")
        elif self.path in answers:
            self._send(200, json.dumps(answers[self.path]).encode())
        else:
            self._send(404, b'{"error": "not found"}')

    def _listed(self, name: str) -> dict[str, Any]:
        family, embeds = name.split(":")[0], "embed" in name
        host = self.fake.remote_hosts.get(name)
        return {
            "name": name,
            "model": name,
            "modified_at": "2026-11-01T08:00:00Z",
            "size": self.fake.models[name],
            "digest": f"sha256:{name}",
            "details": {"format": "gguf", "family": family, "families": [family]},
            "capabilities": ["embedding"] if embeds else ["completion", "tools"],
            **({"remote_model": name, "remote_host": host} if host else {}),
        }

    def do_POST(self) -> None:
        """Answer show, chat and pull."""
        length = int(self.headers.get("content-length", 0))
        body = json.loads(self.rfile.read(length) or b"{}")
        self._note(body)
        if body.get("model") not in (*self.fake.models, *self._short_names()):
            if self.path == "/api/pull":
                self._pull()
                return
            missing = json.dumps({"error": f"model '{body.get('model')}' not found"})
            self._send(404, missing.encode())
        elif self.path == "/api/show":
            information = {"general.architecture": "g", "g.context_length": self.fake.window}
            shown = {"modelfile": "", "template": "", "details": {}, "model_info": information}
            self._send(200, json.dumps(shown).encode())
        elif self.path == "/api/pull":
            self._pull()
        elif self.path == "/api/embed":
            rows = [[float(len(text)), 1.0, 2.0] for text in body["input"]]
            self._send(200, json.dumps({"embeddings": rows}).encode())
        elif not body.get("stream", True):
            self._load(body)
            self._send(200, json.dumps(self._part('{"answer": "yes"}', done=True)).encode())
        else:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self._chat()
                return
            self.fake.broken_off.set()

    def _short_names(self) -> list[str]:
        return [name.removesuffix(":latest") for name in self.fake.models]

    def _note(self, body: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.fake.requests.append((self.path, headers, body))

    def _chat(self) -> None:
        fault = self.fake.fault
        before = {
            "500": (500, b'{"error": "llama runner process has terminated"}'),
            "503": (503, b'{"error": "server busy, please try again"}'),
            "html": (500, b"<html><body>Bad gateway</body></html>"),
            "html_200": (200, b"<html><body>Welcome</body></html>"),
            "empty_body": (200, b""),
            "no_memory": (500, b'{"error": "model requires more system memory (9 GiB)"}'),
        }
        if fault in before:
            self._send(*before[fault])
            return
        if fault == "redirect":
            self.send_response(307)
            self.send_header("location", "http://127.0.0.1:9/api/chat")
            self.end_headers()
            return
        self._load(self.fake.requests[-1][2])
        counted, window = self._counted(), self._window()
        if counted > window:
            if self._refuses():
                said = f"request ({counted} tokens) exceeds the available context size"
                refusal = {"error": f"{said} ({window} tokens), try increasing it"}
                self._send(400, json.dumps(refusal).encode())
                return
            self.fake.cut_prompts += 1
        with self._at_work():
            if not self._reads():
                return
            self._reply(fault)

    def _reads(self) -> bool:
        """Read the prompt in silence; return whether whoever asked is still there."""
        silent = self.fake.fault == "silent"
        until = time.monotonic() + (STALL_SECONDS if silent else self.fake.reading_seconds)
        while time.monotonic() < until and not self.fake.stopping.wait(0.02):
            readable, _, _ = select.select([self.connection], [], [], 0)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                self.fake.broken_off.set()
                return False
        return not silent

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[None]:
        fake = self.fake
        fake.at_once += 1
        fake.most_at_once = max(fake.most_at_once, fake.at_once)
        try:
            yield
        finally:
            fake.at_once -= 1

    def _load(self, body: dict[str, Any]) -> None:
        """Load the model, which throws another one out, or the same with another window."""
        wanted = {self._tag(body["model"]): body.get("options", {}).get("num_ctx", 4096)}
        if self.fake.loaded != wanted:
            self.fake.loaded, self.fake.loads = wanted, self.fake.loads + 1

    def _tag(self, name: str) -> str:
        return name if name in self.fake.models else f"{name}:latest"

    def _window(self) -> int:
        return min(self.fake.window, *self.fake.loaded.values())

    def _refuses(self) -> bool:
        """Whether a prompt that is too long is refused: older servers know no `truncate`."""
        is_new = tuple(map(int, self.fake.version.split("."))) >= (0, 12, 6)
        return is_new and self.fake.requests[-1][2].get("truncate") is False

    def _reply(self, fault: str | None) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/x-ndjson")
        self.end_headers()
        for position, part in enumerate(self._parts()):
            if position == 3 and self._goes_wrong(fault):
                return
            self._line(part)
            if fault == "drip":
                time.sleep(0.15)

    def _goes_wrong(self, fault: str | None) -> bool:
        """Do what a fault does in the middle of a reply; return whether it ends there."""
        if fault == "no_memory_midway":
            self._line({"error": "CUDA error: out of memory"})
        elif fault == "garbage":
            self.wfile.write(b"{not json\n")
        elif fault == "stalled":
            self.fake.stopping.wait(STALL_SECONDS)
        elif fault == "half_a_line":
            self.wfile.write(b'{"message": {"role": "assistant", "con')
        elif fault != "cut":
            return False
        return True

    def _parts(self) -> Iterator[dict[str, Any]]:
        fake = self.fake
        if fake.thinking:
            thought = self._part("")
            thought["message"]["thinking"] = fake.thinking
            yield thought
        reply = "" if fake.fault == "nothing_said" else fake.reply
        if reply.strip() and fake.requests[-1][2].get("format"):
            # Told a schema, a real server fills it; at its greatest length it ends in mid-point.
            reply = filled(reply)[: -40 if fake.fault == "length" else None]
        if fake.fault == "endless":
            while not fake.stopping.is_set():
                yield self._part("and on and on ")
        if fake.fault == "drip":
            reply = "a b c d e f g " * 200
        for start in range(0, len(reply), PIECE):
            yield self._part(reply[start : start + PIECE])
        if fake.fault != "no_end":
            yield self._part("", done=True)

    def _part(self, text: str, *, done: bool = False) -> dict[str, Any]:
        part: dict[str, Any] = {
            "model": "gemma4",
            "created_at": "2026-11-01T08:00:00Z",
            "message": {"role": "assistant", "content": text},
            "done": done,
        }
        if done:
            part["done_reason"] = "length" if self.fake.fault == "length" else "stop"
            counted, window = self._counted(), self._window()
            part["prompt_eval_count"] = counted if counted <= window else window // 2 + 2
            part["eval_count"] = len(self.fake.reply) // 4
        return part

    def _counted(self) -> int:
        """The tokens of the last prompt: a vocabulary made for English, whatever the language."""
        messages = self.fake.requests[-1][2].get("messages", [])
        written = "".join(message["content"] for message in messages)
        plain = sum(map(str.isascii, written))
        return int(plain / 4 + (len(written) - plain) / self.fake.characters_per_token)

    def _pull(self) -> None:
        self.send_response(200)
        self.end_headers()
        self._line({"status": "pulling manifest"})
        if self.fake.fault == "no_network":
            self._line({"error": NO_NETWORK})
            return
        for completed in (10, 60, 100):
            self._line({"status": "downloading", "total": 100, "completed": completed})
        if self.fake.fault == "no_such_model":
            self._line({"error": "pull model manifest: file does not exist"})
            return
        self._line({"status": "success"})

    def _line(self, part: dict[str, Any]) -> None:
        self.wfile.write(json.dumps(part).encode() + b"\n")
        self.wfile.flush()

    def _send(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
