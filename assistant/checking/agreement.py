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
from index.language.sentences import begins_sentence
from index.language.words import fold, stop_words, word_spans
from index.library.article_index import ArticleIndex

_ENOUGH, _ENOUGH_ACROSS = 0.72, 0.5
"""Share of the weight of its words that a sentence must find in the text it stands on."""
_SAME, _SAME_ACROSS = 0.85, 0.6
"""Strength at which two words are the same name or thing."""
_NEAR = 0.4
_AROUND_NUMBER = 3
_SMALL_STEP = 3
_NEAR_DENIED = 3
"""Content words between a denied word of the page and what it is denied of."""


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


def enough(language: str, article_index: ArticleIndex) -> float:
    """Return the coverage from which a text carries a sentence in a language."""
    return _ENOUGH if language == article_index.article.language else _ENOUGH_ACROSS


def other_things(
    claim: Reading,
    premise: Reading,
    article_index: ArticleIndex,
    *,
    known_names: Iterable[str] = (),
) -> str | None:
    """Return the number or name that a sentence has otherwise than its premise."""
    return _other_number(claim, premise) or _other_name(claim, premise, article_index, known_names)


def other_sense(claim: Reading, premise: Reading, article_index: ArticleIndex) -> str | None:
    """Return the negation, opposite, hedge or order by which a sentence says otherwise."""
    return (
        _counts_otherwise(claim, premise, article_index)
        or _other_polarity(claim, premise, article_index)
        or _opposite(claim, premise)
        or _surer(claim, premise, article_index)
        or _turned_round(claim, premise, article_index)
    )


def _other_number(claim: Reading, premise: Reading) -> str | None:
    there = premise.numbers
    for number in claim.numbers:
        if not any(number.agrees(other) for other in there):
            return f"the number {claim.words[number.first]}"
    return None


def _counts_otherwise(claim: Reading, premise: Reading, article_index: ArticleIndex) -> str | None:
    there = premise.numbers
    if len({number.key for number in there}) < 2:
        return None
    for number in claim.numbers:
        if number.unit == "calendar":
            continue
        around = _around(claim, number.first)
        same = [other for other in there if number.agrees(other)]
        beside = [" ".join(_around(premise, other.first)) for other in same]
        if around and not _any_near(around, beside, article_index):
            return f"what the number {claim.words[number.first]} counts"
    return None


def _around(reading: Reading, position: int) -> list[str]:
    """Return the content words next to a number, those behind it first."""
    stop = stop_words(reading.language)
    low, high = max(0, position - _AROUND_NUMBER), position + 1 + _AROUND_NUMBER
    near = (*reading.words[position + 1 : high], *reading.words[low:position])
    return [word for word in near if fold(word) not in stop and len(word) > 1]


def _any_near(words: Sequence[str], texts: Sequence[str], article_index: ArticleIndex) -> bool:
    held = [text for text in texts if text]
    return not held or bool((article_index.align(list(words), held) >= _NEAR).any())


def _other_name(
    claim: Reading, premise: Reading, article_index: ArticleIndex, known_names: Iterable[str]
) -> str | None:
    known = {fold(span.of(name)) for name in known_names for span in word_spans(name)}
    names = [word for word in _names(claim) if fold(word) not in known]
    if not names:
        return None
    across = claim.language != premise.language
    least = _NEAR if claim.language == "de" else _SAME_ACROSS if across else _SAME
    strengths = article_index.align(names, [premise.text])[:, 0]
    missing = [name for name, strength in zip(names, strengths, strict=True) if strength < least]
    return f"the name {missing[0]}" if missing else None


def _names(reading: Reading) -> list[str]:
    """Return the words that are names: capitals within a sentence, or at its start before one."""
    stop = stop_words(reading.language)
    spans = list(word_spans(reading.text))
    found = []
    for position, span in enumerate(spans):
        word = span.of(reading.text)
        if not word[0].isupper() or fold(word) in stop or len(word) < 2:
            continue
        following = spans[position + 1].of(reading.text) if position + 1 < len(spans) else ""
        if following[:1].isupper() or (position and not begins_sentence(reading.text, span.start)):
            found.append(word)
    return found


def _other_polarity(claim: Reading, premise: Reading, article_index: ArticleIndex) -> str | None:
    ours, theirs = claim.side, premise.side
    if not ours.negations and not theirs.negations:
        return _refuted(claim, premise, article_index)
    mine = [word.folded for word in ours.content]
    other = [word.folded for word in theirs.content]
    if not mine or not other:
        return None
    same = article_index.align(mine, other) >= _SAME_ACROSS
    negated = np.array([place in ours.negated for place in range(len(mine))])
    negated_there = np.array([place in theirs.negated for place in range(len(other))])
    if ours.negations and not (same & negated[:, None] & negated_there[None, :]).any():
        return "a negation"
    if not ours.negations:
        # The words a negation reaches there are told here without it.
        reached = same[:, negated_there].any(axis=0)
        if reached.size and reached.mean() >= _NEAR:
            return "a negation that is left out"
    return _refuted(claim, premise, article_index)


def other_negated(claim: Reading, premise: Reading, article_index: ArticleIndex) -> str | None:
    """Return the word that a sentence denies of something else than its premise does.

    "He said the library would not be closed" is not what "I will not close a single care home to
    keep the lights on in a library" says, though all its words are there.
    """
    mine = [word.folded for word in claim.side.content]
    other = [word.folded for word in premise.side.content]
    negated = sorted(claim.side.negated)
    if not other or not premise.side.negated or len(negated) < 2:
        return None
    same = article_index.align([mine[place] for place in negated], other)
    found = [int(row.argmax()) for row in same if row.max() >= _SAME_ACROSS]
    denied = [place for place in found if place in premise.side.negated]
    far = [
        place for place in found if denied and min(abs(place - d) for d in denied) > _NEAR_DENIED
    ]
    return f"what is denied ({other[far[0]]})" if far else None


def _refuted(claim: Reading, premise: Reading, article_index: ArticleIndex) -> str | None:
    """Whether one side denies what the other does not."""
    here = [w.folded for w in claim.side.words if claim.known.refutations.holds(w.folded)]
    there = [
        position
        for position, w in enumerate(premise.side.words)
        if premise.known.refutations.holds(w.folded)
    ]
    if here and not there and (article_index.align(here, [premise.text]) < _NEAR).all():
        return f"the denial {here[0]}"
    if there and not here and not claim.side.negations:
        words = [w.folded for w in premise.side.words]
        for position in there:
            after = words[position : position + 1 + _SMALL_STEP]
            told = [word for word in after[1:] if word not in stop_words(premise.language)]
            is_told = told and (article_index.align(told, [claim.text]) >= _SAME_ACROSS).any()
            if is_told and article_index.align([words[position]], [claim.text])[0, 0] < _NEAR:
                return "a denial that is left out"
    return None


def _opposite(claim: Reading, premise: Reading) -> str | None:
    if claim.language != premise.language:
        return None
    there = {word.folded for word in premise.side.words}
    pairs = {side for word in there for side in claim.known.opposites.sides(word)}
    for word in claim.side.words:
        against = claim.known.opposites.of(word.folded)
        own = claim.known.opposites.sides(word.folded)
        if word.folded not in there and against & pairs and not own & pairs:
            return f"the opposite: {word.folded}"
    return None


def _surer(claim: Reading, premise: Reading, article_index: ArticleIndex) -> str | None:
    """Whether a sentence tells as certain what its premise tells as possible."""
    hedged = [
        position
        for position, word in enumerate(premise.side.words)
        if premise.known.hedges.holds(word.folded)
    ]
    if not hedged or any(claim.known.hedges.holds(word.folded) for word in claim.side.words):
        return None
    words = [word.folded for word in premise.side.words]
    for position in hedged:
        told = words[position + 1 : position + 1 + _SMALL_STEP]
        told = [word for word in told if word not in stop_words(premise.language)]
        if told and (article_index.align(told, [claim.text]) >= _SAME_ACROSS).all():
            return f"that it is uncertain ({words[position]})"
    return None


def _turned_round(claim: Reading, premise: Reading, article_index: ArticleIndex) -> str | None:
    """Whether who does it and whom it is done to have changed places."""
    names = list(dict.fromkeys(_names(claim)))
    if claim.language != premise.language or len(names) < 2:
        return None
    folded = [fold(word) for word in claim.words]
    there = [fold(word) for word in premise.words]
    agents = claim.known.agents
    if any(agents.holds(word) for word in folded) or any(agents.holds(word) for word in there):
        return None
    places = [(folded.index(fold(name)), _place(there, fold(name))) for name in names]
    for (here, far), (after, farther) in pairwise(places):
        if None in (far, farther) or after - here < 2:
            continue
        between = [w for w in folded[here + 1 : after] if w not in stop_words(claim.language)]
        turned = far is not None and farther is not None and farther < far
        if turned and between and (article_index.align(between, [premise.text]) >= _NEAR).all():
            return f"who does it to whom ({claim.words[here]}, {claim.words[after]})"
    return None


def _place(words: Sequence[str], word: str) -> int | None:
    return words.index(word) if word in words else None
