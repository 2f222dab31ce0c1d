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
    sample = text.lstrip("\ufeff\r\n ")[:_SAMPLE]
    names, *rows = _rows(sample.strip()) or [[]]
    if not 1 < len(set(names)) == len(names) or len(sample.partition("\n")[0]) > 2_000:
        return False
    even = sum(len(row) == len(names) for row in rows)
    if not even or 10 * even < 8 * len(rows):
        return False
    if not all(0 < len(name.split()) <= 4 for name in names):
        return False
    fields = fields_of(dict.fromkeys(names, "x"))
    has = {role: any(True for _ in candidates(fields, role)) for role in ("text", "author", "time")}
    if has["text"] and (has["author"] or has["time"]):
        return True
    # Lines of prose have as many commas now and then; four lines with as many and no blank after
    # the first are a table, whatever its columns are called.
    return len(names) > 2 and even > 2 and not any(name[0] == " " for name in names)


def read_table(text: str) -> list[dict[str, Any]]:
    """Return the rows of a table by the names of its header; empty cells are left out of none."""
    names, *rows = _rows(text.lstrip("\ufeff\r\n ")) or [[]]
    names = [name.strip() for name in names]
    return [dict(zip(names, row, strict=False)) for row in rows if any(row)]


def _rows(text: str) -> list[list[str]]:
    """Return the rows of a table; none where a cell is larger than the module takes."""
    header = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=header.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=None), delimiter=separator))
    except csv.Error:
        return []
