"""The pages of a library that are open, the least recently used let go first."""

import threading
from collections import OrderedDict

from index.article import Article
from index.encoder import Embedder
from index.library.article_index import ArticleIndex
from index.library.library import Library

_MOST_PAGES = 256
_MOST_PASSAGES = 50_000


class OpenPages:
    """Articles with what was derived from them, opened once; may be shared by threads."""

    def __init__(self, library: Library, embedder: Embedder) -> None:
        self._library = library
        self._embedder = embedder
        self._open: OrderedDict[tuple[str, str], ArticleIndex] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, article: Article) -> ArticleIndex:
        """Return the page of an article, from memory where it is open."""
        key = (article.id, article.version)
        with self._lock:
            if key in self._open:
                self._open.move_to_end(key)
                return self._open[key]
        article_index = ArticleIndex.open(article, self._library, self._embedder)
        with self._lock:
            article_index = self._open.setdefault(key, article_index)
            self._let_go()
        return article_index

    def current(self, article_id: str) -> ArticleIndex:
        """Return the page of an article of the library in the version in force.

        Raises:
            ArticleError: It was removed, or is damaged.
        """
        version = self._library.version(article_id)
        with self._lock:
            article_index = self._open.get((article_id, version))
        return article_index or self.open(self._library.article(article_id))

    def _let_go(self) -> None:
        passages = sum(len(article_index.article.passages) for article_index in self._open.values())
        while len(self._open) > 1 and (len(self._open) > _MOST_PAGES or passages > _MOST_PASSAGES):
            _, article_index = self._open.popitem(last=False)
            passages -= len(article_index.article.passages)
