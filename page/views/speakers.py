"""Who said what, gathered by speaker: the article's voices first, then the readers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.statements import Manner, Statement

MANNERS: tuple[Manner, ...] = ("direct", "mixed", "indirect", "comment")
_MOST_READERS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A speaker with all they said; `name` is None where the page names nobody."""

    name: str | None
    role: str
    statements: tuple[Statement, ...]
    manners: tuple[tuple[Manner, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """The speakers of an article and its readers; `not_shown` readers wrote least."""

    speakers: tuple[Voice, ...]
    readers: tuple[Voice, ...]
    not_shown: int
    manners: tuple[tuple[Manner, int], ...]


def voices(statements: Sequence[Statement]) -> Voices:
    """Return the statements gathered by speaker, most statements first, unknown last."""
    readers = _gathered(s for s in statements if s.source == "comment")
    return Voices(
        speakers=_gathered(s for s in statements if s.source == "article"),
        readers=readers[:_MOST_READERS],
        not_shown=max(0, len(readers) - _MOST_READERS),
        manners=_manners(statements),
    )


def _gathered(statements: Iterable[Statement]) -> tuple[Voice, ...]:
    gathered: dict[str | None, list[Statement]] = {}
    for statement in statements:
        name = statement.speaker.name if statement.speaker else None
        gathered.setdefault(name, []).append(statement)
    ordered = sorted(gathered.items(), key=lambda item: (item[0] is None, -len(item[1])))
    return tuple(
        Voice(
            name=name,
            role=next((s.speaker.role for s in said if s.speaker and s.speaker.role), ""),
            statements=tuple(said),
            manners=_manners(said),
        )
        for name, said in ordered
    )


def _manners(statements: Iterable[Statement]) -> tuple[tuple[Manner, int], ...]:
    """Return how many statements there are of each manner that occurs."""
    counts = Counter(statement.manner for statement in statements)
    return tuple((manner, counts[manner]) for manner in MANNERS if counts[manner])
