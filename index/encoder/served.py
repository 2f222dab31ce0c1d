"""An embedding model of Ollama on this machine: `ollama:NAME`, by its `/api/embed`.

Only loopback is asked: a library is never embedded elsewhere. The digest of the weights is part
of the fingerprint, so that another model under the same name is another embedder.
"""

import http.client
import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from index.encoder.embedder import Vectors
from index.encoder.static import WEIGHT_BESIDE_WORDS
from index.errors import EmbedderError
from index.offline import is_this_machine

PREFIX = "ollama:"
_USUAL = "http://127.0.0.1:11434"
_TIMEOUT_SECONDS = 120.0
_AT_ONCE = 64


class ServedEmbedder:
    """One embedding model of a local server."""

    def __init__(self, named: str) -> None:
        """Ask the server for the model: `ollama:NAME` or `ollama:NAME@ADDRESS`.

        Raises:
            EmbedderError: The address is another machine, or there is no such model.
        """
        self._name = named
        self._model, _, address = named.removeprefix(PREFIX).partition("@")
        parts = urlsplit(address or _USUAL)
        self._host, self._port = parts.hostname or "", parts.port or 11434
        if not is_this_machine(self._host):
            raise EmbedderError(f"{self._host} is another machine; an embedder must be on this one")
        listed = self._asked("GET", "/api/tags").get("models") or []
        names = (self._model, f"{self._model}:latest")
        found = next((m for m in listed if m.get("model") in names), None)
        if found is None or found.get("remote_host"):
            raise EmbedderError(f"no embedding model {self._model!r} here; ollama pull it first")
        self._digest = str(found.get("digest") or "unknown").removeprefix("sha256:")[:16]
        self._dimension = len(self._embedded(["?"])[0])

    def opener(self) -> "Callable[[], ServedEmbedder]":
        """Return what opens the same model in another process."""
        return partial(ServedEmbedder, self._name)

    @property
    def name(self) -> str:
        """How it was named."""
        return self._name.partition("@")[0]

    @property
    def fingerprint(self) -> str:
        """The revision: the digest of the model's weights."""
        return f"ollama-{self._digest}-{self._dimension}"

    @property
    def dimension(self) -> int:
        """The number of columns."""
        return self._dimension

    @property
    def weight_beside_words(self) -> float:
        """How much a cosine counts beside 1 for words, where the words were found."""
        return WEIGHT_BESIDE_WORDS

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per question.

        Raises:
            EmbedderError: The server does not answer, or with no vectors.
        """
        return self.encode_documents(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per passage; errors as of `encode_queries`."""
        rows = [
            row
            for start in range(0, len(texts), _AT_ONCE)
            for row in self._embedded(texts[start : start + _AT_ONCE])
        ]
        vectors = np.asarray(rows, np.float32).reshape(len(texts), self._dimension)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
        return unit

    def _embedded(self, texts: Sequence[str]) -> list[list[float]]:
        body = {"model": self._model, "input": list(texts), "truncate": True}
        rows = self._asked("POST", "/api/embed", body).get("embeddings") or []
        if len(rows) != len(texts) or not all(np.isfinite(row).all() for row in rows):
            raise EmbedderError(f"the embedding model {self._model!r} gave no vectors")
        return rows

    def _asked(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=_TIMEOUT_SECONDS)
        try:
            connection.request(method, path, json.dumps(body) if body else None)
            answer = connection.getresponse()
            said = answer.read()
            if answer.status != http.client.OK:
                raise EmbedderError(f"the server of {self._name!r} answered {answer.status}")
            found = json.loads(said)
        except (OSError, ValueError, http.client.HTTPException) as error:
            where = f"{self._host}:{self._port}"
            raise EmbedderError(f"no embedding server answers at {where}: {error}") from error
        finally:
            connection.close()
        return found if isinstance(found, dict) else {}
