"""Who takes a stand on a topic, in the article and among readers, as far as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.extractive import people
from assistant.extractive.composing import Composer
from assistant.extractive.copies import without_copies
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.likeness import in_page
from assistant.extractive.sentences import best_sentences
from index.article import Comment
from index.disputes import Agreement, Dispute, Position

_MOST_COMPARED = 40
"""Comments whose meaning is compared."""
_NEARLY = 0.05
"""Of the best comment's score, for another to be shown beside it."""
_NEAR = 0.25
"""Similarity from which a comment is taken to write about the same; below it is chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Those who side with something and those against it, each position once."""

    supporting: tuple[Position, ...]
    against: tuple[Position, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody takes a stand."""
        return not self.supporting and not self.against


def readers_of(sides: Sides) -> Sides:
    """Return the sides without those of the article."""
    return Sides(
        supporting=tuple(p for p in sides.supporting if is_reader(p)),
        against=tuple(p for p in sides.against if is_reader(p)),
    )


def is_reader(position: Position) -> bool:
    """Whether a position is a reader's."""
    return position.passage.startswith("C")


def sides_on(inquiry: Inquiry, disputes: Sequence[Dispute]) -> Sides:
    """Return who sides with or against some claims, and who agrees without a dispute."""
    supporting = [p for d in disputes for p in d.supported_by]
    against = [p for d in disputes for p in d.contested_by]
    claims = {(d.claim.start, d.claim.end) for d in disputes}
    for agreement in inquiry.article_index.agreements:
        of_claim = agreement.claim and (agreement.claim.start, agreement.claim.end) in claims
        if of_claim or _is_meant(inquiry, agreement):
            supporting += agreement.positions
    return Sides(supporting=_once(supporting), against=_once(against))


def voices(positions: Sequence[Position]) -> int:
    """Return how many distinct people hold some positions; without a name each is one."""
    named = {p.author or (p.speaker.name if p.speaker else None) for p in positions}
    unnamed = sum(p.author is None and p.speaker is None for p in positions)
    return len(named - {None}) + unnamed


def best_first(positions: Sequence[Position], composer: Composer) -> list[Position]:
    """Return positions, those of the best rated comments first, the article's before them."""
    article = composer.article

    def rank(position: Position) -> tuple[int, int, int]:
        comment = article.comment_of(article.passage(position.passage))
        score = comment.score or 0 if comment else 0
        return (1 if comment else 0, -score, position.start)

    return sorted(positions, key=rank)


def quote_positions(positions: Sequence[Position], composer: Composer, *, most: int) -> int:
    """Quote positions with who holds them; return how many were added."""
    added = 0
    article = composer.article
    for position in positions:
        if added == most:
            break
        comment = article.comment_of(article.passage(position.passage))
        if comment is not None:
            added += composer.quote_comment(comment, with_score=True)
            continue
        who = position.speaker.name if position.speaker else None
        lead = composer.phrases.say("lead", who=who) if who else None
        added += composer.quote(position.start, position.end, speaker=position.speaker, lead=lead)
    return added


def comments_on(inquiry: Inquiry, texts: Sequence[str], *, most: int) -> list[Comment]:
    """Return the comments that write about some words, nearest first, copies left out.

    By the words of the question, and by meaning: that of its words alone, which says what about,
    and that of each text.
    """
    article, reader = inquiry.article, inquiry.reader
    live = [comment for comment in article.live_comments() if comment.text]
    texts = [text for text in texts if text.strip()]
    if not live or not texts:
        return []
    written = [f"{comment.author}: {comment.text}" for comment in live]
    passages = [article.passage(comment.label) for comment in live]
    near = np.array(
        [[inquiry.article_index.similarity(text, p) for p in passages] for text in texts]
    ).max(axis=0)
    words = inquiry.coverage(written)
    scores = np.where((near >= _NEAR) | (words >= inquiry.enough), near + words, 0.0)
    if reader is not None and len(live) > 1:
        few = np.argsort(-(near + words), kind="stable")[:_MOST_COMPARED]
        bodies = [written[place] for place in few]
        topic = " ".join(term.text for term in inquiry.terms)
        meant = np.array([reader.nearness(text, bodies) for text in filter(None, [topic, *texts])])
        scores = np.zeros(len(live))
        scores[few] = np.exp(np.mean([in_page(row) for row in meant], axis=0) + in_page(words[few]))
    ranked = [
        live[place]
        for place in np.argsort(-scores, kind="stable")
        if scores[place] and scores[place] >= _NEARLY * scores.max()
    ]
    return [item.comment for item in without_copies(ranked, article, most=most)]


def claims_on(inquiry: Inquiry, *, most: int = 2) -> list[str]:
    """Return the sentences of the article that come nearest to the topic."""
    if not inquiry.terms:
        return []
    found = best_sentences(inquiry, inquiry.evidence("article"))[:most]
    return [inquiry.article.text[s.start : s.end] for s in found if s.score > 0]


def _once(positions: Sequence[Position]) -> tuple[Position, ...]:
    return tuple({(p.passage, p.start): p for p in positions}.values())


def _is_meant(inquiry: Inquiry, agreement: Agreement) -> bool:
    """Whether an agreement is with somebody or something the question is about."""
    named = people.all_named(inquiry)
    claim = agreement.claim
    agreed = agreement.speaker or (claim.speaker if claim else None)
    if agreed is not None and agreed.name in {speaker.name for speaker in named}:
        return True
    inquiry = people.without_description(inquiry, *named)
    text = " ".join((claim.text if claim else "", *(p.text for p in agreement.positions)))
    return bool(inquiry.terms) and bool(inquiry.covered([text], [text]))
