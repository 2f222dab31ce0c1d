"""The map of disputes: claims on the left, voices on the right, a line for every objection.

Only who stands where, and the lines: in hundredths of the room between the two columns, whose rows
share one height evenly, so that the drawing fits a screen of any width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from page.views.disputes import Contest, Side

_MOST_CLAIMS = 12
_MOST_VOICES = 24
_Who = tuple[str, bool]
_Row = TypeVar("_Row", int, _Who)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapVoice:
    """Somebody who takes positions, first in the words of `side`."""

    side: Side
    positions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A position: a curve from a voice to a claim, or from a reply to `answered`."""

    path: str
    side: Side
    answered: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeMap:
    """The whole drawing; `left_out` claims had no room."""

    claims: tuple[Contest, ...]
    voices: tuple[MapVoice, ...]
    edges: tuple[Edge, ...]
    relations: tuple[str, ...]
    left_out: int


def dispute_map(contests: Sequence[Contest]) -> DisputeMap:
    """Return the map of the most contested claims, in reading order."""
    most = sorted(contests, key=lambda c: (-len(c.against) - len(c.support), c.number))
    shown = sorted(most[:_MOST_CLAIMS], key=lambda contest: contest.number)
    takes = [(contest, side) for contest in shown for side in (*contest.against, *contest.support)]
    said: dict[_Who, list[Side]] = {}
    for _, side in takes:
        said.setdefault((side.who, side.is_reader), []).append(side)
    names = list(said)[:_MOST_VOICES]
    return DisputeMap(
        claims=tuple(shown),
        voices=tuple(MapVoice(side=said[who][0], positions=len(said[who])) for who in names),
        edges=_edges(takes, _middles([contest.number for contest in shown]), _middles(names)),
        relations=tuple(dict.fromkeys(side.relation for _, side in takes)),
        left_out=len(contests) - len(shown),
    )


def _edges(
    takes: Sequence[tuple[Contest, Side]], claim_y: dict[int, float], voice_y: dict[_Who, float]
) -> tuple[Edge, ...]:
    """Return a line for every position, and one for each that answers another on the map."""
    of_comment = {s.comment.number: (s.who, s.is_reader) for _, s in takes if s.comment}
    edges = []
    for contest, side in takes:
        who = (side.who, side.is_reader)
        if who not in voice_y:
            continue
        y, claimed = voice_y[who], claim_y[contest.number]
        edges.append(Edge(path=f"M100 {y}C50 {y} 50 {claimed} 0 {claimed}", side=side))
        answered = of_comment.get(side.comment.parent or "") if side.comment else None
        if answered is not None and answered != who and answered in voice_y:
            other = voice_y[answered]
            path = f"M100 {y}C75 {y} 75 {other} 100 {other}"
            edges.append(Edge(path=path, side=side, answered=answered[0]))
    return tuple(edges)


def _middles(items: Sequence[_Row]) -> dict[_Row, float]:
    """Return the middles of rows that share a height of 100 evenly."""
    return {item: round((at + 0.5) * 100 / len(items), 2) for at, item in enumerate(items)}
