"""What is searched for some articles, their words and vectors: a segment, or what is in none yet.

Words are scored with BM25 over all passages; vectors propose passages.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from index.article import Article
from index.errors import VectorsError
from index.library import arrays
from index.library.search.segments import Member, Segment
from index.library.vectors import Proposal
from index.library.vectors.embedded import EmbeddedVectors
from index.retrieval.bm25 import LexicalIndex

Loaded = tuple[Article, np.ndarray]
"""An article and the vectors of its passages, (passages, dimension)."""
WORDS, VECTORS = "words.npz", "vectors"
"""The file and the folder of a segment."""


def words_of(articles: Iterable[Article]) -> LexicalIndex:
    """Return the words of all passages, article by article."""
    passages = [(passage.text, page.language) for page in articles for passage in page.passages]
    return LexicalIndex.build(
        [text for text, _ in passages], language=[language for _, language in passages]
    )


class Part:
    """Some articles that can be searched by their words and by meaning."""

    def __init__(
        self,
        members: Sequence[Member],
        words: LexicalIndex,
        *,
        vectors: EmbeddedVectors | None = None,
        loaded: Iterable[Loaded] = (),
        folder: Path | None = None,
    ) -> None:
        """Put together what belongs together.

        Args:
            members: The articles.
            words: Of their passages, in the order of the members.
            vectors: Of their passages; None where a server holds them, or they are loaded.
            loaded: The articles whose vectors are compared here, all of them.
            folder: Of the segment; None for what is in none.
        """
        self.folder = folder
        self.words = words
        self.versions = {member.article: member.version for member in members}
        self._vectors = vectors
        self._loaded = tuple(loaded)
        self._articles = list(self.versions)
        ends = list(accumulate(member.passages for member in members))
        self._starts = [0, *ends[:-1]]
        self._places = dict(
            zip(self._articles, map(slice, self._starts, ends), strict=True),
        )

    @classmethod
    def of(cls, loaded: Mapping[Member, Loaded]) -> "Part":
        """Return articles that are compared in memory."""
        words = words_of(article for article, _ in loaded.values())
        return cls(tuple(loaded), words, loaded=loaded.values())

    @classmethod
    def open(cls, segment: Segment) -> "Part":
        """Return a segment, open.

        Raises:
            VectorsError: It is damaged, or gone.
        """
        words = arrays.load(segment.folder / WORDS)
        if words is None:
            raise VectorsError(f"{segment.folder} cannot be read")
        vectors = segment.folder / VECTORS
        opened = EmbeddedVectors(vectors) if vectors.is_dir() else None
        made = LexicalIndex.from_arrays(words)
        return cls(segment.members, made, vectors=opened, folder=segment.folder)

    def propose(self, vector: np.ndarray, *, limit: int) -> tuple[Proposal, ...]:
        """Return passages near a vector (dimension,), nearest first.

        Raises:
            VectorsError: It is damaged.
        """
        if self._vectors is not None:
            return self._vectors.propose(vector, limit=limit)
        return tuple(_best(article, vectors @ vector) for article, vectors in self._loaded)

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


def _best(article: Article, similarities: np.ndarray) -> Proposal:
    best = int(similarities.argmax())
    return Proposal(
        article=article.id,
        version=article.version,
        label=article.passages[best].label,
        similarity=float(similarities[best]),
    )
