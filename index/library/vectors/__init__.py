"""Vectors of passages in Chroma: it proposes passages, and is never the only copy.

In the folder of the library (`index.library.vectors.embedded`), or on a server that many processes
and machines share (`index.library.vectors.served`). Only this room touches chromadb.
"""

from index.library.vectors.address import VectorServer
from index.library.vectors.proposal import ArticleVectors, Proposal

__all__ = ["ArticleVectors", "Proposal", "VectorServer"]
