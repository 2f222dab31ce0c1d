"""What the page says somebody is: the words before a name or behind it, and their gender."""

import re
from collections.abc import Sequence

from index.language.report_words import Gender, Language
from index.language.words import folded_words, stop_words
from index.statements.names import ends_like_role, joined
from index.statements.phrases import phrase_ending_at
from index.statements.tokens import Sentence, Token

_LONGEST_ROLE_TOKENS = 14


def role_of(sentence: Sentence, first: int, last: int, language: Language) -> str | None:
    tokens = sentence.tokens
    start = first
    if start and tokens[start - 1].has("title"):
        start -= 1
    after = _role_after(tokens, last, language)
    if start and tokens[start - 1].text == ",":
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        if following is None or following.kind == "punctuation":
            before = _role_before(tokens, start - 2, language)
            if before is not None:
                return before
        return after
    if start and (tokens[start - 1].has("of", "prepositions")):
        return after
    return _role_before(tokens, start - 1, language) or after


def _role_before(tokens: Sequence[Token], last: int, language: Language) -> str | None:
    if last < 0 or tokens[last].kind != "word":
        return None
    phrase = phrase_ending_at(tokens, last, language)
    if phrase is None or phrase.pronoun or last - phrase.first > _LONGEST_ROLE_TOKENS:
        return None
    inside = _of_role(tokens[phrase.first : last + 1], language)
    if not any(is_role(token, language) for token in inside):
        return None
    return joined(inside)


def _of_role(inside: Sequence[Token], language: Language) -> Sequence[Token]:
    """Return a phrase from the office on where others and what they do stand before it.

    "The talks of Ek and Lind take place before the visit of the outgoing president Joe Moe".
    """
    office = next((n for n, token in enumerate(inside) if is_role(token, language)), 0)
    before = inside[:office]
    names = [n for n, token in enumerate(before) if n and token.capital and token.kind == "word"]
    if not names or language.capitalised_nouns:
        return inside
    between = [t for t in before[names[-1] + 1 :] if not t.has("of", "prepositions", "determiner")]
    joints = [n for n, token in enumerate(before) if token.has("of", "prepositions")]
    return inside[joints[-1] + 1 :] if between[1:] and joints else inside


def _role_after(tokens: Sequence[Token], last: int, language: Language) -> str | None:
    position = last + 1
    if position + 1 >= len(tokens) or tokens[position].text not in (",", "("):
        return None
    start = position + 1
    if not any(is_role(token, language) for token in tokens[start : start + 4]):
        return None
    if tokens[start].has("relatives") and not tokens[start].has("determiner"):
        return None
    end = start
    while end < len(tokens) and end - start < _LONGEST_ROLE_TOKENS:
        token = tokens[end]
        if (token.kind == "punctuation" and token.text not in "'’.-") or token.kind == "quotation":
            break
        if token.has("relatives") and not token.has("determiner"):
            break
        end += 1
    if end < len(tokens) and tokens[end].text == ":":
        return None  # "Rubato il Bambino del Duomo, il parroco: «…»" lets the priest speak
    inside = tokens[start:end]
    while inside and inside[-1].text == ".":
        inside = inside[:-1]
    return joined(inside) if inside else None


def is_role(token: Token, language: Language) -> bool:
    """Whether a word names what somebody is."""
    return token.has("role") or (
        ends_like_role(token, language) and token.capital == language.capitalised_nouns
    )


def role_words(role: str) -> frozenset[str]:
    """Return the folded words of a role that tell it from another one."""
    stop = stop_words(None)
    return frozenset(word for word in folded_words(role) if word not in stop and len(word) > 1)


def role_gender(role: str, language: Language) -> Gender | None:
    """Return the gender that a role or its article shows, None for "porte-parole"."""
    words = role.casefold().replace("’", "'").replace("'", "' ").split()
    if words and language.tagged(words[0]) & {"determiner:feminine"}:
        return "feminine"
    if words and language.tagged(words[0]) & {"determiner:masculine"}:
        return "masculine"
    for word in words:
        tags = language.tagged(word)
        feminine, masculine = "roles_feminine" in tags, "roles_masculine" in tags
        if feminine != masculine:
            # Russian "адвокат" may be a woman
            return "feminine" if feminine else None if language.no_articles else "masculine"
        if feminine:
            return None
    return None


def without_article(role: str | None, language: Language) -> str | None:
    if role is None:
        return None
    parts = re.match(r"([^\W\d_]+['’]|[^\W\d_]+\s+)(.+)", role, re.DOTALL)
    if parts and "determiner" in language.tagged(
        parts.group(1).strip().casefold().replace("’", "'")
    ):
        return parts.group(2)
    return role
