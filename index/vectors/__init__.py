"""Vectors of passages in Chroma: it proposes passages, and is never the only copy.

In the folder of the library (`index.vectors.embedded`), or on a server that many processes
and machines share (`index.vectors.served`). Only this room touches chromadb.
"""

from index.vectors.address import VectorServer
from index.vectors.proposal import ArticleVectors, Proposal

__all__ = ["ArticleVectors", "Proposal", "VectorServer"]
