"""The pages an assistant answers from: one article, or all of a library."""

from collections.abc import Iterator
from contextlib import suppress

from assistant.errors import AssistantError
from index.article import Article
from index.errors import ArticleError
from index.library.article_index import ArticleIndex, Evidence
from index.library.search import LibrarySearch


class Pages:
    """The page of one article; without one, those of all articles of the library."""

    def __init__(self, library_search: LibrarySearch, *, article: Article | None) -> None:
        self._library_search = library_search
        self._article = article

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
        return self._library_search.pages.open(self.article)

    def all(self) -> Iterator[ArticleIndex]:
        """Yield every page that can be read."""
        if self._article is not None:
            yield self.only
            return
        for article_id in self._library_search.library.ids():
            with suppress(ArticleError):
                yield self._library_search.pages.current(article_id)

    def candidates(self, question: str) -> Iterator[ArticleIndex]:
        """Yield the pages that may answer a question, the likeliest first."""
        if self._article is not None:
            yield self.only
            return
        yield from self._library_search.candidates(question)

    def search(self, question: str, *, limit: int) -> tuple[Evidence, ...]:
        """Return the passages closest to a question on all pages, best first."""
        if self._article is not None:
            return self.only.search(question, limit=limit)
        return self._library_search.search(question, limit=limit)
