"""Which texts hold a term, and how much that says: BM25 as a table of ready sums.

The score of a term in a text is known when the index is built, so that a question costs one
addition per posting (Lù, BM25S, 2024). Ours instead of a library: importing one costs more
than the whole first answer may, and both halves of `index.retrieval.bm25` share these few lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.retrieval.packing import packed, unpacked

Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

_SATURATION = 1.2  # k1 of BM25: how fast a repeated term stops counting
_LENGTH_SHARE = 0.75  # b of BM25: how much a long text is discounted


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrences:
    """How often terms stand in texts: three arrays of one length, any order, pairs may repeat."""

    terms: npt.NDArray[np.signedinteger]
    texts: npt.NDArray[np.signedinteger]
    counts: npt.NDArray[np.signedinteger]


def rarity_of(holders: Numbers, *, size: int) -> Scores:
    """Return what a term says that stands in so many of `size` texts; one in none says most."""
    rarity: Scores = np.log1p((size - holders + 0.5) / (holders + 0.5)).astype(np.float32)
    return rarity


class Postings:
    """For each term the texts that hold it, each with its part of the BM25 score."""

    def __init__(
        self,
        *,
        numbers: dict[str, int],
        starts: Numbers,
        texts: npt.NDArray[np.int32],
        parts: Scores,
        rarity: Scores,
        size: int,
    ) -> None:
        self._numbers = numbers
        self._starts = starts
        self._texts = texts
        self._parts = parts
        self._rarity = rarity
        self._size = size

    @classmethod
    def build(
        cls, numbers: dict[str, int], parts: Iterable[Occurrences], *, size: int
    ) -> "Postings":
        """Sum up the occurrences of `len(numbers)` terms in `size` texts.

        Summing up needs ten times the memory of what comes out, so that a large index is made
        from parts.

        Args:
            numbers: The number of each term, 0, 1, ... without a gap.
            parts: Where they stand; each part holds later texts than the one before it.
            size: The number of texts, those without a term included.
        """
        summed = [_summed(found, size=size) for found in parts]
        holders = np.zeros(len(numbers), np.int64)
        lengths = np.zeros(size)
        for part in summed:
            holders += np.bincount(part.terms, minlength=len(numbers))
            lengths += np.bincount(part.texts, part.counts, minlength=size)
        relative = lengths / max(lengths.mean(), 1e-9) if size else lengths
        rarity = rarity_of(holders, size=size)
        starts = np.concatenate(([0], np.cumsum(holders)))
        texts = np.zeros(int(starts[-1]), np.int32)
        scores = np.zeros(int(starts[-1]), np.float32)
        following = starts[:-1].copy()
        for number, part in enumerate(summed):
            terms = part.terms
            discount = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * relative[part.texts])
            part_scores = rarity[terms] * (
                part.counts * (_SATURATION + 1) / (part.counts + discount)
            )
            # subtle: a part is sorted by term, so its texts of a term follow each other.
            held = np.bincount(terms, minlength=len(numbers))
            places = np.arange(len(terms)) + (following - (np.cumsum(held) - held))[terms]
            texts[places] = part.texts
            scores[places] = part_scores
            following += held
            summed[number] = _NOTHING
        return cls(
            numbers=numbers, starts=starts, texts=texts, parts=scores, rarity=rarity, size=size
        )

    def __len__(self) -> int:
        """The number of texts."""
        return self._size

    def holders(self, terms: Sequence[str]) -> Numbers:
        """Return in how many texts each term stands, int64 of shape (terms,)."""
        numbers = [self._numbers.get(term) for term in terms]
        counts = [0 if n is None else self._starts[n + 1] - self._starts[n] for n in numbers]
        return np.array(counts, np.int64)

    def scores(self, terms: Sequence[str], rarity: Scores) -> Scores:
        """Return the BM25 score of every text, 0 where no term stands, float32 (texts,).

        Args:
            terms: Of the question, none twice.
            rarity: Of each term, as `rarity_of` says; of these texts, or of more than these.
        """
        texts, parts = [], []
        for term, weight in zip(terms, rarity, strict=True):
            number = self._numbers.get(term)
            if number is not None:
                place = slice(self._starts[number], self._starts[number + 1])
                texts.append(self._texts[place])
                own = self._rarity[number]
                parts.append(
                    self._parts[place] if weight == own else self._parts[place] * (weight / own)
                )
        if not texts:
            return np.zeros(self._size, np.float32)
        return np.bincount(
            np.concatenate(texts), np.concatenate(parts), minlength=self._size
        ).astype(np.float32)

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        """Return what `from_arrays` makes it of again, under names that begin with this one."""
        return {
            f"{name}.terms": packed(list(self._numbers)),
            f"{name}.starts": self._starts,
            f"{name}.texts": self._texts,
            f"{name}.parts": self._parts,
            f"{name}.rarity": self._rarity,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray], name: str, *, size: int) -> "Postings":
        """Return what `arrays` was called on."""
        terms = unpacked(arrays[f"{name}.terms"])
        return cls(
            numbers={term: number for number, term in enumerate(terms)},
            starts=arrays[f"{name}.starts"],
            texts=arrays[f"{name}.texts"],
            parts=arrays[f"{name}.parts"],
            rarity=arrays[f"{name}.rarity"],
            size=size,
        )


_NOTHING = Occurrences(
    terms=np.zeros(0, np.int32), texts=np.zeros(0, np.int32), counts=np.zeros(0, np.int32)
)


def _summed(found: Occurrences, *, size: int) -> Occurrences:
    """Return each pair of term and text once, by term and then by text, in small numbers."""
    keys = found.terms.astype(np.int64) * size + found.texts
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], found.counts[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    keys = keys[firsts]
    counts = np.add.reduceat(counts, firsts) if len(firsts) else counts
    terms, texts = np.divmod(keys, max(size, 1))
    return Occurrences(
        terms=terms.astype(np.int32), texts=texts.astype(np.int32), counts=counts.astype(np.int32)
    )
