"""The material that benchmarks make their texts from: tables in `data/*.jsonl`, a row a line."""

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "data"


@cache
def tables(name: str) -> dict[str, Any]:
    """Return the tables of a file: lists of rows, or one list for each language where it has them.

    Rows of two parts make a dict where `dict()` is called on them.
    """
    found: dict[str, Any] = {}
    for line in (_FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        if "language" in entry:
            of_language = found.setdefault(entry["table"], defaultdict(list))
            of_language[entry["language"]].append(entry["row"])
        else:
            found.setdefault(entry["table"], []).append(entry["row"])
    return {
        table: dict(rows) if isinstance(rows, defaultdict) else rows
        for table, rows in found.items()
    }
