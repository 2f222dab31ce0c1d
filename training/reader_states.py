"""The lower layers' hidden states of all texts the reader learns from, made once and kept.

They are frozen, so each text goes through them once and not once in every pair of every epoch:
a question and a sentence are read apart up to there, and together from there on.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder.model import EncoderModel
from index.encoder.reading import FIRST_TOKENS, SECOND_TOKENS, first_text, second_text
from training.reader_data import Pair

_SAVED_EVERY = 4_000
_BEHIND = "\x1f"  # parts a text from what it stands behind


class States:
    """Hidden states by text, float16 rows of shape (tokens, dimension)."""

    def __init__(self, folder: Path, encoder: EncoderModel) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / f"states-{encoder.checksum}.npz"
        self._encoder = encoder
        self._rows: dict[str, npt.NDArray[np.float16]] = {}
        if self._file.exists():
            with np.load(self._file) as stored:
                texts, lengths, rows = stored["texts"], stored["lengths"], stored["rows"]
            parts = np.split(rows, np.cumsum(lengths)[:-1])
            self._rows = dict(zip(map(str, texts), parts, strict=True))

    def learn(self, pairs: Iterable[Pair]) -> None:
        """Read all texts of some pairs that are not known yet."""
        pairs = list(pairs)
        wanted = {_first(pair): FIRST_TOKENS for pair in pairs}
        wanted |= {_second(pair): SECOND_TOKENS for pair in pairs}
        new = [text for text in wanted if text not in self._rows]
        for place, text in enumerate(new, start=1):
            own, behind = text.split(_BEHIND)
            rows = self._encoder.hidden(own, most_tokens=wanted[text], behind=behind)
            self._rows[text] = rows.astype(np.float16)
            if place % _SAVED_EVERY == 0:
                print(f"{place} of {len(new)} texts read", flush=True)
        if new:
            self._save()

    def of(self, pair: Pair) -> tuple[npt.NDArray[np.float16], npt.NDArray[np.float16]]:
        """Return the states of both texts of a pair."""
        return self._rows[_first(pair)], self._rows[_second(pair)]

    def _save(self) -> None:
        parts = list(self._rows.values())
        np.savez(
            self._file,
            texts=np.array(list(self._rows)),
            lengths=np.array([len(part) for part in parts]),
            rows=np.concatenate(parts),
        )


def _first(pair: Pair) -> str:
    return f"{first_text(pair.first)}{_BEHIND}"


def _second(pair: Pair) -> str:
    return _BEHIND.join(second_text(pair.second, pair.behind))
