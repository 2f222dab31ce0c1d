"""How much faster a second question is answered than by the usual LlamaIndex pipeline.

    python -m benchmarks.stock [--article FILE] [--question TEXT] [--runs N]

Both sides run as whole processes, A B A B, on an article that is already indexed: ours is
`assistant ask SOURCE QUESTION --json`; the other, `benchmarks.stock_pipeline`, is what a user
would write instead. Needs the extra `bench`. Prints one JSON object on its last line.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_SAMPLE = _ROOT / "samples" / "port-de-valmer.fr.txt"


def main() -> None:
    """Time both sides in turn and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--article", type=Path, default=_SAMPLE)
    parser.add_argument("--question", default="Quelles affirmations sont contestées ?")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print(json.dumps(run(options.article, options.question, runs=options.runs)))


def run(article: Path, question: str, *, runs: int) -> dict[str, float | int]:
    """Return the median seconds of both sides and the median of their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ASSISTANT_HOME": f"{folder}/library", "HF_HUB_OFFLINE": "1"}
        ours = [sys.executable, "-m", "assistant", "ask", str(article), question, "--json"]
        stock = [sys.executable, "-m", "benchmarks.stock_pipeline"]
        stock += [str(article), question, f"{folder}/stock"]
        _timed(ours, environment)
        _timed(stock, environment)
        pairs = [(_timed(ours, environment), _timed(stock, environment)) for _ in range(runs)]
    return {
        "ours_seconds": round(statistics.median(a for a, _ in pairs), 3),
        "stock_seconds": round(statistics.median(b for _, b in pairs), 3),
        "stock_over_ours": round(statistics.median(b / a for a, b in pairs), 2),
        "bar_stock_over_ours": 5,
        "runs": runs,
    }


def _timed(command: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=_ROOT, env=environment, check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
