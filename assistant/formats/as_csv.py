"""Tables for a spreadsheet; of disputes, one line per position."""

import csv
import sys
from collections.abc import Iterable
from typing import TextIO

from index.disputes import Dispute

_COLUMNS = ("claim_passage", "claim", "claimed_by", "relation", "by", "passage", "words", "cue")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def print_positions(disputes: Iterable[Dispute]) -> None:
    """Print the positions on each claim, those against it first, under a line of column names."""
    rows = (
        (
            dispute.claim.passage,
            dispute.claim.text,
            dispute.claim.speaker.name if dispute.claim.speaker else "",
            position.relation,
            position.author or (position.speaker.name if position.speaker else ""),
            position.passage,
            position.text,
            position.cue,
        )
        for dispute in disputes
        for position in (*dispute.contested_by, *dispute.supported_by)
    )
    write_table(sys.stdout, _COLUMNS, rows)


def write_table(file: TextIO, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Write lines of cells under a line of column names; None is an empty cell."""
    table = csv.writer(file, lineterminator="\n")
    table.writerow(columns)
    table.writerows([_inert(cell) for cell in row] for row in rows)


def _inert(cell: object) -> object:
    """Return words that a spreadsheet shows: "=1+1" of a reader is not to be reckoned out."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
