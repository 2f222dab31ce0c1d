"""The verbs that report speech, which name no topic, and the pronouns for those who speak."""

from functools import cache

from index.language.report_words import load
from index.language.words import fold

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
