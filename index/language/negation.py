"""Where a text negates, and which words that reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.language.dispute_words import Vocabulary
from index.language.phrase_patterns import Word

_BEFORE = 2
_AFTER = 4
_PAIR_WORDS = 4
_RESTRICTION_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """One negation: the words it is made of and those it reaches, by position."""

    own: frozenset[int]
    reach: frozenset[int]


def negations(words: Sequence[Word], vocabulary: Vocabulary) -> tuple[Negation, ...]:
    """Return the negations of a text, in order.

    A weak sign (French "ne") counts once with its partner ("pas", "plus"), and not at all where
    it restricts ("ne ... que"). A joining sign ("non") before a word it belongs to ("non
    vaccinés") is no negation of the sentence.

    >>> from index.language.phrase_patterns import read_words
    >>> from index.language.dispute_words import vocabulary
    >>> [len(negations(read_words(text), vocabulary("fr"))) for text in (
    ...     "Il ne vient pas.", "Il n'a que trois ans.", "Il ne vient plus.", "Les non vaccinés.")]
    [1, 0, 1, 0]
    """
    found: list[Negation] = []
    taken: set[int] = set()
    for hit in vocabulary.negators.find(words):
        if hit.first in taken:
            continue
        own = set(range(hit.first, hit.last + 1))
        sign = words[hit.first].folded
        if len(own) == 1 and vocabulary.weak_negators.holds(sign):
            partner = _partner(words, hit.first, vocabulary)
            if partner is None and _restricts(words, hit.first, vocabulary):
                continue
            if partner is not None:
                own.add(partner)
        elif len(own) == 1 and vocabulary.joining_negators.holds(sign) and _joins(words, hit.first):
            continue
        taken |= own
        low, high = min(own) - _BEFORE, max(own) + _AFTER
        found.append(Negation(own=frozenset(own), reach=frozenset(range(max(0, low), high + 1))))
    return tuple(found)


def _partner(words: Sequence[Word], place: int, vocabulary: Vocabulary) -> int | None:
    for other in range(place + 1, min(len(words), place + 1 + _PAIR_WORDS)):
        word = words[other].folded
        if vocabulary.negation_partners.holds(word) or (
            vocabulary.negators.holds(word) and not vocabulary.weak_negators.holds(word)
        ):
            return other
    return None


def _restricts(words: Sequence[Word], place: int, vocabulary: Vocabulary) -> bool:
    near = words[place + 1 : place + 1 + _RESTRICTION_WORDS]
    return any(vocabulary.restrictions.holds(word.folded) for word in near)


def _joins(words: Sequence[Word], place: int) -> bool:
    """Whether the sign stands right before a word, without a comma or a stop between them."""
    return place + 1 < len(words) and words[place + 1].start - words[place].end == 1
