"""Words that have the form of a verb, known or not: by the lists, else by their endings."""

from index.language.report_words import Language
from index.statements.tokens import Token


def is_finite(token: Token, language: Language) -> bool:
    """Whether a word is a known finite verb, or has the form of one and no other part."""
    if token.kind != "word" or token.capital:
        return False
    if token.has("auxiliaries", "copulas", "finite", "infinitive_hosts"):
        return not token.has("determiner", "prepositions")
    if token.low in language.finite_forms:
        return True
    return not token.tags and token.low.endswith(language.finite_endings)


def is_nonfinite(token: Token, language: Language) -> bool:
    """Whether a word has the form of a participle or an infinitive."""
    if token.kind != "word" or token.capital:
        return False
    if token.low in language.other_forms:
        return True
    return not token.tags and token.low.endswith(
        language.participle_endings + language.infinitive_endings
    )
