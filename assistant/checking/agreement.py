"""Do a sentence and the text it stands on agree? Words, numbers, names, negations, opposites.

Returned is the first disagreement in words fit to show, or None. Who says it is the work of
`assistant.checking.attribution`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.disputes.features import Side, read_side
from index.language.dispute_words import Vocabulary, vocabulary
from index.language.numbers import Number, numbers
from index.language.report_words import load
from index.language.scope_words import totals
from index.language.sentences import begins_sentence
from index.language.words import fold, month_numbers, stop_words, word_spans
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
    months = {month_numbers().get(fold(word)) for word in premise.words}
    for number in claim.numbers:
        word = claim.words[number.first]
        # "In March" of "en mars", which alone may be a planet.
        is_month = claim.language != premise.language and month_numbers().get(fold(word)) in (
            months - {None}
        )
        if not is_month and not any(number.agrees(other) for other in there):
            return f"the number {word}"
    return None


def _other_name(
    claim: Reading, premise: Reading, article_index: ArticleIndex, known_names: Iterable[str]
) -> str | None:
    """Return a name that is not there; one that the page has elsewhere may be meant by "she"."""
    known = {fold(span.of(name)) for name in known_names for span in word_spans(name)}
    names = [word for word in _names(claim) if fold(word) not in known]
    if not names:
        return None
    least = _SAME_ACROSS if claim.language != premise.language else _SAME
    strengths = np.maximum(
        article_index.align(names, [premise.text])[:, 0],
        article_index.anywhere(names, authors=True),
    )
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for or against a sentence beside its meaning.

    Attributes:
        is_across: It is in another language than the page.
        is_bare: Nothing of it is told as somebody's, or as what may be.
        is_hedged: It tells with more reserve than there.
        is_surer: It tells as certain what is told as possible: "will" for "may".
        tells_all: It leaves nothing out where something is: "all of them" for "most of them".
        negates: It denies what is not denied there.
        numbers: How many numbers it has; they agree.
    """

    is_across: bool = False
    is_bare: bool = False
    is_hedged: bool = False
    is_surer: bool = False
    tells_all: bool = False
    negates: bool = False
    numbers: int = 0

    @property
    def says_more(self) -> bool:
        """Whether it says more than stands there."""
        return self.is_surer or self.tells_all or self.negates


def signs_of(
    claim: Reading, premise: Reading, article_index: ArticleIndex, *, is_bare: bool
) -> Signs:
    """Return the signs of a sentence beside the text it stands on."""
    there = totals(premise.language)
    new = [w.folded for w in claim.side.words if totals(claim.language).holds(w.folded)]
    denies = claim.side.negations and not premise.side.negations
    return Signs(
        is_across=claim.language != premise.language,
        is_bare=is_bare,
        is_hedged=len(claim.reserves) > len(premise.reserves),
        is_surer=_is_surer(claim, premise, article_index),
        tells_all=bool(new) and not any(there.holds(w.folded) for w in premise.side.words),
        negates=bool(denies) and not premise.known.refutations.find(premise.side.words),
        numbers=len(claim.numbers),
    )


def _missing(words: Sequence[str], premise: Reading, article_index: ArticleIndex) -> list[str]:
    held = article_index.align(words, [premise.text])
    return [word for word, row in zip(words, held, strict=True) if row.max() < _SAME_ACROSS]


def _is_surer(claim: Reading, premise: Reading, article_index: ArticleIndex) -> bool:
    """Whether a sentence tells as certain what its premise tells as possible."""
    if claim.reserves:
        return False
    words, stop = [word.folded for word in premise.side.words], stop_words(premise.language)
    for position in premise.reserves:
        told = [w for w in words[position + 1 : position + 1 + _SMALL_STEP] if w not in stop]
        if told and not _missing(told, claim, article_index):
            return True
    return False
