"""The verbs that report speech, which name no topic, and the pronouns for those who speak."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.locale import asks_with
from index.language.report_words import Gender, load
from index.language.words import fold

_GENDERS: tuple[Gender, ...] = ("masculine", "feminine", "plural")
_PARTS = ("pronoun", "tonic", "owner")
_PEOPLE = frozenset({"pronoun:feminine", "pronoun:masculine", "pronoun:plural"})


@cache
def personal_pronouns(language: str) -> frozenset[str]:
    """Return the folded pronouns that stand for somebody: "she", "они"."""
    tags = load(language).tags
    return frozenset(fold(word) for word, parts in tags.items() if parts & _PEOPLE)


@cache
def reporting_words(language: str) -> frozenset[str]:
    """Return the folded forms of the verbs that report what somebody says, and mean little else."""
    return frozenset(
        fold(written)
        for written, forms in load(language).verbs.items()
        if any("clause" in form.frames and "weak" not in form.frames for form in forms)
    )


@cache
def own_words(language: str) -> frozenset[str]:
    """Return the folded words that say whose something is: "its", "son"."""
    tags = load(language).tags
    return frozenset(fold(word) for word, parts in tags.items() if "possessives" in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronoun:
    """A pronoun for somebody: which word of a question it is, and what it agrees with."""

    place: int
    gender: Gender
    is_subject: bool


def pronouns(language: str, words: Sequence[str]) -> tuple[Pronoun, ...]:
    """Return the pronouns for somebody among folded words, in order.

    "la" is one before a word that asks: "chi la difende", not "la maire dit quoi".
    """
    found: list[Pronoun] = []
    for place, (word, after) in enumerate(zip(words, (*words[1:], ""), strict=True)):
        tags = load(language).tagged(word)
        is_object = {"objects", "determiner:definite"} <= tags and asks_with(language, after)
        parts = (*_PARTS, "determiner") if is_object else _PARTS
        for gender in _GENDERS:
            if any(f"{part}:{gender}" in tags for part in parts):
                is_subject = f"pronoun:{gender}" in tags
                found.append(Pronoun(place=place, gender=gender, is_subject=is_subject))
    return tuple(found)
