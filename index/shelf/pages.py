"""The pages of a library that are open, the least recently used let go first."""

import threading
from collections import OrderedDict

from index.article import Article
from index.embedding import Embedder
from index.library import Library
from index.search import ArticleIndex

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
        page = ArticleIndex.open(article, self._library, self._embedder)
        with self._lock:
            page = self._open.setdefault(key, page)
            self._let_go()
        return page

    def current(self, article_id: str) -> ArticleIndex:
        """Return the page of an article of the library in the version in force.

        Raises:
            ArticleError: It was removed, or is damaged.
        """
        version = self._library.version(article_id)
        with self._lock:
            page = self._open.get((article_id, version))
        return page or self.open(self._library.article(article_id))

    def _let_go(self) -> None:
        passages = sum(len(page.article.passages) for page in self._open.values())
        while len(self._open) > 1 and (len(self._open) > _MOST_PAGES or passages > _MOST_PASSAGES):
            _, page = self._open.popitem(last=False)
            passages -= len(page.article.passages)
