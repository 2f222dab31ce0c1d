"""How well disputes are found: sentence pairs, replies, planted texts, one article, speed.

    python -m benchmarks.disputes --daccord FILE|DIR --rte3 FILE --rumoureval DIR
        --texts DIR --article FILE --thread N

Every part is optional. `--daccord` and `--rte3` give the figures of the features, fitted and
cross-validated on the file itself (grouped by page), and those of the shipped weights, which
were trained on the development halves of both. `--rumoureval` gives the shipped rules. Prints one
JSON object on the last line.
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.rumour import read_posts, shipped_label
from benchmarks.threads import timings
from index.disputes import find_disputes, relation
from index.reading import read_article
from index.statements import find_statements
from training.relation import Pair, crossed, matrix, read_daccord, read_rte3

REPETITIONS = 3


def main() -> None:
    """Measure what was asked for."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--daccord", type=Path)
    parser.add_argument("--rte3", type=Path)
    parser.add_argument("--rumoureval", type=Path)
    parser.add_argument("--article", type=Path)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--thread", type=int, help="comments of a generated thread")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    if options.daccord:
        figures["daccord"] = measure_daccord(options.daccord)
    if options.rte3:
        figures["rte3"] = measure_rte3(options.rte3)
    if options.rumoureval:
        figures["rumoureval"] = measure_rumoureval(options.rumoureval)
    if options.article:
        figures["article"] = show_article(options.article)
    if options.texts:
        figures["texts"] = measure_texts(options.texts)
    if options.thread:
        figures["thread"] = timings(options.thread)
    print(json.dumps(figures, ensure_ascii=False))


def measure_daccord(path: Path) -> dict[str, float]:
    """Return accuracies: cross-validated by page, the floor, and the shipped weights."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    pairs = [pair for file in files for pair in read_daccord(file)]
    truth = np.array([pair.label == "contradicts" for pair in pairs])
    features = matrix(pairs)
    guesses = [crossed(features, pairs, seed=seed)[0] >= 0.5 for seed in range(REPETITIONS)]
    floor = [
        crossed(features, pairs, seed=seed, only=("same_words", "negation_differs"))[0] >= 0.5
        for seed in range(REPETITIONS)
    ]
    shipped = _shipped(pairs)
    return {
        "pairs": len(pairs),
        "accuracy_cross_validated": _mean([float((g == truth).mean()) for g in guesses]),
        "accuracy_floor": _mean([float((g == truth).mean()) for g in floor]),
        "accuracy_shipped": round(float((shipped == truth).mean()), 3),
        "bar": 0.76,
    }


def measure_rte3(path: Path) -> dict[str, float]:
    """Return the F1 of contradiction: cross-validated, and of the shipped weights."""
    pairs = read_rte3(path)
    truth = np.array([pair.label == "contradicts" for pair in pairs])
    features = matrix(pairs)
    crossed_f1 = []
    for seed in range(REPETITIONS):
        shares, thresholds = crossed(features, pairs, seed=seed)
        crossed_f1.append(_f1(truth, shares >= thresholds))
    return {
        "pairs": len(pairs),
        "contradictions": int(truth.sum()),
        "f1_cross_validated": _mean(crossed_f1),
        "f1_shipped": round(_f1(truth, _shipped(pairs)), 3),
        "bar": 0.35,
    }


def measure_rumoureval(folder: Path) -> dict[str, object]:
    """Return macro-F1 and the F1 of each label on the development part, for the shipped rules."""
    test = [post for post in read_posts(folder) if post.split != "train"]
    truth = [post.label for post in test]
    return {
        "posts": len(test),
        "shipped": _by_label(truth, [shipped_label(post) for post in test]),
        "bar": {"macro_f1": 0.53, "deny": 0.30},
    }


def show_article(path: Path) -> dict[str, object]:
    """Print the disputes of one article and return how many there are."""
    article = read_article(str(path))
    disputes = find_disputes(article, find_statements(article))
    for dispute in disputes:
        print(f"[{dispute.claim.passage}] {dispute.claim.text}")
        for position in dispute.contested_by:
            print(f"    {position.relation} [{position.passage}] {position.text}")
    relations = Counter(p.relation for d in disputes for p in d.contested_by)
    return {"disputes": len(disputes), "relations": dict(relations)}


def measure_texts(folder: Path) -> dict[str, object]:
    """Return precision and recall of disputes over texts with and without planted ones."""
    from benchmarks.planted import read_texts, score

    return score(read_texts(folder))


def _shipped(pairs: Sequence[Pair]) -> npt.NDArray[np.bool_]:
    judged = [relation(pair.premise, pair.hypothesis).label for pair in pairs]
    return np.array([label == "contradicts" for label in judged])


def _by_label(truth: Sequence[str], guesses: Sequence[str]) -> dict[str, float]:
    labels = sorted(set(truth))
    scores = {
        label: _f1(
            np.array([item == label for item in truth]),
            np.array([item == label for item in guesses]),
        )
        for label in labels
    }
    rounded = {label: round(score, 3) for label, score in scores.items()}
    return {"macro_f1": round(sum(scores.values()) / len(scores), 3), **rounded}


def _f1(truth: npt.NDArray[np.bool_], guesses: npt.NDArray[np.bool_]) -> float:
    right = int((truth & guesses).sum())
    return 2 * right / max(1, int(truth.sum()) + int(guesses.sum()))


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 3)


if __name__ == "__main__":
    main()
