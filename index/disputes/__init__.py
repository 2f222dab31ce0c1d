"""Which claims are disputed: by whom, in which words, and who stands behind them."""

from index.disputes.dispute import Claim, Dispute, Position, Relation

__all__ = ["Claim", "Dispute", "Position", "Relation"]
