"""What stands first in a sentence and is not its subject: an apposition, a German object."""

from collections.abc import Sequence

from index.language.report_words import Language
from index.statements.phrases import Phrase, is_verb
from index.statements.roles import is_role
from index.statements.somebody import is_somebody
from index.statements.tokens import Token
from index.statements.verb_forms import is_finite
from index.statements.verb_second import is_oblique, nominative_after


def behind_apposition(tokens: Sequence[Token], phrase: Phrase, language: Language) -> Phrase | None:
    """Return the pronoun of « Mareyeuse depuis vingt ans, elle est la seule femme ici »."""
    comma = next((i for i in range(phrase.last, len(tokens)) if tokens[i].text == ","), None)
    if comma is None or comma + 2 >= len(tokens):
        return None
    if any(is_verb(tokens, place, language) for place in range(comma)):
        return None
    first, verb = tokens[comma + 1 : comma + 3]
    if not first.has("pronoun") or first.has("relatives", "pronoun:other"):
        return None
    only = not first.has("tonic", "objects")  # "he", not « elle »
    is_subject = only or is_finite(verb, language) or verb.has("objects", "negations")
    return Phrase(first=comma + 1, last=comma + 1, pronoun=True) if is_subject else None


def is_apposition(tokens: Sequence[Token], phrase: Phrase, language: Language) -> bool:
    """Whether a calling without an article opens: « Figlia di un casellante, entrò … »."""
    first, behind = tokens[phrase.first], tokens[phrase.last + 1 : phrase.last + 2]
    bare = not phrase.first and is_role(first, language) and not first.has("determiner")
    closes = any(token.text == "," for token in behind)
    named = tokens[phrase.first + 1 : phrase.last + 1]
    return (
        language.null_subjects and bare and closes
        and not any(token.capital for token in named[:1])
    )  # fmt: skip


def behind_verb(tokens: Sequence[Token], phrase: Phrase, language: Language) -> Phrase | None:
    """Return the subject where something else stands before a German verb.

    "Den Vorwurf wies Henrike Vosskuhl zurück", "Von Zufall will sie nichts wissen".
    """
    verb = phrase.last + 1
    if not language.verb_second or verb + 1 >= len(tokens):
        return None
    if tokens[verb + 1].has("pronoun:anyone"):
        return Phrase(first=verb + 1, last=verb + 1, pronoun=True)
    behind = nominative_after(tokens, verb + 1, language)
    if behind is None or not is_finite(tokens[verb], language):
        return None
    oblique = is_oblique(tokens, phrase, language) or tokens[phrase.first].has("of")
    other = oblique or not is_somebody(tokens, phrase, language)
    return behind if other and is_somebody(tokens, behind, language) else None
