"""Cases as JSON Lines: one object per line, read line by line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import CasesError
from assistant.evaluation.cases import data_sets
from assistant.evaluation.cases.case import Case, cases_of


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
                    entry = _parsed(line, where)
                    if data_sets.is_foreign(entry):
                        yield from data_sets.from_entry(
                            entry, where, position=number - 1, file=path, article=article
                        )
                    else:
                        yield from cases_of(entry, where, article=article)
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(f"cannot read the cases {path}: {error}") from error


def _parsed(line: str, where: str) -> Any:
    try:
        return json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deeply")
        raise CasesError(f"{where}: not JSON ({reason}); write one object per line") from error
