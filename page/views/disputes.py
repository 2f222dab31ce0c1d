"""What is contested: claims, the arguments on each, and whose voices they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.locale.page import Words
from index.article import Article, Comment
from index.disputes import Argument, Claim, Contention, Debate, Dispute, Position


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentRow:
    """An argument in its best words, with the others who say nearly the same."""

    argument: Argument
    best: Side
    others: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DebateRow:
    """A claim with the arguments on it, and the quarrels that grew from these."""

    contest: Contest
    arguments: tuple[ArgumentRow, ...]
    quarrels: tuple["DebateRow", ...]


def contests(disputes: Sequence[Dispute], article: Article, words: Words) -> tuple[Contest, ...]:
    """Return every dispute with its sides, in reading order."""
    return tuple(
        Contest(
            number=number,
            claim=_side(dispute.claim, article, words),
            against=tuple(_side(position, article, words) for position in dispute.contested_by),
            support=tuple(_side(position, article, words) for position in dispute.supported_by),
            voices=_voices(dispute, words),
        )
        for number, dispute in enumerate(disputes, 1)
    )


def debate_rows(
    debate: Debate, shown: Sequence[Contest], article: Article, words: Words
) -> tuple[tuple[DebateRow, ...], tuple[DebateRow, ...]]:
    """Return the debate on the article's claims and that among its readers, as nested rows.

    Args:
        debate: The tree.
        shown: The same claims as `contests` returns them; their numbers are kept.
        article: Where they stand.
        words: The language of the page.
    """
    by_place = {(c.claim.words.start, c.claim.words.end): c for c in shown}

    def row(contention: Contention) -> DebateRow:
        return DebateRow(
            contest=by_place[contention.claim.start, contention.claim.end],
            arguments=tuple(_argument(a, article, words) for a in contention.arguments),
            quarrels=tuple(map(row, contention.quarrels)),
        )

    return tuple(map(row, debate.claims)), tuple(map(row, debate.among_readers))


def _argument(argument: Argument, article: Article, words: Words) -> ArgumentRow:
    others = (p for p in argument.positions if p is not argument.position)
    return ArgumentRow(
        argument=argument,
        best=_side(argument.position, article, words),
        others=tuple(_side(position, article, words) for position in others),
    )


def _side(said: Claim | Position, article: Article, words: Words) -> Side:
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
