"""Who speaks: the words beside a cue resolved within the page, or None.

Full name for a surname, the name behind a role the page has introduced, the person behind
a pronoun. Where two fit, nobody is chosen.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.language.report_words import Gender, Language
from index.language.words import fold
from index.statements.bearers import bearer_meant
from index.statements.epithets import company_meant, epithet, speaks_of, this_one
from index.statements.mentions import Person, Register, calling_stem
from index.statements.names import name_words
from index.statements.naming import Naming, apposed_name, taken_apart
from index.statements.people_of_page import PeopleOfPage
from index.statements.phrases import Phrase
from index.statements.pronouns import (
    antecedent,
    pointed_at,
    pronoun_gender,
    several_fit,
    understood,
)
from index.statements.roles import role_words
from index.statements.statement import Reason, Speaker
from index.statements.tokens import Sentence, Token
from index.statements.verb_forms import is_finite
from index.statements.voices import Voice


class SpeakerResolver(PeopleOfPage):
    """Resolves the phrases of one page in reading order; remembers who spoke last."""

    def __init__(
        self, *, sentences: Sequence[Sentence], register: Register, text: str, language: Language
    ) -> None:
        super().__init__(sentences=sentences, register=register, text=text, language=language)
        self._open: set[tuple[int, int]] = set()

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
        voice = self.voice(phrase, sentence, words)
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
        start = self.sentences[sentence].tokens[phrase.first].start
        return "ambiguous" if (sentence, start) in self._open else "unnamed"

    def subject_of(self, sentence: int, before: int) -> Voice | None:
        """Return who the first phrase of a sentence names, where it stands before a place."""
        voice = self.subject(sentence)
        if voice is None or voice.start >= before:
            return None
        return voice

    def is_shown(self, voice: Voice) -> bool:
        """Whether a person stands there by name, by pronoun or by what the page says they are.

        A calling that only fits who was spoken of last ("the officer") may mean another.
        """
        written = set(fold(voice.speaker.as_written).split())
        if voice.person is not None and written & set(voice.person.words):
            return True
        if voice.person is not None and (said := role_words(voice.speaker.as_written)):
            return said <= voice.person.role_words
        token = next(t for t in self.sentences[voice.sentence].tokens if t.start == voice.start)
        return token.has("pronoun") and len(written) == 1

    def just_spoke(self, voice: Voice, sentence: int) -> bool:
        """Whether the person is the last one who said something before a sentence."""
        before = [number for number in self._voices if number < sentence]
        if not before:
            return False
        last = self._voices[max(before)][-1]
        return last.speaker.name == voice.speaker.name

    def voice(
        self, phrase: Phrase, sentence: int, words: tuple[int, int] | None = None
    ) -> Voice | None:
        tokens = self.sentences[sentence].tokens
        if phrase.pronoun:
            return self._pronoun(phrase, sentence)
        naming = taken_apart(tokens, phrase, self.text, self.language)
        start = tokens[phrase.first].start
        # "Дежурный, студент Павел Ершов, …": a capital that opens the sentence is no name
        opens = self._only_opens(phrase, sentence) and phrase.last == phrase.first
        # "the head of the firm Sea Free, Ann Hale": the name inside is that of the firm
        inner = any(t.has("organisations") for t in tokens[phrase.first + 1 : phrase.last])
        if (not naming.name or opens or inner) and not naming.plural:
            apposed = apposed_name(tokens, phrase.last, self.language)
            if apposed is not None:
                naming = replace(
                    naming,
                    name=name_words(tokens[apposed[0] : apposed[1] + 1]),
                    name_text=self.text[tokens[apposed[0]].start : tokens[apposed[1]].end],
                    role=naming.text,
                )
        if opens and len(naming.name) == 1 and self._by_role(replace(naming, personal=False)):
            naming = replace(naming, name=())  # "Подсудимая сказала": what the page called her
        if naming.name:
            return self._named(naming, sentence, start)
        if naming.definite and not naming.plural:
            # "the planning office" is not the planning officer
            is_body = tokens[phrase.last].has("organisations") and not naming.personal
            persons = () if is_body else self._by_role(naming)
            if len(persons) == 1:
                return self.of_person(persons[0], naming, sentence, start)
            inside = tokens[phrase.first : phrase.last + 1]
            meant = epithet(self, phrase, naming, persons, sentence) or this_one(
                self, naming, inside, sentence
            )
            if meant is not None and not (words and speaks_of(self, meant, words)):
                return meant
            company = company_meant(self, phrase, sentence)
            if company is not None:
                return replace(self.of_person(company, naming, sentence, start), thing=True)
        name = _as_name(naming.text, self.language)
        return Voice(
            speaker=Speaker(name=name, as_written=naming.text, role=None),
            person=None,
            gender=naming.gender,
            sentence=sentence,
            start=start,
            thing=not naming.personal,
        )

    def _named(self, naming: Naming, sentence: int, start: int) -> Voice | None:
        bearers = self.register.bearers(naming.name)
        if len(bearers) == 1 and len(naming.name) == 1 and not is_called(bearers[0], naming):
            bearers = ()  # "соседка Рябова" is not Николай Рябов
        if len(bearers) > 1:
            fitting = tuple(
                person
                for person in bearers
                if naming.gender in (None, person.gender)
                and (not naming.role_words or naming.role_words & person.role_words)
            )
            if len(fitting) > 1 and self.language.capitalised_nouns:
                # subtle: in German two nouns in a row may have passed for a name
                fitting = tuple(p for p in fitting if p.known_first_name) or fitting
            if len(fitting) == 1:
                bearers = fitting
            elif len(fitting) > 1:
                bearers = bearer_meant(self, fitting, sentence, start)
        if len(bearers) == 1:
            return self.of_person(bearers[0], naming, sentence, start)
        if len(bearers) > 1:
            self._open.add((sentence, start))
            return None
        speaker = Speaker(
            name=naming.name_text or naming.text, as_written=naming.text, role=naming.role
        )
        return Voice(
            speaker=speaker,
            person=None,
            gender=naming.gender,
            sentence=sentence,
            start=start,
            thing=self.language.natural_gender and _is_acronym(naming.text),
        )

    def _by_role(self, naming: Naming) -> tuple[Person, ...]:
        """Return who bears a role."""
        fitting = [
            person
            for person in self.register.persons
            if naming.gender is None or person.gender in (None, naming.gender)
        ]
        stem = calling_stem(" ".join(naming.text.split()[1:]), self.language)
        bare = calling_stem(naming.text, self.language)
        called = tuple(person for person in fitting if {stem, bare} & person.callings)
        if called or not naming.personal:
            return called
        return tuple(person for person in fitting if naming.role_words <= person.role_words)

    def _are_several(self, tokens: Sequence[Token], pronoun: int) -> bool:
        """Whether the verb beside a pronoun is in the plural: "Sie warnen", "fordern sie"."""
        endings = self.language.plural_finite_endings
        beside = tokens[max(0, pronoun - 1) : pronoun + 2]
        return bool(endings) and any(
            is_finite(token, self.language) and token.low.endswith(endings) for token in beside
        )

    def _pronoun(self, phrase: Phrase, sentence: int) -> Voice | None:
        tokens = self.sentences[sentence].tokens
        start = tokens[phrase.first].start
        if phrase.pointing is not None:
            gender: Gender | None = phrase.pointing.gender
            found = pointed_at(phrase.pointing, sentence, start, self)
        else:
            gender = pronoun_gender(tokens[phrase.first].tags)
            if gender == "feminine" and self._are_several(tokens, phrase.first):
                gender = "plural"
            if gender is None and not tokens[phrase.first].has("possessives"):
                return None
            found = antecedent(gender, sentence, start, self)
            if found and found.thing and gender == "plural" and self.language.verb_second:
                return None  # "Zwei Jahre vergingen. Sie fordern …": no years do
        if found is None:
            if several_fit(gender, sentence, self):
                self._open.add((sentence, start))
            return None
        written = self.text[start : tokens[phrase.last].end]
        return Voice(
            speaker=replace(found.speaker, as_written=written),
            person=found.person,
            gender=gender or found.gender,
            sentence=sentence,
            start=start,
        )


def is_called(person: Person, naming: Naming) -> bool:
    """Whether the gender of a phrase lets its surname be that of a person."""
    return None in (naming.gender, person.gender) or naming.gender == person.gender


def _is_acronym(name: str) -> bool:
    """Whether a name is that of a body by its letters: no "he" means NASA; "the rapper RZA" may."""
    return len(name) > 1 and name.isalpha() and name.isupper()


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
