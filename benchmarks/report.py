"""Runs the benchmarks on the material in a folder and writes their figures to `docs/quality.md`.

    python -m benchmarks.report --data ../shared [--only NAME ...]

Figures of benchmarks that are not run keep their place: they are read from `docs/quality.json`,
which holds the last JSON object of each.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent.parent
_FIGURES = _ROOT / "docs" / "quality.json"
_PAGE = _ROOT / "docs" / "quality.md"
_BITEXTS = ("eng-fra", "deu-eng", "eng-spa", "eng-tur", "eng-rus", "eng-ita")


def main() -> None:
    """Run what is asked for and write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=None)
    options = parser.parse_args()
    _FIGURES.parent.mkdir(exist_ok=True)
    figures = json.loads(_FIGURES.read_text()) if _FIGURES.exists() else {}
    for name, command in _commands(options.data).items():
        if options.only is None or name in options.only:
            figures[name] = _run(name, command)
            _FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    _PAGE.write_text(_page(figures))
    print(json.dumps({"written": [str(_FIGURES.name), str(_PAGE.name)]}))


def _commands(folder: Path) -> dict[str, list[str]]:
    data = folder / "data"
    bitexts = [
        part
        for pair in _BITEXTS
        for part in ("--bitext", f"{data}/parallel_train/wmt-news.{pair}.tsv.gz")
    ]
    return {
        "answers: samples": ["answers", *map(str, sorted(_ROOT.glob("samples/*.cases.jsonl")))],
        "answers: gold": ["answers", *map(str, sorted((folder / "gold").glob("*.jsonl")))],
        "abstention": [
            "abstention",
            "--squad",
            f"{data}/piaf_v1.0/piaf-v1.0.json",
            f"{data}/squad2_cs224n/dev-v2.0.json",
        ],
        "retrieval: paragraphs": ["retrieval", "--piaf", f"{data}/piaf_v1.0/piaf-v1.0.json"],
        "retrieval: translations": ["retrieval", *bitexts, "--limit", "2000"],
        "quotes: french": [
            "quotes",
            "--gold",
            "tests/data/french_news/gold.jsonl",
            "--text",
            "tests/data/french_news",
        ],
        "quotes: french, written apart": [
            "quotes",
            "--gold",
            "tests/data/french_news/held_out.jsonl",
            "--text",
            "tests/data/french_news",
        ],
        "quotes: german": [
            "quotes",
            "--german",
            f"{data}/german_wikinews_quotes/dev.compact.jsonl",
        ],
        "quotes: english": ["quotes", "--polnear", f"{data}/polnear/dev"],
        "quote court": ["quote_court"],
        "disputes": [
            "disputes",
            "--daccord",
            f"{data}/daccord_fr",
            "--rte3",
            f"{data}/rte3_fr/RTE3-FR-dev-set-3class.xml",
            "--rumoureval",
            f"{data}/rumoureval2019",
            "--texts",
            "tests/data/disputes",
            "--article",
            str(folder / "articles" / "karabakh.fr.txt"),
            "--thread",
            "10000",
        ],
        "checking: articles": [
            "checking",
            "--articles",
            *map(str, sorted(_ROOT.glob("samples/*.*.txt"))),
            *map(str, sorted(_ROOT.glob("samples/*.en.json"))),
            str(folder / "articles" / "karabakh.fr.txt"),
        ],
        "checking: encyclopedia": [
            "checking",
            "--piaf",
            f"{data}/piaf_v1.0/piaf-v1.0.json",
            "--squad",
            f"{data}/squad2_cs224n/dev-v2.0.json",
            "--limit",
            "15",
        ],
        "checking: wice": [
            "checking",
            "--wice",
            f"{data}/wice/entailment_retrieval/claim/dev.jsonl",
        ],
        "orders in comments": [
            "injection",
            "samples/harlow-library.en.json",
            "--attacks",
            f"{data}/bipia/text_attack_train.json",
        ],
        "overhead of a model": ["overhead"],
        "evaluation: piaf": ["evaluation", "--squad", f"{data}/piaf_v1.0/piaf-v1.0.json"],
        "reading": [
            "reading",
            "--evaldata",
            f"{data}/trafilatura_eval/evaldata.json",
            "--html",
            f"{data}/trafilatura_eval/html",
            "--extraction",
            f"{data}/article_extraction_benchmark",
        ],
        "speed beside stock": [
            "stock",
            "--article",
            str(folder / "articles" / "karabakh.fr.txt"),
        ],
    }


def _run(name: str, command: list[str]) -> dict[str, Any]:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{command[0]}", *command[1:]],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = round(time.perf_counter() - started, 1)
    print(f"{name}: {seconds} s, exit code {done.returncode}", file=sys.stderr)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    shown = " ".join(part if not part.startswith("/") else Path(part).name for part in command)
    return {"command": shown, "seconds": seconds, "figures": figures}


def _page(results: Mapping[str, Mapping[str, Any]]) -> str:
    lines = [
        "# How good",
        "",
        f"Made by `python -m benchmarks.report --data FOLDER` on {datetime.now(UTC):%Y-%m-%d}; "
        "the figures are in `quality.json`. The material is not part of this repository, but "
        "for the samples and the texts in `tests/data`. Times were taken on two shared cores.",
        "",
    ]
    for name, result in results.items():
        lines += [f"## {name[0].upper()}{name[1:]}", "", "| figure | value |", "|---|---|"]
        lines += [f"| {key} | {value} |" for key, value in _flat(result["figures"])]
        lines.append("")
    return "\n".join(lines)


def _flat(figures: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in figures.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{prefix}{key} / ")
        elif isinstance(value, list):
            rows.append((f"{prefix}{key}", ", ".join(map(str, value[:8]))))
        else:
            rows.append((f"{prefix}{key}", str(value)))
    return rows


if __name__ == "__main__":
    main()
