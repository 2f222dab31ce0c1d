"""Fits what `index.disputes.tone` reads: which words sound like a contest, or like support."""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from index.disputes.features import WordVectors
from index.disputes.tone import LONGEST, Tone, grams_of
from index.encoder.regression import Numbers
from training.contest_data import is_against
from training.reader_data import written

_FEWEST, _MOST_GRAMS, _SCALE = 3, 5000, 100
_STRENGTH = 0.7
OF_TABLE, OF_ENCODER = 2.0, 8.0
"""What the vectors of either count: those of the encoder all lie near each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A text, whether it contests and supports anything, how much it counts, and its page."""

    text: str
    contests: bool
    supports: bool
    weight: float = 1.0
    page: int = -1


def replies() -> list[Heard]:
    """Return the replies to single claims, each half as good as a comment on a page."""
    return [
        Heard(
            text=row["reply"],
            contests=is_against(row["label"]),
            supports=row["label"] == "supports",
            weight=0.5,
        )
        for _, row in written("relation")
    ]


def vectors_of(heard: Sequence[Heard], encoder: WordVectors) -> dict[str, Numbers]:
    """Return the vector of each text, which several fits share."""
    texts = list(dict.fromkeys(item.text for item in heard))
    vectors = encoder.encode_documents([text[:LONGEST] for text in texts])
    return dict(zip(texts, vectors, strict=True))


def fitted(
    heard: Sequence[Heard], vectors_by_text: Mapping[str, Numbers], *, of_vector: float = OF_TABLE
) -> Tone:
    """Return the weights of the grams that tell most, and of the vector of the whole.

    `of_vector` is what a vector counts beside the grams.
    """
    grams = [grams_of(item.text) for item in heard]
    counts = Counter(gram for found in grams for gram in found)
    names = sorted(gram for gram, count in counts.items() if count >= _FEWEST)
    places = {gram: place for place, gram in enumerate(names)}
    rows, columns, values = [], [], []
    for row, found in enumerate(grams):
        known = [places[gram] for gram in sorted(found) if gram in places]
        rows += [row] * len(known)
        columns += known
        values += [1 / math.sqrt(max(1, len(known)))] * len(known)
    counted = csr_matrix((values, (rows, columns)), shape=(len(heard), len(names)))
    vectors = np.array([vectors_by_text[item.text] for item in heard])
    signs = hstack([counted, csr_matrix(vectors * of_vector)]).tocsr()
    models = [
        LogisticRegression(C=_STRENGTH, max_iter=300).fit(
            signs, holds, sample_weight=[item.weight for item in heard]
        )
        for holds in ([item.contests for item in heard], [item.supports for item in heard])
    ]
    weights = np.array([model.coef_[0] for model in models], np.float32)
    of_grams, of_vectors = weights[:, : len(names)].T, weights[:, len(names) :] * of_vector
    telling = np.argsort(-np.abs(of_grams).max(axis=1), kind="stable")[:_MOST_GRAMS]
    return Tone(
        grams={names[place]: of_grams[place] for place in sorted(telling)},
        of_vector=of_vectors,
        bias=np.array([model.intercept_[0] for model in models], np.float32),
    )


def write(target: Path, tone: Tone) -> None:
    """Write the weights as JSON, to two decimals those of grams."""
    stored = {
        "scale": _SCALE,
        "grams": {
            gram: [round(float(weight) * _SCALE) for weight in pair]
            for gram, pair in tone.grams.items()
        },
        "of_vector": [[round(float(w), 3) for w in row] for row in tone.of_vector],
        "bias": [round(float(w), 4) for w in tone.bias],
    }
    target.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
