"""Writes out what the product makes of a set of pages, so that two versions can be compared.

    python -m benchmarks.snapshot PAGE [PAGE ...] [--cases FILE ...] --out FILE
    python -m benchmarks.snapshot --compare BEFORE AFTER

One JSON object a line: each statement, dispute and answer with its key; `--compare` prints what
is missing and what is new, and on its last line one JSON object with the counts.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant import Assistant, AssistantError
from assistant.evaluation.cases import read_cases
from index.disputes import Position


def main() -> None:
    """Write a snapshot, or compare two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--cases", nargs="*", default=[], type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--compare", nargs=2, type=Path)
    options = parser.parse_args()
    if options.compare:
        print(json.dumps(compare(*options.compare)))
        return
    with tempfile.TemporaryDirectory() as home, options.out.open("w", encoding="utf-8") as out:
        for row in rows(options.pages, options.cases, home=home):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def rows(pages: list[Path], cases: list[Path], *, home: str) -> Iterator[list[object]]:
    """Yield a row for each statement, dispute and answer: kind, place, content."""
    for page in pages:
        try:
            assistant = Assistant.open(page, llm=None, home=home)
        except AssistantError as error:
            yield ["unreadable", page.name, type(error).__name__]
            continue
        for statement in assistant.statements():
            name = statement.speaker.name if statement.speaker else None
            yield [
                "statement",
                page.name,
                statement.passage,
                statement.manner,
                name,
                statement.text,
            ]
        for dispute in assistant.disputes():
            yield ["claim", page.name, dispute.claim.passage, dispute.claim.text]
            for side in (dispute.contested_by, dispute.supported_by):
                yield from (_position(page, dispute.claim.passage, position) for position in side)
    for file in cases:
        for case in read_cases(file):
            answer = Assistant.open(case.article, llm=None, home=home).ask(case.question)
            yield ["answer", case.id, case.question, str(answer.status), answer.text]


def _position(page: Path, claim: str, position: Position) -> list[object]:
    return ["position", page.name, claim, str(position.relation), position.passage, position.text]


def compare(before: Path, after: Path) -> dict[str, int]:
    """Print the rows of one snapshot that are not in the other; return how many."""
    old, new = (file.read_text("utf-8").splitlines() for file in (before, after))
    gone = [row for row in old if row not in set(new)]
    come = [row for row in new if row not in set(old)]
    sys.stdout.writelines(f"- {row}\n" for row in gone)
    sys.stdout.writelines(f"+ {row}\n" for row in come)
    return {"before": len(old), "after": len(new), "gone": len(gone), "come": len(come)}


if __name__ == "__main__":
    main()
