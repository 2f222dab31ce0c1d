"""What was published, and how to find it: no language model, no chat, deterministic."""

from index.article import Article, Comment, Passage, QuotedWords
from index.errors import (
    ArticleError,
    DamagedArticleError,
    EmbedderError,
    LibraryLockedError,
    UnknownArticleError,
    UnreadableArticleError,
    UnsafeAddressError,
    VectorsError,
    WorkerError,
)

__all__ = [
    "Article",
    "ArticleError",
    "Comment",
    "DamagedArticleError",
    "EmbedderError",
    "LibraryLockedError",
    "Passage",
    "QuotedWords",
    "UnknownArticleError",
    "UnreadableArticleError",
    "UnsafeAddressError",
    "VectorsError",
    "WorkerError",
]
