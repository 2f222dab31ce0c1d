"""Entries in the forms of data sets, which bring the text they ask about.

Ragas (`user_input`, `reference`, `retrieved_contexts`, `response`), DeepEval (`input`,
`expected_output`, `context`, `actual_output`), and SQuAD (Rajpurkar et al. 2016, 2018) with PIAF
(Keraron et al. 2020), whose entry is an article with many questions. A case names the text that
its entry carries as `FILE#POSITION`.
"""

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import CasesError
from assistant.evaluation.cases.case import Case, Filled, first_fault
from index.article import Article
from index.reading.building import build_article
from index.reading.draft import ArticleDraft, ParagraphDraft

_NAMES = {
    "user_input": "question",
    "question": "question",
    "input": "question",
    "query": "question",
    "reference": "reference",
    "ground_truth": "reference",
    "expected_output": "reference",
    "response": "answer",
    "actual_output": "answer",
    "answer": "answer",
}
_CONTEXTS = ("reference_contexts", "retrieved_contexts", "contexts", "context", "retrieval_context")
_FOREIGN = {"user_input", "input", "query", "ground_truth", "expected_output", "retrieved_contexts"}


class _Form(BaseModel):
    # Other data sets add fields of their own; only these mean something to us.
    model_config = ConfigDict(extra="ignore", frozen=True)


class _AnswerText(_Form):
    text: str


class _Asked(_Form):
    id: Filled
    question: Filled
    answers: tuple[_AnswerText, ...] = ()
    is_impossible: bool = False


class _Paragraph(_Form):
    context: str
    qas: tuple[_Asked, ...] = ()


class _Squad(_Form):
    title: str = ""
    paragraphs: tuple[_Paragraph, ...]


def is_foreign(content: Any) -> bool:
    """Whether an object is an entry of Ragas or DeepEval."""
    return isinstance(content, dict) and "id" not in content and bool(_FOREIGN & set(content))


def is_squad(content: Any) -> bool:
    """Whether an object is an entry of SQuAD."""
    return isinstance(content, dict) and "paragraphs" in content and "question" not in content


def from_foreign(
    content: dict[str, Any], where: str, *, position: int, file: Path, article: str | None
) -> dict[str, Any]:
    """Return an entry of Ragas or DeepEval in the form of a case.

    Raises:
        CasesError: It has neither an article nor contexts.
    """
    found = {_NAMES[name]: value for name, value in content.items() if name in _NAMES and value}
    carried = f"{file.name}#{position}" if _contexts(content) else None
    named = article or content.get("article") or carried
    if named is None:
        raise CasesError(f"{where}, field article: none, and no contexts; give --article SOURCE")
    return {"id": str(content.get("name") or position + 1), "article": named, **found}


def from_squad(content: dict[str, Any], where: str, *, article: str) -> Iterator[Case]:
    """Yield the cases of an entry of SQuAD.

    Raises:
        CasesError: Names the field that is wrong.
    """
    try:
        entry = _Squad.model_validate(content)
    except ValidationError as error:
        raise CasesError(f"{where}.{first_fault(error)}") from error
    for asked in (asked for paragraph in entry.paragraphs for asked in paragraph.qas):
        gold = () if asked.is_impossible else asked.answers
        answers = tuple(dict.fromkeys(a.text.strip() for a in gold if a.text.strip()))
        yield Case(
            id=asked.id,
            article=article,
            question=asked.question,
            type="answerable" if answers else "impossible",
            answer_all=(answers,) if answers else (),
            cite_any_of=answers,
            refuse=not answers,
        )


def carried_article(content: Any, *, source_key: str) -> Article:
    """Return the text that an entry carries: its title, its contexts as paragraphs."""
    draft = ArticleDraft(
        title=str(content.get("title", "")).replace("_", " ") if is_squad(content) else "",
        paragraphs=tuple(ParagraphDraft(text=text) for text in _contexts(content)),
    )
    return build_article(draft, source_key=source_key)


def entry_named(reference: str) -> tuple[Path, int] | None:
    """Return the file and the position that `FILE#POSITION` names, None for other references."""
    file, mark, position = reference.rpartition("#")
    return (Path(file), int(position)) if mark and re.fullmatch(r"\d{1,9}", position) else None


def _contexts(content: Any) -> tuple[str, ...]:
    """Return the texts that an entry carries as what is to be answered from."""
    if is_squad(content):
        return tuple(paragraph["context"] for paragraph in content["paragraphs"])
    for name in _CONTEXTS:
        held = content.get(name)
        if isinstance(held, str) and held.startswith("["):
            # A table keeps a list as Python writes it.
            with suppress(ValueError, SyntaxError):
                held = ast.literal_eval(held)
        if held:
            return (held,) if isinstance(held, str) else tuple(map(str, held))
    return ()
