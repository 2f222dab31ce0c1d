"""How much of a question's words stand in a text, word by word, across languages.

Each word of the question looks for its best counterpart in a text: the same word, the same
stem, the same name in another script or ending, or a word of near meaning in the table of
the bundled embedder. Unlike a similarity of whole sentences it says which words are missing,
which is what an honest refusal needs.
"""

import threading
from collections.abc import Sequence
from itertools import islice

import numpy as np

from index.language.words import split_words
from index.retrieval.vocabulary import Forms, Vocabulary, WordEmbedder

SAME_STEM = 0.95
SAME_NAME = 0.9
_NEAR_SOUND = 0.8
"""Share of the sounds that two spellings of a name have in common at least."""
_SHORTEST_SOUND = 3
_NEAR_MEANING = (0.4, 0.8)
"""Cosines of word vectors: from the first on a counterpart counts, at the second fully."""
_MOST_TERMS = 128
"""Words of questions that are kept: each has a number for every word of the page."""


class Aligner:
    """Aligns words with the texts of one page; what it learns of a word it keeps.

    Args of the constructor:
        vocabulary: The words of the page, known beforehand.
        embedder: Finds counterparts of another form or language.
        language: ISO 639-1 code of the texts, for their stems.
    """

    def __init__(self, vocabulary: Vocabulary, embedder: WordEmbedder, *, language: str) -> None:
        self._embedder = embedder
        self._language = language
        self._own = vocabulary.own
        self._page = len(vocabulary.words)
        self._numbers = {word: number for number, word in enumerate(vocabulary.words)}
        self._text_numbers: dict[str, np.ndarray] = {}
        # Those of the page, and those of words learned since.
        self._vectors = vocabulary.vectors, vocabulary.vectors[:0]
        self._by_folded: dict[str, list[int]] = {}
        self._by_stem: dict[str, list[int]] = {}
        self._names: dict[str, list[tuple[str, int]]] = {}
        self._digits: list[int] = []
        self._rows: dict[str, np.ndarray] = {}
        self._lock = threading.Lock()
        self._index(vocabulary.forms, first=0)

    def anywhere(self, terms: Sequence[str], *, authors: bool = False) -> np.ndarray:
        """Return how well each term is matched by its best counterpart on the page, (terms,).

        Args:
            terms: As for `align`.
            authors: Whether the names of those who commented count too.
        """
        words = self._page if authors else self._own
        with self._lock:
            best = [self._row(term)[:words].max(initial=0.0) for term in terms]
        return np.array(best, dtype=np.float32)

    def align(self, terms: Sequence[str], texts: Sequence[str]) -> np.ndarray:
        """Return how well each term is matched by its best counterpart in each text.

        Args:
            terms: Words of a question, as written; in any language.
            texts: Sentences or passages.

        Returns:
            (len(terms), len(texts)), float32 in [0, 1].
        """
        if not terms or not texts:
            return np.zeros((len(terms), len(texts)), dtype=np.float32)
        with self._lock:  # several readers ask one page at once
            held = [self._read(text) for text in texts]
            self._learn()
            strengths = np.stack([self._row(term) for term in terms])
        starts = np.cumsum([0, *(len(numbers) for numbers in held[:-1])])
        return np.maximum.reduceat(strengths[:, np.concatenate(held)], starts, axis=1)

    def _read(self, text: str) -> np.ndarray:
        """Return the numbers of the words of a text, at least one."""
        known = self._text_numbers.get(text)
        if known is None:
            words = split_words(text) or [""]
            numbers = [self._numbers.setdefault(word, len(self._numbers)) for word in words]
            known = self._text_numbers[text] = np.array(numbers, dtype=np.int32)
        return known

    def _learn(self) -> None:
        """Take in the words that were read since the last time."""
        of_page, learned = self._vectors
        first = len(of_page) + len(learned)
        if first == len(self._numbers):
            return
        fresh = list(islice(self._numbers, first, None))
        self._vectors = of_page, np.vstack([learned, self._embedder.encode_words(fresh)])
        self._index(Forms.of(fresh, self._language), first=first)
        self._rows.clear()

    def _index(self, forms: Forms, *, first: int) -> None:
        for number, folded in enumerate(forms.folded, start=first):
            self._by_folded.setdefault(folded, []).append(number)
            if folded[:1].isdigit():
                self._digits.append(number)
        for number, stem in enumerate(forms.stems, start=first):
            self._by_stem.setdefault(stem, []).append(number)
        for number, sounds in enumerate(forms.sounds, start=first):
            if sounds:
                self._names.setdefault(sounds[0], []).append((sounds, number))

    def _row(self, term: str) -> np.ndarray:
        """Return the strength of every word known as a counterpart of a term, (words,)."""
        row = self._rows.get(term)
        if row is None:
            row = self._strengths(term)
            if len(self._rows) >= _MOST_TERMS:
                del self._rows[next(iter(self._rows))]
            self._rows[term] = row
        return row

    def _strengths(self, term: str) -> np.ndarray:
        form = Forms.of([term], self._language)
        (folded,), (stem,), (sounds,) = form.folded, form.stems, form.sounds
        if folded[:1].isdigit():
            # Near numbers are other numbers.
            row = np.zeros(len(self._numbers), dtype=np.float32)
        else:
            low, high = _NEAR_MEANING
            vector = self._embedder.encode_words([term])[0]
            cosines = np.concatenate([vectors @ vector for vectors in self._vectors])
            row = (np.clip((cosines - low) / (high - low), 0.0, 1.0) * SAME_NAME).astype(np.float32)
            row[self._digits] = 0.0
            for other, number in self._names.get(sounds[:1], ()):
                if _sound_alike(sounds, other):
                    row[number] = max(row[number], SAME_NAME)
            if len(folded) > _SHORTEST_SOUND:
                row[self._by_stem.get(stem, [])] = SAME_STEM
        row[self._by_folded.get(folded, [])] = 1.0
        return row


def _sound_alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST_SOUND or shorter[0] != longer[0]:
        return False
    if longer.startswith(shorter) and len(longer) - len(shorter) <= 2:
        return True
    if len(shorter) <= _SHORTEST_SOUND:
        return False
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(one, other) >= _NEAR_SOUND
