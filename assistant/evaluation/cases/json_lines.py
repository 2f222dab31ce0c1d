"""Cases as JSON Lines: one object per line, read line by line."""

import json
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import CasesError
from assistant.evaluation.cases.case import Case, validated


def read(path: Path, *, article: str | None) -> Iterator[tuple[str, Case]]:
    """Yield the cases of a JSON Lines file with their places; blank lines are passed over.

    Raises:
        CasesError: The file cannot be read; names the file, the line and the field.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    where = f"{path}, line {number}"
                    yield where, _parsed(line, where, article)
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(f"cannot read the cases {path}: {error}") from error


def _parsed(line: str, where: str, article: str | None) -> Case:
    try:
        entry = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deeply")
        raise CasesError(f"{where}: not JSON ({reason}); write one object per line") from error
    if article is not None and isinstance(entry, dict):
        entry["article"] = article
    return validated(entry, where)
