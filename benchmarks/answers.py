"""How many questions of a cases file are answered rightly, offline and without a model.

    python -m benchmarks.answers CASES [CASES ...]

Prints a line per wrong answer and, on its last line, one JSON object.
"""

import argparse
import json
import statistics
import tempfile
from collections import Counter
from pathlib import Path

from assistant import Answer, Assistant
from assistant.evaluation.cases import Case, read_cases
from assistant.evaluation.judging import judge


def main() -> None:
    """Answer every case in a library of its own and count the right ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="print the text of wrong answers")
    options = parser.parse_args()
    print(json.dumps(run(options.cases, show=options.show), ensure_ascii=False))


def run(files: list[Path], *, show: bool = False) -> dict[str, object]:
    """Return the figures over all cases of the files."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    seconds: list[float] = []
    exact_quotes = quotes = refused = to_refuse = foreign = foreign_right = 0
    with tempfile.TemporaryDirectory() as home:
        for case in (case for file in files for case in read_cases(file)):
            assistant = Assistant.open(case.article, home=home)
            answer = assistant.ask(case.question)
            judgement = judge(case, answer)
            kind = case.type or "other"
            asked[kind] += 1
            right[kind] += judgement.is_right
            seconds.append(answer.seconds)
            quotes += len(answer.citations)
            exact_quotes += sum(
                _is_exact(c.start, c.end, c.quote, assistant) for c in answer.citations
            )
            to_refuse += case.refuse
            refused += case.refuse and judgement.is_right
            if case.lang and case.lang != assistant.article.language:
                foreign += 1
                foreign_right += judgement.is_right
            if not judgement.is_right:
                _print_fault(case, answer, judgement.faults, show=show)
    return {
        "cases": asked.total(),
        "right": right.total(),
        "refusals": to_refuse,
        "refused": refused,
        "foreign_language": foreign,
        "foreign_language_right": foreign_right,
        "citations": quotes,
        "citations_exact": exact_quotes,
        "seconds_median": round(statistics.median(seconds), 4) if seconds else None,
        "right_by_type": {kind: f"{right[kind]}/{asked[kind]}" for kind in sorted(asked)},
    }


def _is_exact(start: int, end: int, quote: str, assistant: Assistant) -> bool:
    return assistant.article.text[start:end] == quote


def _print_fault(case: Case, answer: Answer, faults: tuple[str, ...], *, show: bool) -> None:
    print(f"{case.id} {case.question}\n   {'; '.join(faults)}")
    if show:
        print("   | " + answer.text.replace("\n", "\n   | "))


if __name__ == "__main__":
    main()
