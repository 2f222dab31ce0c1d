"""Make `index/disputes/opposed.json` again: which sentence of an article contests which other.

    python -m training.opposed

Learned from the pages in `training/data/debate`, with the words of the article that contest a
claim of it. Prints how much is found and how rightly on pages that were not learned.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from index.disputes.claims import Claims
from index.disputes.entailment import word_table
from index.disputes.opposed import FEATURES, WEIGHTS, pairs_of
from index.disputes.tone import Tone
from index.disputes.within import BodyReader
from index.encoder.regression import Numbers
from index.language.dispute_words import vocabulary
from index.language.words import Span
from index.reading import read_bytes
from index.statements import find_statements
from training.trees import write

DATA = Path(__file__).parent / "data" / "debate"
TARGET = Path(__file__).parent.parent / "index" / "disputes"
LEAST = 0.0
"""The logit: on pages not learned, three pairs out of four are right from there on."""
_FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The pairs of a page: features, which are contests, which sentence contests; and how many
    contests the page has.
    """

    features: Numbers
    contested: np.ndarray
    positions: tuple[int, ...]
    known: int


def pages() -> list[Rows]:
    """Return what the pages teach on which nobody left out which words contest."""
    rows = [
        json.loads(line)
        for file in sorted(DATA.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    tone, found = Tone.bundled(), []
    for row in rows:
        claims = [claim for claim in row["disputed"] if "article" in claim["by"]]
        if all("article" in claim.get("words", {}) for claim in claims):
            told = [(claim["claim"], claim["words"]["article"]) for claim in claims]
            found.append(_rows(row, told, tone))
    return found


def _rows(row: dict[str, object], told: Sequence[tuple[str, str]], tone: Tone) -> Rows:
    given = {key: row[key] for key in ("title", "paragraphs")} | {"comments": []}
    article = read_bytes(json.dumps(given | {"language": row["lang"]}).encode())
    places = [tuple(_place(article.text, words) for words in pair) for pair in told]
    claims = Claims.of(article, find_statements(article), vocabulary(article.language))
    reader = BodyReader(article, claims)
    pairs = list(reader.pairs(word_table(), tone))
    return Rows(
        features=np.array([pair.features for pair in pairs]).reshape(-1, len(FEATURES)),
        contested=np.array([
            any(
                claim.start < pair.claim.end and pair.claim.start < claim.end
                and denial.start < pair.position.end and pair.position.start < denial.end
                for claim, denial in places
            )
            for pair in pairs
        ], bool),
        positions=tuple(pair.position.start for pair in pairs),
        known=len(told),
    )  # fmt: skip


def _place(text: str, words: str) -> Span:
    start = text.find(words)
    return Span(start, start + len(words))


def learned_from(rows: Sequence[Rows]) -> HistGradientBoostingClassifier:
    """Return the trees."""
    features = np.concatenate([item.features for item in rows])
    return HistGradientBoostingClassifier(
        max_iter=80, max_leaf_nodes=6, min_samples_leaf=20, learning_rate=0.08,
        l2_regularization=2.0, random_state=0,
    ).fit(features, np.concatenate([item.contested for item in rows]))  # fmt: skip


def figures(rows: Sequence[Rows]) -> dict[str, float]:
    """Return recall, precision and false alarms on clean pages, of pages not learned."""
    folds = np.random.RandomState(0).randint(0, _FOLDS, len(rows))
    judged: list[tuple[float, bool, bool]] = []
    for fold in range(_FOLDS):
        model = learned_from([r for r, f in zip(rows, folds, strict=True) if f != fold])
        for item in (r for r, f in zip(rows, folds, strict=True) if f == fold):
            if not len(item.features):
                continue
            logits = model.decision_function(item.features)
            for position in set(item.positions):
                own = [p for p, start in enumerate(item.positions) if start == position]
                best = max(own, key=lambda place: logits[place])
                judged.append((logits[best], bool(item.contested[best]), not item.known))
    told = [item for item in judged if item[0] >= LEAST]
    right = sum(holds for _, holds, _ in told)
    return {
        "recall": round(right / sum(item.known for item in rows), 3),
        "precision": round(right / max(1, len(told)), 3),
        "pages": len(rows),
        "false alarms on clean pages": sum(is_clean for _, _, is_clean in told),
    }


def main() -> None:
    """Learn the weights and write them."""
    rows = pages()
    write(TARGET / WEIGHTS, FEATURES, learned_from(rows), least=LEAST)
    print(json.dumps(figures(rows)))


if __name__ == "__main__":
    main()
