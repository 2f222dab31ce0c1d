"""Who is named on the page: persons with their names, roles and the gender the text shows.

A surname alone belongs to a person only through `Register.bearers`; whether one of several
bearers is meant is decided in `speakers`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.statements.language import Gender, Language
from index.statements.phrases import phrase_ending_at
from index.statements.tokens import Sentence, Token
from index.words import fold, folded_words, stop_words

_PARTICLES = frozenset(
    "von van der den al bin ben ibn del della di da dos du el zu ter ten abu bint af".split()
)
_FRENCH_PARTICLES = frozenset(("de", "d'", "le", "la"))
_LONGEST_ROLE_TOKENS = 14
_SHORTEST_HEADLINE_WORDS = 5
_HEADLINE_SHARE = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody named in full (or by title and surname) on the page."""

    name: str
    words: tuple[str, ...]
    role: str | None = None
    role_words: frozenset[str] = frozenset()
    gender: Gender | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMention:
    """Where a name stands: tokens `first`..`last` of a sentence, and characters of the text."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    words: tuple[str, ...]
    gender: Gender | None
    role: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Everybody named on the page, and where."""

    persons: tuple[Person, ...]
    mentions: tuple[NameMention, ...]

    def times_named(self, person: Person) -> int:
        """Return how often the page gives the full name."""
        return sum(mention.words == person.words for mention in self.mentions)

    def bearers(self, words: Sequence[str]) -> tuple[Person, ...]:
        """Return the persons that a name can mean: in full, by surname, or by first name."""
        wanted = tuple(words)
        exact = tuple(person for person in self.persons if person.words == wanted)
        if exact:
            return exact
        size = len(wanted)
        by_surname = tuple(person for person in self.persons if person.words[-size:] == wanted)
        if by_surname:
            return by_surname
        inflected = tuple(
            person
            for person in self.persons
            if size <= len(person.words)
            and all(
                _inflected(known, written)
                for known, written in zip(person.words[-size:], wanted, strict=True)
            )
        )
        if inflected:
            return inflected
        if size == 1:
            return (
                tuple(
                    person
                    for person in self.persons
                    if wanted[0] in (person.words[0], person.words[1])
                )
                if self._is_first_name(wanted[0])
                else ()
            )
        return tuple(
            person
            for person in self.persons
            if person.words[0] == wanted[0] and person.words[-1] == wanted[-1]
        )

    def _is_first_name(self, word: str) -> bool:
        return any(len(person.words) > 1 and person.words[0] == word for person in self.persons)


def _inflected(name: str, written: str) -> bool:
    """Whether a Cyrillic name stands in another case: Петров, Петрова; Сомова, Сомовой."""
    if not ("а" <= written[0] <= "я" and len(name) > 3 and abs(len(name) - len(written)) <= 2):
        return False
    shared = min(len(name), len(written)) - 1
    return name[:shared] == written[:shared]


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
            if token.capital and not token.has("title") and not _common(token, language):
                last = ahead
            elif token.low in _PARTICLES or (
                token.low in _FRENCH_PARTICLES and _is_first_name(tokens[position], language)
                and language.code == "fr" and last - position < 2
            ):  # fmt: skip
                if ahead + 1 >= len(tokens) or not tokens[ahead + 1].capital:
                    if not (
                        ahead + 2 < len(tokens)
                        and tokens[ahead + 1].low in _PARTICLES
                        and tokens[ahead + 2].capital
                    ):
                        break
            elif token.kind == "sign" and token.text == "." and len(tokens[ahead - 1].text) == 1:
                pass
            else:
                break
            ahead += 1
        yield position, last
        position = last + 1


def _opens_name(tokens: Sequence[Token], position: int, language: Language) -> bool:
    token = tokens[position]
    if not token.capital or token.has("title") or _common(token, language):
        return False
    return not (
        token.has("determiner") or token.has("prepositions") or token.has("times")
        or token.has("pronoun") or token.has("subordinators") or token.has("adverbs")
        or token.has("coordinators") or token.has("complementizers") or token.has("organisations")
    )  # fmt: skip


def _common(token: Token, language: Language) -> bool:
    """Whether a capitalised word is a role or an institution, not a part of a name."""
    if token.has("organisations"):
        return True
    if token.has("role"):
        return True
    return language.capitalised_nouns and is_german_role(token)


def is_german_role(token: Token) -> bool:
    """Whether a German compound names a role ("Gewerkschaftschef")."""
    return token.low.endswith(
        (
            "minister", "ministerin", "sprecher", "sprecherin", "chef", "chefin", "präsident",
            "präsidentin", "sekretär", "sekretärin", "vorsitzende", "vorsitzender",
            "vorsitzenden", "leiter", "leiterin", "kanzler", "kanzlerin", "meister", "meisterin",
            "direktor", "direktorin", "experte", "expertin", "anwalt", "anwältin", "richter",
            "kommissar", "kommissarin", "abgeordnete", "abgeordneter", "trainer", "trainerin",
            "journalist", "beauftragte", "beauftragter", "forscher", "forscherin", "rat", "senator",
        )
    )  # fmt: skip


def _is_first_name(token: Token, language: Language) -> bool:
    return token.low.split("-")[0] in language.first_names


def register(sentences: Sequence[Sentence], language: Language) -> Register:
    """Return everybody named in the sentences."""
    mentions = tuple(
        mention
        for index, sentence in enumerate(sentences)
        for mention in _mentions(sentence, index, language)
    )
    persons: dict[tuple[str, ...], Person] = {}
    for mention in mentions:
        if len(mention.words) < 2:
            continue
        known = persons.get(mention.words)
        name = sentences[mention.sentence].tokens[mention.first : mention.last + 1]
        made = known or Person(name=_joined(name), words=mention.words)
        persons[mention.words] = _enriched(made, mention.role, mention.gender)
    found = Register(persons=tuple(persons.values()), mentions=mentions)
    return _with_surname_roles(found)


def _with_surname_roles(found: Register) -> Register:
    """Add the roles and titles that stand beside surnames only ("Mme Leroy, maire de …")."""
    persons = {person.words: person for person in found.persons}
    for mention in found.mentions:
        if len(mention.words) != 1 or (mention.role is None and mention.gender is None):
            continue
        bearers = found.bearers(mention.words)
        if mention.gender is not None:
            fitting = [person for person in bearers if person.gender in (None, mention.gender)]
            bearers = tuple(fitting)
        if len(bearers) == 1:
            words = bearers[0].words
            persons[words] = _enriched(persons[words], mention.role, mention.gender)
    return Register(persons=tuple(persons.values()), mentions=found.mentions)


def _enriched(person: Person, role: str | None, gender: Gender | None) -> Person:
    words = person.role_words
    if role is not None:
        words = words | role_words(role)
    return replace(
        person,
        role=person.role if person.role is not None else role,
        role_words=words,
        gender=person.gender or gender,
    )


def role_words(role: str) -> frozenset[str]:
    """Return the folded words of a role that tell it from another one."""
    stop = stop_words(None)
    return frozenset(word for word in folded_words(role) if word not in stop and len(word) > 1)


def _joined(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    for position, token in enumerate(tokens):
        if position and token.start > tokens[position - 1].end:
            parts.append(" ")
        parts.append(token.text)
    return "".join(parts)


def _mentions(sentence: Sentence, index: int, language: Language) -> Iterator[NameMention]:
    tokens = sentence.tokens
    if _is_headline(tokens, language):
        return
    for first, last in name_runs(tokens, language):
        begin = _name_start(tokens, first, last, language)
        words = name_words(tokens[begin : last + 1])
        if not words:
            continue
        full_role = _role_of(sentence, begin, last, language)
        yield NameMention(
            sentence=index,
            first=begin,
            last=last,
            start=tokens[begin].start,
            end=tokens[last].end,
            words=words,
            gender=_gender(tokens, begin, full_role, language),
            role=_without_article(full_role, language),
        )


def _without_article(role: str | None, language: Language) -> str | None:
    if role is None:
        return None
    parts = re.match(r"([^\W\d_]+['’]|[^\W\d_]+\s+)(.+)", role, re.DOTALL)
    if parts and "determiner" in language.tagged(
        parts.group(1).strip().casefold().replace("’", "'")
    ):
        return parts.group(2)
    return role


def _is_headline(tokens: Sequence[Token], language: Language) -> bool:
    """Whether nearly every word bears a capital, so that capitals show no names."""
    words = [token for token in tokens if token.kind == "word" and len(token.text) > 2]
    if language.capitalised_nouns or len(words) < _SHORTEST_HEADLINE_WORDS:
        return False
    return sum(token.capital for token in words) >= _HEADLINE_SHARE * len(words)


def name_words(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the folded words of a name, without signs, initials and quoted nicknames."""
    folded = (fold(token.text).strip(".") for token in tokens if token.kind == "word")
    words = tuple(folded)
    return tuple(word for word in words if len(word) > 1) or words


def _name_start(tokens: Sequence[Token], first: int, last: int, language: Language) -> int:
    """Leave out capitalised words before the first name ("Parti", a German common noun)."""
    for position in range(first, last):
        if _is_first_name(tokens[position], language):
            return position
    if language.capitalised_nouns and first and tokens[first - 1].has("determiner"):
        return max(first, last - 1) if last - first >= 2 else last
    return first


def _gender(
    tokens: Sequence[Token], first: int, role: str | None, language: Language
) -> Gender | None:
    before = tokens[first - 1] if first else None
    if before is not None:
        if before.has("titles_feminine"):
            return "feminine"
        if before.has("titles_masculine"):
            return "masculine"
    known = language.first_names.get(tokens[first].low.split("-")[0])
    if known is not None:
        return known
    if role is not None:
        by_role = role_gender(role, language)
        if by_role is not None:
            return by_role
    return None


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
            return "feminine" if feminine else "masculine"
        if feminine:
            return None
    return None


def _role_of(sentence: Sentence, first: int, last: int, language: Language) -> str | None:
    tokens = sentence.tokens
    start = first
    if start and tokens[start - 1].has("title"):
        start -= 1
    after = _role_after(tokens, last, language)
    if start and tokens[start - 1].text == ",":
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        if following is None or following.kind == "sign":
            before = _role_before(tokens, start - 2, language)
            if before is not None:
                return before
        return after
    if start and (tokens[start - 1].has("of") or tokens[start - 1].has("prepositions")):
        return after
    return _role_before(tokens, start - 1, language) or after


def _role_before(tokens: Sequence[Token], last: int, language: Language) -> str | None:
    if last < 0 or tokens[last].kind != "word":
        return None
    phrase = phrase_ending_at(tokens, last, language)
    if phrase is None or phrase.pronoun or last - phrase.first > _LONGEST_ROLE_TOKENS:
        return None
    inside = tokens[phrase.first : last + 1]
    if not any(is_role(token, language) for token in inside):
        return None
    if any(token.has("noun_coordinators") for token in inside):
        cut = max(i for i, token in enumerate(inside) if token.has("noun_coordinators"))
        inside = inside[cut + 1 :]
        if not inside or not any(is_role(token, language) for token in inside):
            return None
    return _joined(inside)


def is_role(token: Token, language: Language) -> bool:
    """Whether a word names what somebody is."""
    return token.has("role") or language.capitalised_nouns and is_german_role(token)


def _role_after(tokens: Sequence[Token], last: int, language: Language) -> str | None:
    position = last + 1
    if position < len(tokens) and tokens[position].text == "(":
        while position < len(tokens) and tokens[position].text != ")":
            position += 1
        position += 1
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
        if token.kind == "sign" and token.text not in "'’.-" or token.kind == "quotation":
            break
        if token.has("auxiliaries") or token.has("copulas") or token.has("subordinators"):
            if end - start < 2:
                return None
            break
        if token.has("relatives") and not token.has("determiner"):
            break
        end += 1
    inside = tokens[start:end]
    while inside and inside[-1].text == ".":
        inside = inside[:-1]
    return _joined(inside) if inside else None
