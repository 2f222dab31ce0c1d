"""Cuts a text into the pieces an encoder has numbers for.

Those of the bundled encoder are cut here, as the library `tokenizers` would cut them: it needs
0.3 s of processor to build its tree of all 78,000 pieces, and the first question waits for it.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from safetensors import SafetensorError, safe_open

from index.errors import EmbedderError

FILE = "pieces.safetensors"
SPACE = "▁"
MARKS = "<s>", "<pad>", "</s>", "<unk>"
"""Of beginning, of nothing, of the end, of what has no piece."""

_UNKNOWN_BELOW = 10.0
"""How much less probable a sign without a piece is than the rarest piece."""
_KEPT_WORDS = 20_000
_DROPPED = dict.fromkeys((*range(1, 9), 11, *range(14, 32), 127, 143, 159))
_SPACES = dict.fromkeys(
    (9, 10, 12, 13, 0x1680, *range(0x200B, 0x2010), 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD), " "
)
_CLEANED = _DROPPED | _SPACES
_WORD = re.compile(f"{SPACE}[^{SPACE}]*")


class Cutter(Protocol):
    """Cuts texts into pieces, a mark before and after them."""

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces."""
        ...

    def names(self, text: str) -> list[str]:
        """Return the pieces themselves."""
        ...


class PiecesOfLibrary:
    """Pieces as the `tokenizer.json` of a model cuts them."""

    def __init__(self, path: Path) -> None:
        """Read it.

        Raises:
            EmbedderError: The file is damaged.
        """
        from tokenizers import Tokenizer

        try:
            self._tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises nothing narrower
            raise EmbedderError(f"cannot read {path}: {error}; install it again") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces."""
        return list(self._tokenizer.encode(text).ids)

    def names(self, text: str) -> list[str]:
        """Return the pieces themselves."""
        return list(self._tokenizer.encode(text).tokens)


class Pieces:
    """Pieces with their log probabilities: a word is cut the most probable way (Kudo 2018)."""

    def __init__(self, path: Path) -> None:
        """Read them.

        Raises:
            EmbedderError: The file is missing or damaged.
        """
        try:
            with safe_open(path, framework="numpy") as stored:
                names = stored.get_tensor("names").tobytes().decode("utf-8").split("\n")
                scores = stored.get_tensor("scores").tolist()
        except (OSError, SafetensorError, UnicodeDecodeError) as error:
            raise EmbedderError(f"cannot read {path}: {error}; install it again") from error
        self._names = names
        self._scores: list[float] = scores
        self._number_of = dict(zip(names, range(len(names)), strict=True))
        # Marks are no words: written in a text, they are cut like any other.
        self._begin, _, self._end, self._unknown = map(self._number_of.pop, MARKS)
        self._longest = max(map(len, names))
        self._unknown_score = min(scores) - _UNKNOWN_BELOW
        self._of_word = lru_cache(maxsize=_KEPT_WORDS)(self._cut)

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces."""
        cleaned = unicodedata.normalize("NFKC", text.translate(_CLEANED))
        marked = re.sub(" {2,}", " ", cleaned).replace(" ", SPACE)
        if marked and not marked.startswith(SPACE):
            marked = SPACE + marked
        words = [number for word in _WORD.findall(marked) for number in self._of_word(word)]
        return [self._begin, *words, self._end]

    def names(self, text: str) -> list[str]:
        """Return the pieces themselves."""
        return [self._names[number] for number in self.numbers(text)]

    def _cut(self, word: str) -> tuple[int, ...]:
        """Return the pieces of a word whose probabilities have the largest product.

        Signs without a piece that follow each other are one unknown piece.
        """
        size = len(word)
        best: list[float | None] = [0.0] + [None] * size
        came: list[tuple[int, int]] = [(0, self._unknown)] * (size + 1)
        for start in range(size):
            so_far = best[start]
            if so_far is None:
                continue
            for end in range(start + 1, min(size, start + self._longest) + 1):
                number = self._number_of.get(word[start:end])
                if number is not None:
                    score = so_far + self._scores[number]
                elif end == start + 1:
                    number, score = self._unknown, so_far + self._unknown_score
                else:
                    continue
                if (known := best[end]) is None or score > known:
                    best[end], came[end] = score, (start, number)
        numbers: list[int] = []
        place = size
        while place > 0:
            place, number = came[place]
            if number != self._unknown or numbers[-1:] != [number]:
                numbers.append(number)
        return tuple(reversed(numbers))


def write(path: Path, names: Sequence[str], scores: Sequence[float]) -> None:
    """Write pieces in the order of their numbers."""
    from safetensors.numpy import save_file

    text = np.frombuffer("\n".join(names).encode("utf-8"), np.uint8)
    save_file({"names": text, "scores": np.array(scores, np.float32)}, path)
