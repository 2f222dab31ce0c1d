"""Where a text negates, and which words that reaches; whether it denies as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.language import lexicon
from index.language.dispute_words import Vocabulary, vocabulary
from index.language.phrase_patterns import Word, read_words
from index.language.report_words import load
from index.language.words import fold

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
        if hit.first == 0 and _stands_alone(words, hit.last):
            # "No: the works will cost four million" negates nothing that follows.
            found.append(Negation(own=frozenset(own), reach=frozenset(own)))
            continue
        low, high = _joined_before(words, min(own), vocabulary), max(own) + _AFTER
        found.append(Negation(own=frozenset(own), reach=frozenset(range(low, high + 1))))
    return tuple(found)


def _joined_before(words: Sequence[Word], place: int, vocabulary: Vocabulary) -> int:
    """Return the first word before a negation that it can reach: not over "and" or a sign.

    "They weighed it for three weeks and found no difference" leaves the weeks alone.
    """
    joining = load(vocabulary.language)
    low = place
    while low > max(0, place - _BEFORE) and words[low].start - words[low - 1].end <= 1:
        if "coordinators" in joining.tagged(words[low - 1].folded):
            break
        low -= 1
    return low


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


def _stands_alone(words: Sequence[Word], place: int) -> bool:
    """Whether more than a space or an apostrophe parts a word from the next."""
    return place + 1 == len(words) or words[place + 1].start - words[place].end > 1


def _joins(words: Sequence[Word], place: int) -> bool:
    """Whether the sign stands right before a word, without a comma or a stop between them."""
    return place + 1 < len(words) and not _stands_alone(words, place)


def is_denied(text: str, language: str) -> bool:
    """Whether a clause as a whole denies: by a negation, or by a verb such as "to deny".

    >>> is_denied("No sensor was switched off", "en"), is_denied("They denied it never rang", "en")
    (True, False)
    """
    known = vocabulary(language)
    words = read_words(text)
    return bool(negations(words, known)) != bool(known.deny_verbs.find(words))


def is_denial(word: str, language: str) -> bool:
    """Whether a single word is a verb of denial: "rejected"."""
    return vocabulary(language).deny_verbs.holds(fold(word))


@cache
def negation_words(language: str | None = None) -> frozenset[str]:
    """Return the folded words that negate in a language, or in any of all languages."""
    chosen = lexicon.languages() if language is None else (language,)
    tables = [lexicon.table(code, "negation") for code in chosen]
    return frozenset(
        fold(word)
        for table in tables
        for part in ("adverbs", "words", "weak")
        for word in table[part]
    )
