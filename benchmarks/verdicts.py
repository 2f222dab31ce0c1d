"""Does the automatic verdict agree with people who judged the same answers?

    python -m benchmarks.verdicts --judged FILE --articles DIR --cases FILE [FILE ...]
        [--gold FILE ...] [--half odd|even]

`--judged` is a JSON list of `{"id", "answer", "status", "verdict"}` with the verdicts R(ight),
P(artly), W(rong), X (refused wrongly), A (should refuse), F(alse attribution). The answers are
read from their text. One JSON object on the last line.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from assistant.evaluation.agreement import kappa
from assistant.evaluation.cases import read_cases
from assistant.evaluation.gold import read_gold
from assistant.evaluation.judging import Page, judge
from assistant.evaluation.recorded import recorded_answer
from index.reading import read_article
from index.statements import find_statements


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--judged", type=Path, required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("--half", choices=("odd", "even"))
    parser.add_argument("--differences", action="store_true", help="list them")
    options = parser.parse_args()
    gold = read_gold(options.gold)
    cases = {case.id: case for file in options.cases for case in read_cases(file)}
    judged = json.loads(options.judged.read_text("utf-8"))
    if options.half:
        judged = judged[0 if options.half == "odd" else 1 :: 2]
    pages: dict[str, Page] = {}
    outcomes = []
    for entry in judged:
        name = entry["article"]
        if name not in pages:
            article = read_article(str(options.articles / name))
            statements = find_statements(article)
            pages[name] = Page(article=article, statements=statements, gold=gold.get(name))
        case = cases[entry["id"]].model_copy(
            update={"answer": entry["answer"], "status": entry["status"]}
        )
        found = judge(
            case, recorded_answer(case, pages[name].article, pages[name].statements), pages[name]
        )
        outcomes.append((entry, found))
        if options.differences and (
            found.is_right != (entry["verdict"] == "R")
            or ("false_attribution" in found.harms) != (entry["verdict"] == "F")
        ):
            print(entry["id"], entry["verdict"], found.found)
    print(json.dumps(_figures(outcomes)))


def _figures(outcomes: list[tuple[Any, Any]]) -> dict[str, Any]:
    pairs = [(entry["verdict"] == "R", found.is_right) for entry, found in outcomes]
    attributed = Counter(
        (entry["verdict"] == "F", "false_attribution" in found.harms) for entry, found in outcomes
    )
    return {
        "answers": len(outcomes),
        "kappa": round(kappa(pairs), 4),
        "agree": sum(one == other for one, other in pairs),
        "false_attributions": attributed[True, True] + attributed[True, False],
        "found": attributed[True, True],
        "false_alarms": attributed[False, True],
    }


if __name__ == "__main__":
    main()
