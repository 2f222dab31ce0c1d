"""One question, validated where it enters."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from assistant.errors import CasesError

Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Case(BaseModel):
    """One question. Every field but the first three may be missing.

    `answer_all` holds groups: one member of each must be in the answer; no member of
    `answer_none` may be. One cited passage must contain a member of `cite_any_of`, and be
    by `speaker` where that is set. `refuse` means that the article does not answer.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Filled
    article: Filled
    question: Filled
    lang: str | None = None
    type: str | None = None
    answer_all: tuple[tuple[Filled, ...], ...] = ()
    answer_none: tuple[Filled, ...] = ()
    cite_any_of: tuple[Filled, ...] = ()
    speaker: str | None = None
    refuse: bool = False

    @property
    def references(self) -> tuple[str, ...]:
        """Texts to compare the answer's words with: alternatives of one group, or all groups."""
        if len(self.answer_all) <= 1:
            return self.answer_all[0] if self.answer_all else ()
        return (" ".join(group[0] for group in self.answer_all if group),)


def validated(entry: Any, where: str) -> Case:
    """Return an entry of a file as a case.

    Raises:
        CasesError: Names `where` and the first field that is wrong.
    """
    try:
        return Case.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the object"
        raise CasesError(f"{where}, field {field}: {first['msg']}") from error
