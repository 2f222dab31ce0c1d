"""How much of a question's words stand in a text, word by word, across languages.

Each word of the question looks for its best counterpart in a text: the same word, the same
stem, the same name in another script or ending, or a word of near meaning in the table of
the bundled embedder. Unlike a similarity of whole sentences it says which words are missing,
which is what an honest refusal needs.
"""

import re
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np

from index.language.stemming import stem_words
from index.language.transliteration import sound
from index.language.words import fold, split_words

SAME_STEM = 0.95
SAME_NAME = 0.9
_NEAR_SOUND = 0.8
"""Share of the sounds that two spellings of a name have in common at least."""
_SHORTEST_SOUND = 3
_NEAR_MEANING = (0.4, 0.8)
"""Cosines of word vectors: from the first on a counterpart counts, at the second fully."""
_SIGN = re.compile(r"\W")
_MOST_TERMS = 128
"""Words of questions that are kept: each has a number for every word of the page."""


class WordEmbedder(Protocol):
    """Gives single words vectors whose cosine says how near their meanings are."""

    def encode_words(self, words: Sequence[str]) -> np.ndarray:
        """Return unit rows (n, dimension), float32; a zero row for an unknown word."""
        ...


class Aligner:
    """Aligns words with the texts of one page; what it learns of a word it keeps.

    Args of the constructor:
        embedder: Finds counterparts of another form or language.
        language: ISO 639-1 code of the texts, for their stems.
    """

    def __init__(self, embedder: WordEmbedder, *, language: str) -> None:
        self._embedder = embedder
        self._language = language
        self._numbers: dict[str, int] = {}
        self._text_numbers: dict[str, np.ndarray] = {}
        self._vectors = np.zeros((0, 0), dtype=np.float32)
        self._by_form: dict[tuple[str, str], list[int]] = {}
        self._names: dict[str, list[tuple[str, int]]] = {}
        self._digits: list[int] = []
        self._rows: dict[str, np.ndarray] = {}
        self._lock = threading.Lock()

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
        first = len(self._vectors)
        fresh = list(self._numbers)[first:]
        if not fresh:
            return
        vectors = self._embedder.encode_words(fresh)
        self._vectors = np.vstack([self._vectors, vectors]) if first else vectors
        for number, word in enumerate(fresh, start=first):
            form = _Form.of(word, self._language)
            self._by_form.setdefault(("folded", form.folded), []).append(number)
            self._by_form.setdefault(("stem", form.stem), []).append(number)
            if form.is_number:
                self._digits.append(number)
            if form.sound:
                self._names.setdefault(form.sound[0], []).append((form.sound, number))
        self._rows.clear()

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
        form = _Form.of(term, self._language)
        if form.is_number:
            # Near numbers are other numbers.
            row = np.zeros(len(self._vectors), dtype=np.float32)
        else:
            low, high = _NEAR_MEANING
            cosines = self._vectors @ self._embedder.encode_words([term])[0]
            row = (np.clip((cosines - low) / (high - low), 0.0, 1.0) * SAME_NAME).astype(np.float32)
            row[self._digits] = 0.0
            for sounds, number in self._names.get(form.sound[:1], ()):
                if _sound_alike(form.sound, sounds):
                    row[number] = max(row[number], SAME_NAME)
            if len(form.folded) > _SHORTEST_SOUND:
                row[self._by_form.get(("stem", form.stem), [])] = SAME_STEM
        row[self._by_form.get(("folded", form.folded), [])] = 1.0
        return row


class _Form:
    """A word as it is compared: folded, stemmed, and as it sounds if it may be a name."""

    __slots__ = ("folded", "is_number", "sound", "stem")

    def __init__(self, folded: str, stem: str, sounds: str) -> None:
        self.folded = folded
        self.stem = stem
        self.sound = sounds
        self.is_number = folded[:1].isdigit()

    @classmethod
    @lru_cache(maxsize=50_000)
    def of(cls, word: str, language: str) -> "_Form":
        folded = fold(word)
        is_name = word[:1].isupper()
        (stem,) = stem_words([word.casefold()], language)
        return cls(folded, _SIGN.sub("", stem), sound(folded) if is_name else "")


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
