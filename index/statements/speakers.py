"""Who speaks: the words beside a cue resolved within the page, or None.

Full name for a surname, the name behind a role the page has introduced, the person behind
a pronoun. Where two fit, nobody is chosen.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.language.report_words import Gender, Language
from index.language.words import fold
from index.statements.mentions import NameMention, Person, Register
from index.statements.names import name_words
from index.statements.naming import Naming, apposed_name, is_bare_calling, taken_apart
from index.statements.phrases import Phrase, is_verb, phrase_after
from index.statements.pronouns import (
    antecedent,
    pointed_at,
    pronoun_gender,
    several_fit,
    understood,
)
from index.statements.roles import is_role
from index.statements.somebody import is_somebody
from index.statements.statement import Reason, Speaker
from index.statements.tokens import Sentence, Token, tokenise
from index.statements.verb_forms import is_finite
from index.statements.verb_second import is_oblique, nominative_after
from index.statements.voices import Voice, fits

_LEADING = 3
_OPENING_TOKENS = 3
_OPENING = ("prepositions", "subordinators", "adverbs", "openers")


class SpeakerResolver:
    """Resolves the phrases of one page in reading order; remembers who spoke last."""

    def __init__(
        self, *, sentences: Sequence[Sentence], register: Register, text: str, language: Language
    ) -> None:
        self._sentences = sentences
        self._register = register
        self._text = text
        self._language = language
        self._voices: dict[int, list[Voice]] = {}
        self._subjects: dict[int, Voice | None] = {}
        self._open: set[tuple[int, int]] = set()
        self._mentions: dict[int, list[NameMention]] = {}
        for mention in register.mentions:
            self._mentions.setdefault(mention.sentence, []).append(mention)

    def resolve(
        self,
        phrase: Phrase,
        sentence: int,
        *,
        answering: bool = False,
        words: tuple[int, int] | None = None,
    ) -> Voice | None:
        """Return who is meant by a phrase of a sentence, None where the page leaves it open.

        Args:
            phrase: The words beside the cue.
            sentence: The number of their sentence.
            answering: The cue is an answer, so that "il" is not the one who spoke before.
            words: The characters that are said, which may speak of the one before.
        """
        voice = self._voice(phrase, sentence, words)
        if voice is not None and answering and self.just_spoke(voice, sentence):
            written = fold(voice.speaker.as_written).split()
            if phrase.pronoun or (voice.person and not set(voice.person.words) & set(written)):
                return None  # "konterte der Sänger": not the critic who spoke before
        if voice is not None:
            self._voices.setdefault(sentence, []).append(voice)
        return voice

    def understood(self, sentence: int, start: int) -> Voice | None:
        """Return who does what a verb without a subject says, in languages that leave it out."""
        found = understood(sentence, start, self)
        if found is not None:
            self._voices.setdefault(sentence, []).append(found)
        return found

    def reason(self, phrase: Phrase | None, sentence: int) -> Reason:
        """Return why a phrase that was resolved to nobody is open: two fit, or none is named."""
        if phrase is None:
            return "unnamed"
        start = self._sentences[sentence].tokens[phrase.first].start
        return "ambiguous" if (sentence, start) in self._open else "unnamed"

    def heard(self, voice: Voice, sentence: int) -> None:
        """Remember who says words that have no verb of their own in a sentence."""
        self._voices.setdefault(sentence, []).append(voice)

    def subject_of(self, sentence: int, before: int) -> Voice | None:
        """Return who the first phrase of a sentence names, where it stands before a place."""
        voice = self.subject(sentence)
        if voice is None or voice.start >= before:
            return None
        return voice

    def is_shown(self, voice: Voice) -> bool:
        """Whether a person stands there by name or pronoun, not by a calling: "the mayor"."""
        written = set(fold(voice.speaker.as_written).split())
        if voice.person is not None and written & set(voice.person.words):
            return True
        token = next(t for t in self._sentences[voice.sentence].tokens if t.start == voice.start)
        return token.has("pronoun") and len(written) == 1

    def just_spoke(self, voice: Voice, sentence: int) -> bool:
        """Whether the person is the last one who said something before a sentence."""
        before = [number for number in self._voices if number < sentence]
        if not before:
            return False
        last = self._voices[max(before)][-1]
        return last.speaker.name == voice.speaker.name

    def _voice(
        self, phrase: Phrase, sentence: int, words: tuple[int, int] | None = None
    ) -> Voice | None:
        tokens = self._sentences[sentence].tokens
        if phrase.pronoun:
            return self._pronoun(phrase, sentence)
        naming = taken_apart(tokens, phrase, self._text, self._language)
        start = tokens[phrase.first].start
        if not naming.name and not naming.plural:
            apposed = apposed_name(tokens, phrase.last, self._language)
            if apposed is not None:
                naming = replace(
                    naming,
                    name=name_words(tokens[apposed[0] : apposed[1] + 1]),
                    name_text=self._text[tokens[apposed[0]].start : tokens[apposed[1]].end],
                    role=naming.text,
                )
        if naming.name:
            return self._named(naming, sentence, start)
        if naming.definite and not naming.plural:
            persons = self._by_role(naming) if naming.personal else ()
            if len(persons) == 1:
                return self._of_person(persons[0], naming, sentence, start)
            meant = self._epithet(phrase, naming, persons, sentence)
            if meant is not None and not (words and self._speaks_of(meant, words)):
                return meant
            company = self._company_meant(phrase, sentence)
            if company is not None:
                return replace(self._of_person(company, naming, sentence, start), thing=True)
        name = _as_name(naming.text, self._language)
        return Voice(
            speaker=Speaker(name=name, as_written=naming.text, role=None),
            person=None,
            gender=naming.gender,
            sentence=sentence,
            start=start,
            thing=not naming.personal,
        )

    def _company_meant(self, phrase: Phrase, sentence: int) -> Person | None:
        """Return the company that "the quarry operator" means, where the page names only one."""
        tokens = self._sentences[sentence].tokens
        inside = tokens[phrase.first : phrase.last + 1]
        if not inside[-1].has("companies") or any(token.capital for token in inside[1:-1]):
            return None
        if inside[-1].capital != self._language.capitalised_nouns:
            return None
        named = (
            voice.person
            for back in range(sentence + 1)
            for voice in self.people_in(back, inside[0].start)
            if voice.person is not None and not voice.person.is_sure
        )
        companies = {person.words: person for person in named}
        return next(iter(companies.values())) if len(companies) == 1 else None

    def _epithet(
        self, phrase: Phrase, naming: Naming, bearers: Sequence[Person], sentence: int
    ) -> Voice | None:
        """Return who was just spoken of where a calling without a name means them.

        « Bernard Vasseur n'en revient pas. « … », s'indigne le quinquagénaire. »: a calling
        with "the" is known to the reader. An office ("le maire") is known by itself, and means
        the one before only where the page says so.
        """
        tokens = self._sentences[sentence].tokens
        inside = tokens[phrase.first : phrase.last + 1]
        if not is_bare_calling(inside, self._language, opens=not phrase.first) or self._introduced(
            inside, sentence
        ):
            return None
        start = inside[0].start
        found = antecedent(naming.gender, sentence, start, self, among=bearers)
        is_office = any(token.has("offices") for token in inside)
        if is_office and not bearers:
            return None  # "the minister" after a geologist is another
        if found is None or found.person is None:
            if naming.gender is None or bearers:
                return None
            found = self._only_one(naming.gender, sentence)
        if found is None or found.person is None:
            return None
        if found.gender is None and not any(is_role(token, self._language) for token in inside):
            return None  # "Harlow Street" is not "the keeper": only who surely is a person is
        others = self._named_before(naming.gender, sentence) if naming.gender else ()
        if found.gender is None and any(voice.gender == naming.gender for voice in others):
            return None  # "Son éditeur, Côme Vérancourt, … L'autrice raconte": another fits better
        return self._of_person(found.person, naming, sentence, start)

    def _speaks_of(self, voice: Voice, words: tuple[int, int]) -> bool:
        """Whether what is said is about the one who was just spoken of, so that another says it.

        Tom Reed fell. "He was lucky," said the doctor.
        """
        opening = tuple(tokenise(self._text, *words, self._language))[:_OPENING_TOKENS]
        known = voice.person.gender if voice.person else None
        genders = (known,) if known else ("masculine", "feminine")
        if any(token.has(f"pronoun:{gender}") for token in opening for gender in genders):
            return True
        first = [t for t in opening if t.kind == "word" and not t.has("negations", "reflexives")]
        return (
            self._language.null_subjects
            and any(  # «Tuvo suerte», dijo el médico
                token.has("copulas", "auxiliaries", "finite")
                or token.low.endswith(self._language.tense_endings or "\0")
                for token in first[:1]
            )
        )

    def _only_one(self, gender: Gender, sentence: int) -> Voice | None:
        """Return the one person named before a sentence who can be of that gender."""
        fitting = self._named_before(gender, sentence)
        return fitting[0] if len(fitting) == 1 else None

    def _named_before(self, gender: Gender, sentence: int) -> tuple[Voice, ...]:
        """Return the persons named before a sentence who can be of a gender."""
        named = (voice for back in range(sentence) for voice in self.named_in(back))
        return tuple({v.speaker.name: v for v in named if fits(v, gender)}.values())

    def _introduced(self, inside: Sequence[Token], sentence: int) -> bool:
        """Whether the page spoke before of "a policeman", who now is "the policeman"."""
        callings = {token.low for token in inside if is_role(token, self._language)}
        for back in range(sentence, -1, -1):
            tokens = self._sentences[back].tokens
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

    def _named(self, naming: Naming, sentence: int, start: int) -> Voice | None:
        bearers = self._register.bearers(naming.name)
        if len(bearers) == 1 and len(naming.name) == 1 and not is_called(bearers[0], naming):
            bearers = ()  # "соседка Рябова" is not Николай Рябов
        if len(bearers) > 1:
            fitting = tuple(
                person
                for person in bearers
                if naming.gender in (None, person.gender)
                and (not naming.role_words or naming.role_words & person.role_words)
            )
            if len(fitting) > 1 and self._language.capitalised_nouns:
                # subtle: in German two nouns in a row may have passed for a name
                fitting = tuple(p for p in fitting if p.known_first_name) or fitting
            if len(fitting) == 1:
                bearers = fitting
            elif len(fitting) > 1:
                bearers = self._bearer_meant(fitting, sentence, start)
        if len(bearers) == 1:
            return self._of_person(bearers[0], naming, sentence, start)
        if len(bearers) > 1:
            self._open.add((sentence, start))
            return None
        speaker = Speaker(
            name=naming.name_text or naming.text, as_written=naming.text, role=naming.role
        )
        return Voice(
            speaker=speaker, person=None, gender=naming.gender, sentence=sentence, start=start
        )

    def _of_person(self, person: Person, naming: Naming, sentence: int, start: int) -> Voice:
        speaker = Speaker(
            name=person.name,
            as_written=naming.text,
            role=person.role or naming.role,
            aliases=_aliases(person, naming),
        )
        return Voice(
            speaker=speaker,
            person=person,
            gender=person.gender or naming.gender,
            sentence=sentence,
            start=start,
        )

    def _by_role(self, naming: Naming) -> tuple[Person, ...]:
        """Return who bears a role."""
        fitting = [
            person
            for person in self._register.persons
            if naming.gender is None or person.gender in (None, naming.gender)
        ]
        return tuple(person for person in fitting if naming.role_words <= person.role_words)

    def _bearer_meant(
        self, bearers: Sequence[Person], sentence: int, start: int
    ) -> tuple[Person, ...]:
        """Return the bearer of a shared surname that the page speaks of, all where it is open.

        One named in full far more often than the others is meant, but beside another in the
        same paragraph; else the one named in full in the same paragraph, or the only one named
        in full before. Who is named in full only later is not meant.
        """
        beside, before = self._bearers_before(bearers, sentence, start)
        times = sorted(((self._register.times_named(p), p.words, p) for p in bearers), reverse=True)
        leader = times[0][2] if times[0][0] >= _LEADING * times[1][0] else None
        if leader is not None:
            return tuple(bearers) if beside and beside != (leader,) else (leader,)
        near = beside or before
        return near if len(near) == 1 else tuple(bearers)

    def _bearers_before(
        self, bearers: Sequence[Person], sentence: int, start: int
    ) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
        """Return whom the paragraph names in full before a place, and whom the page does."""
        passage = self._sentences[sentence].passage
        beside: dict[tuple[str, ...], Person] = {}
        before: dict[tuple[str, ...], Person] = {}
        by_words = {person.words: person for person in bearers}
        for back in range(sentence, -1, -1):
            for mention in self._mentions.get(back, ()):
                if mention.words in by_words and mention.start < start:
                    before[mention.words] = by_words[mention.words]
                    if self._sentences[back].passage == passage:
                        beside[mention.words] = by_words[mention.words]
        return tuple(beside.values()), tuple(before.values())

    def _pronoun(self, phrase: Phrase, sentence: int) -> Voice | None:
        tokens = self._sentences[sentence].tokens
        start = tokens[phrase.first].start
        if phrase.pointing is not None:
            gender: Gender | None = phrase.pointing.gender
            found = pointed_at(phrase.pointing, sentence, start, self)
        else:
            gender = pronoun_gender(tokens[phrase.first].tags)
            if gender is None and not tokens[phrase.first].has("possessives"):
                return None
            found = antecedent(gender, sentence, start, self)
        if found is None:
            if several_fit(gender, sentence, self):
                self._open.add((sentence, start))
            return None
        written = self._text[start : tokens[phrase.last].end]
        return Voice(
            speaker=replace(found.speaker, as_written=written),
            person=found.person,
            gender=gender or found.gender,
            sentence=sentence,
            start=start,
        )

    def opens_with_other(self, sentence: int, gender: Gender) -> bool:
        """Whether a sentence opens with somebody or something of that gender unknown to us."""
        tokens = self._sentences[sentence].tokens
        if len(tokens) < 2 or self.subject(sentence) is not None:
            return False
        first = tokens[0]
        fits = first.has("determiner:definite") and first.has(f"determiner:{gender}")
        return fits and not tokens[1].capital

    def passage_of(self, sentence: int) -> str:
        """Return the label of the passage a sentence stands in."""
        return self._sentences[sentence].passage

    def voices_of(self, sentence: int) -> Sequence[Voice]:
        """Return who was found to say something in a sentence, in order."""
        return self._voices.get(sentence, ())

    def named_in(self, sentence: int) -> tuple[Voice, ...]:
        """Return the persons a sentence names, in order, each as often as it is named."""
        found: list[Voice] = []
        for mention in self._mentions.get(sentence, ()):
            bearers = self._register.bearers(mention.words)
            if len(bearers) == 1:
                person = bearers[0]
                naming = Naming(text=person.name, name=person.words)
                found.append(self._of_person(person, naming, sentence, mention.start))
        return tuple(found)

    def people_in(self, sentence: int, before: int) -> tuple[Voice, ...]:
        """Return who is spoken of before a place, by name or by role, in order."""
        tokens = self._sentences[sentence].tokens
        governed = {t.start for b, t in pairwise(tokens) if b.has("prepositions")}
        found = [
            voice  # "moved to Lower Barrow" names a place, unless the page shows a person
            for voice in self.named_in(sentence)
            if voice.start not in governed or (voice.person and voice.person.is_sure)
        ]
        for position, token in enumerate(tokens[:-1]):
            if not token.has("determiner") or token.has("determiner:plural"):
                continue
            if not tokens[position + 1].has("role"):
                continue
            phrase = phrase_after(tokens, position, self._language, skip=False)
            if phrase is None or phrase.pronoun:
                continue
            voice = self._voice(phrase, sentence)
            if voice is not None:
                found.append(voice)
        return tuple(sorted((v for v in found if v.start < before), key=lambda voice: voice.start))

    def subject(self, sentence: int) -> Voice | None:
        """Return who the first phrase of a sentence names."""
        if sentence not in self._subjects:
            self._subjects[sentence] = None
            self._subjects[sentence] = self._find_subject(sentence)
        return self._subjects[sentence]

    def _find_subject(self, sentence: int) -> Voice | None:
        tokens = self._sentences[sentence].tokens
        position = 0
        if not tokens:
            return None
        first = tokens[0]
        if len(tokens) > 1 and first.has("adverbs") and tokens[1].has("determiner", "title"):
            position = 1  # « Poi il dirigente si corregge »
        elif any(first.has(part) for part in _OPENING):
            position = next(
                (i + 1 for i, token in enumerate(tokens[:25]) if token.text == ","), len(tokens)
            )
        while position < len(tokens) and tokens[position].kind == "punctuation":
            position += 1
        phrase = phrase_after(tokens, position, self._language)
        if phrase is None or self._is_apposition(phrase, sentence):
            return None
        if not phrase.pronoun:
            asks = tokens[phrase.first].has("questions")
            behind = self._behind_apposition(phrase, sentence)
            behind = behind or self._behind_verb(phrase, sentence)
            if behind is not None and not asks:
                return self._voice(behind, sentence)
            somebody = is_somebody(tokens, phrase, self._language) or (
                # « La cofradía de Portosiño »: what bears a name of its own may be a body
                not self._language.capitalised_nouns
                and any(token.capital for token in tokens[phrase.first + 1 : phrase.last + 1])
            )
            if asks or not somebody or self._only_opens(phrase, sentence):
                return None
        return self._voice(phrase, sentence)

    def _behind_apposition(self, phrase: Phrase, sentence: int) -> Phrase | None:
        """Return the pronoun of « Mareyeuse depuis vingt ans, elle est la seule femme ici »."""
        tokens = self._sentences[sentence].tokens
        comma = next((i for i in range(phrase.last, len(tokens)) if tokens[i].text == ","), None)
        if comma is None or comma + 2 >= len(tokens):
            return None
        if any(is_verb(tokens, place, self._language) for place in range(comma)):
            return None
        first, verb = tokens[comma + 1 : comma + 3]
        if not first.has("pronoun") or first.has("relatives", "pronoun:other"):
            return None
        only = not first.has("tonic", "objects")  # "he", not « elle »
        is_subject = only or is_finite(verb, self._language) or verb.has("objects", "negations")
        return Phrase(first=comma + 1, last=comma + 1, pronoun=True) if is_subject else None

    def _is_apposition(self, phrase: Phrase, sentence: int) -> bool:
        """Whether a calling without an article opens: « Figlia di un casellante, entrò … »."""
        tokens = self._sentences[sentence].tokens
        first, behind = tokens[phrase.first], tokens[phrase.last + 1 : phrase.last + 2]
        bare = not phrase.first and is_role(first, self._language) and not first.has("determiner")
        closes = any(token.text == "," for token in behind)
        named = tokens[phrase.first + 1 : phrase.last + 1]
        return (
            self._language.null_subjects and bare and closes
            and not any(token.capital for token in named[:1])
        )  # fmt: skip

    def _behind_verb(self, phrase: Phrase, sentence: int) -> Phrase | None:
        """Return the subject where something else stands before a German verb.

        "Den Vorwurf wies Henrike Vosskuhl zurück", "Von Zufall will sie nichts wissen".
        """
        tokens, verb = self._sentences[sentence].tokens, phrase.last + 1
        if not self._language.verb_second or verb + 1 >= len(tokens):
            return None
        if tokens[verb + 1].has("pronoun:anyone"):
            return Phrase(first=verb + 1, last=verb + 1, pronoun=True)
        behind = nominative_after(tokens, verb + 1, self._language)
        if behind is None or not is_finite(tokens[verb], self._language):
            return None
        oblique = is_oblique(tokens, phrase, self._language) or tokens[phrase.first].has("of")
        other = oblique or not is_somebody(tokens, phrase, self._language)
        return behind if other and is_somebody(tokens, behind, self._language) else None

    def _only_opens(self, phrase: Phrase, sentence: int) -> bool:
        """Whether the one word of a phrase has its capital only from opening the sentence."""
        token = self._sentences[sentence].tokens[phrase.first]
        tokens = self._sentences[sentence].tokens
        alone = not phrase.last or tokens[1].has("of")  # "Daté de 2004, il…"
        if phrase.first or not alone:
            return False
        if token.has("role", "organisations", "pronoun"):
            return False
        words = name_words((token,))
        return not self._register.bearers(words) and not any(
            mention.first and mention.words == words for mention in self._register.mentions
        )


def is_called(person: Person, naming: Naming) -> bool:
    """Whether the gender of a phrase lets its surname be that of a person."""
    return None in (naming.gender, person.gender) or naming.gender == person.gender


def _aliases(person: Person, naming: Naming) -> tuple[str, ...]:
    written = [naming.name_text] if naming.name_text else []
    surname = person.name.split()[-1]
    return tuple(
        dict.fromkeys(name for name in (surname, *written) if name and name != person.name)
    )


def _as_name(written: str, language: Language) -> str:
    """Return a phrase as a name: no capital on its article, no article before a name.

    >>> from index.language.report_words import load
    >>> _as_name("La partie arménienne", load("fr")), _as_name("L'ONU", load("fr"))
    ('la partie arménienne', 'ONU')
    """
    first, space, rest = written.partition(" ")
    if not space or "'" in first or "’" in first:
        for character in ("'", "’"):
            head, found, tail = written.partition(character)
            if found and len(head) == 1 and tail:
                return tail if tail[0].isupper() else f"{head.casefold()}{character}{tail}"
    if not space:
        return written
    tags = language.tagged(first.casefold())
    if "determiner" in tags:
        if rest[0].isupper() and "determiner:definite" in tags and not language.capitalised_nouns:
            return rest
        return f"{first[0].casefold()}{first[1:]} {rest}"
    return written
