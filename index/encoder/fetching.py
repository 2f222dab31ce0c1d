"""Fetches an embedding model from a hub of models, on the user's word alone, and proves it.

Two files are taken: the network as ONNX, which is data and runs nothing, and its tokenizer. Each
is compared with the hash that the hub names for that revision before it gets its name; what is
there already and has its hash is not fetched again. Only owner of the connection to the hub.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from index.encoder.model import MODEL, TOKENIZER
from index.errors import EmbedderError

HUB = "https://huggingface.co"
_NAME = re.compile(r"[\w.-]+/[\w.-]+")
_FOLDERS = ("onnx/", "")  # where the hub's models keep their ONNX form
_WEIGHTS = "model.onnx_data"  # of a network too large for one file
_PART = ".part"
_READ_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchProgress:
    """How far the download of one file is."""

    status: str
    completed_bytes: int
    total_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file as the hub describes it; its hash is one of git where it is not large."""

    path: str
    size: int | None
    sha256: str | None
    git_hash: str


def fetch(name: str, target: Path, *, hub: str = HUB) -> Iterator[FetchProgress]:
    """Download a model into a folder that `OnnxEmbedder` opens.

    Args:
        name: Owner and model, "intfloat/multilingual-e5-small".
        target: The folder, made if it is missing.
        hub: The address of the hub.

    Raises:
        EmbedderError: There is no such model, it has no ONNX form, the hub cannot be reached, or
            a file is not what the hub says it is.
    """
    if not _NAME.fullmatch(name):
        raise EmbedderError(f"{name!r} names no model of the hub; give OWNER/MODEL")
    timeout = httpx.Timeout(10.0, read=_READ_SECONDS)
    try:
        with httpx.Client(follow_redirects=True, timeout=timeout) as client:
            answer = client.get(f"{hub}/api/models/{name}", params={"blobs": "true"})
            answer.raise_for_status()
            described = answer.json()
            files = _wanted(described, name)
            target.mkdir(parents=True, exist_ok=True)
            for file in files:
                address = f"{hub}/{name}/resolve/{described['sha']}/{file.path}"
                yield from _download(client, address, file, target / Path(file.path).name)
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        raise EmbedderError(f"the hub has no open model {name!r} (it says {status})") from error
    except (httpx.HTTPError, OSError, ValueError, KeyError, TypeError) as error:
        raise EmbedderError(f"cannot fetch {name!r} from {hub}: {error}; try again") from error


def _wanted(described: dict[str, Any], name: str) -> list[_File]:
    """Return the files of the ONNX form, the network last, so that a folder with it is whole."""
    files = {
        entry["rfilename"]: _File(
            path=entry["rfilename"],
            size=entry.get("size"),
            sha256=(entry.get("lfs") or {}).get("sha256"),
            git_hash=entry["blobId"],
        )
        for entry in described["siblings"]
    }
    for folder in _FOLDERS:
        if folder + MODEL in files:
            tokenizer = files.get(folder + TOKENIZER) or files.get(TOKENIZER)
            weights = files.get(folder + _WEIGHTS)
            if tokenizer is not None:
                return [file for file in (tokenizer, weights, files[folder + MODEL]) if file]
    raise EmbedderError(f"{name!r} has no {MODEL} with a {TOKENIZER}; choose a model that has")


def _download(
    client: httpx.Client, address: str, file: _File, target: Path
) -> Iterator[FetchProgress]:
    if target.is_file() and _is_right(target, file):
        return
    part, done = target.with_name(target.name + _PART), 0
    with client.stream("GET", address) as answer, part.open("wb") as written:
        answer.raise_for_status()
        for some in answer.iter_bytes():
            written.write(some)
            done += len(some)
            yield FetchProgress(status=target.name, completed_bytes=done, total_bytes=file.size)
    if not _is_right(part, file):
        part.unlink()
        raise EmbedderError(f"{address} is not what the hub says it is; nothing was kept")
    part.replace(target)


def _is_right(path: Path, file: _File) -> bool:
    """Whether a file has the hash that the hub names."""
    if file.sha256 is not None:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
    content = path.read_bytes()
    # Git names a text by this; what is large and matters has a sha256.
    digest = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
    return digest.hexdigest() == file.git_hash
