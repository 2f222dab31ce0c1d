"""Texts as vectors whose cosine is their similarity, across languages.

`open_embedder()` gives the bundled static embedder, which needs no download and no torch;
`open_embedder("model or path")` gives any sentence-transformers model that is on this machine.
"""

from collections.abc import Callable
from functools import partial

from index.encoder.embedder import Embedder
from index.encoder.sentence import SentenceEmbedder
from index.encoder.static import StaticEmbedder

__all__ = ["Embedder", "SentenceEmbedder", "StaticEmbedder", "open_embedder", "opener_of"]


def opener_of(embedder: Embedder) -> Callable[[], Embedder]:
    """Return what opens the same embedder in another process; one of others is sent itself."""
    if isinstance(embedder, StaticEmbedder | SentenceEmbedder):
        return embedder.opener()
    return partial(_itself, embedder)


def _itself(embedder: Embedder) -> Embedder:
    return embedder


def open_embedder(name: str | None = None) -> Embedder:
    """Return the embedder of that name: the bundled one for None or `static`.

    Args:
        name: A path, or the name of a sentence-transformers model in the local cache.

    Raises:
        EmbedderError: The model is not on this machine or cannot be used.
    """
    if name is None or name == "static":
        return StaticEmbedder.open()
    return SentenceEmbedder(name)
