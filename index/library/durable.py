"""Files that are whole or not there at all, whatever happens while they are written.

Everything that must survive a kill goes through `taking_place`: made beside its place,
flushed to the disk, then renamed. Nothing here knows what it stores.
"""

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
TEMPORARY = ".tmp-"
"""How the name of everything begins that is not in place yet."""


class DamagedFolderError(Exception):
    """A published folder does not match its manifest; says which file."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} is missing or does not match {MANIFEST}")


@contextmanager
def taking_place(target: Path, *, flushed: bool = True) -> Iterator[Path]:
    """Let a file or a folder be made aside that takes the place of another, all or nothing.

    A reader sees the old file or the new one; of a folder the old one, none, or the new one.

    Args:
        target: The place to take; its parents are made.
        flushed: Whether it must survive a power cut, after which it may be empty otherwise;
            what is in a folder is flushed by whoever makes it.

    Yields:
        Where to make it.

    Raises:
        OSError: The disk refused; nothing is left of what was made.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.parent / f"{TEMPORARY}{uuid.uuid4().hex}"
    try:
        yield aside
        if flushed:
            flush(aside)
        if aside.is_dir() and target.is_dir():
            discard(target)
        aside.replace(target)
        if flushed:
            flush(target.parent)
    except BaseException:
        _remove(aside)
        raise


@contextmanager
def publishing(
    target: Path, *, facts: Mapping[str, Any], unsteady: Collection[str] = ()
) -> Iterator[Path]:
    """Let a folder be filled that gets a manifest of the sha256 of its files, all or nothing.

    Args:
        target: The folder to make, or to make anew.
        facts: More entries of the manifest, JSON values.
        unsteady: Names of files that change when they are merely opened.

    Yields:
        Where to write the files.

    Raises:
        OSError: The disk refused.
    """
    with taking_place(target) as aside:
        aside.mkdir()
        yield aside
        found = sorted(path for path in aside.rglob("*") if path.is_file())
        steady = {p.relative_to(aside).as_posix(): p for p in found if p.name not in unsteady}
        entries = {
            **facts,
            "sha256": {name: _file_digest(path) for name, path in steady.items()},
            "seen": {name: _seen(path) for name, path in steady.items()},
        }
        manifest = {**entries, "own_sha256": _digest(entries)}
        (aside / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
        for path in aside.rglob("*"):
            flush(path)


def replace_file(path: Path, content: bytes, *, flushed: bool = True) -> None:
    """Write a file so that a reader sees the old content or the new, as `taking_place` says."""
    with taking_place(path, flushed=flushed) as aside:
        aside.write_bytes(content)


def discard(folder: Path) -> None:
    """Take a folder away, all or nothing: a kill in between leaves only leftovers to sweep.

    Raises:
        OSError: The disk refused; the folder is as it was before.
    """
    retired = folder.parent / f"{TEMPORARY}{uuid.uuid4().hex}"
    folder.rename(retired)
    flush(folder.parent)
    _remove(retired)


def sweep(folder: Path) -> None:
    """Remove what a killed writer left below a folder; only the holder of the lock may."""
    for leftover in folder.rglob(f"{TEMPORARY}*"):
        _remove(leftover)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a published folder.

    Raises:
        FileNotFoundError: Nothing was published there.
        DamagedFolderError: The manifest cannot be read.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        if isinstance(manifest, dict) and isinstance(manifest.get("sha256"), dict):
            own = manifest.pop("own_sha256", None)
            # Folders of the first versions have none.
            if own is None or own == _digest(manifest):
                return manifest
    except (ValueError, UnicodeDecodeError):
        pass
    raise DamagedFolderError(folder / MANIFEST)


def _digest(entries: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()


def read_checked(folder: Path, name: str) -> bytes:
    """Return a file of a published folder after comparing it with the manifest.

    Raises:
        FileNotFoundError: Nothing was published there.
        DamagedFolderError: It is missing or is not what was published.
    """
    digest = read_manifest(folder)["sha256"].get(name)
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise DamagedFolderError(folder / name) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise DamagedFolderError(folder / name)
    return content


def is_whole(folder: Path, *, trusting: bool = False) -> bool:
    """Whether every file of a folder is as it was published.

    Args:
        folder: It.
        trusting: Whether a file that was not touched since is not compared.
    """
    try:
        manifest = read_manifest(folder)
        return all(
            (trusting and manifest["seen"].get(name) == _seen(folder / name))
            or _file_digest(folder / name) == digest
            for name, digest in manifest["sha256"].items()
        )
    except (OSError, DamagedFolderError, KeyError):
        return False


def _remove(leftover: Path) -> None:
    if leftover.is_dir():
        shutil.rmtree(leftover, ignore_errors=True)
    else:
        leftover.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Make what was written to a file, or the names in a folder, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _seen(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]
