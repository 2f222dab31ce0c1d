"""The vectors of the whole library in Chroma: proposes passages, never the only copy.

Only this module touches chromadb. A folder `index/<fingerprint>/` holds one collection and
`state.json`: which version of which article is in it, and the size and time of every file
after the last clean close. A folder that was not closed cleanly, or whose files changed
since, is checked in a child process, because a damaged one can end the process that opens
it; one that fails is thrown away and built again from the vectors kept with each article.
"""

import json
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index import durable

_COLLECTION = "passages"
_STATE = "state.json"
_CHECK_SECONDS = 120
_SAMPLE = 50


class DamagedStoreError(Exception):
    """Chroma cannot answer from its folder, which is built anew at the next chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVectors:
    """The vectors of one article: row i of `vectors` (n, dimension) belongs to `labels[i]`."""

    article: str
    version: str
    labels: tuple[str, ...]
    vectors: np.ndarray


class VectorStore:
    """One Chroma collection over the passages of many articles. Use as a context manager.

    The caller holds the library's lock while anything is written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._client: Any = None
        self._collection: Any = None

    def __enter__(self) -> "VectorStore":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def versions(self) -> dict[str, str]:
        """Return article id to version for what is in the collection; empty where none is sound."""
        state = _read_state(self._folder)
        return dict(state["versions"]) if state else {}

    def is_sound(self) -> bool:
        """Whether the folder can be opened: closed cleanly and untouched, or checked just now."""
        state = _read_state(self._folder)
        if state is None:
            return False
        if state["files"] == _signature(self._folder):
            return True
        return _survives_check(self._folder, expected=state["count"])

    def build(self, articles: Iterable[ArticleVectors]) -> None:
        """Make the collection anew, aside, and put it in place when it is whole."""
        self.close()
        aside = self._folder.parent / f".tmp-{uuid.uuid4().hex}"
        fresh = VectorStore(aside)
        try:
            aside.mkdir(parents=True)
            fresh._open(create=True)
            versions = {item.article: item.version for item in map(fresh._insert, articles)}
            fresh._settle(versions)
            if self._folder.exists():
                retired = self._folder.parent / f".tmp-{uuid.uuid4().hex}"
                self._folder.rename(retired)
                aside.rename(self._folder)
                shutil.rmtree(retired, ignore_errors=True)
            else:
                aside.rename(self._folder)
        except BaseException:
            fresh._drop_client()
            shutil.rmtree(aside, ignore_errors=True)
            raise

    def update(self, *, added: Iterable[ArticleVectors], removed: Iterable[str]) -> None:
        """Add articles and take others out, in place.

        The state is taken away first and written again last: a kill in between leaves a
        folder without state, which is built anew.
        """
        versions = self.versions()
        self._open(create=False)
        (self._folder / _STATE).unlink(missing_ok=True)
        for article in removed:
            self._collection.delete(where={"article": article})
            versions.pop(article, None)
        for item in added:
            if item.article in versions:
                self._collection.delete(where={"article": item.article})
            self._insert(item)
            versions[item.article] = item.version
        self._settle(versions)

    def propose(self, vector: np.ndarray, *, limit: int) -> tuple[tuple[str, str], ...]:
        """Return (article id, label) of passages near a vector (dimension,), nearest first.

        Raises:
            DamagedStoreError: Chroma cannot read its files.
        """
        from chromadb.errors import ChromaError

        try:
            self._open(create=False)
            count = self._collection.count()
            if count == 0:
                return ()
            found = self._collection.query(
                query_embeddings=[vector.tolist()],
                n_results=min(limit, count),
                include=["metadatas"],
            )
        except ChromaError as error:
            # Without its state the folder counts as unsound.
            (self._folder / _STATE).unlink(missing_ok=True)
            raise DamagedStoreError(f"{self._folder} cannot be searched: {error}") from error
        pairs = zip(found["ids"][0], found["metadatas"][0], strict=True)
        return tuple((facts["article"], name.partition(":")[2]) for name, facts in pairs)

    def close(self) -> None:
        """Let go of the files and note how they were left."""
        if self._client is None:
            return
        self._drop_client()
        state = _read_state(self._folder)
        if state is not None:
            _write_state(self._folder, state["versions"], state["count"])

    def _open(self, *, create: bool) -> None:
        if self._collection is not None:
            return
        import chromadb
        from chromadb.config import Settings

        # Named in full: a `.env` or a variable could otherwise make this a client of some server.
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]  # of pydantic-settings
            chroma_api_impl="chromadb.api.rust.RustBindingsAPI",
            anonymized_telemetry=False,
            is_persistent=True,
            persist_directory=str(self._folder),
        )
        self._client = chromadb.PersistentClient(path=str(self._folder), settings=settings)
        if create:
            self._collection = self._client.create_collection(
                _COLLECTION,
                configuration={"hnsw": {"space": "cosine"}},
                embedding_function=None,
            )
        else:
            self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)

    def _insert(self, item: ArticleVectors) -> ArticleVectors:
        batch = self._client.get_max_batch_size()
        for first in range(0, len(item.labels), batch):
            labels = item.labels[first : first + batch]
            self._collection.upsert(
                ids=[f"{item.article}:{label}" for label in labels],
                embeddings=item.vectors[first : first + batch],
                metadatas=[{"article": item.article}] * len(labels),
            )
        return item

    def _settle(self, versions: Mapping[str, str]) -> None:
        count = self._collection.count()
        self._drop_client()
        _write_state(self._folder, versions, count)

    def _drop_client(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = self._collection = None


def _signature(folder: Path) -> dict[str, list[int]]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != _STATE:
            status = path.stat()
            found[path.relative_to(folder).as_posix()] = [status.st_size, status.st_mtime_ns]
    return found


def _read_state(folder: Path) -> dict[str, Any] | None:
    with suppress(OSError, ValueError):
        state = json.loads((folder / _STATE).read_bytes())
        if isinstance(state, dict) and state.keys() >= {"versions", "count", "files"}:
            return state
    return None


def _write_state(folder: Path, versions: Mapping[str, str], count: int) -> None:
    state = {"versions": dict(versions), "count": count, "files": _signature(folder)}
    durable.replace_file(folder / _STATE, json.dumps(state).encode())


def _survives_check(folder: Path, *, expected: int) -> bool:
    command = [sys.executable, "-m", "index.vectors", str(folder), str(expected)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_CHECK_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _check(folder: Path, expected: int) -> bool:
    """Whether every row can be found, and sampled rows by their own vectors."""
    store = VectorStore(folder)
    store._open(create=False)
    collection = store._collection
    if collection.count() != expected:
        return False
    if expected == 0:
        return True
    names = collection.get(include=[])["ids"]
    sample = names[:: max(1, len(names) // _SAMPLE)]
    rows = collection.get(ids=sample, include=["embeddings"])
    found = collection.query(
        query_embeddings=rows["embeddings"], n_results=1, include=["distances"]
    )
    near = all(distances and distances[0] < 1e-3 for distances in found["distances"])
    every = collection.query(
        query_embeddings=rows["embeddings"][:1], n_results=expected, include=[]
    )
    store._drop_client()
    return near and len(every["ids"][0]) == expected


if __name__ == "__main__":
    sys.exit(0 if _check(Path(sys.argv[1]), int(sys.argv[2])) else 1)
