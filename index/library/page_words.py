"""The words of one page, for finding and for aligning; of a long page they are kept on disk."""

from functools import cached_property
from pathlib import Path

from index.article import Article
from index.article_json import from_json, to_json
from index.encoder import StaticEmbedder
from index.language.numbers import Number, numbers
from index.library import arrays
from index.library.library import Library
from index.retrieval.bm25 import LexicalIndex
from index.retrieval.packing import packed, unpacked
from index.retrieval.vocabulary import Vocabulary

_KEPT_FROM = 1_000
"""Passages; to read the words of so many takes longer than to answer."""


class PageWords:
    """What the words of a page are found by; each kind is read when it is first needed."""

    def __init__(self, article: Article, table: StaticEmbedder) -> None:
        self._article = article
        self._table = table

    def keep(self, library: Library, file: Path) -> None:
        """Take over what is kept of a long page in a file; keep it there if it is not whole."""
        if len(self._article.passages) < _KEPT_FROM:
            return
        kept = arrays.load(file)
        if kept is not None:
            self.lexical = LexicalIndex.from_arrays(kept)
            self.vocabulary = Vocabulary.from_arrays(kept)
            self.numbers = tuple(from_json(Number, told) for told in unpacked(kept["numbers"]))
            return
        # Read before anybody has to wait for the lock.
        read = {**self.lexical.arrays(), **self.vocabulary.arrays()}
        read["numbers"] = packed(to_json(self.numbers))
        library.keep(lambda: arrays.save(file, read))

    @cached_property
    def lexical(self) -> LexicalIndex:
        """For finding passages by their words."""
        texts = [passage.text for passage in self._article.passages]
        return LexicalIndex.build(texts, language=self._article.language)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """For telling which words of a question the page has."""
        texts = (passage.text for passage in self._article.passages)
        return Vocabulary.build(texts, self._authors, self._table, language=self._article.language)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers of all passages, each once, whatever stands beside them."""
        told = (numbers(p.text, self._article.language) for p in self._article.passages)
        return tuple({(n.value, n.unit): n for found in told for n in found}.values())

    @cached_property
    def numbers_of_authors(self) -> tuple[Number, ...]:
        """The numbers in the names of those who commented."""
        told = (numbers(author, self._article.language) for author in self._authors)
        return tuple(number for found in told for number in found)

    @property
    def _authors(self) -> dict[str, None]:
        return dict.fromkeys(c.author for c in self._article.comments if c.author)
