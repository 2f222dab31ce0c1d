"""BM25 over the passages of many articles; one for each segment of the library's index."""

import json
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from index.article import Article
from index.retrieval.bm25 import LexicalIndex

_STATE = "catalogue.json"


class Catalogue:
    """Which articles hold the words of a question."""

    def __init__(self, lexical: LexicalIndex, *, articles: Sequence[str], sizes: Sequence[int]):
        self._lexical = lexical
        self._articles = tuple(articles)
        self._sizes = tuple(sizes)
        ends = list(accumulate(self._sizes))
        self._starts = [end - size for end, size in zip(ends, self._sizes, strict=True)]
        self._rows = dict(zip(self._articles, zip(self._starts, ends, strict=True), strict=True))

    @classmethod
    def build(cls, articles: Sequence[Article]) -> "Catalogue":
        """Return one over the articles, kept nowhere yet."""
        passages = [passage for article in articles for passage in article.passages]
        languages = [article.language for article in articles for _ in article.passages]
        return cls(
            LexicalIndex.build([passage.text for passage in passages], language=languages),
            articles=[article.id for article in articles],
            sizes=[len(article.passages) for article in articles],
        )

    def save(self, folder: Path) -> None:
        """Write it into a folder, which is made.

        Raises:
            OSError: The disk refused.
        """
        folder.mkdir(parents=True)
        self._lexical.save(folder)
        state = {"articles": self._articles, "sizes": self._sizes}
        (folder / _STATE).write_text(json.dumps(state), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Catalogue":
        """Read what `save` wrote.

        Raises:
            OSError, ValueError: A file is missing or damaged.
        """
        lexical = LexicalIndex.load(folder)
        state = json.loads((folder / _STATE).read_bytes())
        if len(lexical) != sum(state["sizes"]):
            raise ValueError(f"the files in {folder} do not fit each other")
        return cls(lexical, articles=state["articles"], sizes=state["sizes"])

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
        start, end = self._rows[article]
        return scores[start:end]

    @property
    def lexical(self) -> LexicalIndex:
        """The words themselves, passage by passage."""
        return self._lexical
