"""Who can say something: a person, a role, a body, a paper; not "the arrival of two trams"."""

from collections.abc import Sequence

from index.language.report_words import Language
from index.statements.phrases import Phrase
from index.statements.roles import is_role
from index.statements.tokens import Token

_SPEAKING = ("organisations", "pronoun:people", "title", "documents", "determiner:plural")


def is_somebody(tokens: Sequence[Token], phrase: Phrase, language: Language) -> bool:
    """Whether the head of a phrase can say something.

    What belongs to the head says nothing: "the pathologist's report" is no person, and
    « la livraison de 74 logements à Brême » no town.
    """
    if phrase.pronoun:
        return not tokens[phrase.first].has("pronoun:first", "pronoun:neuter")
    first, last = head_of(tokens, phrase)
    inside = tokens[first : last + 1]
    if any(token.has(*_SPEAKING) or is_role(token, language) for token in inside):
        return True
    named = [token for token in inside if token.capital and not token.has("determiner")]
    if language.capitalised_nouns:  # a noun with an article: "den Vorwurf"
        return len(named) > inside[0].has("determiner")
    # a capital that only opens the sentence; "Photographs taken at Lock 22" are no name
    opens = first == 0 and len(inside) > 1 and inside[0].low.endswith(language.plural_endings)
    taken = opens and last < phrase.last and not (inside[-1].capital or inside[-1].tags)
    bare = not inside[0].has("determiner") and not (
        taken and not inside[-1].low.endswith(language.plural_endings or "\0")
    )
    return any(token.start > tokens[0].start or bare for token in named)


def head_of(tokens: Sequence[Token], phrase: Phrase) -> tuple[int, int]:
    """Return the first and last token of a phrase without what belongs to its head."""
    places = range(phrase.first + 1, phrase.last + 1)
    owners = [place for place in places if tokens[place].has("genitive")]
    first = owners[-1] + 1 if owners and owners[-1] < phrase.last else phrase.first
    behind = range(first + 1, phrase.last + 1)
    of = next((place for place in behind if tokens[place].has("of", "prepositions")), None)
    return first, phrase.last if of is None else of - 1
