"""Who is spoken of in each sentence of a page: by name, by role, as its subject."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.language.report_words import Gender, Language
from index.statements.mentions import NameMention, Person, Register
from index.statements.names import name_words
from index.statements.naming import Naming
from index.statements.openings import behind_apposition, behind_verb, is_apposition
from index.statements.phrases import Phrase, is_name_quotation, phrase_after
from index.statements.somebody import is_somebody
from index.statements.statement import Speaker
from index.statements.tokens import Sentence, Token
from index.statements.verb_forms import is_finite
from index.statements.voices import Voice

_OPENING = ("prepositions", "subordinators", "adverbs", "openers")


class PeopleOfPage(ABC):
    """The people of one page, sentence by sentence; whom a phrase means is decided by `voice`."""

    def __init__(
        self, *, sentences: Sequence[Sentence], register: Register, text: str, language: Language
    ) -> None:
        self.sentences = sentences
        self.register = register
        self.text = text
        self.language = language
        self.mentions: dict[int, list[NameMention]] = {}
        for mention in register.mentions:
            self.mentions.setdefault(mention.sentence, []).append(mention)
        self._voices: dict[int, list[Voice]] = {}
        self._subjects: dict[int, Voice | None] = {}

    @abstractmethod
    def voice(
        self, phrase: Phrase, sentence: int, words: tuple[int, int] | None = None
    ) -> Voice | None:
        """Return who is meant by a phrase of a sentence that says certain characters."""

    def passage_of(self, sentence: int) -> str:
        """Return the label of the passage a sentence stands in."""
        return self.sentences[sentence].passage

    def voices_of(self, sentence: int) -> Sequence[Voice]:
        """Return who was found to say something in a sentence, in order."""
        return self._voices.get(sentence, ())

    def heard(self, voice: Voice, sentence: int) -> None:
        """Remember who says words that have no verb of their own in a sentence."""
        self._voices.setdefault(sentence, []).append(voice)

    def of_person(self, person: Person, naming: Naming, sentence: int, start: int) -> Voice:
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

    def named_in(self, sentence: int) -> tuple[Voice, ...]:
        """Return the persons a sentence names, in order, each as often as it is named."""
        found: list[Voice] = []
        for mention in self.mentions.get(sentence, ()):
            bearers = self.register.bearers(mention.words)
            if len(bearers) == 1:
                person = bearers[0]
                naming = Naming(text=person.name, name=person.words)
                found.append(self.of_person(person, naming, sentence, mention.start))
        return tuple(found)

    def without_places(self, sentence: int) -> list[Voice]:
        """Return whom a sentence names, but for "Lower Barrow" of "moved to Lower Barrow".

        What stands behind a preposition or an article ("ran the Upper Flight") is a place or a
        thing, unless the page shows a person.
        """
        tokens = self.sentences[sentence].tokens
        governed = {t.start for b, t in pairwise(tokens) if b.has("prepositions", "determiner")}
        return [
            voice
            for voice in self.named_in(sentence)
            if voice.start not in governed or (voice.person and voice.person.is_sure)
        ]

    def people_in(self, sentence: int, before: int) -> tuple[Voice, ...]:
        """Return who is spoken of before a place, by name or by role, in order."""
        tokens = self.sentences[sentence].tokens
        found = self.without_places(sentence)
        for position, token in enumerate(tokens[:-1]):
            if token.start >= before:
                break  # subtle: whom a calling means asks in turn for those before it
            if not token.has("determiner") or token.has("determiner:plural"):
                continue
            if not tokens[position + 1].has("role"):
                continue
            phrase = phrase_after(tokens, position, self.language, skip=False)
            if phrase is None or phrase.pronoun:
                continue
            voice = self.voice(phrase, sentence)
            if voice is not None:
                found.append(voice)
        return tuple(sorted((v for v in found if v.start < before), key=lambda voice: voice.start))

    def opens_with_other(self, sentence: int, gender: Gender) -> bool:
        """Whether a sentence opens with somebody or something of that gender unknown to us."""
        tokens = self.sentences[sentence].tokens
        if len(tokens) < 2 or self.subject(sentence) is not None:
            return False
        first = tokens[0]
        fits = first.has("determiner:definite") and first.has(f"determiner:{gender}")
        return fits and not tokens[1].capital

    def opens_apart(self, sentence: int) -> bool:
        """Whether a sentence opens with a participle that may speak of a thing: "Daté de"."""
        tokens = self.sentences[sentence].tokens
        endings = self.language.opening_participles
        if len(tokens) < 2 or not endings:
            return False
        is_participle = tokens[0].low.endswith(endings) and not tokens[0].tags
        return is_participle and tokens[1].has("of") and self.subject(sentence) is None

    def subject(self, sentence: int) -> Voice | None:
        """Return who the first phrase of a sentence names."""
        if sentence not in self._subjects:
            self._subjects[sentence] = None
            self._subjects[sentence] = self._find_subject(sentence)
        return self._subjects[sentence]

    def _find_subject(self, sentence: int) -> Voice | None:
        tokens = self.sentences[sentence].tokens
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
        phrase = phrase_after(tokens, position, self.language)
        if phrase is not None and self.language.no_articles and not self.language.verb_final:
            phrase = self._with_name(phrase, sentence)
        if phrase is not None and position > 1:
            phrase = _behind_place(tokens, phrase, self.language) or phrase
        if phrase is None or is_apposition(tokens, phrase, self.language):
            return None
        if not phrase.pronoun:
            asks = tokens[phrase.first].has("questions")
            behind = behind_apposition(tokens, phrase, self.language)
            behind = behind or behind_verb(tokens, phrase, self.language)
            if behind is not None and not asks:
                return self.voice(behind, sentence)
            somebody = is_somebody(tokens, phrase, self.language) or (
                # « La cofradía de Portosiño »: what bears a name of its own may be a body
                not self.language.capitalised_nouns
                and any(token.capital for token in tokens[phrase.first + 1 : phrase.last + 1])
            )
            if asks or not somebody or self._only_opens(phrase, sentence):
                return None
        return self.voice(phrase, sentence)

    def _with_name(self, phrase: Phrase, sentence: int) -> Phrase:
        """Return « Хозяйка пекарни «Калач» Нина Репина » given its calling: what it is of follows.

        Only nouns without a preposition, and names in marks, stand between a calling and its name.
        """
        tokens = self.sentences[sentence].tokens
        name = next((m for m in self.mentions.get(sentence, ()) if m.first > phrase.last), None)
        if name is None or not tokens[phrase.first].has("role") or len(name.words) < 2:
            return phrase
        between = tokens[phrase.last + 1 : name.first]
        is_of = all(
            is_name_quotation(token)
            or (token.kind == "word" and not token.tags and not is_finite(token, self.language))
            for token in between
        )
        return replace(phrase, last=name.last) if is_of else phrase

    def _only_opens(self, phrase: Phrase, sentence: int) -> bool:
        """Whether the one word of a phrase has its capital only from opening the sentence."""
        token = self.sentences[sentence].tokens[phrase.first]
        tokens = self.sentences[sentence].tokens
        alone = not phrase.last or tokens[1].has("of")  # "Daté de 2004, il…"
        if phrase.first or not alone:
            return False
        if token.has("role", "organisations", "pronoun"):
            return False
        words = name_words((token,))
        return not self.register.bearers(words) and not any(
            mention.first and mention.words == words for mention in self.register.mentions
        )


def _behind_place(tokens: Sequence[Token], phrase: Phrase, language: Language) -> Phrase | None:
    """Return "Ann Hale" of "In Lower Barrow, Devon, Ann Hale spoke": what is no one's calling."""
    behind = phrase.last + 1
    while behind < len(tokens) and tokens[behind].has("times"):
        behind += 1
    if phrase.first < phrase.last or not tokens[phrase.first].capital:
        return None
    if behind + 2 >= len(tokens) or tokens[behind].text != ",":
        return None
    name = phrase_after(tokens, behind + 1, language, skip=False)
    if name is None or name.pronoun or name.last + 1 >= len(tokens):
        return None
    follows = tokens[name.last + 1].kind == "word" and tokens[name.first].capital
    return name if follows else None


def _aliases(person: Person, naming: Naming) -> tuple[str, ...]:
    written = [naming.name_text] if naming.name_text else []
    surname = person.name.split()[-1]
    return tuple(
        dict.fromkeys(name for name in (surname, *written) if name and name != person.name)
    )
