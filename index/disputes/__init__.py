"""Which claims are disputed: by whom, in which words, and who stands behind them."""

from index.disputes.arguments import Argument
from index.disputes.debate import Contention, Debate, by_prominence, debate_of
from index.disputes.dispute import Agreement, Claim, Dispute, Position, Relation, Stances
from index.disputes.entailment import (
    CrossEncoderJudge,
    RelationJudge,
    RelationJudgement,
    StatisticalJudge,
    relation,
)
from index.disputes.finding import find_disputes, find_stances
from index.disputes.open_stands import OpenStand, open_stands, taking

__all__ = [
    "Agreement",
    "Argument",
    "Claim",
    "Contention",
    "CrossEncoderJudge",
    "Debate",
    "Dispute",
    "OpenStand",
    "Position",
    "Relation",
    "RelationJudge",
    "RelationJudgement",
    "Stances",
    "StatisticalJudge",
    "by_prominence",
    "debate_of",
    "find_disputes",
    "find_stances",
    "open_stands",
    "relation",
    "taking",
]
