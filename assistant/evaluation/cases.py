"""A file of questions with what a right answer must hold: one JSON object per line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import CasesError


class Case(BaseModel):
    """One question. Every field but the first three may be missing.

    `answer_all` holds groups: one member of each must be in the answer; no member of
    `answer_none` may be. One cited passage must contain a member of `cite_any_of`, and be
    by `speaker` where that is set. `refuse` means that the article does not answer.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    article: str
    question: str
    lang: str | None = None
    type: str | None = None
    answer_all: tuple[tuple[str, ...], ...] = ()
    answer_none: tuple[str, ...] = ()
    cite_any_of: tuple[str, ...] = ()
    speaker: str | None = None
    refuse: bool = False


def read_cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a JSON Lines file; `article` is resolved against its folder.

    Raises:
        CasesError: The file cannot be read; names the file, the line and the field.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(f"cannot read the cases {path}: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        case = _parsed(line, f"{path}, line {number}")
        article = path.parent / case.article
        yield case.model_copy(update={"article": str(article)}) if article.exists() else case


def _parsed(line: str, where: str) -> Case:
    try:
        entry: Any = json.loads(line)
        return Case.model_validate(entry)
    except json.JSONDecodeError as error:
        raise CasesError(f"{where}: not JSON ({error.msg}); write one object per line") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the object"
        raise CasesError(f"{where}, field {field}: {first['msg']}") from error
