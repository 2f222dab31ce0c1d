"""What is searched for some articles, their words and vectors: a segment, or what is in none yet.

Words are scored with BM25 over all passages; vectors propose passages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from index.article import Article
from index.errors import VectorsError
from index.library.search.segments import Member, Segment
from index.library.vectors import ArticleVectors, Proposal
from index.library.vectors.embedded import EmbeddedVectors
from index.library.vectors.proposal import proposals, row_ids
from index.retrieval.bm25 import LexicalIndex

WORDS, VECTORS = "words", "vectors"
"""The folders of a segment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithVectors:
    """An article and the vectors of its passages, (passages, dimension)."""

    article: Article
    vectors: np.ndarray

    @property
    def member(self) -> Member:
        """The article as a segment names it."""
        article = self.article
        return Member(article=article.id, version=article.version, passages=len(article.passages))

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


def words_of(items: Sequence[WithVectors]) -> LexicalIndex:
    """Return the words of all passages, article by article."""
    passages = [passage for item in items for passage in item.article.passages]
    languages = [item.article.language for item in items for _ in item.article.passages]
    return LexicalIndex.build([passage.text for passage in passages], language=languages)


class VectorsInMemory:
    """The vectors of a few articles, all of which are compared."""

    def __init__(self, items: Sequence[ArticleVectors]) -> None:
        self._names = [name for item in items for name in row_ids(item)]
        self._vectors = np.concatenate([item.vectors for item in items]) if items else None

    def propose(self, vector: np.ndarray, *, limit: int) -> tuple[Proposal, ...]:
        """Return passages near a vector (dimension,), nearest first."""
        if self._vectors is None:
            return ()
        distances = 1 - self._vectors @ vector
        nearest = np.argsort(distances, kind="stable")[:limit]
        names = [self._names[row] for row in nearest]
        return proposals({"ids": [names], "distances": [distances[nearest].tolist()]})

    def close(self) -> None:
        """Hold nothing that must be let go."""


class Part:
    """Some articles that can be searched by their words and by meaning."""

    def __init__(
        self,
        members: Sequence[Member],
        words: LexicalIndex,
        vectors: EmbeddedVectors | VectorsInMemory | None,
    ) -> None:
        """Put together what belongs together.

        Args:
            members: The articles.
            words: Of their passages, in the order of the members.
            vectors: Of their passages; None where a server holds them.
        """
        self.words = words
        self.versions = {member.article: member.version for member in members}
        self._vectors = vectors
        self._articles = list(self.versions)
        ends = list(accumulate(member.passages for member in members))
        self._starts = [0, *ends[:-1]]
        self._places = dict(
            zip(self._articles, map(slice, self._starts, ends), strict=True),
        )

    @classmethod
    def of(cls, items: Sequence[WithVectors]) -> "Part":
        """Return articles that are compared in memory."""
        members = [item.member for item in items]
        return cls(members, words_of(items), VectorsInMemory([item.known for item in items]))

    @classmethod
    def open(cls, segment: Segment) -> "Part":
        """Return a segment, open.

        Raises:
            VectorsError: It is damaged, or gone.
        """
        try:
            words = LexicalIndex.load(segment.folder / WORDS)
            if len(words) != segment.passages:
                raise ValueError("the words are not those of its articles")
        except (OSError, ValueError, KeyError) as error:
            raise VectorsError(f"{segment.folder} cannot be read: {error}") from error
        vectors = segment.folder / VECTORS
        return cls(segment.members, words, EmbeddedVectors(vectors) if vectors.is_dir() else None)

    def propose(self, vector: np.ndarray, *, limit: int) -> tuple[Proposal, ...]:
        """Return passages near a vector (dimension,), nearest first.

        Raises:
            VectorsError: It is damaged.
        """
        return () if self._vectors is None else self._vectors.propose(vector, limit=limit)

    def best(self, scores: np.ndarray, *, limit: int) -> list[tuple[float, str]]:
        """Return the articles with the best passages, each with its score, best first.

        Args:
            scores: Of all passages, as `index.retrieval.bm25.scores_together` gives them.
            limit: Most articles to return; those that match nothing are left out.
        """
        if not self._articles:
            return []
        # An article has a title at least, so no two of them begin at one place.
        best = np.maximum.reduceat(scores, self._starts)
        likeliest = np.argsort(-best, kind="stable")[:limit]
        return [(float(best[i]), self._articles[i]) for i in likeliest if best[i] > 0]

    def of_article(self, scores: np.ndarray, article: str) -> np.ndarray:
        """Return of the scores of all passages those of one article, (its passages,)."""
        return scores[self._places[article]]

    def close(self) -> None:
        """Let go of the files."""
        if self._vectors is not None:
            self._vectors.close()
