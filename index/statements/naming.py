"""The words of a phrase taken apart: whose name it ends in, which role it states.

A name behind "de", "of" or a genitive belongs to somebody else: the spokesman of Akar is
not Akar.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.language.report_words import Gender, Language
from index.statements.names import is_first_name, name_runs, name_start, name_words
from index.statements.phrases import Phrase, phrase_after
from index.statements.roles import is_role, role_gender, role_words
from index.statements.somebody import head_of
from index.statements.tokens import Token

LONGEST_DESCRIPTION = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a phrase says of who speaks.

    `name` are the folded words of a personal name in head position, `name_text` as written,
    `role` the words around it. `definite` is true for "le ministre", false for "un ministre".
    """

    text: str
    name: tuple[str, ...] = ()
    name_text: str | None = None
    role: str | None = None
    role_words: frozenset[str] = frozenset()
    gender: Gender | None = None
    definite: bool = False
    plural: bool = False
    personal: bool = False
    titled: bool = False


def taken_apart(tokens: Sequence[Token], phrase: Phrase, text: str, language: Language) -> Naming:
    """Return what the phrase says."""
    inside = tokens[phrase.first : phrase.last + 1]
    start, end = phrase.span(tokens)
    written = text[start:end]
    first = inside[0]
    plural = first.has("determiner:plural") or _joins_two(inside) or _are_several(inside, language)
    definite = first.has("determiner:definite", "determiner:demonstrative") or not first.has(
        "determiner"
    )
    gender: Gender | None = None
    if plural:
        gender = "plural"
    elif first.has("determiner:feminine"):
        gender = "feminine"
    elif first.has("determiner:masculine"):
        gender = "masculine"
    counted = first.has("determiner:plural")  # "zwei frühere Mitarbeiter" is no name
    head = None if counted or _joins_two(inside) else _head_name(inside, language)
    if head is None:
        without = inside[1:] if first.has("determiner") else inside
        role_text = text[without[0].start : end] if without else written
        by_role = role_gender(role_text, language) if not plural else None
        first_of, last_of = head_of(tokens, phrase)
        of_head = tokens[first_of : last_of + 1]
        return Naming(
            text=written,
            role=None,
            role_words=role_words(role_text),
            gender=gender or by_role,
            definite=definite,
            plural=plural,
            personal=not plural and any(is_role(token, language) for token in of_head),
        )
    begin, last = head
    titled = begin > 0 and inside[begin - 1].has("title")
    if titled and inside[begin - 1].has("titles_feminine"):
        gender = "feminine"
    elif titled and inside[begin - 1].has("titles_masculine"):
        gender = "masculine"
    role_end = begin - 1 if titled else begin
    role_tokens = list(inside[:role_end])
    role = None
    if any(is_role(token, language) for token in role_tokens):
        role = text[role_tokens[0].start : role_tokens[-1].end]
    if gender is None and role is not None:
        gender = role_gender(role, language)
    return Naming(
        text=written,
        name=name_words(inside[begin : last + 1]),
        name_text=text[inside[begin].start : min(inside[last].end, end)],
        role=role,
        role_words=role_words(role) if role else frozenset(),
        gender=gender,
        definite=definite,
        plural=False,
        personal=titled or role is not None,
        titled=titled,
    )


def is_bare_calling(inside: Sequence[Token], language: Language, *, opens: bool) -> bool:
    """Whether a phrase is a calling and says of whom by no name: "the mother of three".

    `opens` is true where the phrase opens a sentence, so that its capital says nothing.
    """
    words = inside[1:] if inside[0].has("determiner") else inside
    if (
        not words
        or inside[0].has("possessives")
        or (len(words) > 1 and language.no_articles and not language.verb_final)
    ):
        return False
    head = next((place for place, token in enumerate(words) if token.has("of")), len(words))
    behind = words[head + 1 :]
    counted = not behind or behind[0].kind == "number" or behind[0].has("determiner:plural")
    return (
        counted
        and any(is_role(word, language) for word in words[-language.verb_final : head])
        and all(
            token.kind == "word"
            and not token.has("genitive", "organisations")
            and (not token.capital or language.capitalised_nouns or (opens and token is inside[0]))
            for token in words[:head]
        )
    )


def _describes(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a word can stand before the name in an apposition: "the retired teacher"."""
    token = tokens[place]
    is_age = tokens[place + 1].kind == "number" and token.has("of")
    if token.kind == "number" or is_age:
        return True
    if token.kind != "word" or token.has("title"):
        return False
    if token.capital:  # "The mayor, Councillor Ann Hale, …"
        return is_role(token, language)
    return not token.has(
        "auxiliaries",
        "copulas",
        "coordinators",
        "noun_coordinators",
        "of",
        "prepositions",
        "pronoun:people",
        "relatives",
        "subordinators",
    ) or token.has("determiner")


def _are_several(inside: Sequence[Token], language: Language) -> bool:
    """Whether a calling means several by its ending alone: "the organisers", "former tenants"."""
    behind = enumerate(inside[1:], 1)
    head = next((place for place, token in behind if token.has("of")), len(inside))
    last = inside[head - 1]  # "one of the players" is one
    low = last.low
    ending = next((e for e in language.plural_endings if low.endswith(e)), None)
    if ending is None or last.capital:
        return False
    one = low.removesuffix(ending)
    return "role" in language.tagged(one) or one.endswith(language.role_endings or "\0")


def _joins_two(inside: Sequence[Token]) -> bool:
    """Whether two are named ("Bakou et Erevan"), not one whose post has an "and"."""
    for position, token in enumerate(inside):
        if not token.has("noun_coordinators") or position == 0 or position + 1 >= len(inside):
            continue
        if _has_two_posts(inside, position):
            continue
        return True
    return False


def _has_two_posts(inside: Sequence[Token], coordinator: int) -> bool:
    """Whether the words around an "and" are posts of one person: "nurse and author Ann Hale"."""
    before, after = inside[:coordinator], inside[coordinator + 1 :]
    if not before[-1].has("role") or any(item.capital for item in before[1:]):
        return False
    named = next((place for place, item in enumerate(after) if item.capital), len(after))
    return (
        0 < named < len(after) and after[named - 1].has("role") and not after[0].has("determiner")
    )


def _head_name(inside: Sequence[Token], language: Language) -> tuple[int, int] | None:
    """Return the places of the name that the phrase is about."""
    runs = list(name_runs(inside, language))
    for begin, last in reversed(runs):
        following = inside[last + 1] if last + 1 < len(inside) else None
        if following is not None and not _may_follow(following):
            continue
        before = inside[begin - 1] if begin else None
        if before is not None and before.text == "(":
            continue  # "Hans Vogel (SPD)"
        if following is not None and following.has("genitive"):
            continue
        within = (i for i in range(begin + 1, last) if is_first_name(inside[i], language))
        first = next(within, None)
        if language.capitalised_nouns and first is not None and begin and first - begin > 1:
            return first, last  # "die Leiterin des Büros Bioenergie Sandra Rostek"
        if before is not None and (before.has("of", "prepositions")):
            continue
        if (
            before is not None
            and before.has("determiner")
            and not is_first_name(inside[begin], language)
        ):
            if last == begin or not language.capitalised_nouns:
                return None
            return (begin + 1, last) if last - begin >= 2 else None
        behind_of = any(token.has("of", "prepositions") for token in inside[:begin])
        if behind_of and last == begin:
            continue
        # "del Tribunal Supremo Ángel Hurtado": the name begins with the first name
        return next(
            (i for i in range(begin, last) if is_first_name(inside[i], language)), begin
        ), last
    return None


def _may_follow(token: Token) -> bool:
    """What can stand behind a name that is the head: a bracket, "de Lorville", an age."""
    return token.kind in ("punctuation", "number", "quotation") or token.has(
        "of", "prepositions", "genitive"
    )


def apposed_name(tokens: Sequence[Token], last: int, language: Language) -> tuple[int, int] | None:
    """Return the places of the name in "son avocate, Me Claire Aubin, …".

    A few words may say more of them first: "its chair, the retired teacher Ann Hale, …", « le
    gardien, l'étudiant de 23 ans Paul Brochet, … », "der Wärter, der Student Nils Brock, …". A
    single name stands between commas ("her daughter, Wren, says"), and a copula puts one beside
    its calling as well ("Our guest was Ann Hale.").
    """
    last = _behind_place(tokens, last, language)
    if last + 2 >= len(tokens):
        return None
    equals = tokens[last + 1].has("copulas")
    if tokens[last + 1].text != "," and not equals:
        return None
    first = last + 2
    while (
        not equals
        and first + 1 < len(tokens)
        and first - last - 2 < LONGEST_DESCRIPTION
        and (_describes(tokens, first, language) or _opens_office(tokens, first, language))
    ):
        first += 1
    if first >= len(tokens):
        return None
    titled = tokens[first].has("title")
    begin = first + 1 if titled else first
    run = next(iter(name_runs(tokens[begin : begin + 6], language)), None)
    if run is None or run[0] != 0:
        return None
    end = begin + run[1]
    begin = name_start(tokens, begin, end, language)
    following = tokens[end + 1] if end + 1 < len(tokens) else None
    closes = following is not None and following.text == ","
    alone = closes and not equals and first == last + 2 and is_role(tokens[last], language)
    if run[1] == 0 and not titled and not alone:
        return None
    if following is not None and following.text not in (",", ".", "(", ";", ":", "!", "?"):
        return None
    return begin, end


def _behind_place(tokens: Sequence[Token], last: int, language: Language) -> int:
    """Return the last word of "a witness in the probe" before a comma, given that of "a witness".

    Behind "a spokesman for the mayor, …" either may be named, so nothing is stepped over.
    """
    behind = last + 1
    if behind >= len(tokens) or not is_role(tokens[last], language):
        return last
    if not tokens[behind].has("prepositions", "inner"):
        return last
    place = phrase_after(tokens, behind + 1, language, skip=False)
    if place is None or place.last + 1 >= len(tokens) or tokens[place.last + 1].text != ",":
        return last
    inside = tokens[place.first : place.last + 1]
    return last if any(is_role(token, language) for token in inside) else place.last


def _opens_office(tokens: Sequence[Token], first: int, language: Language) -> bool:
    """Whether a capital belongs to an office before a name: "White House adviser Fiona Hill"."""
    if not tokens[first].capital or language.capitalised_nouns:
        return False
    for place in range(first + 1, min(first + LONGEST_DESCRIPTION, len(tokens) - 1)):
        if tokens[place].kind != "word":
            return False
        if not tokens[place].capital:
            return is_role(tokens[place], language) and tokens[place + 1].capital
    return False
