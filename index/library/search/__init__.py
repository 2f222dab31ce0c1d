"""The whole library: articles added to it, and the ones a question is about found in it.

The directory proposes articles; exact scores of all their passages decide.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from index.article import Article
from index.encoder import Embedder, opener_of
from index.errors import ArticleError, LibraryLockedError
from index.library import derived as derived_files
from index.library.article_index import ArticleIndex, Evidence, ranked
from index.library.changes import Changes, compare
from index.library.compute import InThisProcess, Workers
from index.library.entry import Entry
from index.library.intake import Unread, expanded, origin_of, read_file
from index.library.library import Library
from index.library.search.article_indexes import OpenPages
from index.library.search.directory import Directory
from index.library.search.preparing import Prepared, preparing
from index.library.vectors import VectorServer
from index.retrieval.hybrid import combine

_CANDIDATES = 10
_INDEXED_TOGETHER = 256
"""Sources after which the index is brought in step while more are being added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """An article that was added, and what changed since the version before, if there was one."""

    entry: Entry
    changes: Changes | None


class LibrarySearch(Directory):
    """A library with its index over all articles, kept in step with what is published."""

    def __init__(
        self, library: Library, embedder: Embedder, *, server: VectorServer | None = None
    ) -> None:
        super().__init__(library, embedder, server=server)
        self.pages = OpenPages(library, embedder)

    def add(
        self, source: str | Path | Article, *, body: str | Path | None = None
    ) -> tuple[Added, ...]:
        """Add the articles of one source; like `add_all`."""
        return tuple(self.add_all([source], body=body))

    def add_all(
        self,
        sources: Iterable[str | Path | Article],
        *,
        body: str | Path | None = None,
        workers: Workers | None = None,
    ) -> Iterator[Added]:
        """Add articles, or newer versions of them, with all that their answers need.

        Args:
            sources: Paths, addresses, articles; a folder, a pattern or an export may hold many.
            body: The file of the article, for an export that holds only its comments.
            workers: Who reads and derives; None for this process. Only this one publishes.

        Yields:
            Each article when it is stored.

        Raises:
            ArticleError: There is no article in a source, or the library cannot be written;
                what was yielded before stays.
        """
        items = (item for source in sources for item in self._items(source, body))
        step = partial(preparing, opener_of(self._embedder))
        for number, result in enumerate((workers or InThisProcess()).map(step, items), start=1):
            if isinstance(result, ArticleError):
                raise result
            if isinstance(result, str):
                yield Added(entry=self.library.entry(result), changes=None)
                continue
            for prepared in result:
                yield self.store(prepared)
            if number % _INDEXED_TOGETHER == 0:
                # Who is writing now, or comes next, will do it.
                with suppress(LibraryLockedError):
                    self.catch_up()

    def _items(
        self, source: str | Path | Article, body: str | Path | None
    ) -> Iterator[Unread | Article | str]:
        """Yield what there is to prepare; what was read before and not changed is only named."""
        for item in expanded(source, self.library, body=body):
            if isinstance(item, Unread) and item.body is None:
                known = self.library.known_reading(origin_of(item.file), read_file(item.file))
                if known and derived_files.load(known, self.library, self._embedder):
                    yield known.id
                    continue
            yield item

    def store(self, prepared: Prepared) -> Added:
        """Publish an article that was read and derived somewhere; errors as of `add_all`."""
        article, changes = prepared.article, None
        # A new article has no older version, and one that is damaged cannot be compared.
        with suppress(ArticleError):
            if self.library.version(article.id) != article.version:
                changes = compare(self.library.article(article.id), article)
        with self.library.writing():
            entry = self.library.publish(article, source=prepared.source, suffix=prepared.suffix)
            # The article is stored by now; what is derived from it can be made again.
            with suppress(OSError):
                derived_files.save(prepared.derived, article, self.library, self._embedder)
            if prepared.file is not None:
                self.library.remember_reading(origin_of(prepared.file), prepared.source, article)
        # No answer is to wait for the words of a long page.
        _ = ArticleIndex(article, prepared.derived, self._embedder, library=self.library).words
        return Added(entry=entry, changes=changes)

    def remove(self, article_id: str) -> None:
        """Take an article, sound or damaged, out of the library and of every index.

        Raises:
            UnknownArticleError: The library has no such article.
            LibraryLockedError: Another process is writing.
            VectorsError: The server of the vectors cannot be asked; the article is still there.
        """
        with self.library.writing():
            if article_id in self.library.ids():
                self.forget(article_id)
            self.library.remove(article_id)

    def candidates(self, question: str) -> Iterator[ArticleIndex]:
        """Yield the pages a question may be about, likeliest first."""
        found = self.search(question, limit=4 * _CANDIDATES)
        for article_id in dict.fromkeys(item.article for item in found):
            with suppress(ArticleError):
                yield self.pages.current(article_id)

    def search(self, question: str, *, limit: int = 8) -> tuple[Evidence, ...]:
        """Return the passages of all articles closest to a question, best first."""
        vector = self._embedder.encode_queries([question])[0]
        pages, words = [], []
        for match in self.likeliest(question, vector, limit=_CANDIDATES):
            # Removed or damaged since it was indexed, or replaced meanwhile: the others answer.
            with suppress(ArticleError):
                article_index = self.pages.current(match.article)
                if article_index.article.version == match.version:
                    pages.append(article_index)
                    words.append(match.words)
        if not pages:
            return ()
        meaning = np.concatenate([article_index.meaning(vector) for article_index in pages])
        similarities = combine(
            np.concatenate(words), meaning, least_meaning=self._embedder.weight_beside_words
        )
        passages = [
            (article_index.article.id, passage)
            for article_index in pages
            for passage in article_index.article.passages
        ]
        best = np.argsort(-similarities, kind="stable")[:limit]
        return ranked((*passages[row], similarities[row]) for row in best)
