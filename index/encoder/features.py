"""A word as the table of the static embedder knows it: its pieces and its character n-grams.

The pieces (a unigram model over eight languages) carry what a word means; the n-grams of
its accent-free spelling in Latin letters carry what it looks like, so that names, loan words
and endings the training never showed still meet: `Обама` and `Obama` share all of them.
"""

import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

_WORD = re.compile(r"\d+|[^\W\d_]+")
WORD_START = "▁"  # a piece of its own; as it counts words, texts of like length lie nearer
UNKNOWN = "[UNK]"
_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфцыэіґё", "abvgdeziiklmnoprstufcieige", strict=True))
    | {"ж": "j", "х": "h", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": ""}
    | {"ю": "iu", "я": "ia", "є": "ie", "ї": "i", "ı": "i", "ß": "ss", "œ": "oe", "æ": "ae"}
)


def split_words(text: str) -> list[str]:
    """Return the words and numbers of a text in small letters.

    >>> split_words("Ёлка, İzmir 2020!")
    ['елка', 'izmir', '2020']
    """
    composed = unicodedata.normalize("NFKC", text).replace("İ", "i").lower()
    return _WORD.findall(composed.replace("ё", "е"))


def latin_spelling(word: str) -> str:
    """Return a small-letter word in Latin letters without accents, other scripts unchanged.

    >>> latin_spelling("президент"), latin_spelling("été")
    ('prezident', 'ete')
    """
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.translate(_LATIN))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def character_ngrams(word: str, *, shortest: int, longest: int) -> list[str]:
    """Return the n-grams of a word's Latin spelling, its beginning and end marked.

    >>> character_ngrams("öl", shortest=3, longest=4)
    ['<ol', 'ol>', '<ol>']
    """
    marked = f"<{latin_spelling(word)}>"
    return [
        marked[start : start + size]
        for size in range(shortest, longest + 1)
        for start in range(len(marked) - size + 1)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFeatures:
    """The rows of some words, one word after the other.

    Rows and weights of word `i` lie in `rows[offsets[i]:offsets[i + 1]]`; the vector of a
    word is the weighted sum of its rows.
    """

    rows: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float32]
    offsets: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureReader:
    """Finds the rows of words: first the pieces of the tokenizer, then `buckets` n-gram rows.

    An n-gram's row is its CRC-32 modulo `buckets`. A piece weighs 1 (a character no text of the
    training had: 0), each of a word's `n` n-grams `1 / sqrt(n)`, so that long words do not
    drown short ones.
    """

    tokenizer: Tokenizer
    pieces: int
    buckets: int
    shortest: int = 3
    longest: int = 5

    def piece_shares(self, words: Sequence[str]) -> list[float]:
        """Return the share of each word that its longest piece takes, in [0, 1]."""
        encodings = self.tokenizer.encode_batch(list(words), add_special_tokens=False)
        return [
            max((end - start for start, end in encoding.offsets), default=0) / max(len(word), 1)
            for word, encoding in zip(words, encodings, strict=True)
        ]

    def read(self, words: Sequence[str]) -> WordFeatures:
        """Return the rows of each word as `split_words` gave it."""
        encodings = self.tokenizer.encode_batch(
            [WORD_START + word for word in words], add_special_tokens=False
        )
        unknown = self.tokenizer.token_to_id(UNKNOWN)
        rows: list[int] = []
        weights: list[float] = []
        offsets = [0]
        for word, encoding in zip(words, encodings, strict=True):
            rows += encoding.ids
            weights += [0.0 if row == unknown else 1.0 for row in encoding.ids]
            ngrams = character_ngrams(word, shortest=self.shortest, longest=self.longest)
            rows += [self.pieces + zlib.crc32(gram.encode()) % self.buckets for gram in ngrams]
            weights += [max(len(ngrams), 1) ** -0.5] * len(ngrams)
            offsets.append(len(rows))
        return WordFeatures(
            rows=np.array(rows, np.int64),
            weights=np.array(weights, np.float32),
            offsets=np.array(offsets, np.int64),
        )
