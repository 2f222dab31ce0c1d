"""What a library holds, in a form that two libraries can be compared by."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from index.encoder import StaticEmbedder
from index.library.compute import Workers
from index.library.library import Library
from index.library.search import LibrarySearch

_TIMES = ("added_at", "seen", "own_sha256")
"""Of a manifest: when it was made, when its files were written, and what depends on these."""


def added(home: Path, files: Iterable[Path], workers: Workers) -> dict[str, str]:
    """Add files to a new library; return its sums."""
    library_search = LibrarySearch(Library(home), StaticEmbedder.open())
    for _ in library_search.add_all(files, workers=workers):
        pass
    return sums(home)


def sums(home: Path) -> dict[str, str]:
    """Return the sha256 of all that is stored of articles, the time of adding left out."""
    found = {}
    for part in ("articles", "derived"):
        for file in sorted((home / part).rglob("*")):
            if file.is_file():
                content = file.read_bytes()
                if file.name == "manifest.json":
                    facts = json.loads(content)
                    timeless = {k: facts[k] for k in facts if k not in _TIMES}
                    content = json.dumps(timeless).encode()
                found[file.relative_to(home).as_posix()] = hashlib.sha256(content).hexdigest()
    return found
