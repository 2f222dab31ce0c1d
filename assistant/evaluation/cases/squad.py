"""Cases in the form of SQuAD (Rajpurkar et al. 2016, 2018) and PIAF (Keraron et al. 2020).

Each entry of the file is an article whose paragraphs are the contexts of its questions; a
case names it as `FILE#POSITION`, and `article_at` reads it.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from assistant.errors import CasesError
from assistant.evaluation.cases import data_sets
from assistant.evaluation.cases.case import Case, cases_of
from index.article import Article
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, ParagraphDraft

_Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Form(BaseModel):
    # Other data sets add fields of their own; only these mean something to us.
    model_config = ConfigDict(extra="ignore", frozen=True)


class _AnswerText(_Form):
    text: str


class _Asked(_Form):
    id: _Filled
    question: _Filled
    answers: tuple[_AnswerText, ...] = ()
    is_impossible: bool = False


class _Paragraph(_Form):
    context: str
    qas: tuple[_Asked, ...] = ()


class Entry(_Form):
    """One article of the file with its questions."""

    title: str = ""
    paragraphs: tuple[_Paragraph, ...]


class _File(_Form):
    data: tuple[Entry, ...]


def read(path: Path, *, article: str | None) -> Iterator[tuple[str, Case]]:
    """Yield the cases of a JSON file with their places, article by article.

    A list of cases, or of what other tools keep, is read entry by entry.

    Raises:
        CasesError: The file cannot be read; names the file and the place in it.
    """
    listed = data_sets.entries_of(_content(path))
    for number, entry in enumerate(listed or ()):
        where = f"{path}, entry {number + 1}"
        if data_sets.is_foreign(entry):
            yield from data_sets.from_entry(
                entry, where, position=number, file=path, article=article
            )
        else:
            yield from cases_of(entry, where, article=article)
    if listed is not None:
        return
    for position, entry in enumerate(entries(path)):
        for asked in (asked for paragraph in entry.paragraphs for asked in paragraph.qas):
            yield (
                f"{path}, field data.{position}",
                _case(asked, article or f"{path.name}#{position}"),
            )


def entries(path: Path) -> tuple[Entry, ...]:
    """Return the articles of a file with their questions; of other tools' files the contexts.

    Raises:
        CasesError: The file cannot be read; names the file and the place in it.
    """
    if path.suffix.lower() in (".jsonl", ".ndjson", ".csv", ".tsv"):
        return tuple(map(_of_contexts, _rows(path)))
    content = _content(path)
    listed = data_sets.entries_of(content)
    if listed is not None:
        return tuple(map(_of_contexts, listed))
    try:
        return _File.model_validate(content).data
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the object"
        raise CasesError(
            f"{path}, field {field}: {first['msg']}; a .json file of cases is a list of them, or "
            "has the form of SQuAD"
        ) from error


def _of_contexts(entry: Any) -> Entry:
    held = data_sets.contexts(entry) if isinstance(entry, dict) else ()
    return Entry(paragraphs=tuple(_Paragraph(context=text) for text in held))


def _rows(path: Path) -> list[Any]:
    """Return the objects of a file of lines, each at the position its cases name."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return [json.loads(line) if line.strip() else {} for line in text.splitlines()]
    reader = csv.DictReader(io.StringIO(text, newline=""))
    rows: list[Any] = []
    for row in reader:
        rows += [{}] * (reader.line_num - len(rows)) + [row]
    return rows


def _content(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise CasesError(f"{path}, line {error.lineno}: not JSON ({error.msg})") from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise CasesError(f"cannot read the cases {path}: {error}") from error


def entry_named(reference: str) -> tuple[Path, int] | None:
    """Return the file and the position that `FILE#POSITION` names, None for other references."""
    file, mark, position = reference.rpartition("#")
    return (Path(file), int(position)) if mark and re.fullmatch(r"\d{1,9}", position) else None


def article_at(entry: Entry, *, source_key: str) -> Article:
    """Return an entry as an article: its title, its contexts as paragraphs."""
    draft = ArticleDraft(
        title=entry.title.replace("_", " "),
        paragraphs=tuple(ParagraphDraft(text=paragraph.context) for paragraph in entry.paragraphs),
    )
    return build_article(draft, source_key=source_key)


def _case(asked: _Asked, article: str) -> Case:
    gold = () if asked.is_impossible else asked.answers
    answers = tuple(dict.fromkeys(answer.text.strip() for answer in gold if answer.text.strip()))
    return Case(
        id=asked.id,
        article=article,
        question=asked.question,
        type="impossible" if not answers else "answerable",
        answer_all=(answers,) if answers else (),
        cite_any_of=answers,
        refuse=not answers,
    )
