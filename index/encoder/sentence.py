"""Any sentence-transformers model that is already on this machine. Only owner of the library."""

import contextlib
import hashlib
import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder.embedder import Vectors
from index.encoder.static import WEIGHT_BESIDE_WORDS
from index.encoder.weights import refuse_pickles
from index.errors import EmbedderError
from index.offline import hub_offline

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SentenceEmbedder:
    """A sentence-transformers model by path, or by name from the local cache.

    Nothing is downloaded, no code of the model is run, only safetensors are read. Questions
    and passages get the prompts the model itself defines. The library cuts texts longer than
    the model's window; passages are short enough for every model in use.
    """

    def __init__(self, model: str) -> None:
        """Load the model.

        Raises:
            EmbedderError: It is not on this machine or cannot be loaded.
        """
        self._name = model
        self._model = _load(model)
        dimension = self._model.get_embedding_dimension()
        if not dimension:
            raise EmbedderError(f"the embedding model {model!r} does not name its dimension")
        self._dimension = int(dimension)
        self._fingerprint = f"sentence-{_revision(self._model, model)}-{self._dimension}"

    def opener(self) -> "Callable[[], SentenceEmbedder]":
        """Return what loads the same model in another process."""
        return partial(SentenceEmbedder, self._name)

    @property
    def name(self) -> str:
        """The path or name it was opened with."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """The revision: from the model's weights and prompts."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """The number of columns."""
        return self._dimension

    @property
    def weight_beside_words(self) -> float:
        """How much a cosine counts beside 1 for words, where the words were found."""
        return WEIGHT_BESIDE_WORDS

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per question, with the model's prompt for questions.

        Raises:
            EmbedderError: The model gave no number or another dimension.
        """
        return self._checked(texts, query=True)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per passage, with the model's prompt for passages.

        Raises:
            EmbedderError: The model gave no number or another dimension.
        """
        return self._checked(texts, query=False)

    def _checked(self, texts: Sequence[str], *, query: bool) -> Vectors:
        if not texts:
            return np.zeros((0, self._dimension), np.float32)
        encode = self._model.encode_query if query else self._model.encode_document
        try:
            encoded = encode(
                list(texts),
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        except (RuntimeError, ValueError, IndexError) as error:
            raise EmbedderError(
                f"the embedding model {self._name!r} failed: {error}; choose another one"
            ) from error
        vectors = np.asarray(encoded, np.float32)
        if vectors.shape != (len(texts), self._dimension):
            raise EmbedderError(
                f"the embedding model {self._name!r} gave vectors of shape {vectors.shape}, "
                f"expected {(len(texts), self._dimension)}; choose another one"
            )
        if not np.isfinite(vectors).all():
            raise EmbedderError(
                f"the embedding model {self._name!r} gave values that are not numbers; "
                "choose another one"
            )
        return vectors


def _load(model: str) -> "SentenceTransformer":
    # subtle: transformers prints a bar while it loads weights, whatever the log level.
    with hub_offline(), contextlib.redirect_stderr(io.StringIO()):
        refuse_pickles(model)
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(
                model,
                device="cpu",
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True},
            )
        except Exception as error:  # any of four libraries may raise anything here
            raise EmbedderError(_why_not(model, error)) from error


def _why_not(model: str, error: Exception) -> str:
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
    if Path(model).exists():
        return (
            f"{model!r} is not a usable embedding model ({reason}); give the folder of a "
            "sentence-transformers model with safetensors weights"
        )
    return (
        f"no embedding model {model!r} on this machine; give the folder of a "
        f"sentence-transformers model, or fetch it once with: assistant pull --embedder {model}"
    )


def _revision(loaded: "SentenceTransformer", model: str) -> str:
    """Return a short digest of the weights and prompts."""
    digest = hashlib.sha256(repr(sorted(loaded.prompts.items())).encode())
    folder = Path(model)
    if folder.is_dir():
        for file in sorted(folder.rglob("*")):
            if file.suffix in {".safetensors", ".json", ".txt", ".model"}:
                digest.update(file.relative_to(folder).as_posix().encode())
                digest.update(file.read_bytes())
        return digest.hexdigest()[:16]
    for name, tensor in sorted(loaded.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().float().numpy().tobytes())  # numpy knows no bfloat16
    return digest.hexdigest()[:16]
