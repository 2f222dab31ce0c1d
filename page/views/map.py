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
_LONGEST_NAME = 30
_LINE = 48
"""Characters in one line of a claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimNode:
    """A claim: a box of two lines, linked to its place below."""

    number: int
    y: float
    who: str
    lines: tuple[str, ...]
    is_reader: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceNode:
    """Somebody who takes a position; `radius` grows with how often."""

    y: float
    radius: float
    name: str
    is_reader: bool
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A position: a curve from a voice to a claim, or from a reply to whom it answers."""

    path: str
    relation: str
    title: str
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeMap:
    """The whole drawing; `left_out` claims had no room."""

    height: float
    claims: tuple[ClaimNode, ...]
    voices: tuple[VoiceNode, ...]
    edges: tuple[Edge, ...]
    relations: tuple[tuple[str, str], ...]
    left_out: int


def dispute_map(contests: Sequence[Contest]) -> DisputeMap:
    """Return the geometry of the map: the most contested claims, in reading order."""
    most = sorted(contests, key=lambda c: (-len(c.against) - len(c.support), c.number))
    shown = sorted(most[:_MOST_CLAIMS], key=lambda contest: contest.number)
    takes = [(contest, side) for contest in shown for side in (*contest.against, *contest.support)]
    names = list(dict.fromkeys((side.who, side.is_reader) for _, side in takes))[:_MOST_VOICES]
    height = _ROW * max(len(shown), len(names), 1) + 16
    claim_y = _spread(len(shown), height)
    voice_y = dict(zip(names, _spread(len(names), height), strict=True))
    place = {contest.number: y for contest, y in zip(shown, claim_y, strict=True)}
    of_comment = {side.label.split("~")[0]: (side.who, side.is_reader) for _, side in takes}
    edges = []
    for contest, side in takes:
        who = (side.who, side.is_reader)
        if who not in voice_y:
            continue
        title = f"{side.who} – {side.relation_name}"
        start, end = (VOICE_X, voice_y[who]), (CLAIM_WIDTH, place[contest.number])
        edges.append(Edge(path=_curve(start, end), relation=side.relation, title=title, side=side))
        answered = of_comment.get(side.answers_to or "")
        if answered is not None and answered != who and answered in voice_y:
            edges.append(
                Edge(
                    path=_arc(voice_y[who], voice_y[answered]),
                    relation="reply",
                    title=f"{side.who} → {answered[0]}",
                    side=side,
                )
            )
    return DisputeMap(
        height=height,
        claims=tuple(
            ClaimNode(
                number=contest.number,
                y=place[contest.number],
                who=_cut(contest.claim.who, _LONGEST_NAME),
                lines=_lines(contest.claim.text),
                is_reader=contest.claim.is_reader,
            )
            for contest in shown
        ),
        voices=tuple(_voice(name, takes, voice_y[name]) for name in names),
        edges=tuple(edges),
        relations=tuple(dict.fromkeys((s.relation, s.relation_name) for _, s in takes)),
        left_out=len(contests) - len(shown),
    )


def _voice(name: tuple[str, bool], takes: Sequence[tuple[Contest, Side]], y: float) -> VoiceNode:
    own = [side for _, side in takes if (side.who, side.is_reader) == name]
    return VoiceNode(
        y=y,
        radius=min(5 + 1.5 * len(own), 14),
        name=_cut(name[0], _LONGEST_NAME),
        is_reader=name[1],
        side=own[0],
    )


def _spread(count: int, height: float) -> list[float]:
    """Return the middles of rows that share the height evenly."""
    rows = Axis(low=0, high=count, start=0, end=height)
    return [round(rows.at(place + 0.5), 1) for place in range(count)]


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    middle = (start[0] + end[0]) / 2
    return f"M{start[0]} {start[1]}C{middle} {start[1]} {middle} {end[1]} {end[0]} {end[1]}"


def _arc(y: float, other: float) -> str:
    bend = VOICE_X - 40
    return f"M{VOICE_X} {y}C{bend} {y} {bend} {other} {VOICE_X} {other}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _lines(text: str) -> tuple[str, ...]:
    """Return a claim's first words as at most two lines."""
    first, rest = "", " ".join(text[:400].split()).split(" ")
    while rest and len(first) + len(rest[0]) < _LINE:
        first = f"{first} {rest.pop(0)}".strip()
    second = " ".join(rest)
    return tuple(_cut(line, _LINE) for line in (first, second) if line)
