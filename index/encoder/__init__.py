"""Texts as vectors whose cosine is their similarity, across languages.

`open_embedder()` gives the bundled table of words, which is open in milliseconds;
`open_embedder("e5")` the bundled encoder, a network that also knows what other words mean, and
`open_embedder("model or path")` an encoder in ONNX, or any sentence-transformers model that is on
this machine. None of the first two needs a download or torch. `Reader` judges pairs of texts.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from index.encoder.embedder import Embedder
from index.encoder.model import BUNDLED, is_encoder
from index.encoder.onnx import OnnxEmbedder
from index.encoder.reader import HEADS, Reader
from index.encoder.sentence import SentenceEmbedder
from index.encoder.served import PREFIX, ServedEmbedder
from index.encoder.static import StaticEmbedder, word_table

__all__ = [
    "HEADS",
    "Embedder",
    "OnnxEmbedder",
    "Reader",
    "SentenceEmbedder",
    "ServedEmbedder",
    "StaticEmbedder",
    "open_embedder",
    "opener_of",
    "word_table",
]


def opener_of(embedder: Embedder) -> Callable[[], Embedder]:
    """Return what opens the same embedder in another process; one of others is sent itself."""
    if isinstance(embedder, StaticEmbedder | OnnxEmbedder | SentenceEmbedder | ServedEmbedder):
        return embedder.opener()
    return partial(_itself, embedder)


def _itself(embedder: Embedder) -> Embedder:
    return embedder


def open_embedder(name: str | None = None) -> Embedder:
    """Return the embedder of that name: the bundled table for None or `static`, or `e5`.

    Args:
        name: The folder of an ONNX encoder, a sentence-transformers model (its path, or its name
            in the local cache), or `ollama:NAME` for a model of Ollama on this machine.

    Raises:
        EmbedderError: The model is not on this machine or cannot be used.
    """
    if name is None or name == "static":
        return word_table()
    if name.startswith(PREFIX):
        return ServedEmbedder(name)
    folder = BUNDLED if name == BUNDLED.name else Path(name)
    if is_encoder(folder):
        return OnnxEmbedder(folder)
    return SentenceEmbedder(name)
