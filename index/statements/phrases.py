"""Noun phrases: the words that name who speaks, found from either end.

No parser: capitals, articles, prepositions and punctuation say where a phrase begins and
ends. When they do not, there is no phrase, and the speaker stays unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.language.report_words import Language, Pointing
from index.statements.pointing import pointing_from, pointing_until
from index.statements.tokens import Token

_LONGEST_NAME_QUOTE_WORDS = 4
_LONGEST_OFFICE = 4
_NOUNS = frozenset(("organisations", "documents"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Tokens `first` to `last`, both included, that name somebody; `pronoun` for "il".

    `pointing` for a pronoun that points back by order: "ce dernier". `ending` is how many
    characters of its last word are the ending of a case: 3 in "bakanlıktan".
    """

    first: int
    last: int
    pronoun: bool = False
    pointing: Pointing | None = None
    ending: int = 0

    def span(self, tokens: Sequence[Token]) -> tuple[int, int]:
        """Return the characters of the phrase, half-open."""
        return tokens[self.first].start, tokens[self.last].end - self.ending


def is_name_quotation(token: Token) -> bool:
    """Whether a quotation is short enough to be a name inside a phrase."""
    if token.quotation is None:
        return False
    words = token.text.split()
    return len(words) <= _LONGEST_NAME_QUOTE_WORDS and words[-1][-2:-1] not in (".", ",", "!", "?")


def is_verb(tokens: Sequence[Token], position: int, language: Language) -> bool:
    token = tokens[position]
    if token.has("auxiliaries", "copulas", "finite"):
        return not (token.capital and position > 0)
    if token.capital or token.low not in language.finite_forms:
        return False
    if language.past_endings and not token.low.endswith(language.past_endings):
        return False
    before = tokens[position - 1] if position else None
    return before is None or not (before.has("determiner", "of", "prepositions"))


def starts_phrase(tokens: Sequence[Token], position: int, language: Language) -> bool:
    """Whether a noun phrase can begin at a token."""
    token = tokens[position]
    if token.kind == "number":
        return True
    if token.kind == "quotation":
        return False
    if token.kind != "word":
        return False
    if token.has("determiner", "title", "pronoun:people"):
        return True
    if token.has("prepositions", "times", "adverbs"):
        return False
    if token.has("subordinators", "coordinators", "complementizers"):
        return False
    if token.has("openers"):
        return False
    if token.capital:
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        first_word = position == 0 and language.roles_need_article
        return not (first_word and following is not None and following.has("determiner"))
    return (token.has("role") and not language.roles_need_article) or token.has("pronoun")


def phrase_after(
    tokens: Sequence[Token],
    position: int,
    language: Language,
    *,
    skip: bool = True,
    bare: bool = False,
) -> Phrase | None:
    """Return the phrase that begins at a token, after words of time and manner.

    `bare` lets it begin with any noun: "a juicio del mandatario", Russian nouns.
    """
    end = len(tokens)
    while skip and position < end and (tokens[position].has("times", "adverbs")):
        position += 1
    if position >= end:
        return None
    pointed = pointing_from(tokens, position, language)
    if pointed is not None:
        return Phrase(first=position, last=pointed[1], pronoun=True, pointing=pointed[0])
    token = tokens[position]
    if token.has("pronoun") and not token.has("pronoun:people"):
        following = tokens[position + 1] if position + 1 < end else None
        is_article = (
            token.has("determiner")
            and following is not None
            and (
                following.kind == "word"
                and not is_verb(tokens, position + 1, language)
                and not following.has("prepositions")
            )
        )
        if not is_article:
            if token.has("pronoun:other"):
                return None
            return Phrase(first=position, last=position, pronoun=True)
    if not starts_phrase(tokens, position, language) and not (
        (language.bare_clauses or bare) and token.kind == "word" and token.tags <= _NOUNS
    ):
        return None
    last = _walk_right(tokens, position, language)
    if last == position and token.has("pronoun:other") and token.has("determiner"):
        return None  # "weist das zurück"
    return None if last is None else Phrase(first=position, last=last)


def _is_behind_name(tokens: Sequence[Token], first: int, position: int, language: Language) -> bool:
    """Whether an unknown small word follows a full name: « La doctorante Awa Ndiour | perd »."""
    if language.capitalised_nouns or position - 2 < first or tokens[position].tags:
        return False
    return all(token.kind == "word" and token.capital for token in tokens[position - 2 : position])


def _is_behind_noun(tokens: Sequence[Token], first: int, position: int, language: Language) -> bool:
    """Whether an unknown small word follows a noun: "Der Zug | schreibe jährlich Verlust"."""
    before = tokens[position - 1]
    return (
        language.capitalised_nouns and position > first + 1 and not tokens[position].tags
        and before.capital and not before.has("title")
    )  # fmt: skip


def _is_past(token: Token, language: Language) -> bool:
    """Whether an unknown word ends as only verbs do: « El inspector evitó confirmar »."""
    return (
        not token.tags
        and bool(language.tense_endings)
        and (token.low.endswith(language.tense_endings))
    )


def _walk_right(tokens: Sequence[Token], first: int, language: Language) -> int | None:
    position = first
    last: int | None = None
    only_names = True
    end = len(tokens)
    while position < end:
        token = tokens[position]
        if token.kind == "quotation":
            named = is_name_quotation(token) and position > first  # "der „Tageszeitung“"
            if not named or (last is not None and only_names):
                break
            last = position
        elif token.kind == "punctuation":
            if token.text in "-/&" and last == position - 1:
                pass
            else:
                break
        elif token.kind == "number":
            last, only_names = position, False
        elif token.has("determiner") and (position == first or _linked(tokens, position)):
            only_names = only_names and position == first
            if position == first:
                only_names = False
        elif _begins_another(tokens, position) and last is not None:
            break
        elif position == first + 1 and _is_latest(tokens, position):
            only_names = False
        elif token.has("of") and last is not None:
            following = tokens[position + 1] if position + 1 < end else None
            if following is None or following.kind == "punctuation":
                break
            only_names = False
        elif (office := _office_end(tokens, position, language)) is not None:
            return office
        elif token.has("noun_coordinators") and last is not None:
            if position + 1 >= end or not _coordinates(tokens, position + 1, language):
                break
        elif token.capital or token.has("title", "genitive"):
            if token.has("times") or (token.has("prepositions") and last is not None):
                break
            last = position
        elif _is_age(tokens, position):
            last = position
        elif (
            (
                token.has(
                    "prepositions",
                    "times",
                    "adverbs",
                    "subordinators",
                    "complementizers",
                    "relatives",
                    "coordinators",
                    "objects",
                    "negations",
                    "openers",
                )
                or (token.has("pronoun") and position > first and not token.has("pronoun:people"))
            )
            or (only_names and last is not None and not token.has("role"))
            or (is_verb(tokens, position, language) and last is not None)
            or _is_behind_name(tokens, first, position, language)
            or _is_behind_noun(tokens, first, position, language)
            or (language.null_subjects and last is not None and _is_past(token, language))
        ):
            break
        else:
            last, only_names = position, False
        position += 1
    while language.capitalised_nouns and last is not None and last > first:
        if tokens[last].kind != "word" or tokens[last].capital or tokens[last].tags:
            break
        last -= 1  # "wies die Regierung zurück": the particle of the verb
    return last


def _office_end(tokens: Sequence[Token], position: int, language: Language) -> int | None:
    """Return the last word of "aux sports" in "l'adjoint aux sports, Karim Benhaddou"."""
    if not position or not tokens[position].has("inner") or not tokens[position - 1].has("role"):
        return None
    for ahead in range(position + 1, min(position + 2 + _LONGEST_OFFICE, len(tokens) - 1)):
        if tokens[ahead].text == ",":
            following = tokens[ahead + 1]
            is_named = following.capital or following.has("title")
            return ahead - 1 if is_named and ahead > position + 1 else None
        if tokens[ahead].kind != "word" or is_verb(tokens, ahead, language):
            return None
    return None


def _begins_another(tokens: Sequence[Token], position: int) -> bool:
    """Whether an article opens the next phrase: "in una nota | il presidente"."""
    token = tokens[position]
    common = token.has("determiner:definite") and not token.capital and not token.has("of", "inner")
    return common and not tokens[position - 1].has("prepositions", "adverbs")


def _is_age(tokens: Sequence[Token], position: int) -> bool:
    """Whether a word of time only tells how old somebody is: « cette soignante de 36 | ans »."""
    before = tokens[max(0, position - 2) : position]
    counted = len(before) == 2 and before[1].kind == "number" and before[0].has("of")
    return counted and tokens[position].has("times")


def _is_latest(tokens: Sequence[Token], position: int) -> bool:
    """Whether a word of time only describes what is named: "le dernier | rapport du port"."""
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if following is None or following.kind != "word" or not tokens[position].has("times"):
        return False
    named = not following.tags or following.has("role", "organisations", "documents", "noun_like")
    return tokens[position - 1].has("determiner") and named


def _linked(tokens: Sequence[Token], position: int) -> bool:
    before = tokens[position - 1]
    return before.has("of", "noun_coordinators", "determiner")


def _coordinates(tokens: Sequence[Token], position: int, language: Language) -> bool:
    """Whether after "and" another person or thing is named, not another clause begun."""
    token = tokens[position]
    if token.capital and not token.has("prepositions") and not token.has("pronoun"):
        return True
    return token.has("determiner", "role")


def phrase_ending_at(tokens: Sequence[Token], last: int, language: Language) -> Phrase | None:
    """Return the phrase whose last word stands at a place."""
    pointed = pointing_until(tokens, last, language)
    if pointed is not None:
        return Phrase(first=pointed[1], last=last, pronoun=True, pointing=pointed[0])
    if tokens[last].has("determiner", "prepositions") and not (
        tokens[last].capital or tokens[last].has("pronoun", "suffixes")
    ):
        return None  # "por una | bacteria"
    boundary = last
    while boundary >= 0 and not _stops(tokens, boundary, language):
        boundary -= 1
    first = boundary + 1
    if first > last:
        return None
    start = _leftmost_start(tokens, first, last, language)
    if start is None:
        return None
    if language.bare_clauses and _is_calling(tokens, first, start):
        start = first
    if tokens[start].has("pronoun") and start == last and not tokens[start].has("pronoun:people"):
        if tokens[start].has("pronoun:other"):
            return None
        return Phrase(first=start, last=last, pronoun=True)
    head = tokens[start]
    if head.has("pronoun") and not head.has("pronoun:people", "determiner"):
        return None  # "he felt he", a clause and no phrase
    if not any(_is_nominal(tokens[index]) for index in range(start, last + 1)):
        return None
    return Phrase(first=start, last=last)


def _is_calling(tokens: Sequence[Token], first: int, name: int) -> bool:
    """Whether bare words say who a name behind a comma is: ", harbour master Ann Hale"."""
    words = tokens[first:name]
    opens = first > 0 and (tokens[first - 1].text == "," or tokens[first - 1].kind == "quotation")
    return opens and all(t.kind == "word" and not t.capital and not t.tags for t in words)


def _is_nominal(token: Token) -> bool:
    if token.kind == "quotation" or token.has("pronoun:people"):
        return True
    return token.kind == "word" and not token.has("determiner") and not token.has("of")


def _leftmost_start(
    tokens: Sequence[Token], first: int, last: int, language: Language
) -> int | None:
    for position in range(first, last + 1):
        if position > first:
            before = tokens[position - 1]
            if before.has("prepositions", "of", "determiner"):
                continue
            if before.capital and tokens[position].capital and not before.has("times"):
                continue
        if starts_phrase(tokens, position, language) or is_name_quotation(tokens[position]):
            return position
    return None


def _stops(tokens: Sequence[Token], position: int, language: Language) -> bool:
    token = tokens[position]
    if token.kind == "punctuation":
        return token.text not in (")", "(", "-", "/", "&", ".", "'", "’")
    if token.kind == "quotation":
        return not is_name_quotation(token)
    if token.kind == "number":
        return False
    if token.has("coordinators"):
        return not token.has("noun_coordinators")
    if token.has("relatives") and not token.has("determiner"):
        return True
    if token.has("complementizers", "questions", "negations"):
        return True
    if token.has("subordinators"):
        return True
    if token.has("objects") and not token.has("determiner") and not token.has("pronoun"):
        if is_governed(tokens, position):
            return False
        return not token.has("prepositions")
    return is_verb(tokens, position, language)


def is_governed(tokens: Sequence[Token], position: int) -> bool:
    """Whether a pronoun belongs to the words before it: "one of them said"."""
    return position > 0 and tokens[position].has("tonic") and tokens[position - 1].has("of")
