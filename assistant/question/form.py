"""The form of a question: its words, pairs of words and character n-grams, hashed.

An encoder sees what a question is about before it sees how it is asked; these features see
hardly anything but the second: `combien de` is the same whatever is counted, and character
n-grams hold for words misspelt or joined ("comentaires").
"""

import re
import unicodedata
import zlib

import numpy as np
import numpy.typing as npt

BUCKETS = 1 << 14
_WORD = re.compile(r"\w+|[^\w\s]")
_DIGIT = re.compile(r"\d")
_SIZES = (3, 4, 5)


def folded_words(text: str) -> list[str]:
    """Return words and signs in small letters without accents, every digit as 0.

    >>> folded_words("Où est l'été 2019 ?")
    ['ou', 'est', 'l', "'", 'ete', '0000', '?']
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("İ", "i").lower())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _WORD.findall(_DIGIT.sub("0", plain))


def hashed(text: str) -> npt.NDArray[np.float32]:
    """Return the features of a text, float32 of shape (BUCKETS,): two rows of length 1 added."""
    words = folded_words(text)
    of_words = {"w" + word for word in words}
    of_words |= {
        f"b{first} {second}" for first, second in zip(["<", *words], [*words, ">"], strict=True)
    }
    of_words.add("f" + " ".join(words[:2]))
    of_signs = {
        "c" + marked[start : start + size]
        for marked in (f"<{word}>" for word in words)
        for size in _SIZES
        for start in range(len(marked) - size + 1)
    }
    features = np.zeros(BUCKETS, np.float32)
    for group in (of_words, of_signs):
        for feature in group:
            features[zlib.crc32(feature.encode()) % BUCKETS] += len(group) ** -0.5
    return features
