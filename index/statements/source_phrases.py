"""Whom words of attribution name: "the mayor" of "according to the mayor", or nobody."""

from collections.abc import Sequence
from dataclasses import replace

from index.language.report_words import Language
from index.statements.phrases import Phrase, is_verb, phrase_after
from index.statements.roles import is_role
from index.statements.somebody import is_somebody
from index.statements.tokens import Token
from index.statements.verb_forms import is_nonfinite

_SPEAKER_TAGS = ("role", "organisations", "title")


def verb_behind(tokens: Sequence[Token], last: int, language: Language) -> bool:
    """Whether behind "…, para Hurtado," the verb of the sentence follows."""
    return last + 2 < len(tokens) and is_verb(tokens, last + 2, language)


def _is_participle(token: Token, language: Language) -> bool:
    return is_nonfinite(token, language) or token.low.endswith(language.participle_endings or "\0")


def without_participle(tokens: Sequence[Token], phrase: Phrase, language: Language) -> Phrase:
    """Return "a budget paper" of "a budget paper published on Monday"."""
    last, behind = phrase.last, phrase.last + 1
    goes_on = behind < len(tokens) and tokens[behind].has("prepositions", "times", "agent")
    while goes_on and last > phrase.first + 1 and not tokens[last].capital:
        if not _is_participle(tokens[last], language) or is_role(tokens[last], language):
            break
        last -= 1
    return replace(phrase, last=last)


def maker_of(tokens: Sequence[Token], phrase: Phrase, language: Language) -> Phrase | None:
    """Return whose figures are cited: "data released by the agency", « des chiffres de … ».

    A report or a study speaks for itself: "according to a report by the agency".
    """
    inside = tokens[phrase.first : phrase.last + 1]
    if not any(token.has("documents") for token in inside):
        return None
    behind = phrase.last + 1
    behind += behind < len(tokens) and tokens[behind].has("issuing")
    if behind >= len(tokens) or not tokens[behind].has("agent", "issuers"):
        return None
    if not tokens[behind - 1].has("issuing", "documents"):
        return None  # "reports received by the agency" are not its own
    maker = phrase_after(tokens, behind + 1, language, skip=False)
    if maker is None or maker.pronoun or not is_somebody(tokens, maker, language):
        return None
    return maker


def is_measure(tokens: Sequence[Token], phrase: Phrase, language: Language) -> bool:
    """Whether things and no persons are named: "selon les domaines" means "depending on"."""
    inside = tokens[phrase.first : phrase.last + 1]
    first = inside[0]
    if phrase.pronoun or not (first.has("determiner:plural") and first.has("determiner:definite")):
        return False
    return not any(
        token.capital
        or is_role(token, language)
        or token.has(
            "organisations", "pronoun:people", "attribution_nouns", "clause_nouns", "documents"
        )
        for token in inside[1:]
    )


def with_place(tokens: Sequence[Token], last: int, language: Language) -> int:
    """Return the last word of "les opposants au projet", given that of "les opposants"."""
    if last + 1 < len(tokens) and tokens[last + 1].has("prepositions", "inner"):
        inner = phrase_after(tokens, last + 2, language, skip=False)
        noun = last + 2 < len(tokens) and tokens[last + 2].kind == "word"
        return inner.last if inner is not None else last + 2 if noun else last
    return last


def can_be_inside(token: Token) -> bool:
    if token.kind == "punctuation":
        return False
    return (
        token.capital
        or token.has("determiner", "of", "suffixes", "role", "title")
        or not token.tags
    )


def is_source(tokens: Sequence[Token], phrase: Phrase, language: Language) -> bool:
    if phrase.pronoun:
        return False
    inside = tokens[phrase.first : phrase.last + 1]
    head = inside[1] if inside[0].has("determiner") and len(inside) > 1 else inside[0]
    if inside[0].has("determiner:plural", "determiner:definite") and is_role(head, language):
        return True  # "Pour les opposants au projet,"
    end = next((i for i, token in enumerate(inside) if i and token.has("of")), len(inside))
    return any(
        token.has(*_SPEAKER_TAGS) or is_role(token, language) for token in inside[:end]
    ) or all(token.capital for token in inside)


def source_phrase(
    tokens: Sequence[Token],
    position: int,
    language: Language,
    *,
    needs_noun: bool,
    bare: bool = False,
) -> Phrase | None:
    """Return who is named; nouns such as "Angaben" hand over to their genitive."""
    if position >= len(tokens):
        return None
    if tokens[position].has("tonic"):
        return Phrase(first=position, last=position, pronoun=True)
    head = position
    limit = min(position + 4, len(tokens))
    while head < limit and not tokens[head].has("attribution_nouns"):
        token = tokens[head]
        if token.kind != "word" or token.has("prepositions"):
            head = limit
            break
        if needs_noun and token.capital and language.capitalised_nouns:
            head = limit
            break
        head += 1
    if head < limit and tokens[head].has("attribution_nouns"):
        after = head + 1
        if after < len(tokens) and tokens[after].has("of"):
            after += 0 if tokens[after].has("determiner") else 1
            return phrase_after(tokens, after, language, skip=False)
        if after < len(tokens) and tokens[after].capital and language.capitalised_nouns:
            return phrase_after(tokens, after, language, skip=False)
        return Phrase(first=position, last=head)
    if head < limit and needs_noun:
        return Phrase(first=position, last=head)
    if needs_noun:
        return None
    return phrase_after(tokens, position, language, skip=False, bare=bare)
