"""How good a ranking is: the usual figures of retrieval, with every passage right or not.

Defined as in trec_eval (https://trec.nist.gov/trec_eval/), which the tests compare with.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Figures in [0, 1] of the first `depth` passages that were retrieved for one question."""

    hit: float
    recall: float
    reciprocal_rank: float
    ndcg: float


def judge_ranking(retrieved: Sequence[str], relevant: Collection[str], *, depth: int) -> Ranking:
    """Return the figures of one ranking.

    >>> ranking = judge_ranking(["A3", "A1", "A2"], {"A1", "A9"}, depth=3)
    >>> ranking.hit, ranking.recall, ranking.reciprocal_rank, round(ranking.ndcg, 3)
    (1.0, 0.5, 0.5, 0.387)

    Args:
        retrieved: Labels, best first, each once.
        relevant: Labels of the passages that answer; not empty.
        depth: How many of the retrieved are looked at.
    """
    found = [rank for rank, label in enumerate(retrieved[:depth], start=1) if label in relevant]
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(relevant), depth) + 1))
    return Ranking(
        hit=float(bool(found)),
        recall=len(found) / len(relevant),
        reciprocal_rank=1 / found[0] if found else 0.0,
        ndcg=sum(1 / math.log2(rank + 1) for rank in found) / ideal,
    )
