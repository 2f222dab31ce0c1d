"""How words that answer certain words stand to these, whoever said them."""

from collections.abc import Sequence

from index.disputes.claims import Claims
from index.disputes.conflict import Reading, conflict
from index.disputes.dispute import Claim
from index.disputes.echoes import doubt, echoed, is_echo
from index.disputes.stance import (
    Markers,
    Stance,
    agreement,
    assent,
    same_experience,
    stance_of,
)
from index.language.dispute_words import Vocabulary

MOST_SENTENCES = 4
"""After so many sentences an answer may be about something else."""


def answer(
    claim: Claim, markers: Sequence[Markers], known: Vocabulary, claims: Claims
) -> Stance | None:
    """Return how words that answer certain words stand to these.

    An agreement counts at once where it opens the reply, and last where it stands within.
    """
    text = claims.article.text
    stance = stance_of(markers[:MOST_SENTENCES], known, is_answer=True)
    within = stance if stance is not None and stance.relation == "supports" else None
    return (
        assent(text, markers)
        or agreement(markers, known)
        or same_experience(text, markers, known)
        or (None if within else stance)
        or contradiction(claim, markers, known, text, is_answer=True)
        or _doubt(claim, markers, known, claims)
        or within
    )


def contradiction(
    claim: Claim,
    markers: Sequence[Markers],
    known: Vocabulary,
    text: str,
    *,
    is_answer: bool = False,
) -> Stance | None:
    """Return a contradiction by wording: a negation, another number, an opposite."""
    stated = Reading.of(text, claim.start, claim.end, known)
    for item in markers:
        if item.is_question:
            continue
        reading = Reading(text=text, words=item.words, vocabulary=known)
        if conflict(stated, reading, is_answer=is_answer) is not None:
            return Stance(relation="contradicts", sentence=item.sentence, cue=None)
    return None


def _doubt(
    claim: Claim, markers: Sequence[Markers], known: Vocabulary, claims: Claims
) -> Stance | None:
    """Return the doubt of who holds up words of a claim."""
    held = echoed(markers, claims.article.text, known)
    claimed = Reading.of(claims.article.text, claim.start, claim.end, known)
    if held is None or not is_echo(held, claimed):
        return None
    return doubt(markers, held, claimed, known)
