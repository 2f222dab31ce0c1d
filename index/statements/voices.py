"""A voice: a speaker as resolved at one place of the page."""

from dataclasses import dataclass

from index.language.report_words import Gender
from index.statements.mentions import Person
from index.statements.statement import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A resolved speaker at a place of the text; `person` where the page names one in full."""

    speaker: Speaker
    person: Person | None
    gender: Gender | None
    sentence: int
    start: int


def fits(voice: Voice, gender: Gender) -> bool:
    """Whether a pronoun of that gender can mean the voice."""
    if gender == "plural":
        return voice.gender == "plural"
    return voice.gender in (None, gender)
