"""The bundled embedder: a table of vectors for pieces of words, added up per text.

No network of neurons and no torch: a text is the sum of the vectors of its words, a word the
sum of its rows in the table (`index.encoder.features`). How long a word's vector is says how
much the word matters; `training.embedding` learned both. The table has 8 bits per number, so
that opening it costs milliseconds.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from index.encoder.embedder import Vectors
from index.encoder.features import FeatureReader, split_words
from index.errors import EmbedderError

BUNDLED = Path(__file__).parent / "weights"
CONFIG, TABLE, TOKENIZER = "config.json", "embedding.safetensors", "tokenizer.json"
FORMAT = 1
WEIGHT_BESIDE_WORDS = 0.3
_AT_ONCE = 64  # words or texts summed together: what fits a processor's cache is five times faster


class StaticEmbedder:
    """Multilingual vectors from the bundled table; questions and passages are read alike."""

    def __init__(
        self,
        *,
        reader: FeatureReader,
        table: npt.NDArray[np.int8],
        scales: Vectors,
        ordinary_length: float,
        name: str,
        fingerprint: str,
        folder: Path,
    ) -> None:
        self._reader = reader
        self._table = table
        self._scales = scales
        self._ordinary_length = ordinary_length
        self._name = name
        self._fingerprint = fingerprint
        self._folder = folder

    def opener(self) -> "Callable[[], StaticEmbedder]":
        """Return what opens the same weights in another process."""
        return partial(_opened, self._folder)

    @classmethod
    def open(cls, folder: Path = BUNDLED) -> "StaticEmbedder":
        """Open the weights in a folder, the bundled ones unless another is named.

        Raises:
            EmbedderError: A file is missing, of another format, or not what the config says.
        """
        try:
            config = json.loads((folder / CONFIG).read_text("utf-8"))
            if config["format"] != FORMAT:
                raise EmbedderError(
                    f"the embedder in {folder} has format {config['format']}, not {FORMAT}; "
                    "install the package again"
                )
            with safe_open(folder / TABLE, framework="numpy") as tensors:
                table, scales = tensors.get_tensor("table"), tensors.get_tensor("scales")
            reader = FeatureReader(
                tokenizer=Tokenizer.from_file(str(folder / TOKENIZER)),
                pieces=config["pieces"],
                buckets=config["buckets"],
                shortest=config["shortest"],
                longest=config["longest"],
            )
            sums = config["sha256"]
            fingerprint = f"static-{sums[TABLE][:8]}-{sums[TOKENIZER][:8]}"
        except EmbedderError:
            raise
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise EmbedderError(
                f"cannot read the bundled embedder in {folder}: {error}; install the package again"
            ) from error
        if table.shape != (reader.pieces + reader.buckets, config["dimension"]):
            raise EmbedderError(
                f"the table in {folder} has shape {table.shape}; install the package again"
            )
        return cls(
            reader=reader,
            table=table,
            scales=scales.astype(np.float32),
            ordinary_length=float(config["ordinary_length"]),
            name=config["name"],
            fingerprint=fingerprint,
            folder=folder,
        )

    @property
    def name(self) -> str:
        """What the user calls it."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """The revision: taken from the checksums of table and tokenizer."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """The number of columns."""
        return int(self._table.shape[1])

    @property
    def weight_beside_words(self) -> float:
        """How much a cosine counts beside 1 for words, where the words were found."""
        return WEIGHT_BESIDE_WORDS

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per question; a text without a word has a row of zeros."""
        return self.encode_documents(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 per passage; a text without a word has a row of zeros."""
        sums = np.zeros((len(texts), self.dimension), np.float32)
        numbers: dict[str, int] = {}
        texts_as_numbers = [
            [numbers.setdefault(word, len(numbers)) for word in split_words(text)] for text in texts
        ]
        vectors = self._word_sums(list(numbers))
        filled = [place for place, words in enumerate(texts_as_numbers) if words]
        for some in _slices(filled):
            lengths = [len(texts_as_numbers[place]) for place in some]
            chosen = [word for place in some for word in texts_as_numbers[place]]
            starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
            sums[some] = np.add.reduceat(vectors[chosen], starts, axis=0)
        return _unit_rows(sums)

    def encode_words(self, words: Sequence[str]) -> Vectors:
        """Return one row of length 1 per word or short name, for finding it in other languages.

        The importance of the word is not part of it: see `word_weights`.
        """
        return self.encode_documents(words)

    def word_weights(self, words: Sequence[str]) -> Vectors:
        """Return how much each word matters for meaning, float32 of shape (words,).

        About 1 for an ordinary word, well below 1 for function words, larger for telling ones;
        0 where there is no word.
        """
        firsts = [next(iter(split_words(word)), "") for word in words]
        lengths = np.linalg.norm(self._word_sums(firsts), axis=1)
        lengths[[not word for word in firsts]] = 0
        return np.asarray(lengths / self._ordinary_length, np.float32)

    def piece_shares(self, words: Sequence[str]) -> list[float]:
        """Return how much of each word its longest piece takes: little of what is no word."""
        return self._reader.piece_shares(words)

    def verify(self) -> None:
        """Compare the files with the checksums recorded when they were made.

        Raises:
            EmbedderError: A file was changed or damaged.
        """
        recorded = json.loads((self._folder / CONFIG).read_text("utf-8"))["sha256"]
        for file, expected in recorded.items():
            found = hashlib.sha256((self._folder / file).read_bytes()).hexdigest()
            if found != expected:
                raise EmbedderError(
                    f"{self._folder / file} is damaged (sha256 {found[:12]}, expected "
                    f"{expected[:12]}); install the package again"
                )

    def _word_sums(self, words: Sequence[str]) -> Vectors:
        """Return the summed rows of each word, not normalised."""
        sums = np.zeros((len(words), self.dimension), np.float32)
        features = self._reader.read(words)
        for some in _slices(range(len(words))):
            starts = features.offsets[some[0] : some[-1] + 2]
            here = slice(starts[0], starts[-1])
            scales = features.weights[here] * self._scales[features.rows[here]]
            rows = self._table[features.rows[here]].astype(np.float32) * scales[:, None]
            sums[some] = np.add.reduceat(rows, starts[:-1] - starts[0], axis=0)
        return sums


def _unit_rows(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit


def _slices(places: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(places), _AT_ONCE):
        yield places[start : start + _AT_ONCE]


@cache
def word_table() -> StaticEmbedder:
    """Return the bundled table, one for all of a process: it takes 15 MB and 50 ms.

    Raises:
        EmbedderError: As `StaticEmbedder.open`.
    """
    return StaticEmbedder.open()


def _opened(folder: Path) -> StaticEmbedder:
    """Open them; a class method would go to a cluster with all it refers to, not by its name."""
    return StaticEmbedder.open(folder)
