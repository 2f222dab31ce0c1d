"""The entries of a file of cases one after the other, each with its place, whatever form it has.

JSON Lines, JSON (a list, an object that holds one, an object alone), CSV, TSV, and the tests of
Promptfoo's YAML. What an entry means is not decided here.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import CasesError
from assistant.evaluation.cases import promptfoo, table

_LISTS = ("goldens", "test_cases", "testcases", "samples", "examples", "cases", "data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; `where` names file and place for a message, `position` is its own in the file."""

    where: str
    position: int
    content: Any


def read_entries(path: Path) -> Iterator[Entry]:
    """Yield the entries of a file, by its extension; one of lines is read line by line.

    Raises:
        CasesError: The file cannot be read; names the file and the place.
    """
    try:
        for place, position, content in _READERS.get(path.suffix.lower(), _lines)(path):
            yield Entry(where=f"{path}, {place}", position=position, content=content)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CasesError(f"cannot read {path}: {error}") from error


_Placed = Iterator[tuple[str, int, Any]]


def _lines(path: Path) -> _Placed:
    with path.open(encoding="utf-8-sig", newline="\n") as lines:
        for number, line in enumerate(lines):
            if line.strip():
                place = f"line {number + 1}"
                yield place, number, parsed(line, f"{path}, {place}")


def _json(path: Path) -> _Placed:
    content = parsed(path.read_text(encoding="utf-8-sig"), str(path))
    name = None
    if isinstance(content, dict):
        name = next((name for name in _LISTS if isinstance(content.get(name), list)), None)
        content = [content] if name is None else content[name]
    for number, entry in enumerate(content if isinstance(content, list) else [content]):
        yield f"field {name}.{number}" if name else f"entry {number + 1}", number, entry


def _table(path: Path) -> _Placed:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = file.readline()
        file.seek(0)
        rows = csv.DictReader(file, delimiter=max("\t;,", key=header.count), strict=True)
        for row in rows:
            place = f"line {rows.line_num}"
            yield place, rows.line_num, table.entry_of(row, f"{path}, {place}")


def _tests(path: Path) -> _Placed:
    for number, test in enumerate(promptfoo.tests(path), start=1):
        place = f"field tests.{number}"
        yield place, number, promptfoo.entry_of(test, number=number, where=f"{path}, {place}")


def parsed(text: str, where: str) -> Any:
    """Return what some JSON says.

    Raises:
        CasesError: It is none.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = where if ", line" in where else f"{where}, line {error.lineno}"
        raise CasesError(f"{place}: not JSON ({error.msg})") from error
    except RecursionError as error:
        raise CasesError(f"{where}: not JSON (nested too deeply)") from error


_READERS: Mapping[str, Callable[[Path], _Placed]] = {
    ".json": _json,
    ".csv": _table,
    ".tsv": _table,
    ".yaml": _tests,
    ".yml": _tests,
}
