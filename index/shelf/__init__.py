"""The whole library: articles added to it, and the ones a question is about found in it.

The directory proposes articles; the order among them is decided by exact scores in each.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.article import Article
from index.changes import Changes, compare
from index.embedding import Embedder
from index.errors import ArticleError
from index.intake import take_in, take_in_all
from index.library import Entry, Library
from index.search import ArticleIndex, Evidence
from index.shelf.directory import Directory
from index.shelf.pages import Pages
from index.vectors import VectorServer

_CANDIDATES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """An article that was added, and what changed since the version before, if there was one."""

    entry: Entry
    changes: Changes | None


class Shelf:
    """A library with its index over all articles, kept in step with what is published."""

    def __init__(
        self, library: Library, embedder: Embedder, *, server: VectorServer | None = None
    ) -> None:
        self.library = library
        self.pages = Pages(library, embedder)
        self._embedder = embedder
        self._directory = Directory(library, embedder, server=server)

    def add(
        self, source: str | Path | Article, *, body: str | Path | None = None
    ) -> tuple[Added, ...]:
        """Add articles, or newer versions of them, and derive what their answers need.

        Args:
            source: A path, an address, an article; a folder, a pattern or an export may
                hold many.
            body: The file of the article, for an export that holds only its comments.

        Raises:
            ArticleError: There is no article in it, or the library cannot be written.
        """
        before = self.library.versions()
        if isinstance(source, Article):
            articles: tuple[Article, ...] = (take_in(source, self.library),)
        else:
            articles = take_in_all(source, self.library, body=body)
        return tuple(self._added(article, before.get(article.id)) for article in articles)

    def _added(self, article: Article, before: str | None) -> Added:
        changes = None
        if before is not None and before != article.version:
            changes = compare(self.library.article(article.id, version=before), article)
        ArticleIndex.open(article, self.library, self._embedder)
        return Added(entry=self.library.entry(article.id), changes=changes)

    def remove(self, article_id: str) -> None:
        """Take an article out of the library and of every index; what errors `Library.remove` has.

        Raises:
            VectorsError: The server of the vectors cannot be asked; nothing was removed.
        """
        self.library.entry(article_id)
        with self.library.writing():
            self._directory.forget(article_id)
            self.library.remove(article_id)

    def catch_up(self) -> None:
        """Bring the index over all articles in step with the library.

        Raises:
            LibraryLockedError: Another process is writing.
            VectorsError: The server of the vectors cannot be asked.
        """
        self._directory.catch_up()

    def close(self) -> None:
        """Let go of the files and connections of the index."""
        self._directory.close()

    def candidates(self, question: str) -> Iterator[ArticleIndex]:
        """Yield the pages a question may be about, likeliest first."""
        found = self.search(question, limit=4 * _CANDIDATES)
        for article_id in dict.fromkeys(item.article for item in found):
            with suppress(ArticleError):
                yield self.pages.current(article_id)

    def search(self, question: str, *, limit: int = 8) -> tuple[Evidence, ...]:
        """Return the passages of all articles closest to a question, best first."""
        found: list[Evidence] = []
        for article_id in self._directory.likeliest(question, limit=_CANDIDATES):
            # Removed or damaged since it was indexed: the others still answer.
            with suppress(ArticleError):
                found += self.pages.current(article_id).search(question, limit=limit)
        found.sort(key=lambda item: (-item.similarity, item.article, item.rank))
        return tuple(
            Evidence(
                article=item.article, passage=item.passage, rank=rank, similarity=item.similarity
            )
            for rank, item in enumerate(found[:limit], start=1)
        )
