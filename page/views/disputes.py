"""What is contested: claims, the arguments on each, and whose voices they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.locale.page import Words
from index.article import Article, Comment
from index.disputes import Claim, Dispute, Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Words of one side: who says them, in which comment, and how they stand to the claim."""

    words: Claim | Position
    comment: Comment | None
    who: str
    relation: str

    @property
    def is_reader(self) -> bool:
        """Whether a reader says it."""
        return self.comment is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A claim with those against and those for it; `number` counts from 1 in reading order."""

    number: int
    claim: Side
    against: tuple[Side, ...]
    support: tuple[Side, ...]
    voices: str


def contests(disputes: Sequence[Dispute], article: Article, words: Words) -> tuple[Contest, ...]:
    """Return every dispute with its sides, in reading order."""
    return tuple(
        Contest(
            number=number,
            claim=side_of(dispute.claim, article, words),
            against=tuple(side_of(position, article, words) for position in dispute.contested_by),
            support=tuple(side_of(position, article, words) for position in dispute.supported_by),
            voices=_voices(dispute, words),
        )
        for number, dispute in enumerate(disputes, 1)
    )


def side_of(said: Claim | Position, article: Article, words: Words) -> Side:
    """Return a claim or a position with who says it."""
    comment = article.comment_of(article.passage(said.passage))
    # What the narrator claims, the article says; a denial of nobody named is nobody's.
    nobody = "anonymous" if comment else ("the_article" if isinstance(said, Claim) else "unknown")
    author = comment.author if comment is not None else None
    name = author or (said.speaker.name if said.speaker is not None else None)
    return Side(
        words=said,
        comment=comment,
        who=name or words(nobody),
        relation="claim" if isinstance(said, Claim) else said.relation,
    )


def _voices(dispute: Dispute, words: Words) -> str:
    counts = [words.count("against", dispute.voices_against)]
    if dispute.voices_for:
        counts.append(words.count("for", dispute.voices_for))
    if dispute.voices_anonymous:
        counts.append(words.count("anonymous", dispute.voices_anonymous))
    return ", ".join(counts)
