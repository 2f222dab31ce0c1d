"""Who is named on the page: persons with their names, roles and the gender the text shows.

A surname alone belongs to a person only through `Register.bearers`; whether one of several
bearers is meant is decided in `speakers`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.language.report_words import Gender, Language
from index.language.stemming import stem_words
from index.language.words import fold
from index.statements.names import (
    inflected,
    is_cyrillic,
    is_first_name,
    is_headline,
    joined,
    name_runs,
    name_start,
    name_words,
)
from index.statements.naming import LONGEST_DESCRIPTION, apposed_name
from index.statements.nominatives import nominative
from index.statements.phrases import phrase_ending_at
from index.statements.roles import role_gender, role_of, role_words, without_article
from index.statements.tokens import Sentence, Token

_BY_ARTICLE: tuple[Gender, ...] = ("masculine", "feminine")
_OPENING_TOKENS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody named in full (or by title and surname) on the page.

    `callings` are what the page calls them before their name, as stems: "the defendant, the
    costume designer Greta Wendt".
    """

    name: str
    words: tuple[str, ...]
    role: str | None = None
    role_words: frozenset[str] = frozenset()
    callings: frozenset[str] = frozenset()
    gender: Gender | None = None
    known_first_name: bool = False
    is_body: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether the page shows that it is a person: "Harlow Street" looks like a name too."""
        return bool(self.gender or self.role or self.known_first_name)


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
    calling: str | None = None


class Register:
    """Everybody named on the page, and where; names are looked up in constant time."""

    def __init__(self, *, persons: Sequence[Person], mentions: Sequence[NameMention]) -> None:
        self.persons = tuple(persons)
        self.mentions = tuple(mentions)
        self.bodies = {person.words for person in persons if person.is_body}
        self._times = Counter(mention.words for mention in mentions)
        places = {mention.words: number for number, mention in reversed([*enumerate(mentions)])}
        self._by_ending: dict[tuple[str, ...], list[Person]] = {}
        self._by_first: dict[str, list[Person]] = {}
        self._by_ends: dict[tuple[str, str], list[Person]] = {}
        for person in self.persons:
            for size in range(1, len(person.words) + 1):
                self._by_ending.setdefault(person.words[-size:], []).append(person)
            # "Dacia says", and later "Dacia Spring": a maker and its car, not a first name
            alone = places.get(person.words[:1], len(mentions))
            if person.is_sure or places.get(person.words, -1) < alone:
                self._by_first.setdefault(person.words[0], []).append(person)
            self._by_ends.setdefault((person.words[0], person.words[-1]), []).append(person)

    def times_named(self, person: Person) -> int:
        """Return how often the page gives the full name."""
        return self._times[person.words]

    def bearers(self, words: Sequence[str]) -> tuple[Person, ...]:
        """Return the persons that a name can mean: in full, by surname, or by first name."""
        wanted = tuple(words)
        ending = self._by_ending.get(wanted, [])
        exact = [person for person in ending if person.words == wanted]
        if exact or ending:
            return tuple(exact or ending)
        if is_cyrillic(wanted):
            return tuple(
                person
                for person in self.persons
                if len(wanted) <= len(person.words)
                and all(
                    inflected(known, written)
                    for known, written in zip(person.words[-len(wanted) :], wanted, strict=True)
                )
            )
        if len(wanted) == 1:
            found = self._by_first.get(wanted[0], [])
            shortest = min(found, key=lambda person: len(person.words), default=None)
            if shortest and all(p.words[: len(shortest.words)] == shortest.words for p in found):
                return (shortest,)
            # of "VW Polo" and "VW Atlas" neither is meant
            return tuple(person for person in found if person.is_sure)
        return tuple(self._by_ends.get((wanted[0], wanted[-1]), ()))


def register(sentences: Sequence[Sentence], language: Language) -> Register:
    """Return everybody named in the sentences."""
    mentions = tuple(
        mention
        for index, sentence in enumerate(sentences)
        for mention in _mentions(sentence, index, language)
    )
    persons: dict[tuple[str, ...], Person] = {}
    for mention in mentions:
        alone = sentences[mention.sentence].tokens[mention.first]
        if len(mention.words) < 2 and not is_first_name(alone, language):
            continue
        known = persons.get(mention.words)
        name = sentences[mention.sentence].tokens[mention.first : mention.last + 1]
        made = known or Person(
            name=joined(name),
            words=mention.words,
            known_first_name=is_first_name(name[0], language),
        )
        made = _enriched(made, mention.role, mention.gender)
        if mention.calling is not None:
            made = replace(made, callings=made.callings | {calling_stem(mention.calling, language)})
        persons[mention.words] = made
    persons = _without_openings(persons, mentions)
    mentions = tuple(_of_surname(mention, persons, language) for mention in mentions)
    found = Register(persons=tuple(persons.values()), mentions=mentions)
    if language.no_articles and not language.verb_final:
        found = _in_nominative(found, sentences, language)
    found = _with_surname_roles(found)
    if not language.natural_gender:
        return found
    return _with_pronouns(_with_bodies(found, sentences), sentences)


def _of_surname(
    mention: NameMention, persons: Mapping[tuple[str, ...], Person], language: Language
) -> NameMention:
    """Return "Warren" without the gender of a first name where the page knows Elizabeth Warren."""
    by_name = language.first_names.get(mention.words[0].split("-")[0])
    if len(mention.words) > 1 or mention.role or by_name is None or mention.gender != by_name:
        return mention
    is_surname = any(words[-1] == mention.words[0] for words in persons if len(words) > 1)
    return replace(mention, gender=None) if is_surname else mention


def _with_bodies(found: Register, sentences: Sequence[Sentence]) -> Register:
    """Mark what looks like a name and is that of a body, which no "she" means.

    "Calder Foods shut its shop. Calder never wrote.": called by its first word alone, and
    "its" what belongs to it.
    """
    alone = {mention.words[0] for mention in found.mentions if len(mention.words) == 1}
    owning: set[tuple[str, ...]] = set()
    for mention in found.mentions:
        behind = sentences[mention.sentence].tokens[mention.last + 1 :]
        first = next((t for t in behind if t.has("possessives") or _first_gender((t,))), None)
        if first is not None and first.has("owner:neuter"):
            owning.add(mention.words)
    return Register(
        persons=[
            replace(person, gender=None, is_body=True)
            if not person.known_first_name
            and person.words[0] in alone
            and person.words[-1] not in alone
            and owning & {person.words, person.words[:1]}
            else person
            for person in found.persons
        ],
        mentions=found.mentions,
    )


def _without_openings(
    persons: Mapping[tuple[str, ...], Person], mentions: Sequence[NameMention]
) -> dict[tuple[str, ...], Person]:
    """Leave out what is no name of its own beside a full one.

    "Hosting Lindqvist", whose first word only opens a sentence, beside an Anna Lindqvist; and
    "Anna" alone, or "Warren" behind an Elizabeth Warren.
    """
    introduced = {person.words[0] for person in persons.values() if len(person.words) > 1}
    sure = [p for p in persons.values() if p.known_first_name and len(p.words) > 1]
    surnames = {person.words[-1] for person in sure}
    first = {mention.words: number for number, mention in reversed([*enumerate(mentions)])}
    before = {p.words[-1] for p in sure if first[p.words] < first.get(p.words[-1:], len(mentions))}
    inside = {mention.words for mention in mentions if mention.first}

    def stays(person: Person) -> bool:
        if len(person.words) == 1:
            is_surname = person.words[0] in before and person.role is None
            return person.words[0] not in introduced and not is_surname
        opens = len(person.words) == 2 and person.words not in inside
        return person.known_first_name or not opens or person.words[-1] not in surnames

    return {words: person for words, person in persons.items() if stays(person)}


def _with_pronouns(found: Register, sentences: Sequence[Sentence]) -> Register:
    """Add the gender that "he" or "she" shows behind the only person a stretch of text names.

    "Keziah Mbalo is icing a knee. Two nights ago she kicked the penalty.", "Wynn Rowe said she
    left." Only where things are no "she"; two pronouns that disagree show nothing.
    """
    shown: dict[tuple[str, ...], set[Gender]] = {}
    named: dict[int, list[NameMention]] = {}
    for mention in found.mentions:
        named.setdefault(mention.sentence, []).append(mention)
    for number, mentions in named.items():
        bearers = {person.words for m in mentions for person in found.bearers(m.words)}
        if len(bearers) != 1 or mentions[0].first > _OPENING_TOKENS:
            continue
        tokens = sentences[number].tokens
        first = next(m.first for m in mentions if found.bearers(m.words))
        if (first and tokens[first - 1].has("determiner")) or found.bodies & bearers:
            continue  # "in the Pell Street branch. She sued"
        inside = tokens[mentions[-1].last + 1 :]
        genders = (_first_gender(inside), _first_pronoun(sentences, number, named))
        shown.setdefault(bearers.pop(), set()).update(g for g in genders if g is not None)
    return Register(
        persons=[
            replace(person, gender=next(iter(told)))
            if person.gender is None and len(told := shown.get(person.words, set())) == 1
            else person
            for person in found.persons
        ],
        mentions=found.mentions,
    )


def _first_pronoun(
    sentences: Sequence[Sentence], number: int, named: Mapping[int, Sequence[NameMention]]
) -> Gender | None:
    """Return the gender of the first "he" or "she" of the sentence behind one."""
    behind = number + 1
    if behind >= len(sentences) or sentences[behind].passage != sentences[number].passage:
        return None
    first = min(
        (mention.first for mention in named.get(behind, ())), default=len(sentences[behind].tokens)
    )
    return _first_gender(sentences[behind].tokens[:first])


def _first_gender(tokens: Sequence[Token]) -> Gender | None:
    pronouns = (gender for t in tokens for gender in _BY_ARTICLE if t.has(f"pronoun:{gender}"))
    return next(pronouns, None)


def _in_nominative(found: Register, sentences: Sequence[Sentence], language: Language) -> Register:
    """Make one person of "Тараса Бойка" and "Тарас Бойко", under the name in the nominative."""
    written: dict[str, set[str]] = {}
    for mention in found.mentions:
        for token in sentences[mention.sentence].tokens[mention.first : mention.last + 1]:
            written.setdefault(fold(token.text), set()).add(token.text)
    persons: dict[tuple[str, ...], Person] = {}
    for person in found.persons:
        forms = [
            {word, *(f for key, fs in written.items() if inflected(fold(word), key) for f in fs)}
            for word in person.name.split()
        ]
        name = nominative(person.name.split(), forms, language)
        words = tuple(fold(word) for word in name)
        known = persons.get(words) or replace(person, name=" ".join(name), words=words)
        made = _enriched(
            known, person.role, person.gender or language.first_names.get(name[0].casefold())
        )
        persons[words] = replace(made, callings=made.callings | person.callings)
    return Register(persons=tuple(persons.values()), mentions=found.mentions)


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


def _mentions(sentence: Sentence, index: int, language: Language) -> Iterator[NameMention]:
    tokens = sentence.tokens
    if is_headline(tokens, language):
        return
    for first, last in name_runs(tokens, language):
        begin = name_start(tokens, first, last, language)
        words = name_words(tokens[begin : last + 1])
        if not words:
            continue
        full_role = role_of(sentence, begin, last, language)
        yield NameMention(
            sentence=index,
            first=begin,
            last=last,
            start=tokens[begin].start,
            end=tokens[last].end,
            words=words,
            gender=_gender(tokens, begin, last, full_role, language),
            role=without_article(full_role, language),
            calling=_calling(tokens, begin, language),
        )


def _calling(tokens: Sequence[Token], name: int, language: Language) -> str | None:
    """Return "defendant" of "The defendant, the costume designer Greta Wendt, …"."""
    places = range(name - 1, max(name - 2 - LONGEST_DESCRIPTION, 0), -1)
    comma = next((place for place in places if tokens[place].text == ","), None)
    if comma is None:
        return None
    apposed = apposed_name(tokens, comma - 1, language)
    phrase = phrase_ending_at(tokens, comma - 1, language)
    if apposed is None or apposed[0] != name or phrase is None or phrase.pronoun:
        return None
    first = tokens[phrase.first]
    article = first.has("determiner:definite")
    words = tokens[phrase.first + article : comma]
    if not (article or (language.no_articles and not phrase.first)) or not words:
        return None
    opens = language.capitalised_nouns or not phrase.first
    is_plain = all(w.kind == "word" and not w.has("of", "organisations") for w in words)
    capital = any(word.capital for word in words[not article :])
    return joined(words) if is_plain and (opens or not capital) else None


def calling_stem(calling: str, language: Language) -> str:
    """Return a calling without its endings: "Beklagten" and "Beklagte" are one."""
    return " ".join(stem_words(calling.casefold().split(), language.code))


def _gender(
    tokens: Sequence[Token], first: int, last: int, role: str | None, language: Language
) -> Gender | None:
    before = tokens[first - 1] if first else None
    if before is not None:
        if before.has("titles_feminine"):
            return "feminine"
        if before.has("titles_masculine"):
            return "masculine"
        if not language.capitalised_nouns:
            # "le RC Lorville" is no "elle", though its words look like a name
            for gender in _BY_ARTICLE:
                if before.has("determiner:definite") and before.has(f"determiner:{gender}"):
                    return gender
    known = language.first_names.get(tokens[first].low.split("-")[0])
    if known is not None:
        return known
    if first < last and role is None:
        if tokens[first].low.endswith(language.masculine_names):  # "Рустам Алиев"
            return "masculine"
        if tokens[first].low.endswith(language.feminine_names):  # « Osvalda Peressutti »
            return "feminine"
    if role is not None:
        by_role = role_gender(role, language)
        if by_role is not None:
            return by_role
    return None
