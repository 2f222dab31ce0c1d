"""Is a sentence supported by the text it cites? Claims of Wikipedia with their sources (WiCE).

No model and one number: the share of the weight of a claim's words that the best few sentences
of its source hold. Its threshold is chosen on four fifths of the articles and measured on the
fifth, five times; F1 is of `supported` against the rest (Kamoi et al., 2023, give it for models).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.support_share import support_share
from index.encoder import Embedder
from index.library.article_index import ArticleIndex
from index.library.derived import Derived
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, ParagraphDraft

_FOLDS = 5
_NO_ROWS = np.zeros((0, 0), dtype=np.float32)
_NOTHING_DERIVED = Derived(
    statements=(),
    disputes=(),
    agreements=(),
    passage_vectors=_NO_ROWS,
    sentence_vectors=_NO_ROWS,
    sentence_passages=np.zeros(0, dtype=np.int64),
)
"""The score looks at words alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A claim with what annotators and our score say; `fold` is that of its article."""

    is_supported: bool
    score: float
    fold: int


def measure_wice(file: Path, embedder: Embedder) -> dict[str, Any]:
    """Return F1 by cross-validation, beside that of calling every claim supported."""
    claims = list(_scored(file, embedder))
    told: list[tuple[bool, bool]] = []
    thresholds = []
    for fold in range(_FOLDS):
        learned = [claim for claim in claims if claim.fold != fold]
        threshold = best_threshold(learned)
        thresholds.append(round(threshold, 3))
        told += [(c.score >= threshold, c.is_supported) for c in claims if c.fold == fold]
    return {
        "claims": len(claims),
        "f1": round(f1(told), 4),
        "thresholds": thresholds,
        "f1_always_supported": round(f1([(True, c.is_supported) for c in claims]), 4),
        "bar": {"f1": 0.55},
    }


def best_threshold(claims: Sequence[Scored]) -> float:
    """Return the threshold with the best F1, the middle of the best stretch."""
    candidates = sorted({claim.score for claim in claims})
    found = [f1([(c.score >= t, c.is_supported) for c in claims]) for t in candidates]
    best = max(found)
    near = [t for t, value in zip(candidates, found, strict=True) if value >= best - 0.005]
    return near[len(near) // 2]


def f1(told: Sequence[tuple[bool, bool]]) -> float:
    """Return F1 of pairs (said to be supported, is supported)."""
    hits = sum(said and right for said, right in told)
    return 2 * hits / max(1, sum(said for said, _ in told) + sum(right for _, right in told))


def _scored(file: Path, embedder: Embedder) -> Iterator[Scored]:
    for line in file.read_text("utf-8").splitlines():
        entry = json.loads(line)
        draft = ArticleDraft(
            title=None,
            language="en",
            paragraphs=tuple(
                ParagraphDraft(text=text) for text in entry["evidence"] if text.strip()
            ),
        )
        article = build_article(draft, source_key=entry["meta"]["id"])
        page = ArticleIndex(article, _NOTHING_DERIVED, embedder)
        title = str(entry["meta"].get("claim_title", entry["meta"]["id"]))
        yield Scored(
            is_supported=entry["label"] == "supported",
            score=support_share(entry["claim"], page, article.passages),
            fold=sum(title.encode()) % _FOLDS,
        )
