"""A reply that turns against what it answers without an expression of the lexicon for it.

Not words but signs: it is of some length, takes up what it answers, and negates, contrasts, asks
or repeats words in quotation marks; nothing in it thanks or grants. On 144 pairs of real threads
such replies contest three times out of four, all replies one time out of two; the limits were
chosen on these same pairs.
"""

import re
from collections.abc import Collection, Sequence

from index.disputes.conflict import Reading
from index.disputes.stance import Markers, Stance, says_i, takes_back
from index.language.dispute_words import Vocabulary
from index.language.negation import negations
from index.language.words import Span

_FEWEST_WORDS = 12
"""A shorter reply shows its stand by an expression, or is a joke, a "so it is", a greeting."""
_OPENING_WORDS = 3
_MORE_THAN_A_WORD = 2
_QUOTED = re.compile(r"[„“\"«‚‘»]([^„“\"«»”‚‘’]{2,80})[“”\"»«’‘]")


def turn(
    markers: Sequence[Markers],
    target: Collection[str],
    known: Vocabulary,
    text: str,
    *,
    fewest_shared: int,
) -> Stance | None:
    """Return the objection of a reply that takes up some words and turns against them.

    Args:
        markers: The sentences of the reply.
        target: The stems of what it answers.
        known: The words of the reply's language.
        text: The text that the sentences are part of.
        fewest_shared: Stems that show that the reply speaks of its target.
    """
    words = tuple(word for item in markers for word in item.words)
    if known.stance.thanks.find(markers[0].words):
        return None
    if any(item.supports for item in markers) and not takes_back(markers, known):
        # "Fair enough, I had not seen the minutes. Still only ninety, though."
        return None
    own = Reading(text=text, words=words, vocabulary=known)
    shared = len(own.stems.keys() & target)
    if _goes_on(markers, set(target), known, text) and not (
        shared >= _MORE_THAN_A_WORD and known.stance.contrasts.find(words)
    ):
        return None
    for before, item in zip((None, *markers), markers, strict=False):
        if known.stance.additive.find(item.words):
            continue  # "We have no yeast in the shops either, we too"
        near = (*(before.words if before else ()), *item.words)
        stems = Reading(text=text, words=near, vocabulary=known).stems.keys()
        if stems & set(target) and negations(item.words, known) and len(near) > 5:
            return Stance(relation="objects", sentence=item.sentence, cue=None)
    if len(words) < _FEWEST_WORDS:
        return None
    if shared < fewest_shared and not _echoes(markers, target, known, text):
        return None
    for item in markers:
        if known.stance.additive.find(item.words):
            continue
        if _turns(item, target, known, text) or _echoes([item], target, known, text):
            return Stance(relation="objects", sentence=item.sentence, cue=None)
    return None


def _goes_on(markers: Sequence[Markers], target: set[str], known: Vocabulary, text: str) -> bool:
    """Whether a reply speaks of oneself or asks, and negates nothing of what was said.

    "I'd swap mine for a funnel, no reeds to trim there" takes up the word and plays on.
    """
    begins = says_i(markers[0].words[:_OPENING_WORDS], known)
    if not (begins or any(item.is_question for item in markers)):
        return False
    readings = (Reading(text=text, words=item.words, vocabulary=known) for item in markers)
    return not any(reading.negated & target for reading in readings)


def _turns(item: Markers, target: Collection[str], known: Vocabulary, text: str) -> bool:
    """Whether a sentence negates, contrasts, or asks about what was said, not for something."""
    stems = Reading(text=text, words=item.words, vocabulary=known).stems.keys()
    asks = item.is_question and not item.is_sincere and bool(stems & set(target))
    contrasts = bool(known.stance.contrasts.find(item.words))
    return asks or contrasts or bool(item.objections) or bool(negations(item.words, known))


def _echoes(
    markers: Sequence[Markers], target: Collection[str], known: Vocabulary, text: str
) -> bool:
    """Whether the words are held up in quotation marks: "not everybody is a “site builder”"."""
    for item in markers:
        for match in _QUOTED.finditer(text, item.sentence.start, item.sentence.end):
            span = Span(match.start(1), match.end(1))
            if Reading.of(text, span.start, span.end, known).stems.keys() & set(target):
                return True
    return False
