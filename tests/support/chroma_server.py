"""Chroma servers on loopback: a real one that a test may kill, and one that says nothing."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_START_SECONDS = 30.0


class ChromaServer:
    """Serves one folder on one port; use as a context manager."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "ChromaServer":
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start it and wait until it answers."""
        program = Path(sys.executable).with_name("chroma")
        command = [program, "run", "--path", self._folder, "--port", str(self.port)]
        self._process = subprocess.Popen(
            [*map(str, command), "--host", "127.0.0.1"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
            start_new_session=True,
        )
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.address}/api/v2/heartbeat", timeout=1):
                    return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("the Chroma server did not start")

    def kill(self) -> None:
        """End it without a chance to tidy up."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def rows(self) -> list[str]:
        """Return the ids of all vectors it holds, as the server itself tells."""
        return [name for key in self._collections("passages-") for name in self._get(key)["ids"]]

    def versions(self) -> dict[str, str]:
        """Return article id to version of what is marked as whole."""
        found = [self._get(key) for key in self._collections("articles-")]
        return {
            name: facts["version"]
            for one in found
            for name, facts in zip(one["ids"], one["metadatas"], strict=True)
        }

    def delete_row(self, name: str) -> None:
        """Lose one vector."""
        for key in self._collections("passages-"):
            self._ask(f"/{key}/delete", {"ids": [name]})

    def _collections(self, prefix: str) -> list[str]:
        return [one["id"] for one in self._ask("", None) if one["name"].startswith(prefix)]

    def _get(self, key: str) -> Any:
        return self._ask(f"/{key}/get", {"include": ["metadatas"]})

    def _ask(self, path: str, body: dict[str, Any] | None) -> Any:
        place = "/api/v2/tenants/default_tenant/databases/default_database/collections"
        data = None if body is None else json.dumps(body).encode()
        kind = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}{place}{path}", data=data, headers=kind)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)


class SilentServer:
    """What a server was asked that greets a client and then never answers."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.tokens: list[str | None] = []
        self.ended = threading.Event()


@contextmanager
def silent_server() -> Iterator[SilentServer]:
    """Serve what a client of Chroma asks first; whoever asks for collections waits in vain."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.tokens.append(self.headers["Authorization"])
            if self.path.endswith("/collections"):
                server.ended.wait()
                return
            facts = {"id": "0" * 32, "name": "default", "tenant": "default_tenant"}
            greeting = json.dumps({**facts, "user_id": "", "databases": []}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(greeting)))
            self.end_headers()
            self.wfile.write(greeting)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        server = SilentServer(listening.server_port)
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            listening.shutdown()
            thread.join()
