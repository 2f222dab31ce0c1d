"""Texts as vectors whose cosine is their similarity, across languages.

`open_embedder()` gives the bundled static embedder, which needs no download and no torch;
`open_embedder("model or path")` gives any sentence-transformers model that is on this machine.
"""

from index.embedding.embedder import Embedder, open_embedder
from index.embedding.sentence import SentenceEmbedder
from index.embedding.static import StaticEmbedder

__all__ = ["Embedder", "SentenceEmbedder", "StaticEmbedder", "open_embedder"]
