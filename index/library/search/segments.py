"""The folders of an index over many articles: made aside, put in place whole, never changed.

Newly added articles become a segment of their own; small segments are made anew together with
them, so that their number grows with the logarithm of the library (O'Neil et al., The
Log-Structured Merge-Tree, 1996). Readers need no lock, and a kill leaves at most a segment too
many, which the next writer removes. Only the holder of the library's lock writes.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from index.library import durable

_FORMAT = 3
_GROWTH = 4
_LARGEST = 200_000
"""Passages; a segment of that size is not made anew to take in more."""
_WASTE = 0.25
"""Share of a segment's passages that may belong to versions no longer in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One version of an article in a segment, with the number of its passages."""

    article: str
    version: str
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A published folder and the articles it holds."""

    folder: Path
    members: tuple[Member, ...]

    @property
    def passages(self) -> int:
        """The number of passages, those of older versions included."""
        return sum(member.passages for member in self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to write anew, and which segments stay beside it: all others are superfluous."""

    members: tuple[Member, ...]
    kept: tuple[Segment, ...]


def published(folder: Path) -> tuple[Segment, ...]:
    """Return the segments in a folder whose manifests can be read."""
    return tuple(segment for path in paths(folder) if (segment := _read(path)) is not None)


def is_whole(segment: Segment) -> bool:
    """Whether every file is as it was published; one that only looks touched is compared."""
    return durable.is_whole(segment.folder, trusting=True)


def plan(present: Iterable[Segment], wanted: Iterable[Member]) -> Plan:
    """Return what brings the segments in step with the articles in force.

    Args:
        present: The whole segments.
        wanted: Each article in its version in force.
    """
    missing = {member.article: member for member in wanted}
    kept: list[tuple[Segment, tuple[Member, ...]]] = []
    members: list[Member] = []
    for segment in sorted(present, key=lambda one: -one.passages):
        live = tuple(m for m in segment.members if missing.get(m.article) == m)
        for member in live:
            del missing[member.article]
        if live and _passages(live) >= (1 - _WASTE) * segment.passages:
            kept.append((segment, live))
        else:
            members += live
    members += missing.values()
    while members and kept:
        segment, live = kept[-1]
        together = _passages(members) + segment.passages
        if segment.passages >= _GROWTH * _passages(members) or together > _LARGEST:
            break
        members += live
        kept.pop()
    return Plan(
        members=tuple(sorted(members, key=lambda member: member.article)),
        kept=tuple(segment for segment, _ in kept),
    )


def portions(members: Sequence[Member]) -> Iterator[tuple[Member, ...]]:
    """Yield the members in portions, each for one segment of a size that can still be handled."""
    portion: list[Member] = []
    for member in members:
        if portion and _passages(portion) + member.passages > _LARGEST:
            yield tuple(portion)
            portion = []
        portion.append(member)
    if portion:
        yield tuple(portion)


@contextmanager
def publishing(
    folder: Path, members: Iterable[Member], *, unsteady: Sequence[str] = ()
) -> Iterator[Path]:
    """Let a segment be made aside that is put in place when all of it is on the disk.

    Args:
        folder: Of the index; the segment gets a name of its own in it.
        members: What it holds.
        unsteady: Names of files that change when they are merely opened.

    Yields:
        Where to write the files.

    Raises:
        OSError: The disk refused; nothing was put in place.
    """
    facts = {"format": _FORMAT, "members": [asdict(member) for member in members]}
    target = folder / uuid.uuid4().hex
    with durable.publishing(target, facts=facts, unsteady=unsteady) as place:
        yield place


def retire(path: Path) -> None:
    """Remove the folder of a segment: out of sight at once, then from the disk."""
    with suppress(OSError):
        durable.discard(path)


def forget(folder: Path, article: str) -> None:
    """Remove every segment of an index that holds an article in whichever version."""
    for path in paths(folder):
        segment = _read(path)
        if segment is None or any(member.article == article for member in segment.members):
            retire(path)


def paths(folder: Path) -> list[Path]:
    """Return the folders of all segments, damaged ones included."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_dir() and not path.name.startswith(durable.TEMPORARY)
    )


def _read(folder: Path) -> Segment | None:
    try:
        manifest = durable.read_manifest(folder)
        if manifest["format"] != _FORMAT:
            return None
        members = tuple(Member(**entry) for entry in manifest["members"])
    except (OSError, durable.DamagedFolderError, KeyError, TypeError):
        return None
    return Segment(folder=folder, members=members)


def _passages(members: Sequence[Member]) -> int:
    return sum(member.passages for member in members)
