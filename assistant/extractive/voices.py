"""Who takes a stand on a topic, in the article and among readers, as far as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.extractive import people
from assistant.extractive.composing import Composer
from assistant.extractive.copies import without_copies
from assistant.extractive.inquiry import Inquiry
from assistant.extractive.sentences import best_sentences
from index.article import Comment
from index.disputes import Agreement, Dispute, Position

_NEAREST = 8
_MOST_COMPARED = 24
"""Comments whose meaning is compared."""
_OF_WORDS = 0.5
"""What the nearness by words counts beside that of meaning."""
_NEARLY = 0.6
"""Of the best comment's nearness, for another to be shown beside it."""
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

    By the words themselves, by nearness of meaning, and by what answers such a comment.
    """
    article = inquiry.article
    scores: dict[str, float] = {}
    for text in texts:
        if not text.strip():
            continue
        for item in inquiry.article_index.search(text, limit=_NEAREST, source="comment"):
            comment = article.comment_of(item.passage)
            if comment is not None and not comment.deleted and item.similarity >= _NEAR:
                known = scores.get(comment.number, 0.0)
                scores[comment.number] = max(known, item.similarity)
    live = [c for c in article.live_comments() if c.text]
    written = [f"{c.author}: {c.text}" for c in live]
    for comment, share in zip(live, inquiry.coverage(written), strict=True):
        if share >= inquiry.enough:
            scores[comment.number] = scores.get(comment.number, 0.0) + float(share)
    if inquiry.reader is not None and scores:
        few = sorted(scores, key=lambda number: -scores[number])[:_MOST_COMPARED]
        bodies = [f"{c.author}: {c.text}" for c in map(article.comment, few)]
        for text in filter(str.strip, texts):
            for number, near in zip(few, inquiry.reader.nearness(text, bodies), strict=True):
                scores[number] = max(scores[number], near + _OF_WORDS * scores[number])
    least = _NEARLY * max(scores.values(), default=0.0)
    ranked = [
        article.comment(number)
        for number in sorted(scores, key=lambda number: -scores[number])
        if scores[number] >= least
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
