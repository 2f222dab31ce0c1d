"""How much of a question's words stand in a text, word by word, across languages.

Each word of the question looks for its best counterpart in a text: the same word, the same
stem, the same name in another script or ending, or a word of near meaning in the table of
the bundled embedder. Unlike a similarity of whole sentences it says which words are missing,
which is what an honest refusal needs.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from index.transliteration import sound
from index.words import fold, word_spans

SAME_STEM = 0.95
SAME_NAME = 0.9
_NEAR_SOUND = 0.8
"""Share of the sounds that two spellings of a name have in common at least."""
_SHORTEST_SOUND = 3
_NEAR_MEANING = (0.35, 0.8)
"""Cosines of word vectors: at the first a counterpart begins to count, at the second it counts full."""

_STEMMERS = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "ru": "russian",
    "tr": "turkish",
}


class WordEmbedder(Protocol):
    """Gives single words vectors whose cosine says how near their meanings are."""

    def encode_words(self, words: Sequence[str]) -> np.ndarray:
        """Return unit rows (n, dimension), float32; a zero row for an unknown word."""
        ...


def align(
    terms: Sequence[str],
    texts: Sequence[str],
    *,
    embedder: WordEmbedder,
    language: str,
) -> np.ndarray:
    """Return how well each term is matched by its best counterpart in each text.

    Args:
        terms: Words of a question, as written; in any language.
        texts: Sentences or passages.
        embedder: Finds counterparts of another form or language.
        language: ISO 639-1 code of the texts, for their stems.

    Returns:
        (len(terms), len(texts)), float32 in [0, 1].
    """
    if not terms or not texts:
        return np.zeros((len(terms), len(texts)), dtype=np.float32)
    vocabulary: dict[str, int] = {}
    ids: list[int] = []
    starts: list[int] = []
    for text in texts:
        starts.append(len(ids))
        words = [span.of(text) for span in word_spans(text)] or [""]
        ids.extend(vocabulary.setdefault(word, len(vocabulary)) for word in words)
    strengths = _strengths(terms, tuple(vocabulary), embedder=embedder, language=language)
    return np.maximum.reduceat(strengths[:, ids], starts, axis=1)


def _strengths(
    terms: Sequence[str], words: Sequence[str], *, embedder: WordEmbedder, language: str
) -> np.ndarray:
    """Return the strength of each word as a counterpart of each term, (terms, words)."""
    cosines = embedder.encode_words(list(terms)) @ embedder.encode_words(list(words)).T
    low, high = _NEAR_MEANING
    strengths = np.clip((cosines - low) / (high - low), 0.0, 1.0) * SAME_NAME
    strengths = strengths.astype(np.float32)
    forms = [_Form.of(word, language) for word in words]
    for row, term in enumerate(terms):
        asked = _Form.of(term, language)
        for column, form in enumerate(forms):
            exact = asked.likeness(form)
            if exact is not None:
                strengths[row, column] = max(exact, strengths[row, column] if exact else 0.0)
    return strengths


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
        return cls(folded, _stem(word.casefold(), language), sound(folded) if is_name else "")

    def likeness(self, other: "_Form") -> float | None:
        """Return how alike two forms are; 0.0 for unlike numbers, None where form says nothing."""
        if self.folded == other.folded:
            return 1.0
        if self.is_number or other.is_number:
            return 0.0
        if len(self.folded) > 3 and self.stem == other.stem:
            return SAME_STEM
        return SAME_NAME if _sound_alike(self.sound, other.sound) else None


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


@lru_cache(maxsize=16)
def _stemmer(language: str) -> Any:
    if language not in _STEMMERS:
        return None
    import Stemmer

    return Stemmer.Stemmer(_STEMMERS[language])


def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    return re.sub(r"\W", "", stemmer.stemWord(word)) if stemmer else word
