"""Comments in a table (CSV with commas, semicolons or tabs): a header line, one comment a row."""

import csv
import io
from typing import Any

from index.reading.exports.fields import candidates, fields_of

_SEPARATORS = ",;\t|"
_SAMPLE = 20_000


def is_table(text: str) -> bool:
    """Whether a text is a table: a header line, and rows of as many cells.

    >>> is_table("id,author,text\\n1,ida,It rains.\\n"), is_table("Well, no.\\nYes, it is.")
    (True, False)
    """
    header = text.lstrip("\ufeff\r\n ")[:_SAMPLE].partition("\n")[0].strip()
    separator = _separator(header)
    if separator is None or len(header) > 2_000:
        return False
    names = next(csv.reader([header], delimiter=separator), [])
    if len(set(names)) < len(names) or not all(0 < len(name.split()) <= 4 for name in names):
        return False
    rows = list(csv.reader(io.StringIO(text[:_SAMPLE].strip()), delimiter=separator))[1:]
    even = sum(len(row) == len(names) for row in rows)
    if not even or 10 * even < 8 * len(rows):
        return False
    fields = fields_of(dict.fromkeys(names, "x"))
    has = {role: any(True for _ in candidates(fields, role)) for role in ("text", "author", "time")}
    if has["text"] and (has["author"] or has["time"]):
        return True
    # Lines of prose have as many commas now and then; four lines with as many and no blank after
    # the first are a table, whatever its columns are called.
    return len(names) > 2 and even > 2 and f"{separator} " not in header


def read_table(text: str) -> list[dict[str, Any]]:
    """Return the rows of a table by the names of its header; empty cells are left out of none."""
    lines = text.lstrip("\ufeff\r\n ")
    separator = _separator(lines.partition("\n")[0]) or ","
    # A cell may hold a whole comment; the module's own limit of 131,072 letters is kept.
    try:
        rows = list(csv.reader(io.StringIO(lines), delimiter=separator))
    except csv.Error:
        return []
    names = [name.strip() for name in rows[0]] if rows else []
    return [dict(zip(names, row, strict=False)) for row in rows[1:] if any(row)]


def _separator(header: str) -> str | None:
    counts = {mark: header.count(mark) for mark in _SEPARATORS}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else None
