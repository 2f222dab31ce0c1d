"""Words that point back by order: "ce dernier", "le premier", "la seconde", "l'intéressée".

They are no names and no roles; whom they mean is decided in `pronouns`.
"""

from collections.abc import Sequence

from index.language.report_words import Language, Pointing
from index.statements.tokens import Token

_LONGEST = 2


def pointing_from(
    tokens: Sequence[Token], position: int, language: Language
) -> tuple[Pointing, int] | None:
    """Return the pointing words that begin at a token and the place of their last one.

    Not where a noun follows: "le premier ministre" is a role.
    """
    if not language.pointing:
        return None
    for size in range(_LONGEST, 0, -1):
        words = tuple(token.low for token in tokens[position : position + size])
        found = language.pointing.get(words)
        if found is not None and len(words) == size:
            last = position + size - 1
            return None if _noun_follows(tokens, last) else (found, last)
    return None


def pointing_until(
    tokens: Sequence[Token], last: int, language: Language
) -> tuple[Pointing, int] | None:
    """Return the pointing words that end at a token and the place of their first one."""
    for size in range(_LONGEST, 0, -1):
        first = last - size + 1
        if first < 0:
            continue
        found = pointing_from(tokens, first, language)
        if found is not None and found[1] == last:
            return found[0], first
    return None


def _noun_follows(tokens: Sequence[Token], last: int) -> bool:
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if following is None or following.kind != "word":
        return False
    return following.has("role", "organisations", "noun_like", "of")
