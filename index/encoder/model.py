"""Runs an encoder that is a folder: `model.onnx` and `tokenizer.json`, or the bundled one's
`lower.onnx`, `upper.onnx` and pieces.

The only owner of onnxruntime. A text is encoded by itself: with the 8-bit products of many
models a vector would depend on what else is in the batch, and short texts would pay for long
ones. The bundled encoder is in two parts because the reader stands on the lower one too.
"""

import hashlib
import os
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder import pieces
from index.encoder.embedder import Vectors
from index.errors import EmbedderError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

BUNDLED = Path(__file__).parent / "weights" / "e5"
MODEL, LOWER, UPPER, TOKENIZER = "model.onnx", "lower.onnx", "upper.onnx", "tokenizer.json"
HIDDEN, VECTORS = "hidden_states", "sentence_embedding"
LONGEST = 512
"""Tokens; what comes after is not read."""

_THREADS = "ASSISTANT_THREADS"
"""Whoever starts a process on each core gives each one thread: two would wait for each other."""
_MOST_THREADS = 4
_KEPT, _LONGEST_KEPT = 512, 192
"""Texts whose hidden states are remembered, about 50 kB each, and the tokens they have at most."""


def is_encoder(folder: Path) -> bool:
    """Whether a folder holds an encoder that can be run here."""
    return any(
        (folder / graph).is_file() and (folder / cut_by).is_file()
        for graph, cut_by in ((MODEL, TOKENIZER), (LOWER, pieces.FILE))
    )


class Graph:
    """An ONNX file, read on first need."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _session(self) -> "InferenceSession":
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        given = os.environ.get(_THREADS, "")
        cores = int(given) if given.isdecimal() else os.cpu_count() or 1
        options.intra_op_num_threads = min(cores, _MOST_THREADS)
        options.log_severity_level = 3
        # A spinning pool would burn the processor between two questions.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            return InferenceSession(str(self._path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # its exceptions share no class of their own
            raise EmbedderError(f"cannot read {self._path}: {error}; install it again") from error

    def run(self, given: dict[str, np.ndarray], *, wanted: str | None = None) -> Vectors:
        """Return one output, the first or the one of that name if there is one; no batch.

        Inputs the graph does not know are left out, those it misses are zeros.

        Raises:
            EmbedderError: The file is damaged or does not take these inputs.
        """
        session = self._session
        like = next(iter(given.values()))
        inputs = {
            value.name: given.get(value.name, np.zeros_like(like)) for value in session.get_inputs()
        }
        names = [value.name for value in session.get_outputs()]
        try:
            (result,) = session.run([wanted if wanted in names else names[0]], inputs)
        except Exception as error:  # its exceptions share no class of their own
            raise EmbedderError(f"the model {self._path} failed: {error}") from error
        return np.asarray(result[0], np.float32)


class EncoderModel:
    """An encoder; nothing but the names of its files is read before it is first used."""

    def __init__(self, folder: Path) -> None:
        """Name the folder.

        Raises:
            EmbedderError: A file is missing.
        """
        is_split = (folder / LOWER).is_file()
        parts = (LOWER, UPPER) if is_split else (MODEL,)
        self._cut_by = folder / (pieces.FILE if is_split else TOKENIZER)
        self._files = (*(folder / name for name in parts), self._cut_by)
        for file in self._files:
            if not file.is_file():
                raise EmbedderError(
                    f"{folder} has no {file.name}; give the folder of an ONNX encoder"
                )
        self.folder = folder
        self._parts = tuple(Graph(folder / name) for name in parts)
        self._numbers = lru_cache(maxsize=_KEPT)(self._cut)
        self._remembered = lru_cache(maxsize=_KEPT)(self._read)

    @cached_property
    def _cutter(self) -> pieces.Cutter:
        reads = pieces.Pieces if self._cut_by.name == pieces.FILE else pieces.PiecesOfLibrary
        return reads(self._cut_by)

    @cached_property
    def checksum(self) -> str:
        """The first 16 digits of the sha256 of its files."""
        digest = hashlib.sha256()
        for file in self._files:
            digest.update(file.read_bytes())
        return digest.hexdigest()[:16]

    def pieces(self, text: str) -> list[str]:
        """Return the pieces a text is cut into."""
        return self._cutter.names(text)

    def vector(self, text: str) -> Vectors:
        """Return the vector of a text, of length 1, (dimension,)."""
        return self.vector_of(self.hidden(text))

    def vector_of(self, hidden: Vectors) -> Vectors:
        """Return the vector of a text whose hidden states are known, (dimension,)."""
        rows = hidden
        for part in self._parts[1:]:
            rows = part.run({HIDDEN: rows[None]})
        vector = rows if rows.ndim == 1 else rows.mean(axis=0)
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), np.float32)

    def hidden(self, text: str, *, most_tokens: int = LONGEST, behind: str = "") -> Vectors:
        """Return what the first part makes of a text: a row for each token, (tokens, dimension).

        A longer text is cut, its last token (the mark of the end) kept. What was read is
        remembered: the vector of a text, the kind of a question and its answers are found from
        the same rows. What is read behind another text is not: its rows, without those of the
        other and the mark of the beginning, serve one purpose.
        """
        numbers = self._numbers(text)
        if len(numbers) > most_tokens:
            numbers = (*numbers[: most_tokens - 1], numbers[-1])
        if behind:
            own = numbers[1:]
            return self._read((*self._numbers(behind)[:-1], *own))[-len(own) :]
        if len(numbers) > _LONGEST_KEPT:
            return self._read(numbers)
        return self._remembered(numbers)

    def _cut(self, text: str) -> tuple[int, ...]:
        return tuple(self._cutter.numbers(text))

    def _read(self, numbers: tuple[int, ...]) -> Vectors:
        ids = np.array([numbers], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        return self._parts[0].run(given, wanted=VECTORS)


@cache
def shared_model(folder: Path) -> EncoderModel:
    """Return the encoder of a folder, one for all of a process: it takes 150 MB.

    Raises:
        EmbedderError: A file is missing.
    """
    return EncoderModel(folder)
