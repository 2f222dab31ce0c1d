"""The points of an answer: the schema a model fills, and each point as soon as it is whole."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from index.article import Passage

MOST_POINTS, MOST_POINTS_OF_A_WHOLE = 3, 5
"""For a question that one passage can answer, and for one that only the whole page does: what a
small model fills into them stays below the greatest length of a reply."""
_LONGEST_QUOTE, _LONGEST_GIST = 300, 250
_POINTS = re.compile(r'"points"\s*:\s*\[')
_VERDICT = re.compile(r'"verdict"\s*:\s*"(\w+)"')
_DECODER = json.JSONDecoder()

VERDICTS = ("answered", "contested", "partly", "not_in_article")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point as the model filled it in; nothing of it is checked yet."""

    label: str
    quote: str
    gist: str


def schema(passages: Sequence[Passage], *, most_points: int) -> dict[str, Any]:
    """Return the JSON schema of an answer from these passages.

    Who says it is not asked: it is taken from the statements.
    """
    point: dict[str, dict[str, Any]] = {
        "label": {"type": "string", "enum": [passage.label for passage in passages]},
        "quote": {"type": "string", "maxLength": _LONGEST_QUOTE},
        "gist": {"type": "string", "maxLength": _LONGEST_GIST},
    }
    return _object(
        points={"type": "array", "maxItems": most_points, "items": _object(**point)},
        verdict={"type": "string", "enum": list(VERDICTS)},
    )


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


@dataclass(slots=True)
class PointStream:
    """Reads the points of a reply while it arrives in pieces.

    >>> stream = PointStream()
    >>> stream.feed('{"points": [{"label": "A1", "quote": "It burned", "gi')
    []
    >>> stream.feed('st": "It burned."}], "verdict": "answered"}')
    [Point(label='A1', quote='It burned', gist='It burned.')]
    >>> stream.verdict
    'answered'
    """

    text: str = ""
    count: int = 0
    _position: int | None = field(default=None)

    def feed(self, piece: str) -> list[Point]:
        """Return the points that the next piece makes whole."""
        self.text += piece
        if self._position is None:
            opening = _POINTS.search(self.text)
            if opening is None:
                return []
            self._position = opening.end()
        found = []
        while (begin := self._next_object()) is not None:
            try:
                entry, self._position = _DECODER.raw_decode(self.text, begin)
            except json.JSONDecodeError:
                break
            point = _point(entry)
            if point is not None:
                self.count += 1
                found.append(point)
        return found

    def _next_object(self) -> int | None:
        """Return where the next point begins, None where there is none, or not yet."""
        rest = self.text[self._position :]
        bare = rest.lstrip(" \t\r\n,")
        return len(self.text) - len(bare) if bare.startswith("{") else None

    @property
    def is_filled(self) -> bool:
        """Whether the reply has the form that was asked for, with or without points."""
        return self._position is not None

    @property
    def verdict(self) -> str | None:
        """What the reply says of itself, None where it says nothing that we know."""
        found = _VERDICT.search(self.text)
        return found[1] if found and found[1] in VERDICTS else None


def _point(entry: Any) -> Point | None:
    if not isinstance(entry, dict):
        return None
    values = [entry.get(name) for name in ("label", "quote", "gist")]
    label, quote, gist = (value if isinstance(value, str) else "" for value in values)
    return Point(label=label, quote=quote, gist=" ".join(gist.split())) if quote or gist else None
