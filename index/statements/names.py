"""Capitalised words that look like the name of a person, and what they are without their case."""

from collections.abc import Iterator, Sequence

from index.language.names import NAME_PARTICLES
from index.language.report_words import Language
from index.language.words import fold
from index.statements.tokens import Token

_SHORTEST_HEADLINE_WORDS = 5
_HEADLINE_SHARE = 0.85


def name_runs(tokens: Sequence[Token], language: Language) -> Iterator[tuple[int, int]]:
    """Yield the places of capitalised runs that look like the name of a person."""
    position = 0
    while position < len(tokens):
        if not _opens_name(tokens, position, language):
            position += 1
            continue
        last = position
        ahead = position + 1
        while ahead < len(tokens):
            token = tokens[ahead]
            # "Thomas Mann", "Ann Baker": behind a first name a calling is a surname
            surname = is_first_name(tokens[ahead - 1], language) or not _common(token, language)
            if token.capital and not token.has("title") and surname:
                last = ahead
            elif _is_place(tokens, position, ahead, language):
                break
            elif token.low in NAME_PARTICLES or (
                token.has("name_particles")
                and is_first_name(tokens[position], language)
                and last - position < 2
            ):
                if not _name_goes_on(tokens, ahead + 1):
                    break
            elif (
                token.kind == "punctuation"
                and token.text == "."
                and len(tokens[ahead - 1].text) == 1
            ):
                pass
            else:
                break
            ahead += 1
        yield position, last
        position = last + 1


def _is_place(tokens: Sequence[Token], first: int, particle: int, language: Language) -> bool:
    """Whether what follows is no part of a name: "Ada Val von der Hochschule", "Ufer der Ems"."""
    if tokens[particle].low not in NAME_PARTICLES:
        return False
    before = tokens[particle - 1]
    owner = tokens[particle].has("determiner") and before.low not in NAME_PARTICLES
    if owner and language.capitalised_nouns and not is_first_name(tokens[first], language):
        return True
    if particle - first < 2:
        return False
    ahead = tokens[particle + 1 : particle + 3]
    if any(token.has("organisations") for token in ahead):
        return True
    return language.capitalised_nouns and not is_first_name(tokens[particle - 1], language)


def _name_goes_on(tokens: Sequence[Token], position: int) -> bool:
    """Whether after "von" a capital follows, at once or behind "der"."""
    ahead = tokens[position : position + 2]
    if not ahead:
        return False
    return ahead[0].capital or (
        len(ahead) == 2 and ahead[0].low in NAME_PARTICLES and ahead[1].capital
    )


def _opens_name(tokens: Sequence[Token], position: int, language: Language) -> bool:
    token = tokens[position]
    if not token.capital or token.has("title") or _common(token, language):
        return False
    if language.capitalised_nouns and position and tokens[position - 1].kind == "number":
        return False  # "auf 31 Fahrten von Haus zu Haus"
    return not (
        token.has(
            "determiner",
            "prepositions",
            "times",
            "pronoun",
            "subordinators",
            "adverbs",
            "coordinators",
            "complementizers",
            "organisations",
        )
    )


def _common(token: Token, language: Language) -> bool:
    """Whether a capitalised word is a role, an institution or a day, not a part of a name."""
    if token.has("organisations", "role", "times"):
        return True
    return language.capitalised_nouns and ends_like_role(token, language)


def ends_like_role(token: Token, language: Language) -> bool:
    """Whether a word has the ending of a calling: "Gewerkschaftschef", "toxicologue"."""
    return bool(language.role_endings) and token.low.endswith(language.role_endings)


def is_first_name(token: Token, language: Language) -> bool:
    return token.low.split("-")[0] in language.first_names


def name_start(tokens: Sequence[Token], first: int, last: int, language: Language) -> int:
    """Leave out capitalised words before the first name ("Parti", a German common noun)."""
    for position in range(first, last):
        if is_first_name(tokens[position], language):
            return position
    if first == 0 and last - first >= 2 and ends_like_role(tokens[first], language):
        return 1  # "Эколог Марина Дроздова": the capital only opens the sentence
    if language.capitalised_nouns and first and tokens[first - 1].has("determiner"):
        return max(first, last - 1) if last - first >= 2 else last
    return first


def name_words(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the folded words of a name, without characters, initials and quoted nicknames."""
    folded = (fold(token.text).strip(".") for token in tokens if token.kind == "word")
    words = tuple(folded)
    return tuple(word for word in words if len(word) > 1) or words


def is_cyrillic(words: Sequence[str]) -> bool:
    """Whether a folded name is written in Cyrillic letters."""
    return all("а" <= word[0] <= "я" for word in words)


def inflected(name: str, written: str) -> bool:
    """Whether a Cyrillic name stands in another case: Петров, Петрова; Сомова, Сомовой."""
    if len(name) <= 3 or abs(len(name) - len(written)) > 2:
        return False
    shared = min(len(name), len(written)) - 1
    return name[:shared] == written[:shared]


def is_headline(tokens: Sequence[Token], language: Language) -> bool:
    """Whether nearly every word bears a capital, so that capitals show no names."""
    words = [token for token in tokens if token.kind == "word" and len(token.text) > 2]
    if language.capitalised_nouns or len(words) < _SHORTEST_HEADLINE_WORDS:
        return False
    return sum(token.capital for token in words) >= _HEADLINE_SHARE * len(words)


def joined(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    for position, token in enumerate(tokens):
        if position and token.start > tokens[position - 1].end:
            parts.append(" ")
        parts.append(token.text)
    return "".join(parts)
