"""A file of questions with what a right answer must hold, whatever form it comes in."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import CasesError
from assistant.evaluation.cases import json_lines, squad, table
from assistant.evaluation.cases.case import Case

_READERS = {
    ".jsonl": json_lines.read,
    ".ndjson": json_lines.read,
    ".json": squad.read,
    ".csv": table.read,
    ".tsv": table.read,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What is known of a cases file before the first question: it is sound, and how long."""

    count: int
    sha256: str


def read_cases(path: Path, *, article: str | None = None) -> Iterator[Case]:
    """Yield the cases of a file: JSON Lines, CSV, or SQuAD and PIAF JSON, by its extension.

    Args:
        path: The file. An `article` in it is resolved against its folder.
        article: Asked instead of the article that each case names.

    Raises:
        CasesError: The file cannot be read; names the file, the line and the field.
    """
    reader = _READERS.get(path.suffix.lower(), json_lines.read)
    for case in reader(path, article=article):
        yield case if article is not None else _resolved(case, path.parent)


def survey(path: Path, *, article: str | None = None) -> Survey:
    """Return what is in a cases file, every case of it validated.

    Raises:
        CasesError: The file cannot be read, is empty, or has an id twice.
    """
    ids: set[bytes] = set()
    for case in read_cases(path, article=article):
        # Digests of a fixed size: memory stays small whatever people use as ids.
        digest = hashlib.blake2b(case.id.encode(), digest_size=12).digest()
        if digest in ids:
            raise CasesError(f"{path}, field id: {case.id!r} stands there twice; ids are unique")
        ids.add(digest)
    if not ids:
        raise CasesError(f"{path} holds no case; write one JSON object per line")
    with path.open("rb") as file:
        return Survey(count=len(ids), sha256=hashlib.file_digest(file, "sha256").hexdigest())


def _resolved(case: Case, folder: Path) -> Case:
    file, mark, entry = case.article.rpartition("#")
    name, rest = (file, mark + entry) if mark and entry.isdigit() else (case.article, "")
    try:
        found = (folder / name).exists()
    except (OSError, ValueError):
        found = False
    return case.model_copy(update={"article": f"{folder / name}{rest}"}) if found else case


__all__ = ["Case", "Survey", "read_cases", "survey"]
