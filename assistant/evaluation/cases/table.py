"""Cases as a table with the columns of the JSON form.

A cell of `answer_all` holds groups parted by `;` and their alternatives by `|`; cells of
lists of words these parted by `|`, one of `sentences` a number or `2-3`. A cell that begins with
`[` or `{` is JSON, for words that hold these characters themselves, and for `positions`; the
columns of other tools, whose cells are left as they are, hold lists as Python writes them.
"""

import json
from typing import Any

from assistant.errors import CasesError
from assistant.evaluation.cases.data_sets import is_foreign

_LISTS = ("answer_none", "must_not_say", "cite_any_of", "claims", "before")
_TRUE = frozenset({"1", "true", "yes", "x"})
_FALSE = frozenset({"", "0", "false", "no"})


def entry_of(row: dict[str | Any, Any], where: str) -> dict[str, Any]:
    """Return a row as the object it stands for; empty cells are no fields.

    Raises:
        CasesError: Names the line and the column.
    """
    if is_foreign(row):
        return row
    if None in row:
        raise CasesError(f"{where}: more cells than columns; quote cells that hold the separator")
    entry = {
        column.strip(): _cell(column.strip(), (cell or "").strip(), f"{where}, field {column}")
        for column, cell in row.items()
    }
    return {column: value for column, value in entry.items() if value is not None}


def _cell(column: str, cell: str, where: str) -> Any:
    if "\0" in cell:
        raise CasesError(f"{where}: a NUL; is this a text file?")
    if column == "refuse":
        if cell.casefold() not in _TRUE | _FALSE:
            raise CasesError(f"{where}: {cell!r}; write true or false")
        return cell.casefold() in _TRUE
    if not cell:
        return None
    if cell.startswith(("[", "{")):
        try:
            return json.loads(cell)
        except (json.JSONDecodeError, RecursionError) as error:
            raise CasesError(f"{where}: begins as JSON and is none") from error
    if column == "answer_all":
        return [_alternatives(group) for group in cell.split(";")]
    if column == "sentences":
        ends = cell.split("-")
        return [ends[0].strip(), ends[-1].strip()]
    return _alternatives(cell) if column in _LISTS else cell


def _alternatives(cell: str) -> list[str]:
    return [word.strip() for word in cell.split("|") if word.strip()]
