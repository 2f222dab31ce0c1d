"""One question, validated where it enters."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, field_validator

from assistant.answer import Status
from assistant.errors import CasesError

_OF_ALL = ("article", "lang", "type")
Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Position(BaseModel):
    """Somebody whose position an answer must show, with words of it and how they stand."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: Filled
    words: str | None = None
    stance: Literal["for", "against"] | None = None


class Expected(BaseModel):
    """What a right answer must hold.

    `answer_all` holds groups: one member of each must be in the answer, `in_order` in this
    order; no member of `answer_none` or `must_not_say` may be. One cited passage must contain a
    member of `cite_any_of`, and be by `speaker` where that is set, with their `stance`.
    `reference` is an answer in prose, most of whose words must be held.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    answer_all: tuple[tuple[Filled, ...], ...] = ()
    answer_none: tuple[Filled, ...] = ()
    must_not_say: tuple[Filled, ...] = ()
    cite_any_of: tuple[Filled, ...] = ()
    speaker: str | None = None
    stance: Literal["for", "against"] | None = None
    verdict: Literal["yes", "no", "contested", "none"] | None = None
    claims: tuple[Filled, ...] = ()
    positions: tuple[Position, ...] = ()
    in_order: bool = False
    reference: str | None = None


class Case(Expected):
    """One question. Every field but the first three may be missing.

    `refuse` means that the article does not answer, `any_of` holds other right answers,
    `sentences` how many an answer may have. `before` are the questions asked earlier in the
    same `conversation`, `dress` is how a run put it. `answer` and `status` are an answer that
    was kept, for the engine `recorded`.
    """

    id: Filled
    article: Filled
    question: Filled
    lang: str | None = None
    type: str | None = None
    refuse: bool = False
    any_of: tuple[Expected, ...] = ()
    sentences: tuple[int, int] | None = None
    conversation: str | None = None
    before: tuple[str, ...] = ()
    dress: str | None = None
    answer: str | None = None
    status: Status | None = None

    @field_validator("sentences", mode="before")
    @classmethod
    def _as_range(cls, value: Any) -> Any:
        return (value, value) if isinstance(value, int) else value

    @property
    def references(self) -> tuple[str, ...]:
        """Texts to compare the answer's words with: alternatives of one group, or all groups."""
        if len(self.answer_all) <= 1:
            return self.answer_all[0] if self.answer_all else ()
        return (" ".join(group[0] for group in self.answer_all if group),)


def first_fault(error: ValidationError) -> str:
    """Return the first thing that is wrong with an object: its field, and why."""
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"]) or "the object"
    return f"{field}: {first['msg']}"


def validated(entry: Any, where: str) -> Case:
    """Return an entry of a file as a case.

    Raises:
        CasesError: Names `where` and the first field that is wrong.
    """
    try:
        return Case.model_validate(entry)
    except ValidationError as error:
        raise CasesError(f"{where}, field {first_fault(error)}") from error


def cases_of(entry: Any, where: str, *, article: str | None) -> Iterator[Case]:
    """Yield the case of an object, or the turns of a conversation.

    `{"conversation", "article", "turns": [case, ...]}` is asked turn by turn of one article:
    that of the conversation, else of its first turn.

    Raises:
        CasesError: Names `where` and the first field that is wrong.
    """
    if article is not None and isinstance(entry, dict):
        entry = {**entry, "article": article}
    if not isinstance(entry, dict) or "turns" not in entry:
        yield validated(entry, where)
        return
    turns = entry["turns"]
    if not isinstance(turns, list) or not turns or not all(isinstance(t, dict) for t in turns):
        raise CasesError(f"{where}, field turns: a list of questions, at least one")
    shared = {name: entry[name] for name in _OF_ALL if name in entry}
    told = entry.get("article") or turns[0].get("article")
    name = str(entry.get("conversation") or entry.get("id") or turns[0].get("id"))
    before: tuple[str, ...] = ()
    for number, turn in enumerate(turns, start=1):
        of_turn = {"id": f"{name}.{number}", **shared, **turn}
        of_turn |= {"conversation": name, "before": before, "article": told}
        case = validated(of_turn, f"{where}, field turns.{number}")
        yield case
        before = (*before, case.question)
