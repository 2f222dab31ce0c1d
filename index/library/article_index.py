"""Finds the passages of one article that a question is about.

An article is small enough to compare with every passage, so nothing is ever missed; the
index over the whole library is `index.library.search`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from index.article import Article, Comment, Passage, Source
from index.disputes import Agreement, Dispute, Stances
from index.disputes.addresses import Addresses
from index.encoder import Embedder, StaticEmbedder, word_table
from index.language.numbers import Number
from index.language.words import Span
from index.library import derived as derived_files
from index.library.derived import Derived, derive, fingerprint
from index.library.library import Library
from index.library.narration import essayist, narrated
from index.library.page_words import PageWords
from index.retrieval.alignment import Aligner
from index.retrieval.bm25 import LexicalIndex
from index.retrieval.hybrid import combine, dense_scores, first_of, nearest
from index.retrieval.spelling import Spelling
from index.statements import NamedPerson, Speaker, Statement, named_people

_LEAST_WEIGHT = 0.3
"""Of a word the table knows nothing of, or that says little; an ordinary word has about 1."""

_LARGE = 5_000
"""Passages; of a larger page only those are compared that can be among the best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage found for one question: rank from 1, similarity in [-1, 1], higher is closer."""

    article: str
    passage: Passage
    rank: int
    similarity: float


def ranked(found: Iterable[tuple[str, Passage, float]]) -> tuple[Evidence, ...]:
    """Return passages, each with its article and its similarity, best first, as evidence."""
    return tuple(
        Evidence(article=article, passage=passage, rank=rank, similarity=float(similarity))
        for rank, (article, passage, similarity) in enumerate(found, start=1)
    )


class ArticleIndex:
    """One article with everything derived from it, ready to be searched."""

    def __init__(
        self,
        article: Article,
        derived: Derived,
        embedder: Embedder,
        *,
        library: Library | None = None,
    ) -> None:
        """Take in what was derived.

        Args:
            article: The page.
            derived: From it.
            embedder: Made the vectors.
            library: Where the words of a long page are kept; None for nowhere.
        """
        self.article = article
        self.embedder = embedder
        self.derived = derived
        self._library = library
        # One answer searches several times with the same question.
        self._last: _Asked | None = None

    @classmethod
    def build(cls, article: Article, embedder: Embedder) -> "ArticleIndex":
        """Return the index of an article, made now and kept nowhere."""
        return cls(article, derive(article, embedder), embedder)

    @classmethod
    def open(cls, article: Article, library: Library, embedder: Embedder) -> "ArticleIndex":
        """Return the index of an article of a library, made and kept there if it is missing.

        A library that cannot be written is no reason not to answer: then it is only made.
        """
        derived = derived_files.load(article, library, embedder)
        if derived is None:
            derived = made = derive(article, embedder)
            library.keep(lambda: derived_files.save(made, article, library, embedder))
        return cls(article, derived, embedder, library=library)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Who said what on this page, in reading order."""
        return self.derived.statements

    @property
    def disputes(self) -> tuple[Dispute, ...]:
        """What is contested on this page, in reading order."""
        return self.derived.disputes

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """What is agreed with on this page, contested or not, in reading order."""
        return self.derived.agreements

    def take_stances(self, stances: Stances) -> None:
        """Let the page be read with these disputes and agreements from now on."""
        self.derived = replace(
            self.derived, disputes=stances.disputes, agreements=stances.agreements
        )

    def search(
        self, question: str, *, limit: int = 8, source: Source | None = None
    ) -> tuple[Evidence, ...]:
        """Return the passages closest to a question, best first.

        Args:
            question: Plain text in any language the embedder knows; not empty.
            limit: Most passages to return.
            source: Only passages of the article, or only comments; None for both.

        Returns:
            At most `limit` items, rank 1, 2, ...; similarity in [-1, 1].
        """
        if limit < 1:
            return ()
        article = self.article
        places, values = self._nearest(question, limit=limit, source=source)
        found = zip(places, values, strict=True)
        return ranked((article.id, article.passages[place], value) for place, value in found)

    def meaning(self, vector: np.ndarray) -> np.ndarray:
        """Return how near each passage is to a question's vector, (passages,) in [-1, 1]."""
        return dense_scores(
            vector,
            passage_vectors=self.derived.passage_vectors,
            sentence_vectors=self.derived.sentence_vectors,
            sentence_passages=self.derived.sentence_passages,
        )

    def similarity(self, question: str, passage: Passage) -> float:
        """Return how close one passage is to a question, in [-1, 1]."""
        return float(self._similarities(question)[self._places[passage.label]])

    def align(self, terms: Sequence[str], texts: Sequence[str]) -> np.ndarray:
        """Return how well each term is matched in each text, (terms, texts) in [0, 1]."""
        return self._aligner.align(terms, texts)

    def anywhere(self, terms: Sequence[str], *, authors: bool = False) -> np.ndarray:
        """Return how well the page as a whole holds each term, (terms,) in [0, 1].

        Args:
            terms: Words of a question.
            authors: Whether the names of those who commented count too.
        """
        return self._aligner.anywhere(terms, authors=authors)

    def word_weights(self, words: Sequence[str]) -> np.ndarray:
        """Return how much each word matters for meaning, (words,), above 0."""
        weights: np.ndarray = np.maximum(self._table.word_weights(words), _LEAST_WEIGHT)
        return weights

    def answers_to(self, comment: Comment) -> tuple[Comment, ...]:
        """Return the comments that answer one: that call its author by name, else its replies."""
        return self._answers.get(comment.number, ())

    def answered_by(self, comment: Comment) -> tuple[Comment, ...]:
        """Return the comments of others that a comment answers."""
        return self._addresses.answered(comment)

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(self.article.comments, self.article.text)

    @cached_property
    def _answers(self) -> dict[str, tuple[Comment, ...]]:
        found: dict[str, tuple[Comment, ...]] = {}
        for comment in self.article.live_comments():
            for other in self.answered_by(comment):
                found[other.number] = (*found.get(other.number, ()), comment)
        return found

    @cached_property
    def people(self) -> tuple[NamedPerson, ...]:
        """Everybody the article names, in reading order."""
        return named_people(self.article)

    @cached_property
    def narrated(self) -> tuple[Span, ...]:
        """The sentences of the body in which nobody is quoted or reported."""
        return narrated(self.article, self.statements)

    @cached_property
    def essayist(self) -> Speaker | None:
        """Who wrote the page, if it speaks in the first person; None of any other page."""
        return essayist(self.article, self.narrated)

    @cached_property
    def spelling(self) -> Spelling:
        """The words of the page and of the names of its readers, as they are written there."""
        return Spelling(self.words.vocabulary, pieces=self._table.piece_shares)

    def numbers(self, *, authors: bool = False) -> tuple[Number, ...]:
        """Return the numbers of all passages, and of the names of those who commented."""
        return self.words.numbers + (self.words.numbers_of_authors if authors else ())

    @cached_property
    def _places(self) -> dict[str, int]:
        return {passage.label: place for place, passage in enumerate(self.article.passages)}

    def _is_from(self, source: Source | None) -> np.ndarray:
        of_article: np.ndarray = self._of_article
        if source is None:
            return np.ones_like(of_article)
        return of_article if source == "article" else ~of_article

    @cached_property
    def _of_article(self) -> np.ndarray:
        return np.array([p.source == "article" for p in self.article.passages], dtype=bool)

    @cached_property
    def _table(self) -> StaticEmbedder:
        """The bundled table, which aligns words whatever embedder compares passages."""
        return self.embedder if isinstance(self.embedder, StaticEmbedder) else word_table()

    @cached_property
    def words(self) -> PageWords:
        """The words of the page; those of a long one are read from the library, or kept there."""
        words = PageWords(self.article, self._table)
        if self._library is not None:
            name = f"{fingerprint(self.embedder)}-words-{self._table.fingerprint}.npz"
            words.keep(self._library, self._library.derived_place(self.article, name))
        return words

    @cached_property
    def _aligner(self) -> Aligner:
        return Aligner(self.words.vocabulary, self._table, language=self.article.language)

    @cached_property
    def _lexical_of_article(self) -> LexicalIndex:
        texts = [p.text for p in self.article.passages if p.source == "article"]
        return LexicalIndex.build(texts, language=self.article.language)

    def _nearest(
        self, question: str, *, limit: int, source: Source | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the places of the most similar passages, best first, and their similarities."""
        if len(self.article.passages) < _LARGE:
            places = np.flatnonzero(self._is_from(source))
            similarities = self._similarities(question)[places]
        else:
            places, similarities = self._nearest_of_many(question, limit=limit, source=source)
        order = first_of(similarities, limit)
        return places[order], similarities[order]

    def _nearest_of_many(
        self, question: str, *, limit: int, source: Source | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return all passages of the article, and of the comments those that may be nearest."""
        asked = self._asked(question)
        own = np.flatnonzero(self._of_article & self._is_from(source))
        remaining, values = nearest(
            asked.words,
            limit=limit,
            query_vector=asked.vector,
            passage_vectors=self.derived.passage_vectors,
            sentence_vectors=self.derived.sentence_vectors,
            sentence_passages=self.derived.sentence_passages,
            allowed=~self._of_article & self._is_from(source),
            least_meaning=self.embedder.weight_beside_words,
        )
        compared = self._compared_in_article(asked) if len(own) else np.zeros(0, np.float32)
        return np.concatenate([own, remaining]), np.concatenate([compared, values])

    def _similarities(self, question: str) -> np.ndarray:
        """Return the similarity of all passages, those of the article as if nobody had commented.

        Else a hundred readers who repeat the words of a question would make these words common,
        and what the article says about them unlikely.
        """
        asked = self._asked(question)
        if asked.similarities is None:
            similarities: np.ndarray = combine(
                asked.words,
                self.meaning(asked.vector),
                least_meaning=self.embedder.weight_beside_words,
            )
            if self._of_article.any():
                similarities[self._of_article] = self._compared_in_article(asked)
            self._last = replace(asked, similarities=similarities)
            return similarities
        return asked.similarities

    def _compared_in_article(self, asked: "_Asked") -> np.ndarray:
        derived, own = self.derived, self._of_article
        sentences = own[derived.sentence_passages]
        places = np.cumsum(own) - 1
        meaning = dense_scores(
            asked.vector,
            passage_vectors=derived.passage_vectors[own],
            sentence_vectors=derived.sentence_vectors[sentences],
            sentence_passages=places[derived.sentence_passages[sentences]],
        )
        return combine(
            self._lexical_of_article.scores(asked.question),
            meaning,
            least_meaning=self.embedder.weight_beside_words,
        )

    def _asked(self, question: str) -> "_Asked":
        last = self._last
        if last is None or last.question != question:
            last = self._last = _Asked(
                question=question,
                words=self.words.lexical.scores(question),
                vector=self.embedder.encode_queries([question])[0],
            )
        return last


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question as it is compared: its words with each passage, (passages,), and its vector."""

    question: str
    words: np.ndarray
    vector: np.ndarray
    similarities: np.ndarray | None = None
