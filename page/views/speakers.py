"""Who said what, gathered by speaker: the article's voices first, then the readers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.locale.page import Words
from index.statements import Manner, Statement

MANNERS: tuple[Manner, ...] = ("direct", "mixed", "indirect", "comment")
_MOST_READERS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The part of a bar that one manner takes: offset and width in percent of the longest."""

    manner: str
    count: int
    offset: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One statement: its words, and where they stand."""

    manner: str
    manner_name: str
    text: str
    start: int
    end: int
    label: str
    cue: str
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A speaker with all they said."""

    name: str
    role: str
    is_unknown: bool
    count: int
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """The speakers of an article and its readers; `not_shown` readers wrote least."""

    speakers: tuple[Voice, ...]
    readers: tuple[Voice, ...]
    not_shown: int
    manners: tuple[tuple[str, str, int], ...]


def voices(statements: Sequence[Statement], words: Words) -> Voices:
    """Return the statements gathered by speaker, most statements first, unknown last."""
    speakers = _gathered((s for s in statements if s.source == "article"), words, "unknown")
    readers = _gathered((s for s in statements if s.source == "comment"), words, "anonymous")
    counts = Counter(statement.manner for statement in statements)
    return Voices(
        speakers=speakers,
        readers=readers[:_MOST_READERS],
        not_shown=max(0, len(readers) - _MOST_READERS),
        manners=tuple(
            (manner, words(f"manner_{manner}"), counts[manner])
            for manner in MANNERS
            if counts[manner]
        ),
    )


def _gathered(statements: Iterable[Statement], words: Words, nobody: str) -> tuple[Voice, ...]:
    gathered: dict[str | None, list[Statement]] = {}
    for statement in statements:
        name = statement.speaker.name if statement.speaker else None
        gathered.setdefault(name, []).append(statement)
    most = max(map(len, gathered.values()), default=1)
    ordered = sorted(gathered.items(), key=lambda item: (item[0] is None, -len(item[1])))
    return tuple(_voice(name, said, most, words, nobody) for name, said in ordered)


def _voice(
    name: str | None, said: Sequence[Statement], most: int, words: Words, nobody: str
) -> Voice:
    roles = (s.speaker.role for s in said if s.speaker is not None and s.speaker.role)
    return Voice(
        name=name or words(nobody),
        role=next(roles, ""),
        is_unknown=name is None,
        count=len(said),
        bars=_bars(said, most),
        lines=tuple(
            Line(
                manner=statement.manner,
                manner_name=words(f"manner_{statement.manner}"),
                text=statement.text,
                start=statement.start,
                end=statement.end,
                label=statement.passage,
                cue=statement.cue or "",
                via=", ".join(statement.via),
            )
            for statement in said
        ),
    )


def _bars(said: Sequence[Statement], most: int) -> tuple[Bar, ...]:
    bars, offset = [], 0.0
    counts = Counter(statement.manner for statement in said)
    for manner in MANNERS:
        width = 100 * counts[manner] / most
        if width:
            bars.append(
                Bar(
                    manner=manner,
                    count=counts[manner],
                    offset=round(offset, 2),
                    width=round(width, 2),
                )
            )
            offset += width
    return tuple(bars)
