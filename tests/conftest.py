"""What all tests share: no network but loopback, a library of their own, the shared data."""

import ipaddress
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

import hypothesis
import numpy as np
import pytest

# How long an example takes says more about the machine than about us.
hypothesis.settings.register_profile("ours", deadline=None)
hypothesis.settings.load_profile("ours")

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every address but this machine's own, and every name but localhost."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "local"
        if host not in ("127.0.0.1", "::1", "localhost", "local"):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    look_up = socket.getaddrinfo

    def named(host: Any, *arguments: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in (None, "", "localhost") and not _is_address(name):
            raise AssertionError(f"a test asked for the name {name!r}")
        return look_up(host, *arguments, **options)

    def unnamed(host: str, *arguments: Any) -> Any:
        raise AssertionError(f"a test asked for the name {host!r}")

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", named)
    monkeypatch.setattr(socket, "gethostbyname", unnamed)
    monkeypatch.setattr(socket, "gethostbyname_ex", unnamed)


def _is_address(name: str) -> bool:
    """Whether a name is a number in some spelling (127.1, 0x7f000001), which asks nobody."""
    with suppress(OSError):
        socket.inet_aton(name)
        return True
    with suppress(ValueError):
        ipaddress.ip_address(name.partition("%")[0])
        return True
    return False


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a library of its own."""
    folder = tmp_path / "library"
    monkeypatch.setenv("ASSISTANT_HOME", str(folder))
    monkeypatch.delenv("ASSISTANT_EMBEDDER", raising=False)
    # No test may find a model server that happens to run on the machine.
    monkeypatch.setenv("ASSISTANT_OLLAMA", "http://127.0.0.1:9")
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of material to measure with; it may not be missing in CI."""
    folder = Path(os.environ.get("ARTICLE_DATA", "../shared"))
    if not folder.is_absolute():
        folder = ROOT / folder
    if not (folder / "gold").is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"ARTICLE_DATA={folder} has no data, and CI may not skip")
        pytest.skip(f"no data in {folder}; set ARTICLE_DATA")
    return folder


@pytest.fixture
def karabakh(shared_data: Path) -> Path:
    """A real article with its thread, pasted from a page."""
    return shared_data / "articles" / "karabakh.fr.txt"


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of eight columns with prompts of its own."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = {word: place for place, word in enumerate(["[UNK]", "ask", "tell", "boat", "moon"])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    table = np.eye(5, 8, dtype=np.float32)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=table)],
        prompts={"query": "ask ", "document": "tell "},
        device="cpu",
    )
    folder = tmp_path_factory.mktemp("models") / "tiny"
    model.save(str(folder))
    return folder
