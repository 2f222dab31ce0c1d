"""A sentence beside the text it stands on: its words, its reserve, the signs that are weighed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.disputes.features import Side, read_side
from index.language.dispute_words import Vocabulary, vocabulary
from index.language.numbers import numbers
from index.language.words import fold, spaced_words, stop_words, word_spans
from index.library.article_index import ArticleIndex

_SAME = 0.6
"""Strength at which two words are the same thing, across languages too."""
_SMALL_STEP = 3
_ROW = 5
"""Words in a row that are no turn of phrase but somebody's words."""
_OWN_OF_A_ROW = 3
"""Words of a row that tell something and are no names; with two it would be "le projet de
reconstruction de la digue", of which any passage may tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A sentence or the text it stands on, with its words."""

    text: str
    language: str
    side: Side
    known: Vocabulary

    @classmethod
    def of(cls, text: str, language: str) -> "Reading":
        """Read a text."""
        known = vocabulary(language)
        return cls(
            text=text,
            language=language,
            side=read_side(text, known),
            known=known,
        )

    @property
    def reserves(self) -> tuple[int, ...]:
        """The places of words that leave open whether it is so: "may", "likely", "reportedly"."""
        known = (self.known.hedges, self.known.modals)
        return tuple(
            place
            for place, word in enumerate(self.side.words)
            if any(words.holds(word.folded) for words in known)
        )


def coverage(words: Sequence[str], texts: Sequence[str], article_index: ArticleIndex) -> np.ndarray:
    """Return the weighted share of words that each text holds, (texts,) in [0, 1]."""
    if not words or not texts:
        return np.zeros(len(texts), dtype=np.float32)
    weights = article_index.word_weights(words)
    shares: np.ndarray = weights @ article_index.align(words, texts) / weights.sum()
    return shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for or against a sentence beside its meaning, in the order of their weights.

    Attributes:
        is_across: It is in another language than the page.
        is_bare: Nothing of it is told as somebody's, or as what may be.
        is_hedged: It tells with more reserve than there.
        is_surer: It tells as certain what is told as possible: "will" for "may".
        is_report: It tells as a fact what the page only reports as said.
        is_changed: It follows the page, with another number, name, opposite or negation.
        is_exchanged: Who does something and whom it is done to have changed places.
    """

    is_across: bool = False
    is_bare: bool = False
    is_hedged: bool = False
    is_surer: bool = False
    is_report: bool = False
    is_changed: bool = False
    is_exchanged: bool = False

    @property
    def speaks_against(self) -> bool:
        """Whether a sign is against it that needs no weighing where nobody judges."""
        return self.is_surer or self.is_report or self.is_changed or self.is_exchanged


def has_other_number(claim: str, language: str, told: str, told_language: str) -> bool:
    """Whether a sentence has a number that stands in no form in what is told."""
    here = numbers(claim, language, with_months=True)
    there = numbers(told, told_language, with_months=True)
    return any(not any(number.agrees(other) for other in there) for number in here)


def borrowed(claim: str, told: Sequence[str], others: Iterable[str]) -> str | None:
    """Return words in a row that a sentence has from other texts than those it cites, if any.

    >>> borrowed("Lowe said the mill burned down in May.", ["Lowe was sad."],
    ...          ["The mill burned down in May."])
    'the mill burned down in'
    """
    stop = stop_words()
    words = [span.of(claim) for span in word_spans(claim)]
    cited, elsewhere = "".join(map(spaced_words, told)), "".join(map(spaced_words, others))
    for start in range(len(words) - _ROW + 1):
        row = words[start : start + _ROW]
        own = [word for word in row if word[0].islower() and fold(word) not in stop]
        said = spaced_words(" ".join(row))
        if len(own) >= _OWN_OF_A_ROW and said in elsewhere and said not in cited:
            return " ".join(row)
    return None


def is_hedged(claim: Reading, premise: Reading) -> bool:
    """Whether a sentence tells with more reserve than its premise."""
    return len(claim.reserves) > len(premise.reserves)


def is_surer(claim: Reading, premise: Reading, article_index: ArticleIndex) -> bool:
    """Whether a sentence tells as certain what its premise tells as possible."""
    if claim.reserves:
        return False
    words, stop = [word.folded for word in premise.side.words], stop_words(premise.language)
    for position in premise.reserves:
        told = [w for w in words[position + 1 : position + 1 + _SMALL_STEP] if w not in stop]
        if told and (article_index.align(told, [claim.text]) >= _SAME).all():
            return True
    return False
