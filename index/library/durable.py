"""Files that are whole or not there at all, whatever happens while they are written.

Everything that must survive a kill goes through `publish_folder` or `replace_file`: written
beside its place, flushed to the disk, then renamed. Nothing here knows what it stores.
"""

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
TEMPORARY = ".tmp-"
"""How the name of everything begins that is not in place yet."""


class DamagedFolderError(Exception):
    """A published folder does not match its manifest; `.file` names the first such file."""

    def __init__(self, folder: Path, file: str) -> None:
        super().__init__(f"{folder / file} is missing or does not match {MANIFEST}")
        self.file = file


def publish_folder(
    target: Path, files: Mapping[str, bytes], *, facts: Mapping[str, Any], flushed: bool = True
) -> None:
    """Write the files and a manifest of their sha256 as the folder `target`, all or nothing.

    A folder that is already there is replaced: it is first moved aside, so that a reader
    sees the old one, none, or the new one, never a mixture.

    Args:
        target: The folder to make; its parents are made too.
        files: Name to content; names have no folders.
        facts: More entries of the manifest, JSON values.
        flushed: Whether it must survive a power cut. What can be made again need not: the
            manifest tells whether it did, and waiting for the disk takes most of the time.

    Raises:
        OSError: The disk refused; `target` is as it was before.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.parent / f"{TEMPORARY}{uuid.uuid4().hex}"
    aside.mkdir()
    try:
        sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        for name, content in files.items():
            _write(aside / name, content, flushed=flushed)
        entries = {**facts, "sha256": sums}
        manifest = {**entries, "own_sha256": _digest(entries)}
        written = json.dumps(manifest, ensure_ascii=False, indent=1)
        _write(aside / MANIFEST, written.encode(), flushed=flushed)
        if flushed:
            flush_folder(aside)
        if target.exists():
            retired = target.parent / f"{TEMPORARY}{uuid.uuid4().hex}"
            target.rename(retired)
            aside.rename(target)
            shutil.rmtree(retired, ignore_errors=True)
        else:
            aside.rename(target)
        if flushed:
            flush_folder(target.parent)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def discard_folder(folder: Path) -> None:
    """Take a folder away, all or nothing: a kill in between leaves only leftovers to sweep.

    Raises:
        OSError: The disk refused; the folder is as it was before.
    """
    retired = folder.parent / f"{TEMPORARY}{uuid.uuid4().hex}"
    folder.rename(retired)
    flush_folder(folder.parent)
    shutil.rmtree(retired, ignore_errors=True)


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
    raise DamagedFolderError(folder, MANIFEST)


def _digest(entries: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()


def read_checked(folder: Path, name: str, *, manifest: Mapping[str, Any]) -> bytes:
    """Return a file of a published folder after comparing it with the manifest.

    Raises:
        DamagedFolderError: It is missing or is not what was published.
    """
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise DamagedFolderError(folder, name) from error
    if hashlib.sha256(content).hexdigest() != manifest["sha256"].get(name):
        raise DamagedFolderError(folder, name)
    return content


def replace_file(path: Path, content: bytes, *, flushed: bool = True) -> None:
    """Write a file so that a reader sees the old content or the new, never a part.

    Args:
        path: The file.
        content: All of it.
        flushed: Whether it must survive a power cut, after which it may be empty otherwise.

    Raises:
        OSError: The disk refused; the old content is still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.parent / f"{TEMPORARY}{uuid.uuid4().hex}"
    try:
        _write(aside, content, flushed=flushed)
        aside.replace(path)
        if flushed:
            flush_folder(path.parent)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Remove what a killed writer left below a folder; only the holder of the lock may."""
    for leftover in folder.rglob(f"{TEMPORARY}*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    flush_file(folder)


def flush_file(path: Path) -> None:
    """Make what was written to a file survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(path: Path, content: bytes, *, flushed: bool) -> None:
    with path.open("xb") as file:
        file.write(content)
        if flushed:
            file.flush()
            os.fsync(file.fileno())
