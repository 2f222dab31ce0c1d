"""A reader who repeats a few words of one sentence to turn them: "It's not fifty metres."

One telling word or figure is enough where the clause is hardly more than it and its negation, or
where another figure of the same thing follows at once: "Ten minutes saved? I needed three."
"""

from collections.abc import Iterator, Sequence

from index.disputes.claims import Claims, Sentence
from index.disputes.conflict import Figure, Reading
from index.disputes.echoes import is_year
from index.disputes.stance import Markers, Stance, says_i
from index.language.dispute_words import Vocabulary
from index.language.negation import negations
from index.language.numbers import agree
from index.language.phrase_patterns import Word
from index.language.sentences import CLAUSE_END
from index.language.words import stop_words

_OPENING = 2
"""Sentences of a comment in which it says what it is about."""
_MOST_OWN = 1
"""Content words of a clause that the article does not have."""
_LONGEST_HELD = 9


def correction(
    markers: Sequence[Markers], claims: Claims, known: Vocabulary
) -> tuple[Sentence, Stance] | None:
    """Return the sentence that a comment corrects, and where it does.

    Args:
        markers: The sentences of the comment.
        claims: The sentences of the article.
        known: The words of the comment's language.
    """
    text = claims.article.text
    for place, item in enumerate(markers[:_OPENING]):
        if item.supports or known.stance.thanks.find(item.words):
            return None
        sentence = None
        if not item.is_question:
            turned = (_turned(clause, text, claims, known) for clause in _clauses(item, text))
            sentence = next((found for found in turned if found is not None), None)
        sentence = sentence or _refigured(item, markers[place : place + 2], claims, known)
        if sentence is not None:
            return sentence, Stance(relation="contradicts", sentence=item.sentence, cue=None)
    return None


def _clauses(item: Markers, text: str) -> Iterator[tuple[Word, ...]]:
    """Yield the words between two signs; a lone "no" goes with the words before it."""
    clause: list[Word] = []
    for word in item.words:
        if clause and CLAUSE_END.search(text, clause[-1].end, word.start):
            yield tuple(clause)
            clause = []
        clause.append(word)
    if clause:
        yield tuple(clause)


def _turned(
    clause: Sequence[Word], text: str, claims: Claims, known: Vocabulary
) -> Sentence | None:
    """Return the only sentence that states what a clause negates, or negates what it states."""
    if says_i(clause[:1], known):
        return None
    reading = Reading(text=text, words=tuple(clause), vocabulary=known)
    sentence = claims.alone_with(reading.stems)
    if sentence is None:
        return None
    shared = reading.stems.keys() & sentence.reading.stems.keys()
    if len(reading.stems) - len(shared) > _MOST_OWN:
        return None
    focus = _focus(clause, known)
    stated = sentence.reading
    if focus is not None:
        is_turned = focus in shared and focus not in stated.negated
    else:
        is_turned = bool(shared & stated.negated) and not negations(clause, known)
    return sentence if is_turned else None


def _focus(clause: Sequence[Word], known: Vocabulary) -> str | None:
    """Return the stem that a clause negates: the next content word, else the last one before."""
    found = negations(clause, known)
    if not found:
        return None
    stop = stop_words(known.language)
    own = found[0].own
    after = [w for place, w in enumerate(clause) if place > max(own)]
    before = [w for place, w in enumerate(clause) if place < min(own)]
    for word in (*after, *reversed(before)):
        if word.folded not in stop and len(word.folded) > 1:
            return next(iter(Reading(text="", words=(word,), vocabulary=known).stems), None)
    return None


def _refigured(
    item: Markers, following: Sequence[Markers], claims: Claims, known: Vocabulary
) -> Sentence | None:
    """Return the only sentence with a figure that is held up and met by another of its kind."""
    if len(item.words) > _LONGEST_HELD:
        return None
    text = claims.article.text
    held = Reading(text=text, words=item.words, vocabulary=known).figures
    match = claims.stating(held)
    if match is None:
        return None
    stated = match.sentence.reading.figures
    for other in following:
        if known.stance.additive.find(other.words) or (other.is_question and other is not item):
            continue
        told = Reading(text=text, words=other.words, vocabulary=known).figures
        if any(_is_rival(figure, stated, text) for figure in told):
            return match.sentence
    return None


def _is_rival(figure: Figure, stated: Sequence[Figure], text: str) -> bool:
    """Whether a figure is of the same as one that was stated, or of nothing else."""
    if agree(figure.number, [other.number for other in stated]) or is_year(figure.number.value):
        return False
    is_bare = not figure.number.unit and not text[figure.span.end : figure.span.end + 1].isspace()
    kinds = {other.number.measure[0] for other in stated if other.number.unit}
    same = figure.number.unit and figure.number.measure[0] in kinds
    return is_bare or bool(same) or any(figure.units & other.units for other in stated)
