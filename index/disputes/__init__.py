"""Which claims are disputed: by whom, in which words, and who stands behind them."""

from index.disputes.dispute import Claim, Dispute, Position, Relation
from index.disputes.finding import find_disputes
from index.disputes.relation import (
    CrossEncoderJudge,
    RelationJudge,
    RelationJudgement,
    StatisticalJudge,
    relation,
)

__all__ = [
    "Claim",
    "CrossEncoderJudge",
    "Dispute",
    "Position",
    "Relation",
    "RelationJudge",
    "RelationJudgement",
    "StatisticalJudge",
    "find_disputes",
    "relation",
]
