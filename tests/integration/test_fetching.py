"""A model fetched from a hub that a test plays."""

import hashlib
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from index.encoder.fetching import fetch
from index.encoder.model import MODEL, TOKENIZER
from index.errors import EmbedderError

NAME = "somebody/encoder"
CONTENTS = {"onnx/model.onnx": b"network", "tokenizer.json": b"{}", "pytorch_model.bin": b"pickle"}


class Hub(BaseHTTPRequestHandler):
    """Serves one model; `altered` is a file that does not arrive as it was described."""

    altered: str | None = None
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        path = self.path.split("?")[0]
        if path == f"/api/models/{NAME}":
            return self._send(json.dumps(described()).encode())
        file = path.removeprefix(f"/{NAME}/resolve/abc/")
        if file not in CONTENTS:
            return self.send_error(404)
        return self._send(CONTENTS[file] + (b"!" if file == self.altered else b""))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _send(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def described() -> dict[str, object]:
    files = []
    for name, content in CONTENTS.items():
        git = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
        entry = {"rfilename": name, "size": len(content), "blobId": git.hexdigest()}
        if name.endswith(".onnx"):
            entry["lfs"] = {"sha256": hashlib.sha256(content).hexdigest()}
        files.append(entry)
    return {"sha": "abc", "siblings": files}


@pytest.fixture
def hub() -> Iterator[str]:
    Hub.altered, Hub.asked = None, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_network_and_tokenizer_are_fetched_and_nothing_that_could_run(
    hub: str, tmp_path: Path
) -> None:
    shown = list(fetch(NAME, tmp_path, hub=hub))
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        MODEL: b"network",
        TOKENIZER: b"{}",
    }
    assert (shown[-1].completed_bytes, shown[-1].total_bytes) == (7, 7)


@pytest.mark.parametrize("file", ["onnx/model.onnx", "tokenizer.json"])
def test_a_file_that_is_not_what_the_hub_describes_is_not_kept(
    hub: str, tmp_path: Path, file: str
) -> None:
    Hub.altered = file
    with pytest.raises(EmbedderError, match="not what the hub says"):
        list(fetch(NAME, tmp_path, hub=hub))
    assert Path(file).name not in {kept.name for kept in tmp_path.iterdir()}


def test_what_is_there_and_right_is_not_fetched_again(hub: str, tmp_path: Path) -> None:
    list(fetch(NAME, tmp_path, hub=hub))
    Hub.asked.clear()
    assert list(fetch(NAME, tmp_path, hub=hub)) == []
    assert len(Hub.asked) == 1


@pytest.mark.parametrize("name", ["encoder", "../etc/passwd", "a/b/c", "nobody/at all"])
def test_what_names_no_model_asks_nobody(hub: str, tmp_path: Path, name: str) -> None:
    with pytest.raises(EmbedderError, match="OWNER/MODEL"):
        list(fetch(name, tmp_path, hub=hub))
    assert Hub.asked == []


def test_a_model_that_is_not_there_is_said_so(hub: str, tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="404"):
        list(fetch("nobody/nothing", tmp_path, hub=hub))
