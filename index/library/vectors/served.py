"""The vectors of a library on a Chroma server, which processes and machines may share.

Every row has the id it would have anywhere, so that what two processes add at once, or one adds
twice after the server was gone, is there once. An article counts as served when its mark is
written, which is done last. The server is an index like any other: what it loses is put there
again from the library.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

import numpy as np

from index.errors import VectorsError
from index.library.vectors.address import VectorServer
from index.library.vectors.proposal import ArticleVectors, Proposal, nearest, row_ids
from index.offline import stay_offline

RETRY_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0)
TIMEOUT_SECONDS = 60.0
_ALIVE_SECONDS = 5.0
_PAGE = 5_000
_SAMPLE = 20
# Rarely written files are rarely caught half-written when the server is killed.
_SYNC_THRESHOLD = 10_000

Result = TypeVar("Result")


class ServedVectors:
    """One library on a server; connects when it is first used."""

    def __init__(self, server: VectorServer, *, name: str) -> None:
        """Name the server.

        Args:
            server: Plain http only to this machine.
            name: Of this library and this embedder among the others on the server.

        Raises:
            VectorsError: Not an address that can be used.
        """
        server.check()
        self.server = server
        self._marks_name, self._rows_name = f"articles-{name}", f"passages-{name}"
        self._client: Any = None

    def versions(self) -> dict[str, str]:
        """Return article id to version for what the server holds whole.

        Raises:
            VectorsError: The server cannot be asked.
        """

        marked = self._asking(self._marked)
        return {article: facts["version"] for article, facts in marked.items()}

    def put(self, item: ArticleVectors) -> None:
        """Store the vectors of an article in place of those of its other versions.

        Raises:
            VectorsError: The server cannot be asked, however often it was tried.
        """

        def write() -> None:
            names = row_ids(item)
            facts = {"article": item.article, "version": item.version}
            batch = self._client.get_max_batch_size()
            for first in range(0, len(names), batch):
                rows = slice(first, first + batch)
                self._rows.upsert(
                    ids=names[rows],
                    embeddings=item.vectors[rows],
                    metadatas=[facts] * len(names[rows]),
                )
            others = {"$and": [{"article": item.article}, {"version": {"$ne": item.version}}]}
            self._rows.delete(where=others)
            self._marks.upsert(
                ids=[item.article],
                embeddings=[[1.0]],
                metadatas=[{"version": item.version, "rows": len(names)}],
            )

        self._asking(write)

    def remove(self, article_id: str) -> None:
        """Remove an article with all its versions.

        Raises:
            VectorsError: The server cannot be asked.
        """

        def delete() -> None:
            self._marks.delete(ids=[article_id])
            self._rows.delete(where={"article": article_id})

        self._asking(delete)

    def propose(self, vector: np.ndarray, *, limit: int) -> tuple[Proposal, ...]:
        """Return passages near a vector (dimension,), nearest first.

        Raises:
            VectorsError: The server cannot be asked.
        """

        def query() -> tuple[Proposal, ...]:
            return nearest(self._rows, vector, limit=limit, rows=self._rows.count())

        return self._asking(query, tries=1)

    def mend(self) -> bool:
        """Throw away what the server holds if it is not whole; return whether it was thrown away.

        A server that was killed while it wrote may have lost vectors, or all of them.

        Raises:
            VectorsError: The server cannot be asked.
        """
        self._asking(lambda: self._client.heartbeat())
        with suppress(Exception):
            # Whatever it is that cannot be read is made again.
            if self._is_whole():
                return False
        self._asking(self._drop)
        return True

    def _marked(self) -> dict[str, dict[str, Any]]:
        """Return the version and the number of rows of each article that is held whole."""
        found: dict[str, dict[str, Any]] = {}
        while True:
            page = self._marks.get(include=["metadatas"], limit=_PAGE, offset=len(found))
            found |= zip(page["ids"], page["metadatas"], strict=True)
            if len(page["ids"]) < _PAGE:
                return found

    def _is_whole(self) -> bool:
        self._connect()
        if self._rows.count() < sum(facts["rows"] for facts in self._marked().values()):
            return False
        sample = self._rows.get(limit=_SAMPLE, include=["embeddings"])
        if not sample["ids"]:
            return True
        found = self._rows.query(
            query_embeddings=sample["embeddings"], n_results=1, include=["distances"]
        )
        return all(near and near[0] < 1e-3 for near in found["distances"])

    def _drop(self) -> None:
        present = {collection.name for collection in self._client.list_collections()}
        for name in (self._marks_name, self._rows_name):
            if name in present:
                self._client.delete_collection(name)
        self.close()

    def _asking(self, action: Callable[[], Result], *, tries: int = 6) -> Result:
        """Return what an action returns, tried again while the server is away."""
        import httpx
        from chromadb.errors import ChromaError

        waits = (*RETRY_SECONDS[: tries - 1], None)
        for wait in waits:
            try:
                self._connect()
                return action()
            except (ChromaError, httpx.HTTPError, ValueError, OSError) as error:
                # A collection another process threw away is looked up anew.
                self.close()
                if wait is None:
                    raise VectorsError(
                        f"the Chroma server at {self.server.address} cannot be asked ({error}); "
                        "start it: chroma run, or unset ASSISTANT_CHROMA"
                    ) from error
                time.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _connect(self) -> None:
        if self._client is not None:
            return
        self._client = client = _client(self.server)
        self._marks = client.get_or_create_collection(self._marks_name, embedding_function=None)
        self._rows = client.get_or_create_collection(
            self._rows_name,
            configuration={"hnsw": {"space": "cosine", "sync_threshold": _SYNC_THRESHOLD}},
            embedding_function=None,
        )

    def close(self) -> None:
        """Let go of the connection; the next use makes another."""
        client, self._client = self._client, None
        if client is not None:
            for session in _sessions(client):
                session.close()
            client.close()


def answers(server: VectorServer) -> bool:
    """Whether a Chroma server answers there now."""
    import httpx

    if server.is_this_machine:
        _spare_from_proxies(server.host)
    headers = {"Authorization": f"Bearer {server.token}"} if server.token else None
    try:
        address = f"{server.address.rstrip('/')}/api/v2/heartbeat"
        return httpx.get(address, headers=headers, timeout=_ALIVE_SECONDS).is_success
    except httpx.HTTPError:
        return False


def _client(server: VectorServer) -> Any:
    stay_offline()
    import chromadb
    import httpx
    from chromadb.config import Settings

    if not answers(server):
        # A client that is made while the server is away never closes its connection.
        raise ConnectionError("it does not answer")
    client: Any = chromadb.HttpClient(
        host=server.host,
        port=server.port,
        ssl=server.is_secure,
        headers={"Authorization": f"Bearer {server.token}"} if server.token else None,
        settings=Settings(
            _env_file=None,  # type: ignore[call-arg]  # of pydantic-settings
            anonymized_telemetry=False,
            chroma_otel_collection_endpoint="",
        ),
    )
    for session in _sessions(client):
        # Chroma waits without end and offers no setting for it.
        session.timeout = httpx.Timeout(TIMEOUT_SECONDS)
    return client


def _sessions(client: Any) -> tuple[Any, Any]:
    """Return the HTTP clients inside Chroma's, which it neither limits nor closes."""
    return client._server._session, client._admin_client._server._session


def _spare_from_proxies(host: str) -> None:
    """Let no proxy of the environment see what goes to this machine; Chroma's client would."""
    spared = os.environ.get("NO_PROXY", os.environ.get("no_proxy", ""))
    if host not in spared.split(","):
        os.environ["NO_PROXY"] = os.environ["no_proxy"] = f"{spared},{host}".lstrip(",")
