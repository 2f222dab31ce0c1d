"""Arrays that belong together in one file, which is read only if it is whole.

For what can be made again: a file that is missing, cut, or not what was written is no fault.
"""

import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from index.library import durable


def save(file: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write arrays by their names.

    Raises:
        OSError: The disk refused; the file is as it was before.
    """
    with durable.taking_place(file, flushed=False) as aside, aside.open("wb") as opened:
        np.savez(opened, **arrays)  # type: ignore[arg-type]  # numpy takes a flag among them


def load(file: Path, names: Iterable[str] | None = None) -> dict[str, np.ndarray] | None:
    """Return some arrays of a file, or all; None where it is missing or not whole.

    Each is compared with its checksum (the CRC-32 of its entry) while it is read.
    """
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
            return {name: kept[name] for name in (names or kept.files)}
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return None
