"""A file of questions with what a right answer must hold, whatever form it comes in."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import CasesError
from assistant.evaluation.cases import data_sets
from assistant.evaluation.cases.case import Case, cases_of
from assistant.evaluation.cases.dresses import dressed
from assistant.evaluation.cases.entries import Entry, read_entries
from assistant.settings import Settings
from index.library.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What is known of a cases file before the first question: it is sound, and how long."""

    count: int
    sha256: str


def read_cases(
    path: Path, *, article: str | None = None, dresses: tuple[str, ...] = ()
) -> Iterator[Case]:
    """Yield the cases of a file, by its extension: JSON Lines, CSV, JSON, Promptfoo's YAML.

    Args:
        path: The file. An `article` in it is resolved against its folder.
        article: Asked instead of the article that each case names.
        dresses: In which every case is asked besides; see `dresses`.

    Raises:
        CasesError: The file cannot be read; names the file, the line and the field.
    """
    for _, case in _located(path, article):
        yield from dressed(case, dresses)


def _located(path: Path, article: str | None) -> Iterator[tuple[str, Case]]:
    """Yield the cases of a file, each with its place in it for a message."""
    for entry in read_entries(path):
        for case in _cases(entry, path, article):
            yield entry.where, case if article is not None else _resolved(case, path.parent)


def _cases(entry: Entry, path: Path, article: str | None) -> Iterator[Case]:
    content, where, position = entry.content, entry.where, entry.position
    if data_sets.is_squad(content):
        named = article or f"{path.name}#{position}"
        return data_sets.from_squad(content, where, article=named)
    if data_sets.is_foreign(content):
        content = data_sets.from_foreign(
            content, where, position=position, file=path, article=article
        )
    return cases_of(content, where, article=article)


def survey(path: Path, *, article: str | None = None) -> Survey:
    """Return what is in a cases file, every case of it validated.

    Raises:
        CasesError: The file cannot be read, is empty, has an id twice, or names an article
            that is not there.
    """
    ids: set[bytes] = set()
    places: dict[str, str] = {}
    for where, case in _located(path, article):
        places.setdefault(case.article, where)
        # Digests of a fixed size: memory stays small whatever people use as ids.
        digest = hashlib.blake2b(case.id.encode(), digest_size=12).digest()
        if digest in ids:
            raise CasesError(f"{path}, field id: {case.id!r} stands there twice; ids are unique")
        ids.add(digest)
    if not ids:
        raise CasesError(f"{path} holds no case; write one JSON object per line")
    for reference, where in places.items():
        if not _is_there(reference):
            raise CasesError(
                f"{where}, field article: there is no file {reference!r} and no article of that "
                "id in the library"
            )
    with path.open("rb") as file:
        return Survey(count=len(ids), sha256=hashlib.file_digest(file, "sha256").hexdigest())


def _resolved(case: Case, folder: Path) -> Case:
    """Return a case whose article, where it is a file beside the cases, is named by its path."""
    named = data_sets.entry_named(case.article)
    name = str(named[0]) if named else case.article
    if not _is_file(folder / name):
        return case
    return case.model_copy(update={"article": f"{folder / case.article}"})


def _is_there(reference: str) -> bool:
    """Whether there is an article to ask; whether an address answers shows when it is asked."""
    named = data_sets.entry_named(reference)
    if reference.startswith(("http://", "https://")) or _is_file(Path(reference)):
        return True
    if named is not None and _is_file(named[0]):
        return True
    return reference in Library(Settings.from_environment().home).ids()


def _is_file(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


__all__ = ["Case", "Survey", "read_cases", "survey"]
