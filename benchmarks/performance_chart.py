"""The figures of a run of `benchmarks.speed` as one SVG, readable in light and dark."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

_WIDTH, _LEFT, _RIGHT, _LINE = 760, 250, 90, 22
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #222; }
.title { font-weight: 600; } .small { font-size: 11px; }
.ours { fill: #1a6fb5; } .other { fill: #8a8f98; } .grid { stroke: #d5d8dd; }
.line { stroke: #1a6fb5; fill: none; stroke-width: 2; } .bar { stroke: #b5481a; stroke-width: 1.5; }
@media (prefers-color-scheme: dark) {
  text { fill: #e4e6ea; } .ours { fill: #62b0ee; } .other { fill: #858b96; }
  .grid { stroke: #454a53; } .line { stroke: #62b0ee; } .bar { stroke: #ee9462; }
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beam:
    """One horizontal beam of the upper chart."""

    label: str
    seconds: float
    ours: bool


def chart(parts: Mapping[str, Any]) -> str:
    """Return the SVG: seconds beside stock, then milliseconds of a question by size of page."""
    beams = _beams(parts)
    upper, height = _draw_beams(beams)
    lower, end = _draw_sizes(parts, top=height + 30)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {end}" role="img" '
        f'width="{_WIDTH}" height="{end}">\n<title>Seconds beside stock, and how search grows'
        f"</title>\n<style>{_STYLE}</style>\n{upper}{lower}</svg>\n"
    )


def _beams(parts: Mapping[str, Any]) -> list[Beam]:
    beams: list[Beam] = []

    def add(label: str, ours: float, others: Sequence[tuple[str, float]]) -> None:
        beams.append(Beam(label=label, seconds=ours, ours=True))
        beams.extend(Beam(label=name, seconds=value, ours=False) for name, value in others)

    answer = _figures(parts, "answer").get("seconds", {})
    if answer:
        others = [("stock", answer["stock"])] if "stock" in answer else []
        add("New process to cited answer", answer["ours"],
            [*others, ("import chromadb, numpy", answer["imports"])])  # fmt: skip
    for name, seconds in _figures(parts, "indexing").get("seconds", {}).items():
        add(f"Reading, indexing: {name}", seconds["add"], [("stock", seconds["stock"])])
    thread = _figures(parts, "thread")
    if thread:
        stock = thread["stock"]
        others = [("stock", stock["to_searchable"])] if isinstance(stock, dict) else []
        add("10,000 comments searchable", thread["ours"]["to_searchable"], others)
    return beams


def _draw_beams(beams: Sequence[Beam]) -> tuple[str, int]:
    if not beams:
        return "", 0
    low = 10 ** math.floor(math.log10(min(beam.seconds for beam in beams)))
    high = 10 ** math.ceil(math.log10(max(beam.seconds for beam in beams)))
    room = _WIDTH - _LEFT - _RIGHT

    def across(seconds: float) -> float:
        return _LEFT + room * math.log(seconds / low) / math.log(high / low)

    top, lines = (
        50,
        [_text(10, 22, "Seconds, less is better (each line is ten times more)", "title")],
    )
    bottom = top + _LINE * len(beams)
    mark = low
    while mark <= high * 1.001:
        lines.append(_rule(across(mark), top - 6, across(mark), bottom))
        lines.append(_text(across(mark) + 3, top - 8, f"{mark:g} s", "small"))
        mark *= 10
    for place, beam in enumerate(beams):
        y = top + place * _LINE
        kind = "ours" if beam.ours else "other"
        width = max(across(beam.seconds) - _LEFT, 1)
        lines.append(_text(10 if beam.ours else 30, y + 13, beam.label))
        lines.append(
            f'<rect class="{kind}" x="{_LEFT}" y="{y + 3}" width="{width:.1f}" height="14"/>'
        )
        lines.append(_text(_LEFT + width + 6, y + 14, f"{beam.seconds:.3g} s", "small"))
    return "\n".join(lines) + "\n", bottom


def _draw_sizes(parts: Mapping[str, Any], *, top: int) -> tuple[str, int]:
    sizes = _figures(parts, "search").get("sizes", {})
    if len(sizes) < 2:
        return "", top
    limits = [bar["limit"] for bar in parts["search"]["bars"]]
    passages = [int(size) for size in sizes]
    taken = [values["p50_ms"] for values in sizes.values()]
    low = 10 ** math.floor(math.log10(min(taken)))
    high = 10 ** math.ceil(math.log10(max(*taken, *limits)))
    height, room = 200, _WIDTH - 120 - _RIGHT
    begin = top + 40

    def at(size: float, milliseconds: float) -> tuple[float, float]:
        x = 120 + room * math.log(size / passages[0]) / math.log(passages[-1] / passages[0])
        return x, begin + height * (1 - math.log(milliseconds / low) / math.log(high / low))

    lines = [_text(10, top + 22, "Question to evidence, median milliseconds by passages", "title")]
    mark = low
    while mark <= high * 1.001:
        _, y = at(passages[0], mark)
        lines += [_rule(120, y, 120 + room, y), _text(60, y + 4, f"{mark:g} ms", "small")]
        mark *= 10
    points = [at(size, value) for size, value in zip(passages, taken, strict=True)]
    lines.append(
        f'<polyline class="line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
    )
    for size, value, limit, (x, y) in zip(passages, taken, limits, points, strict=True):
        _, bar = at(size, limit)
        ends = f'x1="{x - 14:.1f}" y1="{bar:.1f}" x2="{x + 14:.1f}" y2="{bar:.1f}"'
        lines += [
            f'<circle class="ours" cx="{x:.1f}" cy="{y:.1f}" r="4"/>',
            f'<line class="bar" {ends}/>',
            _text(x + 8, y + 16, f"{value:.3g} ms", "small"),
            _text(x - 20, begin + height + 18, f"{size:,}", "small"),
        ]
    lines.append(_text(10, begin + height + 40, "Short rules: the bar for each size.", "small"))
    return "\n".join(lines) + "\n", begin + height + 54


def _figures(parts: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = parts.get(name, {}).get("figures", {})
    return found


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{named}>{escape(words)}</text>'


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="grid" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
