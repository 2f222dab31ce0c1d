"""What two sentences share and where they part, as numbers: the input of the relation model.

Words are aligned by spelling and, with an embedder, by meaning (the best cosine of each word);
then negations, refutations, opposites, numbers and names are compared. No decision is made here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.language.dispute_words import Vocabulary
from index.language.negation import negations
from index.language.numbers import numbers
from index.language.phrase_patterns import PhraseSet, Word, read_words
from index.language.words import stop_words

Numbers = npt.NDArray[np.float32]

_ALIGNED = 0.62


class WordVectors(Protocol):
    """The part of an embedder that is needed here."""

    def encode_documents(self, texts: Sequence[str]) -> Numbers:
        """Return one row of length 1 per text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two sentences, read."""

    text: str
    words: tuple[Word, ...]
    content: tuple[Word, ...]
    negated: frozenset[int]
    negations: int
    numbers: frozenset[str]
    names: frozenset[str]
    limits: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Best similarity of each content word to the other side, in [0, 1], and its place there."""

    similarity: Numbers
    partner: npt.NDArray[np.int64]


def read_side(text: str, vocabulary: Vocabulary) -> Side:
    """Return a sentence with its content words, negations, numbers and names."""
    words = read_words(text)
    stop = stop_words(vocabulary.language)
    negating = negations(words, vocabulary)
    characters = {place for negation in negating for place in negation.own}
    negated = {place for negation in negating for place in negation.reach}
    content = tuple(
        word
        for place, word in enumerate(words)
        if word.folded not in stop and place not in characters and len(word.folded) > 1
    )
    starts = {words[place].start for place in negated if 0 <= place < len(words)}
    return Side(
        text=text,
        words=words,
        content=content,
        negated=frozenset(p for p, word in enumerate(content) if word.start in starts),
        negations=len(negating),
        numbers=frozenset(number.key for number in numbers(text, vocabulary.language)),
        names=frozenset(
            word.folded
            for place, word in enumerate(words)
            if place and text[word.start].isupper() and word.folded not in stop
        ),
        limits=frozenset(word.folded for word in words if vocabulary.limits.holds(word.folded)),
    )


def align(one: Side, other: Side, embedder: WordVectors | None) -> tuple[Alignment, Alignment]:
    """Return how well the content words of each side are found on the other."""
    if not one.content or not other.content:
        return _nothing(one), _nothing(other)
    table = np.array(
        [[_spelling(a.folded, b.folded) for b in other.content] for a in one.content], np.float32
    )
    if embedder is not None:
        vectors = embedder.encode_documents([w.folded for w in (*one.content, *other.content)])
        cosines = vectors[: len(one.content)] @ vectors[len(one.content) :].T
        table = np.maximum(table, np.clip(cosines, 0, 1))
    return (
        Alignment(similarity=table.max(axis=1), partner=table.argmax(axis=1)),
        Alignment(similarity=table.max(axis=0), partner=table.argmax(axis=0)),
    )


FEATURES = (
    "covered_hypothesis", "covered_premise", "aligned_hypothesis", "aligned_premise",
    "same_words", "order", "sentence_cosine", "rest_cosine", "rest_hypothesis", "rest_premise",
    "negations_hypothesis", "negations_premise", "negation_differs", "negation_differs_covered",
    "both_negated", "parity_differs", "parity_covered", "restriction_differs",
    "polarity_conflicts", "refutation_hypothesis", "refutation_premise", "refutation_differs",
    "refutation_covered", "affirmation_hypothesis", "affirmation_premise", "hedge_hypothesis",
    "hedge_premise", "opposites", "opposites_covered", "numbers_new_hypothesis",
    "numbers_new_premise", "numbers_shared", "numbers_replaced", "names_shared",
    "names_new_hypothesis", "names_new_premise", "names_replaced", "limits_hypothesis",
    "limits_premise", "limits_differ", "length_hypothesis", "length_premise", "length_ratio",
    "question_hypothesis", "rare_gap_hypothesis", "middling",
)  # fmt: skip


def features_of(
    premise: str, hypothesis: str, *, vocabulary: Vocabulary, embedder: WordVectors | None
) -> Numbers:
    """Return the numbers named by `FEATURES` for a pair, float32 of shape (features,)."""
    one, other = read_side(premise, vocabulary), read_side(hypothesis, vocabulary)
    at_one, at_other = align(one, other, embedder)
    values = _overlap(one, other, at_one, at_other, embedder)
    values += _polarity(one, other, at_one, at_other, vocabulary, covered=values[0])
    values += _figures(one, other)
    values += _shape(one, other, at_other)
    return np.array(values, np.float32)


def _overlap(
    one: Side, other: Side, at_one: Alignment, at_other: Alignment, embedder: WordVectors | None
) -> list[float]:
    shared = {w.folded for w in one.content} & {w.folded for w in other.content}
    union = {w.folded for w in one.content} | {w.folded for w in other.content}
    rests = _rest(one, at_one), _rest(other, at_other)
    cosine = rest_cosine = 0.0
    if embedder is not None:
        rows = embedder.encode_documents([one.text, other.text, *rests])
        cosine, rest_cosine = float(rows[0] @ rows[1]), float(rows[2] @ rows[3])
    return [
        _mean(at_other.similarity),
        _mean(at_one.similarity),
        _mean(at_other.similarity >= _ALIGNED),
        _mean(at_one.similarity >= _ALIGNED),
        len(shared) / max(1, len(union)),
        _in_order(at_other),
        cosine,
        rest_cosine,
        math.log1p(int((at_other.similarity < _ALIGNED).sum())),
        math.log1p(int((at_one.similarity < _ALIGNED).sum())),
    ]


def _polarity(
    one: Side,
    other: Side,
    at_one: Alignment,
    at_other: Alignment,
    vocabulary: Vocabulary,
    *,
    covered: float,
) -> list[float]:
    differs = float((one.negations > 0) != (other.negations > 0))
    conflicts = sum(
        float(similarity)
        for place, (similarity, partner) in enumerate(
            zip(at_other.similarity, at_other.partner, strict=True)
        )
        if similarity >= _ALIGNED and (place in other.negated) != (int(partner) in one.negated)
    ) / max(1, len(other.content))
    refuted = _count(vocabulary.refutations, other), _count(vocabulary.refutations, one)
    parity = float((one.negations + refuted[1]) % 2 != (other.negations + refuted[0]) % 2)
    refutation_differs = float((refuted[0] > 0) != (refuted[1] > 0))
    opposites = _opposites(one, other, at_one, at_other, vocabulary)
    return [
        min(other.negations, 3),
        min(one.negations, 3),
        differs,
        differs * covered,
        float(one.negations > 0 and other.negations > 0),
        parity,
        parity * covered,
        float(_count(vocabulary.restrictions, one) != _count(vocabulary.restrictions, other)),
        conflicts,
        min(refuted[0], 3),
        min(refuted[1], 3),
        refutation_differs,
        refutation_differs * covered,
        min(_count(vocabulary.affirmations, other), 2),
        min(_count(vocabulary.affirmations, one), 2),
        min(_count(vocabulary.hedges, other), 3),
        min(_count(vocabulary.hedges, one), 3),
        min(opposites, 2),
        min(opposites, 2) * covered,
    ]


def _figures(one: Side, other: Side) -> list[float]:
    new, old = other.numbers - one.numbers, one.numbers - other.numbers
    new_names, old_names = other.names - one.names, one.names - other.names
    names = one.names | other.names
    return [
        min(len(new), 3),
        min(len(old), 3),
        min(len(one.numbers & other.numbers), 3),
        float(bool(new and old)),
        len(one.names & other.names) / max(1, len(names)),
        min(len(new_names), 4),
        min(len(old_names), 4),
        float(bool(new_names and old_names)),
    ]


def _shape(one: Side, other: Side, at_other: Alignment) -> list[float]:
    lengths = len(one.content), len(other.content)
    middling = (at_other.similarity > 0.35) & (at_other.similarity < _ALIGNED)
    return [
        min(len(other.limits), 3),
        min(len(one.limits), 3),
        float(one.limits != other.limits),
        math.log1p(lengths[1]),
        math.log1p(lengths[0]),
        math.log1p(lengths[1]) - math.log1p(lengths[0]),
        float(other.text.rstrip().endswith("?")),
        1 - float(at_other.similarity.min(initial=1.0)),
        _mean(middling),
    ]


def _opposites(
    one: Side, other: Side, at_one: Alignment, at_other: Alignment, vocabulary: Vocabulary
) -> int:
    """Count the pairs of opposite words, one on each side, each without its like over there."""
    lone = [w.folded for w in _unmatched(one, at_one)]
    lone_other = [w.folded for w in _unmatched(other, at_other)]
    here = {side for word in lone for side in vocabulary.opposites.of(word)}
    there = {side for word in lone_other for side in vocabulary.opposites.sides(word)}
    return len({number for number, _ in here & there})


def _unmatched(side: Side, alignment: Alignment) -> list[Word]:
    """Return content words without the same spelling over there, and all function words."""
    exact = {
        word.start
        for word, value in zip(side.content, alignment.similarity, strict=True)
        if value >= 0.999
    }
    return [word for word in side.words if word.start not in exact]


def _count(phrases: PhraseSet, side: Side) -> int:
    return len(phrases.find(side.words))


def _rest(side: Side, alignment: Alignment) -> str:
    pairs = zip(side.content, alignment.similarity, strict=True)
    return " ".join(word.folded for word, value in pairs if value < _ALIGNED)


def _in_order(alignment: Alignment) -> float:
    partners = alignment.partner[alignment.similarity >= _ALIGNED]
    return _mean(np.diff(partners) > 0) if len(partners) > 1 else 0.5


def _nothing(side: Side) -> Alignment:
    size = len(side.content)
    return Alignment(similarity=np.zeros(size, np.float32), partner=np.zeros(size, np.int64))


def _mean(values: npt.NDArray[Any]) -> float:
    return float(np.mean(values)) if len(values) else 0.0


def _spelling(one: str, other: str) -> float:
    """Return 1 for the same word, a share for words that begin alike, else 0."""
    if one == other:
        return 1.0
    if one[0].isdigit() or other[0].isdigit():
        return 0.0
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return 0.9 if length >= 4 and length >= 0.6 * max(len(one), len(other)) else 0.0
