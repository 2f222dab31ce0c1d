"""What is contested: claims, the arguments on each, and whose voices they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.locale.page import Words
from index.article import Article
from index.disputes import Argument, Contention, Debate, Dispute, Position
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentRow:
    """An argument in its best words, with the others who say nearly the same."""

    side: str
    best: Side
    others: tuple[Side, ...]
    voices: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DebateRow:
    """A claim with the arguments on it, and the quarrels that grew from these."""

    contest: Contest
    arguments: tuple[ArgumentRow, ...]
    quarrels: tuple["DebateRow", ...]


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
    by_place = {(contest.claim.start, contest.claim.end): contest for contest in shown}

    def row(contention: Contention) -> DebateRow:
        return DebateRow(
            contest=by_place[contention.claim.start, contention.claim.end],
            arguments=tuple(_argument(a, article, words) for a in contention.arguments),
            quarrels=tuple(map(row, contention.quarrels)),
        )

    return tuple(map(row, debate.claims)), tuple(map(row, debate.among_readers))


def _argument(argument: Argument, article: Article, words: Words) -> ArgumentRow:
    return ArgumentRow(
        side=argument.side,
        best=_side(argument.position, article, words),
        others=tuple(
            _side(position, article, words)
            for position in argument.positions
            if position is not argument.position
        ),
        voices=words.count(argument.side, argument.voices),
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
