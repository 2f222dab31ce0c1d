"""How much of what people marked on the pages we find: who said what, who contests what.

A marked statement is found where one of ours holds its words, or shares at least half of them
(token F1, as the scorers of annotated corpora have it); a dispute where its claim and the words
against it stand in one of ours.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.evaluation.gold import Gold, GoldStatement, holds
from assistant.evaluation.metrics.overlap import token_f1
from assistant.evaluation.telling import are_same
from index.disputes import Dispute
from index.language.words import spaced_words
from index.statements import Statement

_SAME = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts: what was marked, what of it is found, and of that what has the right person."""

    marked: int
    found: int
    right: int


def score_statements(golds: Iterable[tuple[Gold, Sequence[Statement]]]) -> Score:
    """Return how many of the marked statements are found, and with their speaker."""
    outcomes = [
        _speaker_found(gold, statements)
        for page, statements in golds
        for gold in page.statements
        if not gold.optional
    ]
    return _score(outcomes)


def score_disputes(golds: Iterable[tuple[Gold, Sequence[Dispute]]]) -> Score:
    """Return how many of the marked objections are found, and by the one who makes them."""
    outcomes = []
    for page, disputes in golds:
        for gold in page.disputes:
            against = list(_against(gold.claim, gold.words, disputes))
            is_right = any(are_same(gold.contested_by, name) for name in against)
            outcomes.append((bool(against), is_right))
    return _score(outcomes)


def _speaker_found(gold: GoldStatement, statements: Sequence[Statement]) -> tuple[bool, bool]:
    theirs = [s for s in statements if s.source == "article" and _is_same(gold.words, s.text)]
    named = [s.speaker.name if s.speaker else None for s in theirs]
    if gold.speaker is None:
        return bool(theirs), None in named
    known = (gold.speaker, *gold.aliases)
    return bool(theirs), any(name and any(are_same(name, one) for one in known) for name in named)


def _is_same(words: str, text: str) -> bool:
    return holds(spaced_words(text), words) or token_f1(text, words.split("|")) >= _SAME


def _against(claim: str, words: str, disputes: Sequence[Dispute]) -> Iterator[str]:
    """Yield who is found to contest a claim in some words; an empty name where unknown."""
    for dispute in disputes:
        if not _is_same(claim, dispute.claim.text):
            continue
        for position in dispute.contested_by:
            if _is_same(words, position.text):
                yield position.author or (position.speaker.name if position.speaker else "")


def _score(outcomes: Sequence[tuple[bool, bool]]) -> Score:
    return Score(
        marked=len(outcomes),
        found=sum(is_found for is_found, _ in outcomes),
        right=sum(is_right for _, is_right in outcomes),
    )
