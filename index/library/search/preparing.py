"""What is done for every article before it is published, and can be done anywhere."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index.article import Article
from index.article_json import article_to_json
from index.encoder import Embedder, opener_of
from index.errors import ArticleError
from index.library.compute.processes import Processes
from index.library.derived import Derived, derive, place_of, save
from index.library.intake import Unread
from index.library.library import Library
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


Preparation = tuple[Prepared, ...] | str | ArticleError


def preparing(
    opener: Callable[[], Embedder],
) -> Callable[[Unread | Article | str], Preparation]:
    """Return what reads and derives with an embedder, opened in whichever process does it."""
    return partial(prepared, opener())


def prepared(embedder: Embedder, item: Unread | Article | str) -> Preparation:
    """Return the articles of a file, or the one that is given, with what is derived from them.

    An id of one that was prepared before stays as it is, and an error is a result, so that it
    comes back whole from another process.
    """
    if isinstance(item, str):
        return item
    suffix = ".json"
    file: Path | None = None
    source: bytes | None = None
    articles: Sequence[Article] = (item,) if isinstance(item, Article) else ()
    if isinstance(item, Unread):
        try:
            articles = read_articles(item.file, body=item.body)
        except ArticleError as error:
            return error
        # One file cannot stand for several articles: each keeps what was read of it.
        if len(articles) == 1 and item.body is None:
            suffix, file, source = item.file.suffix or ".txt", item.file, item.file.read_bytes()
    return tuple(
        Prepared(
            article=article,
            source=_as_json(article) if source is None else source,
            suffix=suffix,
            derived=derive(article, embedder),
            file=file,
        )
        for article in articles
    )


def derive_aside(article: Article, library: Library, embedder: Embedder) -> None:
    """Derive in another process what the library keeps of an article, so that this one is free.

    Raises:
        WorkerError: That process ended.
    """
    if place_of(article, library, embedder).is_file():
        return
    (made,) = Processes(1).map(partial(_deriving, opener_of(embedder)), [article])
    library.keep(lambda: save(made, article, library, embedder))


def _deriving(opener: Callable[[], Embedder]) -> Callable[[Article], Derived]:
    return partial(derive, embedder=opener())


def _as_json(article: Article) -> bytes:
    return json.dumps(article_to_json(article), ensure_ascii=False).encode()
