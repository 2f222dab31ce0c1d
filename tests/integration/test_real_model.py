"""A real language model, where `REAL_MODELS` holds one and its program; skipped where not.

The smallest one is enough: what is tested is that schema, stream, usage and cache are as we read
them, and that nothing false is attributed, not that the model is clever.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant import Assistant

FOLDER = Path(os.environ.get("REAL_MODELS", ""))
MODEL = FOLDER / "135m.gguf"
PYTHON = FOLDER / "venv" / "bin" / "python"
ENGLISH = Path(__file__).parent.parent.parent / "samples" / "harlow-library.en.json"
SERVE = """
import sys, time, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.port, params.n_ctx = sys.argv[1], int(sys.argv[2]), 4096
params.n_parallel, params.use_jinja, params.offline = 1, True, True
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(params)
time.sleep(600)
"""

pytestmark = pytest.mark.skipif(
    not os.environ.get("REAL_MODELS") or not MODEL.is_file() or not PYTHON.is_file(),
    reason="REAL_MODELS names no folder with 135m.gguf and a venv with xllamacpp",
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([str(PYTHON), "-c", SERVE, str(MODEL), str(port)])
    try:
        for _ in range(120):
            try:
                httpx.get(f"http://127.0.0.1:{port}/v1/models", trust_env=False).raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait(10)


def test_a_real_model_fills_the_schema_and_nothing_false_is_attributed(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_REPLY_SECONDS", "300")
    assistant = Assistant.open(ENGLISH, llm=address)
    assert assistant.fault is None
    answer = assistant.ask("When does the council vote?")
    article = assistant.article
    for citation in answer.citations:
        assert article.text[citation.start : citation.end] == citation.quote
    assert "20 June" in answer.text
    assert all(s.verdict in ("supported", "counted") for s in answer.sentences)
