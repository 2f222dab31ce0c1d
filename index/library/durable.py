"""Files that are whole or not there at all, whatever happens while they are written.

Everything that must survive a kill goes through `publish` or `replace_file`: written
beside its place, flushed to the disk, then renamed. Nothing here knows what it stores.
"""

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Collection, Mapping
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


def publish(
    target: Path,
    write: Callable[[Path], None],
    *,
    facts: Mapping[str, Any],
    flushed: bool = True,
    unsteady: Collection[str] = (),
) -> None:
    """Make a folder with a manifest of the sha256 of its files as `target`, all or nothing.

    A folder that is already there is replaced: it is first moved aside, so that a reader
    sees the old one, none, or the new one, never a mixture.

    Args:
        target: The folder to make; its parents are made too.
        write: Writes the files into the folder it is given.
        facts: More entries of the manifest, JSON values.
        flushed: Whether it must survive a power cut. What can be made again need not: the
            manifest tells whether it did, and waiting for the disk takes most of the time.
        unsteady: Names of files that change when they are merely opened.

    Raises:
        OSError: The disk refused; `target` is as it was before.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.parent / f"{TEMPORARY}{uuid.uuid4().hex}"
    aside.mkdir()
    try:
        write(aside)
        found = sorted(path for path in aside.rglob("*") if path.is_file())
        steady = {p.relative_to(aside).as_posix(): p for p in found if p.name not in unsteady}
        entries = {
            **facts,
            "sha256": {name: _file_digest(path) for name, path in steady.items()},
            "seen": {name: _seen(path) for name, path in steady.items()},
        }
        manifest = {**entries, "own_sha256": _digest(entries)}
        (aside / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
        if flushed:
            for path in (*aside.rglob("*"), aside):
                flush(path)
        if target.exists():
            retired = target.parent / f"{TEMPORARY}{uuid.uuid4().hex}"
            target.rename(retired)
            aside.rename(target)
            shutil.rmtree(retired, ignore_errors=True)
        else:
            aside.rename(target)
        if flushed:
            flush(target.parent)
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
    flush(folder.parent)
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
        aside.write_bytes(content)
        if flushed:
            flush(aside)
        aside.replace(path)
        if flushed:
            flush(path.parent)
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
