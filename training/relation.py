"""Make `index/disputes/relation.json` again: the weights of the bundled relation judge.

Trained on daccord_fr and rte3_fr (both under a BSD-2 licence) and nothing else. The first head,
contradiction or not, learns from both; the second, carried or not, from rte3_fr without its
contradictions. Sentences of one fact-check page count as one group when figures are made.
"""

import argparse
import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.disputes.features import FEATURES, Numbers, features_of
from index.encoder import StaticEmbedder
from index.language.dispute_words import vocabulary

TARGET = Path(__file__).parent.parent / "index" / "disputes" / "relation.json"
STRENGTH = 0.03
RTE3_SHARE = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two sentences and how the second stands to the first; `group` is the page they come from."""

    premise: str
    hypothesis: str
    label: str
    group: str


def read_daccord(path: Path) -> list[Pair]:
    """Return the pairs of daccord_fr, labelled `contradicts` or `compatible`."""
    lines = path.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [
        Pair(
            premise=row["premise"].strip(),
            hypothesis=row["hypothesis"].strip(),
            label="contradicts" if str(row["label"]) == "1" else "compatible",
            group=str(row.get("url") or row["id"]),
        )
        for row in rows
    ]


def read_rte3(path: Path) -> list[Pair]:
    """Return the pairs of rte3_fr (TSV or XML), labelled `supports`, `neither`, `contradicts`."""
    if path.suffix == ".xml":
        return _read_xml(path)
    names = {"0": "supports", "1": "neither", "2": "contradicts"}
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Pair(
                premise=row["premise"],
                hypothesis=row["hypothesis"],
                label=names[row["label"]],
                group=row["premise"],
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def _read_xml(path: Path) -> list[Pair]:
    from xml.etree import ElementTree

    names = {"YES": "supports", "UNKNOWN": "neither", "NO": "contradicts"}
    return [
        Pair(
            premise=pair.findtext("t", ""),
            hypothesis=pair.findtext("h", ""),
            label=names[pair.get("entailment", "UNKNOWN")],
            group=pair.findtext("t", ""),
        )
        for pair in ElementTree.parse(path).getroot().iter("pair")
    ]


def matrix(pairs: list[Pair]) -> Numbers:
    """Return the features of all pairs, float32 of shape (pairs, features)."""
    embedder, french = StaticEmbedder.open(), vocabulary("fr")
    rows = [
        features_of(pair.premise, pair.hypothesis, vocabulary=french, embedder=embedder)
        for pair in pairs
    ]
    return np.array(rows, np.float32)


def fit(
    features: Numbers,
    answers: npt.NDArray[np.int64],
    weights: npt.NDArray[np.float64],
) -> dict[str, list[float] | float]:
    """Return a logistic regression as numbers that can be written down."""
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale = np.where(scale > 1e-6, scale, 1.0)
    model = _regression()
    model.fit((features - mean) / scale, answers, sample_weight=weights)
    return {
        "mean": [round(float(value), 5) for value in mean],
        "scale": [round(float(value), 5) for value in scale],
        "weights": [round(float(value), 5) for value in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 5),
        "threshold": 0.5,
    }


def _regression() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, max_iter=2_000)


def crossed(
    features: Numbers, pairs: list[Pair], *, seed: int, only: tuple[str, ...] = FEATURES
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the probability of contradiction for each pair by a fit that did not see its page.

    The second array holds, per pair, the threshold that gave the best F1 on the pages that were
    seen.
    """
    from sklearn.model_selection import StratifiedGroupKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    chosen = features[:, [FEATURES.index(name) for name in only]]
    answers = np.array([pair.label == "contradicts" for pair in pairs], np.int64)
    groups = [pair.group for pair in pairs]
    shares = np.zeros(len(pairs))
    thresholds = np.zeros(len(pairs))
    folds = StratifiedGroupKFold(10, shuffle=True, random_state=seed)
    for seen, unseen in folds.split(chosen, answers, groups):
        model = make_pipeline(StandardScaler(), _regression())
        model.fit(chosen[seen], answers[seen])
        known = np.asarray(model.predict_proba(chosen[seen]))[:, 1]
        shares[unseen] = np.asarray(model.predict_proba(chosen[unseen]))[:, 1]
        thresholds[unseen] = _best_threshold(known, answers[seen] == 1)
    return shares, thresholds


def _best_threshold(shares: npt.NDArray[np.float64], truth: npt.NDArray[np.bool_]) -> float:
    def f1(threshold: float) -> float:
        guesses = shares >= threshold
        right = int((guesses & truth).sum())
        return 2 * right / max(1, int(guesses.sum()) + int(truth.sum()))

    return float(max(np.arange(0.02, 0.9, 0.02), key=f1))


def main() -> None:
    """Train on both files and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--daccord", type=Path, required=True)
    parser.add_argument("--rte3", type=Path, required=True)
    parser.add_argument("--target", type=Path, default=TARGET)
    arguments = parser.parse_args()
    daccord, rte3 = read_daccord(arguments.daccord), read_rte3(arguments.rte3)
    pairs = daccord + rte3
    features = matrix(pairs)
    contradicts = np.array([pair.label == "contradicts" for pair in pairs], np.int64)
    shares = np.array([1.0] * len(daccord) + [RTE3_SHARE] * len(rte3))
    neutral = np.array([pair.label in ("supports", "neither") for pair in pairs])
    supports = np.array([pair.label == "supports" for pair in pairs], np.int64)
    stored = {
        "features": FEATURES,
        "contradicts": fit(features, contradicts, shares),
        "supports": fit(features[neutral], supports[neutral], np.ones(int(neutral.sum()))),
    }
    arguments.target.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
