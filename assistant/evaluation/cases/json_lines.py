"""Cases as JSON Lines: one object per line, read line by line; a line may be a conversation.

`{"conversation", "article", "turns": [case, ...]}` is asked turn by turn of one article: that of
the conversation, else of its first turn.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import CasesError
from assistant.evaluation.cases.case import Case, validated

_OF_ALL = ("article", "lang", "type")


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
                    yield from cases_of(_parsed(line, where), where, article=article)
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(f"cannot read the cases {path}: {error}") from error


def cases_of(entry: Any, where: str, *, article: str | None) -> Iterator[tuple[str, Case]]:
    """Yield the case of an object, or the turns of a conversation.

    Raises:
        CasesError: Names `where` and the first field that is wrong.
    """
    if not isinstance(entry, dict) or "turns" not in entry:
        if article is not None and isinstance(entry, dict):
            entry = {**entry, "article": article}
        yield where, validated(entry, where)
        return
    turns = entry["turns"]
    if not isinstance(turns, list) or not turns or not all(isinstance(t, dict) for t in turns):
        raise CasesError(f"{where}, field turns: a list of questions, at least one")
    shared = {name: entry[name] for name in _OF_ALL if name in entry}
    told = article or entry.get("article") or turns[0].get("article")
    name = str(entry.get("conversation") or entry.get("id") or turns[0].get("id"))
    before: tuple[str, ...] = ()
    for number, turn in enumerate(turns, start=1):
        of_turn = {"id": f"{name}.{number}", **shared, **turn}
        of_turn |= {"conversation": name, "before": before, "article": told}
        case = validated(of_turn, f"{where}, field turns.{number}")
        yield where, case
        before = (*before, case.question)


def _parsed(line: str, where: str) -> Any:
    try:
        return json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deeply")
        raise CasesError(f"{where}: not JSON ({reason}); write one object per line") from error
