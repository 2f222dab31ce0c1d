"""The verbs and nouns that say how what follows them stands: denied, alleged, demanded, hoped."""

from functools import cache
from typing import Literal, get_args

from index.language import lexicon
from index.language.dispute_words import vocabulary
from index.language.phrase_patterns import PhraseSet, read_words

VerbStanding = Literal["denied", "alleged", "demanded", "asked", "hoped"]
_STANDINGS: tuple[VerbStanding, ...] = get_args(VerbStanding)


@cache
def scope_phrases(language: str) -> tuple[tuple[VerbStanding, PhraseSet], ...]:
    """Return the phrases of a language by how what follows them stands."""
    known, own = vocabulary(language), lexicon.table(language, "scope")
    return (
        ("denied", known.deny_verbs),
        ("denied", known.doubt_verbs),
        ("alleged", known.accuse_verbs),
        *((standing, PhraseSet.of(own[standing])) for standing in _STANDINGS),
    )


def scope_words(text: str, language: str) -> frozenset[str]:
    """Return the folded words of a text that say how something stands.

    >>> sorted(scope_words("She denied it and demanded more.", "en"))
    ['demanded', 'denied']
    """
    words = read_words(text)
    return frozenset(
        word.folded
        for _, phrases in scope_phrases(language)
        for found in phrases.find(words)
        for word in words[found.first : found.last + 1]
    )
