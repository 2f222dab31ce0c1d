"""Callings without a name: whom "the quinquagenarian" or "the quarry operator" means."""

from collections.abc import Sequence

from index.language.report_words import Gender
from index.statements.mentions import Person
from index.statements.naming import Naming, is_bare_calling
from index.statements.people_of_page import PeopleOfPage
from index.statements.phrases import Phrase
from index.statements.pronouns import antecedent
from index.statements.roles import is_role
from index.statements.tokens import Token, tokenise
from index.statements.voices import Voice, fits

_OPENING_TOKENS = 3
_BESIDE = 4
"""Tokens between a name and the office told with it."""


def company_meant(page: PeopleOfPage, phrase: Phrase, sentence: int) -> Person | None:
    """Return the company that "the quarry operator" means, where the page names only one."""
    tokens = page.sentences[sentence].tokens
    inside = tokens[phrase.first : phrase.last + 1]
    if not inside[-1].has("companies") or any(token.capital for token in inside[1:-1]):
        return None
    if inside[-1].capital != page.language.capitalised_nouns:
        return None
    named = [
        (voice.person, back)
        for back in range(sentence + 1)
        for voice in page.named_in(back)
        if voice.start < inside[0].start and voice.person is not None and not voice.person.is_sure
    ]
    companies = {person.words: (person, back) for person, back in reversed(named)}
    if len(companies) != 1:
        return None
    ((person, first),) = companies.values()
    # "The union tells another story. Shopworkers United claims … The company denies this."
    beside = (token for n in (first - 1, first) if n >= 0 for token in page.sentences[n].tokens)
    is_other = any(t.has("organisations") and not t.has("companies") for t in beside)
    return None if is_other else person


def epithet(
    page: PeopleOfPage, phrase: Phrase, naming: Naming, bearers: Sequence[Person], sentence: int
) -> Voice | None:
    """Return who was just spoken of where a calling without a name means them.

    « Bernard Vasseur n'en revient pas. « … », s'indigne le quinquagénaire. »: a calling
    with "the" is known to the reader. An office ("le maire") is known by itself, and means
    the one before only where the page says so.
    """
    tokens = page.sentences[sentence].tokens
    inside = tokens[phrase.first : phrase.last + 1]
    if not is_bare_calling(inside, page.language, opens=not phrase.first) or _introduced(
        page, inside, sentence
    ):
        return None
    start = inside[0].start
    beside = {v.speaker.name: v for v in page.named_in(sentence) if v.start < start}
    fitting = [v for v in beside.values() if naming.gender and v.gender == naming.gender]
    found = antecedent(naming.gender, sentence, start, page, among=bearers)
    if len(fitting) == 1 and not bearers:
        found = fitting[0]  # "…, la sénatrice Odile Rey s'y oppose : « … », prévient l'élue"
    is_office = any(token.has("offices") for token in inside)
    if is_office and not bearers and not _holds(page, found, inside):
        return None  # "the minister" after a geologist is another
    if found is None or found.person is None:
        if naming.gender is None or bearers:
            return None
        found = _only_one(page, naming.gender, sentence)
    if found is None or found.person is None:
        return None
    if found.gender is None and not any(is_role(token, page.language) for token in inside):
        return None  # "Harlow Street" is not "the keeper": only who surely is a person is
    others = _named_before(page, naming.gender, sentence) if naming.gender else ()
    if found.gender is None and any(voice.gender == naming.gender for voice in others):
        return None  # "Son éditeur, Côme Vérancourt, … L'autrice raconte": another fits better
    return page.of_person(found.person, naming, sentence, start)


def this_one(
    page: PeopleOfPage, naming: Naming, inside: Sequence[Token], sentence: int
) -> Voice | None:
    """Return the only one whom a paragraph has named where a calling can mean nobody else.

    "Encarnación Bujalance vive sola. … cuenta esta modista de Fuentelarga", "The 29-year-old
    bank teller": whoever is told by "this" or by an age is known to the reader.
    """
    points = inside[0].has("determiner:demonstrative") or any(_tells_age(t) for t in inside)
    if not (points and naming.personal) or any(token.has("organisations") for token in inside):
        return None
    named: dict[str, Voice] = {}
    passages = list(dict.fromkeys(page.passage_of(back) for back in range(sentence + 1)))
    for passage in reversed(passages[-2:]):  # else of the paragraph before
        before = (back for back in range(sentence) if page.passage_of(back) == passage)
        named = {voice.speaker.name: voice for back in before for voice in page.named_in(back)}
        if named:
            break
    if len(named) != 1:
        return None
    (found,) = named.values()
    is_fitting = None in (naming.gender, found.gender) or naming.gender == found.gender
    if found.person is None or not is_fitting:
        return None
    return page.of_person(found.person, naming, sentence, inside[0].start)


def _tells_age(token: Token) -> bool:
    return token.low.split("-")[0].isdigit() and not token.low.isdigit()


def _holds(page: PeopleOfPage, voice: Voice | None, office: Sequence[Token]) -> bool:
    """Whether the page names somebody beside an office: "selon la maire, Odile Carpentras"."""
    if voice is None or voice.person is None:
        return False
    callings = {token.low for token in office if is_role(token, page.language)}
    return any(
        token.low in callings
        for number, mentions in page.mentions.items()
        for mention in mentions
        if mention.words == voice.person.words
        for token in page.sentences[number].tokens[
            max(mention.first - _BESIDE, 0) : mention.last + 1 + _BESIDE
        ]
    )


def speaks_of(page: PeopleOfPage, voice: Voice, words: tuple[int, int]) -> bool:
    """Whether what is said is about the one who was just spoken of, so that another says it.

    Tom Reed fell. "He was lucky," said the doctor.
    """
    opening = tuple(tokenise(page.text, *words, page.language))[:_OPENING_TOKENS]
    known = voice.person.gender if voice.person else None
    genders = (known,) if known else ("masculine", "feminine")
    if any(token.has(f"pronoun:{gender}") for token in opening for gender in genders):
        return True
    first = [t for t in opening if t.kind == "word" and not t.has("negations", "reflexives")]
    return (
        page.language.null_subjects
        and any(  # «Tuvo suerte», dijo el médico
            token.has("copulas", "auxiliaries", "finite")
            or token.low.endswith(page.language.tense_endings or "\0")
            for token in first[:1]
        )
    )


def _only_one(page: PeopleOfPage, gender: Gender, sentence: int) -> Voice | None:
    """Return the one person named before a sentence who can be of that gender."""
    fitting = _named_before(page, gender, sentence)
    return fitting[0] if len(fitting) == 1 else None


def _named_before(page: PeopleOfPage, gender: Gender, sentence: int) -> tuple[Voice, ...]:
    """Return the persons named before a sentence who can be of a gender."""
    named = (voice for back in range(sentence) for voice in page.named_in(back))
    return tuple({v.speaker.name: v for v in named if fits(v, gender)}.values())


def _introduced(page: PeopleOfPage, inside: Sequence[Token], sentence: int) -> bool:
    """Whether the page spoke before of "a policeman", who now is "the policeman"."""
    callings = {token.low for token in inside if is_role(token, page.language)}
    for back in range(sentence, -1, -1):
        tokens = page.sentences[back].tokens
        for position, token in enumerate(tokens):
            if token.low not in callings or token.start >= inside[0].start:
                continue
            before = tokens[max(position - 3, 0) : position]
            if any(
                word.has("determiner") and not word.has("determiner:definite", "possessives")
                for word in before
            ):
                return True
    return False
