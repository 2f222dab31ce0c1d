"""Do a sentence and the text it stands on agree? Words, numbers, names, negations, opposites.

Returned is the first disagreement in words fit to show, or None. Who says it is the work of
`assistant.checking.attribution`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.disputes.features import Side, read_side
from index.language.dispute_words import Vocabulary, vocabulary
from index.language.numbers import Number, numbers
from index.language.report_words import load
from index.language.scope_words import totals
from index.language.sentences import begins_sentence
from index.language.words import fold, stop_words, word_spans
from index.library.article_index import ArticleIndex

_SAME, _SAME_ACROSS = 0.85, 0.6
"""Strength at which two words are the same name or thing."""
_SMALL_STEP = 3
_SHORTEST_NAME = 3
"""Characters; "MP" and "Mr" are no names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A sentence or the text it stands on, with its words, negations and numbers."""

    text: str
    language: str
    words: tuple[str, ...]
    side: Side
    known: Vocabulary

    @classmethod
    def of(cls, text: str, language: str) -> "Reading":
        """Read a text."""
        known = vocabulary(language)
        return cls(
            text=text,
            language=language,
            words=tuple(span.of(text) for span in word_spans(text)),
            side=read_side(text, known),
            known=known,
        )

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers and months, spelled ones included."""
        return numbers(self.text, self.language, with_months=True)


def coverage(words: Sequence[str], texts: Sequence[str], article_index: ArticleIndex) -> np.ndarray:
    """Return the weighted share of words that each text holds, (texts,) in [0, 1]."""
    if not words or not texts:
        return np.zeros(len(texts), dtype=np.float32)
    weights = article_index.word_weights(words)
    shares: np.ndarray = weights @ article_index.align(words, texts) / weights.sum()
    return shares


def other_things(
    claim: Reading,
    premise: Reading,
    article_index: ArticleIndex,
    *,
    known_names: Iterable[str] = (),
) -> str | None:
    """Return the number or name that a sentence has otherwise than its premise."""
    return _other_number(claim, premise) or _other_name(claim, premise, article_index, known_names)


def _other_number(claim: Reading, premise: Reading) -> str | None:
    there = premise.numbers
    for number in claim.numbers:
        if not any(number.agrees(other) for other in there):
            return f"the number {claim.words[number.first]}"
    return None


def _other_name(
    claim: Reading, premise: Reading, article_index: ArticleIndex, known_names: Iterable[str]
) -> str | None:
    known = {fold(span.of(name)) for name in known_names for span in word_spans(name)}
    names = [word for word in _names(claim) if fold(word) not in known]
    if not names:
        return None
    least = _SAME_ACROSS if claim.language != premise.language else _SAME
    strengths = article_index.align(names, [premise.text])[:, 0]
    missing = [name for name, strength in zip(names, strengths, strict=True) if strength < least]
    return f"the name {missing[0]}" if missing else None


def _names(reading: Reading) -> list[str]:
    """Return the words that are names: capitals within a sentence, or in a row.

    Not in a language that writes every noun with a capital.
    """
    if load(reading.language).capitalised_nouns:
        return []
    stop = stop_words(reading.language)
    spans = list(word_spans(reading.text))
    capital = [
        (word := span.of(reading.text))[0].isupper() and fold(word) not in stop for span in spans
    ]
    found = []
    for position, span in enumerate(spans):
        beside = capital[max(0, position - 1) : position] + capital[position + 1 : position + 2]
        is_inside = position > 0 and not begins_sentence(reading.text, span.start)
        is_long = span.end - span.start >= _SHORTEST_NAME
        if capital[position] and is_long and (any(beside) or is_inside):
            found.append(span.of(reading.text))
    return found


def liberties(claim: Reading, premise: Reading, article_index: ArticleIndex) -> int:
    """Return how often a sentence says more than its premise: all for some, sure for possible.

    "All of them had retired" says more than "most of them", "it will" more than "it may", and
    "A accused B" something else than "B accused A".
    """
    there = totals(premise.language)
    new = [w.folded for w in claim.side.words if totals(claim.language).holds(w.folded)]
    is_more = bool(new) and not any(there.holds(w.folded) for w in premise.side.words)
    denies = claim.side.negations and not premise.side.negations
    is_new = denies and not premise.known.refutations.find(premise.side.words)
    taken = (
        is_more,
        bool(is_new),
        _surer(claim, premise, article_index),
        _turned_round(claim, premise, article_index),
    )
    return sum(taken)


def _missing(words: Sequence[str], premise: Reading, article_index: ArticleIndex) -> list[str]:
    held = article_index.align(words, [premise.text])
    return [word for word, row in zip(words, held, strict=True) if row.max() < _SAME_ACROSS]


def _surer(claim: Reading, premise: Reading, article_index: ArticleIndex) -> bool:
    """Whether a sentence tells as certain what its premise tells as possible."""
    if any(claim.known.hedges.holds(word.folded) for word in claim.side.words):
        return False
    words = [word.folded for word in premise.side.words]
    stop = stop_words(premise.language)
    for position, word in enumerate(words):
        if premise.known.hedges.holds(word):
            told = [w for w in words[position + 1 : position + 1 + _SMALL_STEP] if w not in stop]
            if told and not _missing(told, claim, article_index):
                return True
    return False


def _turned_round(claim: Reading, premise: Reading, article_index: ArticleIndex) -> bool:
    """Whether who does it and whom it is done to have changed places."""
    names = list(dict.fromkeys(_names(claim)))
    if claim.language != premise.language or len(names) < 2:
        return False
    folded = [fold(word) for word in claim.words]
    there = [fold(word) for word in premise.words]
    agents = claim.known.agents
    if any(agents.holds(word) for word in folded) or any(agents.holds(word) for word in there):
        return False
    places = [(folded.index(fold(name)), _place(there, fold(name))) for name in names]
    for (here, far), (after, farther) in pairwise(places):
        if None in (far, farther) or after - here < 2:
            continue
        between = [w for w in folded[here + 1 : after] if w not in stop_words(claim.language)]
        turned = far is not None and farther is not None and farther < far
        if turned and between and not _missing(between, premise, article_index):
            return True
    return False


def _place(words: Sequence[str], word: str) -> int | None:
    return words.index(word) if word in words else None
