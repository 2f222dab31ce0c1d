"""Does it answer what its article answers, and refuse what another article answers?

    python -m benchmarks.evaluation --squad FILE [FILE ...] [--limit N] [--jobs N]

Files in the form of SQuAD (PIAF too) are asked on their own articles and, where a question has
an answer, on another article of the file, which must be refused. One JSON object on the last
line.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from assistant.evaluation.cases import read_cases
from assistant.evaluation.folder import RunFolder
from assistant.evaluation.run import evaluate


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--squad", type=Path, nargs="+", required=True)
    parser.add_argument("--limit", type=int, default=None, help="cases of a file")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = {
            file.name: answered(
                file, Path(name) / str(number), limit=options.limit, jobs=options.jobs
            )
            for number, file in enumerate(options.squad)
        }
    print(json.dumps(found, ensure_ascii=False))


def answered(file: Path, folder: Path, *, limit: int | None, jobs: int) -> dict[str, Any]:
    """Return the figures of a file asked on its own articles and on others."""
    started = time.perf_counter()
    own = evaluate(file, out=folder / "own", limit=limit, jobs=jobs)
    seconds = time.perf_counter() - started
    elsewhere = folder / "elsewhere.jsonl"
    _ask_elsewhere(file, elsewhere, limit=limit)
    other = evaluate(elsewhere, out=folder / "elsewhere", jobs=jobs)
    figures = own.summary.figures
    names = ("answer_hit", "citation_hit", "token_f1", "wrongly_refused", "refusal_recall")
    found = {name: round(figures[name].value, 4) for name in names if name in figures}
    refused = other.summary.figures.get("refusal_recall")
    return {
        "questions": own.summary.cases,
        "seconds": round(seconds, 1),
        **found,
        "accuracy": round(_accuracy(own.folder), 4),
        "refused_on_other_article": round(refused.value, 4) if refused else None,
    }


def _accuracy(folder: RunFolder) -> float:
    """Return the share of questions with the answer in the reply, or rightly refused."""
    outcomes = [
        record.status == "not_in_article"
        if record.case.refuse
        else record.measures["answer_hit"] == 1.0
        for record in folder.records()
    ]
    return sum(outcomes) / max(len(outcomes), 1)


def _ask_elsewhere(file: Path, target: Path, *, limit: int | None) -> None:
    """Write the answerable cases of a file, each of them to be asked of another article."""
    cases = [case for case in read_cases(file) if not case.refuse]
    articles = list(dict.fromkeys(case.article for case in cases))
    other = dict(zip(articles, articles[len(articles) // 2 :] + articles, strict=False))
    with target.open("w", encoding="utf-8") as lines:
        for case in cases[:limit]:
            if other[case.article] != case.article:
                asked = {
                    "id": case.id,
                    "article": str(Path(other[case.article]).resolve()),
                    "question": case.question,
                    "refuse": True,
                }
                lines.write(json.dumps(asked, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
