"""Disputes as a table for a spreadsheet: one line per position."""

import csv
import sys
from collections.abc import Iterable

from index.disputes import Dispute

_COLUMNS = ("claim_passage", "claim", "claimed_by", "relation", "by", "passage", "words", "cue")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def print_positions(disputes: Iterable[Dispute]) -> None:
    """Print the positions on each claim, those against it first, under a line of column names."""
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(_COLUMNS)
    for dispute in disputes:
        claim = dispute.claim
        for position in (*dispute.contested_by, *dispute.supported_by):
            by = position.author or (position.speaker.name if position.speaker else "")
            row = (
                claim.passage,
                claim.text,
                claim.speaker.name if claim.speaker else "",
                position.relation,
                by,
                position.passage,
                position.text,
                position.cue or "",
            )
            table.writerow([_inert(value) for value in row])


def _inert(value: str) -> str:
    """Return words that a spreadsheet shows: "=1+1" of a reader is not to be reckoned out."""
    return f"'{value}" if value.startswith(_FORMULA) else value
