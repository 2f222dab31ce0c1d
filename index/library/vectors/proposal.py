"""What goes into a collection of vectors, and what it answers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.article import Article

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVectors:
    """The vectors of one article: row i of `vectors` (n, dimension) belongs to `labels[i]`."""

    article: str
    version: str
    labels: tuple[str, ...]
    vectors: "np.ndarray"

    @classmethod
    def of(cls, article: Article, vectors: "np.ndarray") -> "ArticleVectors":
        """Return the vectors of those passages whose words the embedder knows: no zeros."""
        known = [bool(row.any()) for row in vectors]
        return cls(
            article=article.id,
            version=article.version,
            labels=tuple(
                p.label for p, is_known in zip(article.passages, known, strict=True) if is_known
            ),
            vectors=vectors[known],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A passage that may answer; similarity is the cosine, in [-1, 1]."""

    article: str
    version: str
    label: str
    similarity: float


def row_ids(item: ArticleVectors) -> list[str]:
    """Return the ids of an article's rows: the same for the same words, wherever it is added."""
    return [f"{item.article}:{item.version}:{label}" for label in item.labels]


def nearest(
    collection: Any, vector: "np.ndarray", *, limit: int, rows: int
) -> tuple[Proposal, ...]:
    """Return the passages of a Chroma collection of so many rows near a vector, nearest first."""
    if rows == 0:
        return ()
    found = collection.query(
        query_embeddings=[vector.tolist()], n_results=min(limit, rows), include=["distances"]
    )
    answer = []
    for name, distance in zip(found["ids"][0], found["distances"][0], strict=True):
        article, version, label = name.split(":", 2)
        answer.append(
            Proposal(
                article=article, version=version, label=label, similarity=min(1.0, 1 - distance)
            )
        )
    return tuple(answer)
