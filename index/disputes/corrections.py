"""A reader who repeats a few words of one sentence to turn them: "It's not fifty metres."

One telling word or figure is enough where the clause is hardly more than it and its negation, or
where another figure of the same thing follows at once: "Ten minutes saved? I needed three."
"""

from collections.abc import Iterator, Sequence

from index.disputes.claims import Claims, Sentence
from index.disputes.conflict import Reading
from index.disputes.echoes import rivals
from index.disputes.stance import Markers, Stance, says_i
from index.language.dispute_words import Vocabulary
from index.language.phrase_patterns import Word
from index.language.report_words import load
from index.language.sentences import CLAUSE_END

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
            turned = (_turned(clause, claims, known) for clause in _clauses(item, text, known))
            sentence = next((found for found in turned if found is not None), None)
        sentence = sentence or _refigured(item, markers[place : place + 2], claims, known)
        if sentence is not None:
            return sentence, Stance(relation="contradicts", sentence=item.sentence, cue=None)
    return None


def _clauses(item: Markers, text: str, known: Vocabulary) -> Iterator[Reading]:
    """Yield the words between two signs; a lone "no" goes with those before: "In May, no:"."""
    clauses: list[list[Word]] = []
    for word in item.words:
        parted = clauses and CLAUSE_END.search(text, clauses[-1][-1].end, word.start)
        if not clauses or parted:
            clauses.append([])
        clauses[-1].append(word)
    for place, clause in enumerate(clauses):
        following = clauses[place + 1] if place + 1 < len(clauses) else []
        is_no = len(following) == 1 and known.negators.holds(following[0].folded)
        words = (*clause, *following) if is_no else clause
        yield Reading(text=text, words=tuple(words), vocabulary=known)


def _turned(clause: Reading, claims: Claims, known: Vocabulary) -> Sentence | None:
    """Return the only sentence that states what a clause negates, or negates what it states."""
    sentence = claims.with_forms(clause.forms)
    if sentence is None or says_i(clause.words[:1], known):
        return None
    stated = sentence.reading
    shared = clause.forms.keys() & stated.forms.keys()
    if len(clause.forms) - len(shared) > _MOST_OWN:
        return None
    if clause.negations:
        focus = _focus(clause, known)
        is_turned = focus in shared and focus not in stated.negated_forms
    else:
        said = {f for f in shared if not clause.words[clause.forms[f]].is_capital}
        is_turned = bool(said) and _focus(stated, known) in said
    return sentence if is_turned else None


def _focus(clause: Reading, known: Vocabulary) -> str | None:
    """Return the form that a clause negates: the next content word, else the last one before.

    "No queue", "pas de farine" negate that there is any, which nobody said.
    """
    own = clause.negations[0].own if clause.negations else frozenset()
    if not any(known.adverbs.holds(clause.words[place].folded) for place in own):
        return None
    after = clause.words[max(own) + 1 : max(own) + 2]
    if after and load(known.language).tagged(after[0].folded) & {"of"}:
        return None
    behind = [form for form, place in clause.forms.items() if place > max(own)]
    before = [form for form, place in clause.forms.items() if place < min(own)]
    joined = clause.words[min(own) - 1].folded if min(own) else ""
    if not behind and "coordinators" in load(known.language).tagged(joined):
        return None  # "loudspeaker or not"
    return next(iter([*behind, *reversed(before)]), None)


def _refigured(
    item: Markers, following: Sequence[Markers], claims: Claims, known: Vocabulary
) -> Sentence | None:
    """Return the only sentence with a figure that is held up and met by another of its kind."""
    text = claims.article.text
    if len(item.words) > _LONGEST_HELD or item.sentence.of(text).endswith("!"):
        return None
    held = Reading(text=text, words=item.words, vocabulary=known).figures
    match = claims.stating(held)
    for other in following if match else ():
        asks = other.is_question and other is not item
        told = Reading(text=text, words=other.words, vocabulary=known)
        joins = asks or known.stance.additive.find(other.words)
        if match and not joins and rivals(told, match.sentence.reading):
            return match.sentence
    return None
