"""From a question to its evidence, in one process, on pages of growing size."""

import math
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.speed_measure import Bar, Options, Part, json_of, python

_LIMITS = {1_000: 5.0, 10_000: 10.0, 100_000: 40.0, 1_000_000: 250.0}
"""Passages, and the most milliseconds the median question may take."""
_BESIDE = 100_000
"""The largest page whose vectors Chroma takes in within minutes."""


def search(options: Options) -> Part:
    """Measure the sizes that are asked for; a million only if the user says so."""
    sizes = [size for size in _LIMITS if options.million or size < 1_000_000]
    if options.quick:
        sizes = [300, 1_000]
    found: dict[int, dict[str, Any]] = {}
    for size in sizes:
        command = ["-m", "benchmarks.speed_pages", str(size), "12" if options.quick else "60"]
        if size <= _BESIDE and not options.quick:
            command.append("--beside")
        found[size] = json_of(python(*command), home=Path("/nonexistent"))
    bars = tuple(
        Bar(
            what=f"question to evidence, {size:,} passages",
            measured=found[size]["p50_ms"],
            limit=_LIMITS.get(size, 5.0),
            unit="ms",
        )
        for size in sizes
    )
    small, large = found[sizes[-2]], found[sizes[-1]]
    # What a process holds before it has read anything is no part of what passages cost.
    per_million = 1_000_000 / (large["passages"] - small["passages"])
    figures = {
        "sizes": {str(size): values for size, values in found.items()},
        "growth_exponents": {
            f"{fewer:,} to {more:,}": round(
                math.log(found[more]["p50_ms"] / found[fewer]["p50_ms"])
                / math.log(found[more]["passages"] / found[fewer]["passages"]),
                2,
            )
            for fewer, more in pairwise(sizes)
        },
        "memory_megabytes_per_million": round(
            (large["memory_megabytes"] - small["memory_megabytes"]) * per_million
        ),
        "disk_megabytes_per_million": round(
            (large["disk_megabytes"] - small["disk_megabytes"]) * per_million
        ),
        "measured_on_passages": large["passages"],
    }
    return Part(bars=bars, figures=figures)
