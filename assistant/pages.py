"""The pages an assistant answers from: one article, or all of a library, each opened once."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from index.article import Article
from index.embedding import Embedder
from index.library import Library
from index.search import ArticleIndex, Evidence

if TYPE_CHECKING:
    from index.shelf import Shelf


class Pages:
    """The page of one article; without one, those of all articles of a library."""

    def __init__(self, library: Library, embedder: Embedder, *, article: Article | None) -> None:
        self._library = library
        self._embedder = embedder
        self._article = article
        self._opened: dict[tuple[str, str], ArticleIndex] = {}

    @property
    def is_library(self) -> bool:
        """Whether they are those of a whole library."""
        return self._article is None

    @property
    def article(self) -> Article:
        """The one article.

        Raises:
            AssistantError: These are the pages of a whole library.
        """
        if self._article is None:
            raise AssistantError("this needs one article; open it: Assistant.open(source)")
        return self._article

    @property
    def only(self) -> ArticleIndex:
        """The page of the one article; raises like `article`."""
        return self._page(self.article)

    def all(self) -> Iterator[ArticleIndex]:
        """Yield every page."""
        if self._article is not None:
            yield self._page(self._article)
            return
        for entry in self._library.entries():
            yield self._page(self._library.article(entry.id))

    def candidates(self, question: str) -> Iterator[ArticleIndex]:
        """Yield the pages that may answer a question, the likeliest first."""
        if self._article is not None:
            yield self._page(self._article)
            return
        for article in self._shelf.candidates(question):
            yield self._page(article)

    def search(self, question: str, *, limit: int) -> tuple[Evidence, ...]:
        """Return the passages closest to a question on all pages, best first."""
        if self._article is not None:
            return self._page(self._article).search(question, limit=limit)
        return self._shelf.search(question, limit=limit)

    def _page(self, article: Article) -> ArticleIndex:
        key = (article.id, article.version)
        if key not in self._opened:
            self._opened[key] = ArticleIndex.open(article, self._library, self._embedder)
        return self._opened[key]

    @cached_property
    def _shelf(self) -> "Shelf":
        from index.shelf import Shelf

        return Shelf(self._library, self._embedder)
