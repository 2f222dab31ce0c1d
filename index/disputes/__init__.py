"""Which claims are disputed: by whom, in which words, and who stands behind them."""

from index.disputes.dispute import Agreement, Claim, Dispute, Position, Relation, Stances
from index.disputes.entailment import (
    CrossEncoderJudge,
    RelationJudge,
    RelationJudgement,
    StatisticalJudge,
    relation,
)
from index.disputes.finding import find_disputes, find_stances

__all__ = [
    "Agreement",
    "Claim",
    "CrossEncoderJudge",
    "Dispute",
    "Position",
    "Relation",
    "RelationJudge",
    "RelationJudgement",
    "Stances",
    "StatisticalJudge",
    "find_disputes",
    "find_stances",
    "relation",
]
