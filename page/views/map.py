"""The map of disputes: claims on the left, voices on the right, a line for every objection.

Only geometry, in the units of the drawing; the template draws it as SVG.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.formats.axis import Axis
from page.views.disputes import Contest, Side

WIDTH = 720
CLAIM_WIDTH = 330
VOICE_X = 500
_ROW = 46
_MOST_CLAIMS = 12
_MOST_VOICES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimNode:
    """A claim: a box that leads to its place below."""

    contest: Contest
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceNode:
    """Somebody who takes a position, first in the words of `side`; `radius` tells how often."""

    y: float
    radius: float
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A position: a curve from a voice to a claim, or from a reply to `answered`."""

    path: str
    side: Side
    answered: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeMap:
    """The whole drawing; `left_out` claims had no room."""

    height: float
    claims: tuple[ClaimNode, ...]
    voices: tuple[VoiceNode, ...]
    edges: tuple[Edge, ...]
    relations: tuple[str, ...]
    left_out: int


def dispute_map(contests: Sequence[Contest]) -> DisputeMap:
    """Return the geometry of the map: the most contested claims, in reading order."""
    most = sorted(contests, key=lambda c: (-len(c.against) - len(c.support), c.number))
    shown = sorted(most[:_MOST_CLAIMS], key=lambda contest: contest.number)
    takes = [(contest, side) for contest in shown for side in (*contest.against, *contest.support)]
    said: dict[tuple[str, bool], list[Side]] = {}
    for _, side in takes:
        said.setdefault((side.who, side.is_reader), []).append(side)
    names = list(said)[:_MOST_VOICES]
    height = _ROW * max(len(shown), len(names), 1) + 16
    claim_y = _spread(len(shown), height)
    voice_y = dict(zip(names, _spread(len(names), height), strict=True))
    place = {contest.number: y for contest, y in zip(shown, claim_y, strict=True)}
    return DisputeMap(
        height=height,
        claims=tuple(ClaimNode(contest=contest, y=place[contest.number]) for contest in shown),
        voices=tuple(
            VoiceNode(y=y, radius=min(5 + 1.5 * len(said[name]), 14), side=said[name][0])
            for name, y in voice_y.items()
        ),
        edges=_edges(takes, place, voice_y),
        relations=tuple(dict.fromkeys(side.relation for _, side in takes)),
        left_out=len(contests) - len(shown),
    )


def _edges(
    takes: Sequence[tuple[Contest, Side]],
    place: dict[int, float],
    voice_y: dict[tuple[str, bool], float],
) -> tuple[Edge, ...]:
    """Return a line for every position, and one for each that answers another on the map."""
    of_comment = {s.comment.number: (s.who, s.is_reader) for _, s in takes if s.comment}
    edges = []
    for contest, side in takes:
        who = (side.who, side.is_reader)
        if who not in voice_y:
            continue
        y, claim_y = voice_y[who], place[contest.number]
        middle = (VOICE_X + CLAIM_WIDTH) / 2
        path = f"M{VOICE_X} {y}C{middle} {y} {middle} {claim_y} {CLAIM_WIDTH} {claim_y}"
        edges.append(Edge(path=path, side=side))
        answered = of_comment.get(side.comment.parent or "") if side.comment else None
        if answered is not None and answered != who and answered in voice_y:
            bend, other = VOICE_X - 40, voice_y[answered]
            path = f"M{VOICE_X} {y}C{bend} {y} {bend} {other} {VOICE_X} {other}"
            edges.append(Edge(path=path, side=side, answered=answered[0]))
    return tuple(edges)


def _spread(count: int, height: float) -> list[float]:
    """Return the middles of rows that share the height evenly."""
    rows = Axis(low=0, high=count, start=0, end=height)
    return [round(rows.at(place + 0.5), 1) for place in range(count)]
