"""Whole processes beside each other: starting, answering, reading and indexing.

Sides run in turn, A B C A B C, so that a busy moment of the machine meets all of them.
"""

import tempfile
from pathlib import Path

from benchmarks.speed_measure import (
    ROOT,
    Bar,
    Options,
    Part,
    median,
    python,
    seconds_of,
    why_no_stock,
)

_SAMPLE = ROOT / "samples" / "port-de-valmer.fr.txt"
_QUESTION = "Quelles affirmations sont contestées ?"


def start(options: Options) -> Part:
    """Measure how long the package takes to load and to say how it is used."""
    sides = {
        "python": python("-c", "pass"),
        "import assistant": python("-c", "import assistant"),
        "assistant --help": python("-m", "assistant", "--help"),
    }
    seconds = _in_turn(sides, runs=options.runs)
    bars = (
        Bar(what="import assistant", measured=seconds["import assistant"], limit=0.4, unit="s"),
        Bar(what="assistant --help", measured=seconds["assistant --help"], limit=0.4, unit="s"),
    )
    return Part(bars=bars, figures={"seconds": _rounded(seconds)})


def answer(options: Options) -> Part:
    """Measure a new process that answers from an article that is already indexed."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        sides = {
            "ours": _asking(_SAMPLE),
            "imports": python("-c", "import chromadb, numpy"),
            "python": python("-c", "pass"),
        }
        missing = why_no_stock()
        if missing is None:
            sides["stock"] = _stock(_SAMPLE, home / "stock")
        for command in sides.values():
            seconds_of(command, home=home)  # indexes on both sides, and warms the disk
        seconds = _in_turn(sides, runs=options.runs, home=home)
    bars = [
        Bar(
            what="new process to cited answer, beside importing chromadb and numpy",
            measured=seconds["ours"] / seconds["imports"],
            limit=2,
            unit="x",
        )
    ]
    if missing is None:
        bars.append(
            Bar(
                what="new process to cited answer, faster than stock",
                measured=seconds["stock"] / seconds["ours"],
                limit=8,
                unit="x",
                at_least=True,
            )
        )
    return Part(bars=tuple(bars), figures={"seconds": _rounded(seconds), "no_stock": missing})


def indexing(options: Options) -> Part:
    """Measure new processes that read and index an article neither side has seen."""
    missing = why_no_stock()
    if missing is not None:
        return Part(skipped=missing)
    articles = {"sample": _SAMPLE}
    real = options.data / "articles" / "karabakh.fr.txt"
    if real.exists():
        articles["Karabakh"] = real
    bars: list[Bar] = []
    figures: dict[str, dict[str, float]] = {}
    for name, article in articles.items():
        taken: dict[str, list[float]] = {"add": [], "ask": [], "stock": []}
        for _ in range(options.runs):
            with tempfile.TemporaryDirectory() as place:
                home = Path(place)
                add = python("-m", "assistant", "add", str(article), "--json")
                taken["add"].append(seconds_of(add, home=home / "add"))
                taken["stock"].append(seconds_of(_stock(article, home / "stock"), home=home))
                taken["ask"].append(seconds_of(_asking(article), home=home / "ask"))
        seconds = {side: median(values) for side, values in taken.items()}
        figures[name] = _rounded(seconds)
        for side, what in (("add", "reading and indexing"), ("ask", "reading to cited answer")):
            bars.append(
                Bar(
                    what=f"{what}: {name}, faster than stock",
                    measured=seconds["stock"] / seconds[side],
                    limit=10,
                    unit="x",
                    at_least=True,
                )
            )
    return Part(bars=tuple(bars), figures={"seconds": figures})


def _asking(article: Path) -> list[str]:
    options = ("--engine", "extractive", "--json")
    return python("-m", "assistant", "ask", str(article), _QUESTION, *options)


def _stock(article: Path, folder: Path) -> list[str]:
    return python("-m", "benchmarks.stock_pipeline", str(article), _QUESTION, str(folder))


def _in_turn(
    sides: dict[str, list[str]], *, runs: int, home: Path = Path("/nonexistent")
) -> dict[str, float]:
    taken: dict[str, list[float]] = {side: [] for side in sides}
    for _ in range(runs):
        for side, command in sides.items():
            taken[side].append(seconds_of(command, home=home))
    return {side: median(values) for side, values in taken.items()}


def _rounded(seconds: dict[str, float]) -> dict[str, float]:
    return {side: round(value, 3) for side, value in seconds.items()}
