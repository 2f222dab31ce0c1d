"""How often the reader is right where it says so: the reliability of its heads as one SVG.

    python -m training.reader_diagram --data FOLDER --states FOLDER --out docs/images/reader.svg

Drawn from the heads as they are shipped, on the pairs that were held out. On those we wrote their
scale was fitted (two numbers each); those of others show what it is worth elsewhere.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import numpy.typing as npt

from index.encoder.model import BUNDLED, EncoderModel, Graph
from index.encoder.reader import FIRST, HEADS, SECOND, file_of
from training.reader_data import Pair, all_pairs
from training.reader_states import States

_SIDE, _LEFT, _TOP, _BINS, _FEWEST = 280, 50, 40, 10, 8
_COLOURS = ("#1a6fb5", "#b5481a", "#3a8f4d", "#8a8f98")
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#222}.grid{stroke:#aab;fill:none}"
    "@media(prefers-color-scheme:dark){text{fill:#e4e6ea}.grid{stroke:#667}}"
)

Numbers = npt.NDArray[np.floating]
Judged = tuple[Numbers, npt.NDArray[np.bool_]]
"""Probabilities and whether they are right, both (pairs,)."""


def main() -> None:
    """Judge what was held out, write the SVG, and print how far off the heads are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets of others")
    parser.add_argument("--states", type=Path, required=True, help="folder to keep states in")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    states = States(options.states, EncoderModel(BUNDLED))
    held_out = [pair for pair in all_pairs(options.data, seed=0) if pair.is_held_out]
    states.learn(held_out)
    found: dict[str, Judged] = {}
    for head in HEADS:
        graph = Graph(file_of(BUNDLED, head))
        for name, is_ours in (("ours", True), ("of others", False)):
            pairs = [
                pair
                for pair in held_out
                if pair.head == head and (pair.source == "written") == is_ours
            ]
            found[f"{head}, {name}"] = _judged(graph, states, pairs)
    options.out.write_text(diagram(found), "utf-8")
    print(json.dumps({name: round(calibration_error(*pairs), 3) for name, pairs in found.items()}))


def _judged(graph: Graph, states: States, pairs: Sequence[Pair]) -> Judged:
    logits = []
    for pair in pairs:
        first, second = states.of(pair)
        given = {FIRST: first[None].astype(np.float32), SECOND: second[None].astype(np.float32)}
        logits.append(float(graph.run(given)[0]))
    return 1 / (1 + np.exp(-np.array(logits))), np.array([pair.label == 1 for pair in pairs])


def diagram(judged: Mapping[str, Judged]) -> str:
    """Return the SVG: across what the reader says, upwards how often it is so.

    A dot is a tenth of the scale with at least eight pairs; a reader that is right as often as it
    says lies on the diagonal.
    """
    parts = [
        _line("grid", [(0, 0), (1, 1)]),
        _line("grid", [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]),
        _text(_LEFT, 20, "How often it is so, by the probability the reader gives"),
        *(_text(_LEFT - 28, _at(0, y)[1] + 4, f"{y:.1f}") for y in (0, 0.5, 1)),
        *(_text(_at(x, 0)[0] - 8, _TOP + _SIDE + 18, f"{x:.1f}") for x in (0, 0.5, 1)),
    ]
    for place, ((name, pairs), colour) in enumerate(zip(judged.items(), _COLOURS, strict=False)):
        points = [(said, found) for said, found, _ in bins(*pairs)]
        parts.append(_line("", points, colour))
        for x, y in (_at(*point) for point in points):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>')
        line = _TOP + 20 + 44 * place
        parts.append(f'<rect x="{_LEFT + _SIDE + 24}" y="{line - 10}" width="10" '
                     f'height="10" fill="{colour}"/>')  # fmt: skip
        parts.append(_text(_LEFT + _SIDE + 42, line, name))
        error = calibration_error(*pairs)
        parts.append(
            _text(_LEFT + _SIDE + 42, line + 18, f"{len(pairs[0]):,} pairs, off by {error:.3f}")
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {_TOP + _SIDE + 34}" '
        f'role="img" width="640">\n<title>Reliability of the reader</title>\n'
        f"<style>{_STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def bins(said: Numbers, so: npt.NDArray[np.bool_]) -> list[tuple[float, float, int]]:
    """Return for each tenth of the scale the mean said, the share found, and how many."""
    tenth = np.minimum((said * _BINS).astype(int), _BINS - 1)
    return [
        (float(said[here].mean()), float(so[here].mean()), int(here.sum()))
        for here in (tenth == number for number in range(_BINS))
        if here.sum() >= _FEWEST
    ]


def calibration_error(said: Numbers, so: npt.NDArray[np.bool_]) -> float:
    """Return how far what is said lies from what is so, on the mean over all pairs.

    >>> calibration_error(np.full(10, 0.8), np.arange(10) < 6).__round__(2)
    0.2
    """
    found = bins(said, so)
    return sum(abs(a - b) * n for a, b, n in found) / max(sum(n for _, _, n in found), 1)


def _at(said: float, so: float) -> tuple[float, float]:
    return _LEFT + _SIDE * said, _TOP + _SIDE * (1 - so)


def _line(kind: str, points: list[tuple[float, float]], colour: str = "") -> str:
    way = " ".join("{:.1f},{:.1f}".format(*_at(*point)) for point in points)
    look = f'stroke="{colour}" fill="none"' if colour else f'class="{kind}"'
    return f'<polyline {look} points="{way}"/>'


def _text(x: float, y: float, words: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}">{escape(words)}</text>'


if __name__ == "__main__":
    main()
