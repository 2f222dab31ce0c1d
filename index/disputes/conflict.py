"""Do two stretches say different things about the same matter? Rules that rarely err.

Three kinds: one negates a word that the other states, the same unit has another number, a
word is met by its opposite. The statistical judge (`index.disputes.entailment`) sees more and
errs more; disputes are shown on these rules only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from index.language.dispute_words import Vocabulary
from index.language.negation import negations
from index.language.phrase_patterns import Word, read_words
from index.language.words import Span, stop_words

_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_STEM = 6
_ENDING = 2
_FEWEST_SHARED = 2
_SHARE = 0.45
_UNIT_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number and the beginnings of the words right after it that say of what."""

    value: float
    units: frozenset[str]
    span: Span


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A stretch of text as the rules see it."""

    words: tuple[Word, ...]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, text: str, start: int, end: int, vocabulary: Vocabulary) -> "Reading":
        """Read a stretch of a text."""
        return cls(words=read_words(text, start, end), vocabulary=vocabulary)

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
    def negated(self) -> frozenset[str]:
        """The beginnings of the content words within reach of a negation."""
        found = negations(self.words, self.vocabulary)
        places = {place for negation in found for place in negation.reach}
        return frozenset(s for s, place in self.stems.items() if place in places)

    def _number(self, word: str) -> float | None:
        if word in self.vocabulary.numerals[2:]:
            return float(self.vocabulary.numerals.index(word))
        return _value(word)

    def _unit(self, word: str) -> str:
        """Return what is counted; people are people, whatever they are called."""
        return "people" if self.vocabulary.people.holds(word) else stem(word)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers with what they count."""
        found = []
        for place, word in enumerate(self.words):
            value = self._number(word.folded)
            if value is None or (place and _value(self.words[place - 1].folded) is not None):
                continue
            end = place + 1
            while end < len(self.words) and _is_thousands(self.words[end].folded):
                value = value * 1000 + (_value(self.words[end].folded) or 0)
                end += 1
            stop = stop_words(self.vocabulary.language)
            after = [w for w in self.words[end : end + 4] if w.folded not in stop]
            units = frozenset(self._unit(w.folded) for w in after[:_UNIT_WORDS])
            last = self.words[end - 1].end
            found.append(Figure(value=value, units=units, span=Span(word.start, last)))
        return tuple(found)


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
    if is_answer and other_figure is not None:
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
    values = {figure.value for figure in claimed}
    for answer in replied:
        if answer.value in values:
            return None
    for answer in replied:
        for figure in claimed:
            if figure.units & answer.units:
                return answer.span
    return None


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


def _is_thousands(word: str) -> bool:
    """Whether a word continues a number that is parted by spaces ("1 200")."""
    return len(word) == 3 and word.isdigit()


def _value(word: str) -> float | None:
    if not word[0].isdigit() or ":" in word:
        return None
    if _GROUPED.fullmatch(word):
        return float(re.sub("[.,]", "", word))
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return float("".join(character for character in word if character.isdigit()))
