"""What is searched for the articles of a library: segments on disk, and what is in none yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from index.article import Article
from index.errors import VectorsError
from index.library.search.catalogue import Catalogue
from index.library.search.segments import Segment
from index.library.vectors import ArticleVectors, Proposal
from index.library.vectors.embedded import UNSTEADY, EmbeddedVectors, write

__all__ = ["UNSTEADY", "Part", "Segmented", "Unindexed", "WithVectors", "write_part"]

_WORDS, _VECTORS = "words", "vectors"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithVectors:
    """An article and the vectors of its passages, (passages, dimension)."""

    article: Article
    vectors: np.ndarray

    @property
    def known(self) -> ArticleVectors:
        """The vectors of the passages whose words the embedder knows."""
        known = np.linalg.norm(self.vectors, axis=1) > 0
        passages = zip(self.article.passages, known, strict=True)
        return ArticleVectors(
            article=self.article.id,
            version=self.article.version,
            labels=tuple(passage.label for passage, is_known in passages if is_known),
            vectors=self.vectors[known],
        )


class Part(Protocol):
    """Some articles that can be searched by their words and by meaning."""

    @property
    def versions(self) -> Mapping[str, str]:
        """Article id to the version it holds."""
        ...

    @property
    def words(self) -> Catalogue:
        """Of all its articles."""
        ...

    def propose(self, vector: np.ndarray, *, limit: int) -> tuple[Proposal, ...]:
        """Return passages near a vector (dimension,), nearest first.

        Raises:
            VectorsError: It is damaged.
        """
        ...


def write_part(folder: Path, items: Sequence[WithVectors], *, words_only: bool) -> None:
    """Write what a segment holds of some articles.

    Raises:
        OSError: The disk refused.
    """
    Catalogue.build([item.article for item in items]).save(folder / _WORDS)
    if not words_only:
        write(folder / _VECTORS, [item.known for item in items])


class Segmented:
    """A segment that is open."""

    def __init__(self, segment: Segment) -> None:
        """Open it.

        Raises:
            VectorsError: It is damaged, or gone.
        """
        self.segment = segment
        self.versions = {member.article: member.version for member in segment.members}
        try:
            self.words = Catalogue.load(segment.folder / _WORDS)
        except (OSError, ValueError, KeyError) as error:
            raise VectorsError(f"{segment.folder} cannot be read: {error}") from error
        vectors = segment.folder / _VECTORS
        self._vectors = EmbeddedVectors(vectors) if vectors.is_dir() else None

    def propose(self, vector: np.ndarray, *, limit: int) -> tuple[Proposal, ...]:
        """Return passages near a vector, as `Part` says."""
        return () if self._vectors is None else self._vectors.propose(vector, limit=limit)

    def close(self) -> None:
        """Let go of the files."""
        if self._vectors is not None:
            self._vectors.close()


class Unindexed:
    """Articles that are in no segment yet, compared in memory."""

    def __init__(self, items: Sequence[WithVectors], *, wanted: Mapping[str, str]) -> None:
        """Take them in.

        Args:
            items: The articles that could be read.
            wanted: What was asked for, by which its user knows whether it is still right.
        """
        self.wanted = wanted
        self.words = Catalogue.build([item.article for item in items])
        self.versions = {item.article.id: item.article.version for item in items}
        known = [item.known for item in items]
        self._names = [(one.article, one.version, label) for one in known for label in one.labels]
        self._vectors = np.concatenate([one.vectors for one in known]) if self._names else None

    def propose(self, vector: np.ndarray, *, limit: int) -> tuple[Proposal, ...]:
        """Return passages near a vector, as `Part` says."""
        if self._vectors is None:
            return ()
        similarities = self._vectors @ vector
        return tuple(
            Proposal(
                article=self._names[row][0],
                version=self._names[row][1],
                label=self._names[row][2],
                similarity=float(similarities[row]),
            )
            for row in np.argsort(-similarities, kind="stable")[:limit]
        )
