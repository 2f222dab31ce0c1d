"""A voice: a speaker as resolved at one place of the page."""

from dataclasses import dataclass

from index.language.report_words import Gender
from index.statements.mentions import Person
from index.statements.statement import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A resolved speaker at a place of the text; `person` where the page names one in full.

    `thing` is a voice that is neither named nor a role: "the memo", which no "he" means.
    """

    speaker: Speaker
    person: Person | None
    gender: Gender | None
    sentence: int
    start: int
    thing: bool = False


def fits(voice: Voice, gender: Gender | None) -> bool:
    """Whether a pronoun of that gender can mean the voice; None is any gender but the plural.

    "It" means a body or a thing, never somebody the page shows to be a person.
    """
    if gender == "plural":
        return voice.gender == "plural"
    if gender == "neuter":
        named = voice.person is not None and not voice.person.is_sure
        return voice.gender is None and (voice.thing or named)
    if voice.gender is None and voice.thing:
        return False
    if gender in ("masculine", "feminine") and voice.person is not None and voice.person.is_body:
        return False
    return voice.gender in (None, gender) if gender else voice.gender != "plural"
