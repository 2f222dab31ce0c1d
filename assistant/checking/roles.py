"""Have who does something and whom it is done to changed places?

"Norvela accuses the association" where the association accuses Norvela: the same verb, and who
stood before it stands behind. Only what keeps the verb of the page can be told so; the rest is for
the judge.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.claims import reporting_words
from index.language.dispute_words import vocabulary
from index.language.report_words import load
from index.language.scope_words import scope_words
from index.language.stemming import stem_words
from index.language.words import fold, stop_words, word_spans

_REACH = 9
"""Words before and behind a verb that belong to it."""
_SHORTEST = 4
"""Characters of a verb, and more than those of a preposition: "auf", "sur"."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text: as written, folded, their stems, and the places of those that tell."""

    written: Sequence[str]
    folded: Sequence[str]
    stems: Sequence[str]
    content: Sequence[int]

    @classmethod
    def of(cls, text: str, language: str) -> "_Words":
        written = [span.of(text) for span in word_spans(text)]
        folded, stop = [fold(word) for word in written], stop_words(language)
        return cls(
            written,
            folded,
            stem_words([word.casefold() for word in written], language),
            [p for p, word in enumerate(folded) if word not in stop and len(word) > 2],
        )

    def sides(self, stem: str, verb: int) -> set[bool]:
        """Return on which sides of a verb a stem stands near it: True for behind."""
        near = range(max(0, verb - _REACH), verb + _REACH + 1)
        return {p > verb for p in self.content if p in near and self.stems[p] == stem and p != verb}

    def is_noun(self, place: int, language: str) -> bool:
        """Whether a word stands behind an article or preposition: "the request"."""
        return place > 0 and self.folded[place - 1] in stop_words(language)


def exchanged(claim: str, premise: str, language: str) -> str | None:
    """Return the verb around which two have changed places; None where none have.

    Args:
        claim: A sentence.
        premise: What it tells again, in the same language.
        language: ISO 639-1 code.

    >>> exchanged("The firm sues the town.", "On Monday the town sues the firm.", "en")
    'sues'
    >>> exchanged("The firm is sued by the town.", "The town sued the firm.", "en")
    """
    here, there = _Words.of(claim, language), _Words.of(premise, language)
    agents, modals = vocabulary(language).agents, vocabulary(language).modals
    if any(agents.holds(w) for w in here.folded) != any(agents.holds(w) for w in there.folded):
        return None
    for verb in here.content:
        word = here.written[verb]
        if word[0].isupper() or len(word) < _SHORTEST or modals.holds(here.folded[verb]):
            continue
        for other in there.content:
            if there.stems[other] == here.stems[verb] and _is_turned(
                here, verb, there, other, language
            ):
                return word
    return None


def _is_turned(here: _Words, verb: int, there: _Words, other: int, language: str) -> bool:
    """Whether what stands next before a verb stands behind it over there, and the reverse."""
    shared = [p for p in here.content if there.sides(here.stems[p], other)]
    before = [p for p in shared if verb - _REACH <= p < verb][-1:]
    behind = [p for p in shared if verb < p <= verb + _REACH]
    turned = [p for p in before if there.sides(here.stems[p], other) == {True}]
    back = [p for p in behind if there.sides(here.stems[p], other) == {False}]
    if not turned or not back:
        return False
    if not load(language).capitalised_nouns and all(
        here.written[places[0]][0].isupper() for places in (turned, back)
    ):
        return True
    # "Lowe said it was late" is "It was late, Lowe said"; and no noun has a subject.
    says = here.folded[verb] in reporting_words(language)
    says = says and here.folded[verb] not in scope_words(" ".join(here.written), language)
    return not (says or here.is_noun(verb, language) or there.is_noun(other, language))
