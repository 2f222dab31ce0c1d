"""What is done for every article before it is published, and can be done anywhere."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index.article import Article
from index.article_json import article_to_json
from index.encoder import Embedder, opener_of
from index.errors import ArticleError
from index.library.derived import Derived, derive
from index.library.intake import Unread
from index.reading import read_articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article with the bytes it was read from and all that is derived from it."""

    article: Article
    source: bytes
    suffix: str
    derived: Derived
    file: Path | None = None
    """Where the bytes are from, if they are those of a file and of nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The id of an article that was prepared before."""

    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why there is no article."""

    reason: ArticleError


class Preparation:
    """Reads and derives; errors are results, so that they come back whole from another process."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @classmethod
    def maker(cls, embedder: Embedder) -> "partial[Preparation]":
        """Return what makes one in whichever process."""
        return partial(_opened, opener_of(embedder))

    def __call__(self, item: Unread | Article | Known) -> tuple[Prepared, ...] | Known | Refused:
        """Return the articles of a file, or the one that is given."""
        if isinstance(item, Known):
            return item
        if isinstance(item, Article):
            return (self._prepared(item, _as_json(item), ".json"),)
        try:
            articles = read_articles(item.file, body=item.body)
            source = item.file.read_bytes()
        except ArticleError as error:
            return Refused(reason=error)
        if len(articles) == 1 and item.body is None:
            suffix = item.file.suffix or ".txt"
            return (self._prepared(articles[0], source, suffix, file=item.file),)
        # One file cannot stand for several articles: each keeps what was read of it.
        return tuple(self._prepared(article, _as_json(article), ".json") for article in articles)

    def _prepared(
        self, article: Article, source: bytes, suffix: str, *, file: Path | None = None
    ) -> Prepared:
        derived = derive(article, self._embedder)
        return Prepared(article=article, source=source, suffix=suffix, derived=derived, file=file)


def _opened(opener: Callable[[], Embedder]) -> Preparation:
    return Preparation(opener())


def _as_json(article: Article) -> bytes:
    return json.dumps(article_to_json(article), ensure_ascii=False).encode()
