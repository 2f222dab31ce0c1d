"""What stands before a verb as its subject: a phrase, a pronoun, or the subject of the verb before.

Appositions and relative clauses between a subject and its verb are stepped over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.language.report_words import Language
from index.statements.phrases import Phrase, is_governed, is_name_quotation, phrase_ending_at
from index.statements.pointing import pointing_until
from index.statements.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What was found before a verb: a phrase, or that the verb shares the subject before it."""

    phrase: Phrase | None
    shared: bool = False


_OPEN = Subject(phrase=None)
_SHARED = Subject(phrase=None, shared=True)


def subject_before(tokens: Sequence[Token], verb: int, language: Language) -> Subject:
    """Return what stands before a verb as its subject."""
    position = verb - 1
    while position >= 0:
        if pointing_until(tokens, position, language) is not None:
            return Subject(phrase=phrase_ending_at(tokens, position, language))
        if not _skippable(tokens[position]) or is_governed(tokens, position):
            break
        position -= 1
    if position < 0:
        return _OPEN
    token = tokens[position]
    if (
        token.has("pronoun")
        and not token.has("relatives")
        and not (token.has("determiner") and verb - position > 1)
    ):
        if token.has("pronoun:people"):
            # "Two senior officials said": the words before them belong to them
            whole = phrase_ending_at(tokens, position, language)
            return Subject(phrase=whole or Phrase(first=position, last=position))
        if token.has("pronoun:other"):
            return _OPEN
        return Subject(phrase=Phrase(first=position, last=position, pronoun=True))
    if token.has("relatives"):
        return _antecedent(tokens, position, language)
    if token.has("coordinators"):
        return _SHARED
    if token.text == ",":
        return _before_comma(tokens, position, language)
    return Subject(phrase=phrase_ending_at(tokens, position, language))


def _skippable(token: Token) -> bool:
    if token.has("relatives", "coordinators"):
        return False
    if token.has("objects") and not token.has("pronoun"):
        return True
    return token.has("adverbs", "negations", "reflexives") or (
        token.has("times") and not token.capital
    )


def _antecedent(tokens: Sequence[Token], relative: int, language: Language) -> Subject:
    position = relative - 1
    while position >= 0 and (tokens[position].text == "," or tokens[position].has("prepositions")):
        position -= 1
    if position < 0:
        return _OPEN
    if tokens[position].has("pronoun") and not tokens[position].has("pronoun:people"):
        return _OPEN
    return Subject(phrase=phrase_ending_at(tokens, position, language))


def _before_comma(tokens: Sequence[Token], comma: int, language: Language) -> Subject:
    """Return the subject before an insertion that ends at the comma ("Akar, ministre, dit")."""
    stop = comma
    for _ in range(3):
        opening = _comma_before(tokens, stop)
        if opening is None or opening < 1:
            break
        inserted = tokens[opening + 1 : stop]
        if not inserted:
            break
        earlier = _comma_before(tokens, opening)
        if earlier is not None and tokens[earlier + 1].has("relatives"):
            stop = opening  # "Lombardi, che conosce Trump, quando …, racconta": not Trump
            continue
        phrase = phrase_ending_at(tokens, opening - 1, language)
        is_insertion = _is_insertion(inserted, language)
        if phrase is not None and is_insertion and _names_somebody(tokens, phrase):
            return Subject(phrase=phrase)
        stop = opening
    if tokens[comma].text == ",":
        opening = _comma_before(tokens, comma)
        if opening is None or opening < 0:
            return _OPEN
    return _SHARED if tokens[comma].text == "," else _OPEN


def _names_somebody(tokens: Sequence[Token], phrase: Phrase) -> bool:
    return any(
        token.capital or token.has("role", "organisations", "pronoun:people")
        for token in tokens[phrase.first : phrase.last + 1]
    )


def _is_insertion(inserted: Sequence[Token], language: Language) -> bool:
    first = inserted[0]
    return (
        first.has("determiner", "relatives", "role", "organisations")
        or first.capital
        or first.has("openers", "prepositions", "subordinators")
        or not first.tags
    )


def _comma_before(tokens: Sequence[Token], position: int) -> int | None:
    for back in range(position - 1, -1, -1):
        if tokens[back].text in (",", "—", "–"):
            return back
        if tokens[back].text in (";", ":"):
            return None
        if tokens[back].kind == "quotation" and not is_name_quotation(tokens[back]):
            return None  # but: "Mabel, dubbed "the Duchess" by fans, says"
    return None
