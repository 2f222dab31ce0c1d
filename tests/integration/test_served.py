"""The vectors of a library on a real Chroma server."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.doctor import examine
from assistant.settings import Settings
from index.encoder import StaticEmbedder
from index.errors import VectorsError
from index.library.library import Library
from index.library.search import LibrarySearch
from index.library.vectors import ArticleVectors, VectorServer, served
from index.library.vectors.served import ServedVectors
from index.reading import read_text
from tests.support.chroma_server import ChromaServer, silent_server
from tests.support.texts import text_of


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with ChromaServer(tmp_path_factory.mktemp("chroma")) as running:
        yield running


@pytest.fixture
def vectors(server: ChromaServer, request: pytest.FixtureRequest) -> Iterator[ServedVectors]:
    name = f"test{abs(hash(request.node.name)):x}"
    with closing(ServedVectors(VectorServer(address=server.address), name=name)) as vectors:
        yield vectors


def _article(name: str, *, count: int, version: str = "1", seed: int = 0) -> ArticleVectors:
    rows = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    labels = tuple(f"A{i}" for i in range(count))
    return ArticleVectors(article=name, version=version, labels=labels, vectors=rows)


def test_articles_are_put_proposed_replaced_and_removed(vectors: ServedVectors) -> None:
    one, two = _article("one", count=20), _article("two", count=6_000, seed=1)
    newer = _article("one", count=3, version="2", seed=2)
    vectors.put(one)
    vectors.put(two)
    vectors.put(two)
    assert vectors.versions() == {"one": "1", "two": "1"}
    best = vectors.propose(two.vectors[5_999], limit=2)[0]
    assert (best.article, best.label) == ("two", "A5999")
    vectors.put(newer)
    vectors.remove("two")
    assert vectors.versions() == {"one": "2"}
    assert {found.version for found in vectors.propose(one.vectors[0], limit=50)} == {"2"}
    assert len(vectors.propose(one.vectors[0], limit=50)) == 3


def test_what_is_lost_on_the_server_is_noticed_and_what_is_whole_is_kept(
    vectors: ServedVectors, server: ChromaServer
) -> None:
    vectors.put(_article("one", count=20))
    assert not vectors.mend()
    server.delete_row("one:1:A3")
    assert vectors.mend()
    assert vectors.versions() == {}
    vectors.put(_article("one", count=20))
    assert not vectors.mend()


def test_a_server_that_is_away_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "RETRY_SECONDS", (0.01,))
    away = ServedVectors(VectorServer(address="http://127.0.0.1:9"), name="away")
    with pytest.raises(VectorsError, match=r"127\.0\.0\.1:9 .* chroma run"):
        away.versions()


@pytest.mark.parametrize(
    "address",
    ["http://192.0.2.1:8000", "ftp://localhost", "localhost:8000", "http://", "http://h:0"],
)
def test_an_address_that_cannot_be_used_is_refused(address: str) -> None:
    with pytest.raises(VectorsError):
        ServedVectors(VectorServer(address=address), name="x")


def test_words_answer_at_once_while_the_server_is_away(tmp_path: Path) -> None:
    away = VectorServer(address="http://127.0.0.1:9")
    library_search = LibrarySearch(Library(tmp_path), StaticEmbedder.open(), server=away)
    article = library_search.add(read_text(text_of(3)))[0].entry.id
    began = time.perf_counter()
    assert library_search.search("The library with the number 3", limit=1)[0].article == article
    assert time.perf_counter() - began < 5
    checks = {check.name: check for check in examine(Settings(home=tmp_path, vectors=away))}
    assert not checks["vector server"].ok
    assert "chroma run" in checks["vector server"].fix


def test_no_proxy_of_the_environment_sees_the_vectors(
    server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    with closing(ServedVectors(VectorServer(address=server.address), name="direct")) as direct:
        assert direct.versions() == {}


def test_a_server_that_never_answers_is_not_waited_for_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(served, "TIMEOUT_SECONDS", 0.3)
    monkeypatch.setattr(served, "RETRY_SECONDS", ())
    with silent_server() as silent, pytest.raises(VectorsError):
        ServedVectors(VectorServer(address=silent.address), name="silent").versions()


def test_a_token_is_sent_but_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "TIMEOUT_SECONDS", 0.3)
    monkeypatch.setattr(served, "RETRY_SECONDS", ())
    with silent_server() as silent:
        address = VectorServer(address=silent.address, token="canary-key")
        assert "canary-key" not in repr(address)
        with pytest.raises(VectorsError) as refused:
            ServedVectors(address, name="token").versions()
    assert "canary-key" not in str(refused.value)
    assert len(silent.tokens) > 1
    assert set(silent.tokens) == {"Bearer canary-key"}


_ADDER = """
import sys
from pathlib import Path
from assistant.doctor import examine
from assistant.settings import Settings
from tests.support.texts import text_of
from index.encoder import StaticEmbedder
from index.library.library import Library
from index.reading import read_text
from index.library.search import LibrarySearch
from index.library.vectors import VectorServer
home, address, first, last = sys.argv[1:]
server = VectorServer(address=address)
library_search = LibrarySearch(Library(Path(home)), StaticEmbedder.open(), server=server)
for number in range(int(first), int(last)):
    library_search.add(read_text(text_of(number)))
    print(number, flush=True)
    for attempt in range(20):
        try:
            library_search.catch_up()
            break
        except Exception as error:
            print("again:", type(error).__name__, file=sys.stderr, flush=True)
"""


def test_two_processes_add_while_the_server_is_killed_and_nothing_is_lost_or_doubled(
    tmp_path: Path,
) -> None:
    home = tmp_path / "library"
    with ChromaServer(tmp_path / "chroma") as server:
        adders = [
            subprocess.Popen(
                [sys.executable, "-c", _ADDER, str(home), server.address, str(first), str(last)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env={**os.environ, "OMP_NUM_THREADS": "1"},
            )
            for first, last in ((0, 12), (12, 24))
        ]
        stop = threading.Event()

        def keep_killing() -> None:
            while not stop.wait(2.5):
                server.kill()
                time.sleep(0.3)
                server.start()

        killer = threading.Thread(target=keep_killing)
        killer.start()
        try:
            for adder in adders:
                adder.communicate(timeout=100)
        finally:
            stop.set()
            killer.join()
            for adder in adders:
                adder.kill()
        assert [adder.returncode for adder in adders] == [0, 0]
        library = Library(home)
        library_search = LibrarySearch(
            library, StaticEmbedder.open(), server=VectorServer(address=server.address)
        )
        library_search.catch_up()
        expected = {read_text(text_of(number)).id for number in range(24)}
        assert set(library.ids()) == expected
        assert server.versions() == library.versions()
        rows = server.rows()
        assert len(rows) == len(set(rows)) == sum(e.passages for e in library.entries())
        for number in range(24):
            place = text_of(number).split()[1]
            found = library_search.search(f"The {place} with the number {number}", limit=1)[0]
            assert found.article == read_text(text_of(number)).id
        library_search.close()
