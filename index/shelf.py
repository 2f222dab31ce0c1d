"""The whole library: articles added to it, and the ones a question is about found in it.

Chroma and BM25 propose passages over all articles; the order among the articles proposed is
decided by exact scores in each of them.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.article import Article
from index.catalogue import Catalogue
from index.changes import Changes, compare
from index.derived import fingerprint
from index.embedding import Embedder
from index.errors import ArticleError, LibraryLockedError
from index.intake import take_in, take_in_all
from index.library import Entry, Library
from index.search import ArticleIndex, Evidence
from index.vectors import ArticleVectors, DamagedStoreError, VectorStore

_PROPOSALS = 60
_CANDIDATES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """An article that was added, and what changed since the version before, if there was one."""

    entry: Entry
    changes: Changes | None


class Shelf:
    """A library with its index over all articles, kept in step with what is published."""

    def __init__(self, library: Library, embedder: Embedder) -> None:
        self.library = library
        self._embedder = embedder
        self._folder = library.index_folder() / fingerprint(embedder)
        self._one_client = threading.RLock()

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
        before = {entry.id: entry for entry in self.library.entries()}
        if isinstance(source, Article):
            articles: tuple[Article, ...] = (take_in(source, self.library),)
        else:
            articles = take_in_all(source, self.library, body=body)
        return tuple(self._added(article, before.get(article.id)) for article in articles)

    def _added(self, article: Article, before: Entry | None) -> Added:
        changes = None
        if before is not None and before.version != article.version:
            old = self.library.article(article.id, version=before.version)
            changes = compare(old, article)
        ArticleIndex.open(article, self.library, self._embedder)
        return Added(entry=self.library.entry(article.id), changes=changes)

    def catch_up(self) -> None:
        """Bring the index over all articles in step with the library.

        Raises:
            LibraryLockedError: Another process is writing.
        """
        wanted = self._versions()
        with self._one_client, VectorStore(self._folder) as store:
            present = store.versions() if store.is_sound() else None
            if present == wanted:
                return
            with self.library.writing():
                if present is None:
                    store.build(self._vectors(wanted))
                    return
                removed = [article for article in present if article not in wanted]
                added = [a for a, version in wanted.items() if present.get(a) != version]
                store.update(added=self._vectors(added), removed=removed)

    def candidates(self, question: str) -> Iterator[Article]:
        """Yield the articles a question may be about, likeliest first."""
        for article_id in dict.fromkeys(item.article for item in self.search(question, limit=40)):
            yield self.library.article(article_id)

    def search(self, question: str, *, limit: int = 8) -> tuple[Evidence, ...]:
        """Return the passages of all articles closest to a question, best first."""
        with suppress(LibraryLockedError):
            # Another process is adding: what is already indexed answers.
            self.catch_up()
        vector = self._embedder.encode_queries([question])[0]
        near: list[str] = []
        # A damaged index proposes nothing: words still find, and it is built anew next time.
        with suppress(DamagedStoreError), self._one_client, VectorStore(self._folder) as store:
            if store.versions():
                near = [article for article, _ in store.propose(vector, limit=_PROPOSALS)]
        worded = self._words.articles(question, limit=_PROPOSALS)
        # Each half may propose: a name is found by its letters, a meaning by its vector.
        articles = [
            *list(dict.fromkeys(near))[:_CANDIDATES],
            *list(dict.fromkeys(worded))[:_CANDIDATES],
        ]
        found = [
            item for page in self._pages(articles) for item in page.search(question, limit=limit)
        ]
        found.sort(key=lambda item: (-item.similarity, item.article, item.rank))
        return tuple(
            Evidence(
                article=item.article, passage=item.passage, rank=rank, similarity=item.similarity
            )
            for rank, item in enumerate(found[:limit], start=1)
        )

    @property
    def _words(self) -> Catalogue:
        versions = self._versions()
        folder = self.library.index_folder() / "words"
        catalogue = Catalogue.open(folder, versions)
        if catalogue is None:
            articles = [page.article for page in self._pages(versions)]
            catalogue = built = Catalogue.build(articles)
            self.library.keep(lambda: built.save(folder, versions))
        return catalogue

    def _versions(self) -> dict[str, str]:
        return {entry.id: entry.version for entry in self.library.entries()}

    def _pages(self, articles: Iterable[str]) -> Iterator[ArticleIndex]:
        for article_id in articles:
            try:
                article = self.library.article(article_id)
            except ArticleError:
                # Removed or damaged since it was indexed: the others still answer.
                continue
            yield ArticleIndex.open(article, self.library, self._embedder)

    def _vectors(self, articles: Iterable[str]) -> Iterator[ArticleVectors]:
        for page in self._pages(articles):
            known = np.linalg.norm(page.derived.passage_vectors, axis=1) > 0
            labels = [p.label for p, ok in zip(page.article.passages, known, strict=True) if ok]
            yield ArticleVectors(
                article=page.article.id,
                version=page.article.version,
                labels=tuple(labels),
                vectors=page.derived.passage_vectors[known],
            )
