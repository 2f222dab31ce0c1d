"""Articles written as JSON by hand or by another program: our own simple form.

    {"title", "text" or "paragraphs", "language", "author", "outlet", "url", "published_at",
     "comments": [{"number" or "id" and "parent", "author", "posted_at", "score", "text",
                   "deleted"}]}

Comment exports of other systems are read by `index.reading.exports`, the output of
`assistant show --json` by `index.article_json`.
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from index.errors import UnreadableArticleError
from index.reading.dates import parse_date
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

_DEEPEST = 100


def load_json(text: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        UnreadableArticleError: It is not JSON (names the line), is nested too deep or repeats a
            key.
    """
    try:
        value = json.loads(text, object_pairs_hook=_object)
    except ValueError as error:
        raise UnreadableArticleError(f"this is not valid JSON: {error}") from error
    _check_depth(value)
    return value


def draft_from_json(value: Any) -> ArticleDraft:
    """Return the article that a JSON value of our form describes.

    Raises:
        UnreadableArticleError: A field is unknown, missing or of the wrong type; names it, and
            the position of the comment it is in.
    """
    from pydantic import ValidationError

    if not isinstance(value, dict):
        raise UnreadableArticleError(
            'expected an article object such as {"title": …, "text": …, "comments": […]},'
            f" but the JSON is {_kind(value)}"
        )
    try:
        record: Any = _forms()[0].model_validate(value)
    except ValidationError as error:
        raise UnreadableArticleError(_complaint(error)) from error
    if record.text is None and record.paragraphs is None:
        raise UnreadableArticleError(
            'the article object has neither "text" nor "paragraphs"; give it one of them'
        )
    if record.text is not None and record.paragraphs is not None:
        raise UnreadableArticleError(
            'the article object has both "text" and "paragraphs"; give it one of them'
        )
    warnings: list[str] = []
    return ArticleDraft(
        title=record.title,
        paragraphs=_paragraphs(record.text, record.paragraphs),
        comments=_comments(record.comments or (), warnings),
        language=record.language,
        outlet=record.outlet,
        author=record.author,
        url=record.url,
        published_at=_date(record.published_at, "published_at", warnings),
        reported_comment_count=record.reported_comment_count,
        warnings=tuple(warnings),
    )


@cache
def _forms() -> "tuple[type[BaseModel], type[BaseModel]]":
    from pydantic import BaseModel, ConfigDict

    class CommentForm(BaseModel):
        model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

        number: str | None = None
        id: str | None = None
        parent: str | None = None
        author: str | None = None
        posted_at: str | None = None
        posted_at_text: str | None = None
        score: int | None = None
        text: str | None = None
        deleted: bool | None = None

    class ArticleForm(BaseModel):
        model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

        title: str | None = None
        text: str | None = None
        paragraphs: list[str] | None = None
        language: str | None = None
        author: str | None = None
        outlet: str | None = None
        url: str | None = None
        published_at: str | None = None
        reported_comment_count: int | None = None
        comments: list[CommentForm] | None = None

    return ArticleForm, CommentForm


def _paragraphs(text: str | None, paragraphs: list[str] | None) -> tuple[ParagraphDraft, ...]:
    parts = paragraphs if paragraphs is not None else re.split(r"\n\s*\n", (text or ""))
    return tuple(ParagraphDraft(text=part) for part in parts if part.strip())


def _comments(records: Sequence[Any], warnings: list[str]) -> tuple[CommentDraft, ...]:
    by_number = any(record.number is not None for record in records)
    by_key = any(record.id is not None or record.parent is not None for record in records)
    drafts = []
    for position, record in enumerate(records):
        deleted = bool(record.deleted)
        if not deleted and not (record.text or "").strip():
            warnings.append(f"comment {position + 1} has no text; it counts as deleted")
            deleted = True
        key, parent = record.id, record.parent
        if by_number:
            key = record.number if record.number is not None else f"#{position}"
            parent = record.parent
            if parent is None and record.number is not None and "." in record.number:
                parent = record.number.rpartition(".")[0]
        elif not by_key:
            key = None
        drafts.append(
            CommentDraft(
                text=None if deleted else record.text,
                key=key,
                parent_key=parent,
                author=record.author,
                posted_at=_date(record.posted_at, f"posted_at of comment {position}", warnings),
                posted_at_text=record.posted_at_text or record.posted_at,
                score=record.score,
                deleted=deleted,
            )
        )
    return tuple(drafts)


def _date(written: str | None, field: str, warnings: list[str]) -> datetime | None:
    if written is None or not written.strip():
        return None
    moment = parse_date(written)
    if moment is None:
        warnings.append(f"{field} is not a date that can be read: {written[:40]!r}")
    return moment


def _complaint(error: "ValidationError") -> str:
    first = error.errors()[0]
    place = [str(part) for part in first["loc"]]
    where = f'"{place[-1]}"' if place else "the object"
    if len(place) >= 2 and place[0] == "comments":
        inside = f" of comment {place[1]} (counted from 0)"
        where = (
            f'"{place[2]}"{inside}' if len(place) > 2 else f"comment {place[1]} (counted from 0)"
        )
    if first["type"] == "extra_forbidden":
        return f"the article object has an unknown field: {where}"
    message = str(first["msg"])
    return f"the article object does not fit at {where}: {message[0].lower()}{message[1:]}"


def _kind(value: Any) -> str:
    names = {list: "a list", str: "a string", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        repeated = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {repeated!r} stands twice in one object")
    return made


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(_DEEPEST):
        level = [
            child
            for parent in level
            if isinstance(parent, (dict, list))
            for child in (parent.values() if isinstance(parent, dict) else parent)
        ]
        if not level:
            return
    raise UnreadableArticleError("the JSON is nested too deep to be an article")
