"""Do two stretches say different things about the same matter? Rules that rarely err.

Three kinds: one negates a word that the other states, the same unit has another number, a
word is met by its opposite. The statistical judge (`index.disputes.entailment`) sees more and
errs more; disputes are shown on these rules only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from index.language.dispute_words import Vocabulary
from index.language.negation import Negation, negations
from index.language.numbers import Number, agree, numbers
from index.language.phrase_patterns import Word, read_words
from index.language.stemming import stem_words
from index.language.words import Span, stop_words

_STEM = 6
_ENDING = 2
_FEWEST_SHARED = 2
_SHARE = 0.45
_UNIT_WORDS = 2
_TERSE_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number and the beginnings of the words right after it that say of what."""

    number: Number
    units: frozenset[str]

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.number.start, self.number.end)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A stretch of text as the rules see it."""

    text: str
    words: tuple[Word, ...]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, text: str, start: int, end: int, vocabulary: Vocabulary) -> "Reading":
        """Read a stretch of a text."""
        return cls(text=text, words=read_words(text, start, end), vocabulary=vocabulary)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers between the first word and the last."""
        if not self.words:
            return ()
        start, end = self.words[0].start, self.words[-1].end
        return numbers(self.text, self.vocabulary.language, start=start, end=end)

    @cached_property
    def stems(self) -> dict[str, int]:
        """The beginnings of the content words, with the place of the first of each."""
        stop = stop_words(self.vocabulary.language)
        stems: dict[str, int] = {}
        for place, word in enumerate(self.words):
            is_content = word.folded not in stop and len(word.folded) > 1
            if is_content and not self.vocabulary.negators.holds(word.folded):
                stems.setdefault(stem(word.folded), place)
        return stems

    @cached_property
    def forms(self) -> dict[str, int]:
        """The places of the content words by their whole stem: "vote" and "voted" are one."""
        stop, language = stop_words(self.vocabulary.language), self.vocabulary.language
        return {
            _whole_stem(word.folded, language): place
            for place, word in enumerate(self.words)
            if word.folded not in stop and len(word.folded) > 1
            and not self.vocabulary.negators.holds(word.folded)
        }  # fmt: skip

    @cached_property
    def negations(self) -> tuple[Negation, ...]:
        """The negations among the words."""
        return negations(self.words, self.vocabulary)

    @cached_property
    def negated(self) -> frozenset[str]:
        """The beginnings of the content words within reach of a negation."""
        return frozenset(s for s, place in self.stems.items() if place in self._reached)

    @cached_property
    def negated_forms(self) -> frozenset[str]:
        """The forms within reach of a negation."""
        return frozenset(f for f, place in self.forms.items() if place in self._reached)

    @cached_property
    def _reached(self) -> set[int]:
        return {place for negation in self.negations for place in negation.reach}

    def _unit(self, word: str) -> str:
        """Return what is counted; people are people, whatever they are called."""
        return "people" if self.vocabulary.people.holds(word) else stem(word)

    @cached_property
    def folded(self) -> frozenset[str]:
        """The folded words."""
        return frozenset(word.folded for word in self.words)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What its numbers measure, where they say so."""
        return frozenset(number.measure[0] for number in self.numbers if number.unit)

    @cached_property
    def units(self) -> frozenset[str]:
        """What its figures count."""
        return frozenset(unit for figure in self.figures for unit in figure.units)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers with what they count."""
        stop = stop_words(self.vocabulary.language)
        found = []
        for number in self.numbers:
            after = self.words[number.last + 1 : number.last + 5]
            content = [w.folded for w in after if w.folded not in stop]
            units = {self._unit(word) for word in content[:_UNIT_WORDS]}
            if self.text[number.end - 1].isalpha():
                # "per cent" is part of the number. A sign is no unit: shares of anything have "%".
                units |= {number.unit} - {""}
            found.append(Figure(number=number, units=frozenset(units)))
        return tuple(found)


@lru_cache(maxsize=50_000)
def _whole_stem(word: str, language: str) -> str:
    return stem_words([word], language)[0]


def stem(word: str) -> str:
    """Return the beginning of a word, by which its forms are told to be the same."""
    return word if word[0].isdigit() else word[:_STEM].rstrip("s") or word


def conflict(claim: Reading, reply: Reading, *, is_answer: bool = False) -> Span | None:
    """Return the words of the reply that contradict the claim, None where none clearly do.

    Args:
        claim: What was said.
        reply: What is held against it.
        is_answer: The reply is known to speak of the claim; another figure is then enough.
    """
    shared = claim.stems.keys() & reply.stems.keys()
    smaller = min(len(claim.stems), len(reply.stems))
    other_figure = _other_figure(claim.figures, reply.figures, bool(shared))
    if is_answer:
        other_figure = other_figure or _bare_figure(claim.figures, reply)
        if other_figure is not None:
            return other_figure
    if len(shared) < _FEWEST_SHARED or len(shared) < _SHARE * smaller:
        return None
    if other_figure is not None:
        return other_figure
    if len(shared) >= 0.5 * smaller:
        turned = sorted(
            reply.stems[s]
            for s in shared
            if (s in claim.negated) != (s in reply.negated)
            and _same_word(claim.words[claim.stems[s]], reply.words[reply.stems[s]])
        )
        if turned and not (claim.negated and reply.negated):
            word = reply.words[turned[0]]
            return Span(word.start, word.end)
    return _opposite(claim, reply)


def _same_word(one: Word, other: Word) -> bool:
    """Whether two words with the same beginning are forms of one, and no name."""
    same_length = abs(len(one.folded) - len(other.folded)) <= _ENDING
    return same_length and not other.is_capital


def _other_figure(
    claimed: Sequence[Figure], replied: Sequence[Figure], related: bool
) -> Span | None:
    if not related:
        return None
    if any(agree(answer.number, (figure.number for figure in claimed)) for answer in replied):
        return None
    for answer in replied:
        for figure in claimed:
            if figure.units & answer.units:
                return answer.span
    return None


def _bare_figure(claimed: Sequence[Figure], reply: Reading) -> Span | None:
    """Return the number that a terse answer puts in the place of another: "It's 900."."""
    if len(reply.words) > _TERSE_WORDS or not claimed:
        return None
    bare = [figure for figure in reply.figures if not figure.units]
    if len(bare) != 1 or agree(bare[0].number, [figure.number for figure in claimed]):
        return None
    if len(reply.words) == 1:
        return None  # "+1", "100 %!"
    return bare[0].span


def _opposite(claim: Reading, reply: Reading) -> Span | None:
    if claim.negated or reply.negated:
        return None
    opposites = claim.vocabulary.opposites
    wanted = {
        opposite
        for word in claim.words
        if stem(word.folded) not in reply.stems
        for opposite in opposites.of(word.folded)
    }
    if not wanted:
        return None
    for word in reply.words:
        if stem(word.folded) not in claim.stems and not wanted.isdisjoint(
            opposites.sides(word.folded)
        ):
            return Span(word.start, word.end)
    return None
