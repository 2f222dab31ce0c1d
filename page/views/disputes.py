"""What is contested: each claim beside its objections, and the map of who contests what."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.locale.page import Words
from index.article import Article
from index.disputes import Dispute, Position
from index.statements import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Words of one side: who says them, how they stand to the claim, and where they stand."""

    who: str
    is_reader: bool
    relation: str
    relation_name: str
    text: str
    start: int
    end: int
    label: str
    score: int | None
    answers_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A claim with those against and those for it."""

    number: int
    claim: Side
    against: tuple[Side, ...]
    support: tuple[Side, ...]
    voices: str


def contests(disputes: Sequence[Dispute], article: Article, words: Words) -> tuple[Contest, ...]:
    """Return every dispute with its sides, in reading order."""
    return tuple(
        _contest(number, dispute, article, words) for number, dispute in enumerate(disputes, 1)
    )


def _contest(number: int, dispute: Dispute, article: Article, words: Words) -> Contest:
    claim = dispute.claim
    passage = article.passage(claim.passage)
    comment = article.comment_of(passage)
    author = comment.author if comment is not None else None
    counts = [words.count("against", dispute.voices_against)]
    if dispute.voices_for:
        counts.append(words.count("for", dispute.voices_for))
    if dispute.voices_anonymous:
        counts.append(words.count("anonymous", dispute.voices_anonymous))
    return Contest(
        number=number,
        claim=Side(
            who=_who(claim.speaker, author, words("anonymous" if comment else "the_article")),
            is_reader=comment is not None,
            relation="claim",
            relation_name=words("claim"),
            text=claim.text,
            start=claim.start,
            end=claim.end,
            label=claim.passage,
            score=comment.score if comment is not None else None,
            answers_to=None,
        ),
        against=tuple(_side(position, article, words) for position in dispute.contested_by),
        support=tuple(_side(position, article, words) for position in dispute.supported_by),
        voices=", ".join(counts),
    )


def _side(position: Position, article: Article, words: Words) -> Side:
    comment = article.comment_of(article.passage(position.passage))
    is_reader = comment is not None
    return Side(
        who=_who(position.speaker, position.author, words("anonymous" if is_reader else "unknown")),
        is_reader=is_reader,
        relation=position.relation,
        relation_name=words(f"relation_{position.relation}"),
        text=position.text,
        start=position.start,
        end=position.end,
        label=position.passage,
        score=comment.score if comment is not None else None,
        answers_to=f"C{comment.parent}" if comment is not None and comment.parent else None,
    )


def _who(speaker: Speaker | None, author: str | None, nobody: str) -> str:
    if author is not None:
        return author
    return speaker.name if speaker is not None else nobody
