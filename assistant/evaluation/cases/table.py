"""Cases as a table: CSV or TSV with the columns of the JSON form.

A cell of `answer_all` holds groups parted by `;` and their alternatives by `|`; cells of
lists of words these parted by `|`, one of `sentences` a number or `2-3`. A cell that begins with
`[` or `{` is JSON, for words that hold these characters themselves, and for `positions`.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import CasesError
from assistant.evaluation.cases import data_sets
from assistant.evaluation.cases.case import Case, validated

_LISTS = ("answer_none", "must_not_say", "cite_any_of", "claims", "before")
_TRUE = frozenset({"1", "true", "yes", "x"})
_FALSE = frozenset({"", "0", "false", "no"})


def read(path: Path, *, article: str | None) -> Iterator[tuple[str, Case]]:
    """Yield the cases of a table with their places.

    The character between its columns is that of its first line.

    Raises:
        CasesError: The file cannot be read; names the file, the line and the field.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            file.seek(0)
            character = max("\t;,", key=header.count)
            rows = csv.DictReader(file, delimiter=character, strict=True)
            for row in rows:
                where = f"{path}, line {rows.line_num}"
                if data_sets.is_foreign(row):
                    yield from data_sets.from_entry(
                        row, where, position=rows.line_num, file=path, article=article
                    )
                else:
                    yield where, validated(_entry(row, where, article), where)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CasesError(f"cannot read the cases {path}: {error}") from error


def _entry(row: dict[str | Any, Any], where: str, article: str | None) -> dict[str, Any]:
    if None in row:
        raise CasesError(f"{where}: more cells than columns; quote cells that hold the separator")
    entry: dict[str, Any] = {
        column.strip(): _cell(column.strip(), (cell or "").strip(), where)
        for column, cell in row.items()
    }
    if article is not None:
        entry["article"] = article
    return {column: value for column, value in entry.items() if value is not None}


def _cell(column: str, cell: str, where: str) -> Any:
    if "\0" in cell:
        raise CasesError(f"{where}, field {column}: a NUL; is this a text file?")
    if column == "refuse":
        if cell.casefold() not in _TRUE | _FALSE:
            raise CasesError(f"{where}, field refuse: {cell!r}; write true or false")
        return cell.casefold() in _TRUE
    if not cell:
        return None
    if column in (*_LISTS, "answer_all"):
        if cell.startswith("["):
            return _json(cell, f"{where}, field {column}")
        groups = [_alternatives(group) for group in cell.split(";")]
        return groups if column == "answer_all" else _alternatives(cell)
    if column == "sentences":
        ends = cell.split("-")
        return [ends[0].strip(), ends[-1].strip()]
    if cell.startswith(("[", "{")):
        return _json(cell, f"{where}, field {column}")
    return cell


def _alternatives(cell: str) -> list[str]:
    return [word.strip() for word in cell.split("|") if word.strip()]


def _json(cell: str, where: str) -> Any:
    try:
        return json.loads(cell)
    except (json.JSONDecodeError, RecursionError) as error:
        raise CasesError(f"{where}: begins as JSON and is none") from error
