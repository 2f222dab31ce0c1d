"""BM25 over the passages of many articles; one for each segment of the library's index."""

import json
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from index.article import Article
from index.lexical import LexicalIndex, scores_together

_STATE = "catalogue.json"


class Catalogue:
    """Which articles hold the words of a question."""

    def __init__(self, lexical: LexicalIndex, *, articles: Sequence[str], sizes: Sequence[int]):
        self._lexical = lexical
        self._articles = tuple(articles)
        self._sizes = tuple(sizes)

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

    def best(self, scores: np.ndarray) -> list[tuple[float, str]]:
        """Return each article's best score, those that match nothing left out."""
        if not self._articles:
            return []
        # An article has a title at least, so no two of them begin at one place.
        starts = np.cumsum((0, *self._sizes[:-1]))
        best = np.maximum.reduceat(scores, starts)
        return [(float(best[i]), self._articles[i]) for i in np.flatnonzero(best > 0)]

    @property
    def lexical(self) -> LexicalIndex:
        """The words themselves, passage by passage."""
        return self._lexical


def likeliest(
    catalogues: Sequence[tuple[Catalogue, Collection[str]]], question: str, *, limit: int
) -> list[str]:
    """Return the ids of the articles of the best matching passages, best first.

    Args:
        catalogues: Each with the ids of its articles that count.
        question: Plain text.
        limit: Most ids to return.
    """
    if not catalogues:
        return []
    scores = scores_together([catalogue.lexical for catalogue, _ in catalogues], question)
    found = [
        (-score, article)
        for (catalogue, counting), own in zip(catalogues, scores, strict=True)
        for score, article in catalogue.best(own)
        if article in counting
    ]
    return [article for _, article in sorted(found)[:limit]]
