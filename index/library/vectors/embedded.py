"""A Chroma collection in a folder: written once, then only searched.

Chroma keeps ids in SQLite and vectors in files of its own. It rewrites the latter in place and
unflushed, which a kill turns into ruins that can end the process that opens them; so they are
written here exactly once, into a segment (`index.library.search.segments`) that is compared before
it is opened.
"""

import json
import weakref
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import VectorsError
from index.library.vectors.proposal import ArticleVectors, Proposal, nearest, row_ids
from index.offline import stay_offline

UNSTEADY = ("chroma.sqlite3", "chroma.sqlite3-journal", "chroma.sqlite3-wal")
"""Files that change whenever the collection is opened."""

_COLLECTION = "passages"
_FACTS = "vectors.json"
LOCK_SECONDS = 10.0


def write(folder: Path, items: Sequence[ArticleVectors]) -> None:
    """Write the vectors of some articles as a collection into an empty folder.

    Raises:
        OSError: The disk refused.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = [name for item in items for name in row_ids(item)]
    if names:
        from chromadb.errors import ChromaError

        try:
            _write_rows(folder, names, np.concatenate([item.vectors for item in items]))
        except ChromaError as error:
            raise OSError(f"Chroma cannot write its files: {error}") from error
    (folder / _FACTS).write_text(json.dumps({"rows": len(names)}), "utf-8")


class EmbeddedVectors:
    """The collection of a folder, open for searching; may be shared by threads."""

    def __init__(self, folder: Path) -> None:
        """Open it.

        Raises:
            VectorsError: Chroma cannot read it, or not all rows are there.
        """
        self._client: Any = None
        self._collection: Any = None
        try:
            self._rows = int(json.loads((folder / _FACTS).read_bytes())["rows"])
            if self._rows == 0:
                return
            _wait_for_others(folder)
            self._client = _client(folder)
            # Chroma keeps every client until it is closed, also one that nobody has any more.
            self._release = weakref.finalize(self, self._client.close)
            self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
            count = self._collection.count()
            if count != self._rows:
                # A SQLite file that was emptied looks like an empty collection.
                raise ValueError(f"it holds {count} of {self._rows} vectors")
        except Exception as error:
            # Of Chroma, of SQLite, of its Rust half: all that matters is that it is unusable.
            self.close()
            raise VectorsError(f"{folder} cannot be opened: {error}") from error

    def propose(self, vector: np.ndarray, *, limit: int) -> tuple[Proposal, ...]:
        """Return passages near a vector (dimension,), nearest first.

        Raises:
            VectorsError: Chroma cannot read its files.
        """
        try:
            return nearest(self._collection, vector, limit=limit, rows=self._rows)
        except Exception as error:
            # Chroma's own errors, and whatever comes of a thread that has closed it meanwhile.
            raise VectorsError(f"the vectors cannot be searched: {error}") from error

    def close(self) -> None:
        """Let go of the files."""
        if self._client is not None:
            self._release()
        self._client = None


def _client(folder: Path) -> Any:
    stay_offline()
    import chromadb
    from chromadb.config import Settings

    # Named in full: a `.env` or a variable could otherwise make this a client of some server.
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # of pydantic-settings
        chroma_api_impl="chromadb.api.rust.RustBindingsAPI",
        anonymized_telemetry=False,
        chroma_otel_collection_endpoint="",
        is_persistent=True,
        persist_directory=str(folder),
    )
    return chromadb.PersistentClient(path=str(folder), settings=settings)


def _write_rows(folder: Path, names: list[str], vectors: np.ndarray) -> None:
    client = _client(folder)
    try:
        batches = -(-len(names) // client.get_max_batch_size())
        # Every batch reaches this, so nothing waits in SQLite for a later rewrite of the files.
        threshold = max(2, len(names) // batches)
        collection = client.create_collection(
            _COLLECTION,
            configuration={
                "hnsw": {"space": "cosine", "sync_threshold": threshold, "batch_size": threshold}
            },
            embedding_function=None,
        )
        for rows in np.array_split(np.arange(len(names)), batches):
            batch = [names[row] for row in rows]
            collection.upsert(ids=batch, embeddings=vectors[rows])
            if len(names) == 1:
                # A threshold of one is refused: said twice, the only row is written out too.
                collection.upsert(ids=batch, embeddings=vectors[rows])
        count = collection.count()
        if count != len(names):
            raise OSError(f"Chroma stored {count} of {len(names)} vectors")
    finally:
        client.close()


def _wait_for_others(folder: Path) -> None:
    """Raise if another program keeps the SQLite file locked: Chroma would wait for ever."""
    import sqlite3

    path = folder / UNSTEADY[0]
    if not path.is_file():
        raise VectorsError(f"{path} is missing")
    with closing(sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        database.execute("ROLLBACK")
