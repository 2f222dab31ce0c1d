"""Comments whose target is likely and whose stand is open after the rules.

They are for a reader who is stronger than the rules; what that one finds enters by
`find_stances` again. What a comment quotes, whom it names, what it answers and, without any of
these, the sentence of the article that it repeats is its target.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.article import Article, Comment
from index.disputes.arguments import comment_number
from index.disputes.claims import Claims
from index.disputes.comments import words_of
from index.disputes.conflict import Reading
from index.disputes.contest import Contest
from index.disputes.dispute import Claim, Position, Relation, Stances
from index.disputes.targets import Targets
from index.language.dispute_words import vocabulary
from index.statements.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStand:
    """A comment and the words it is likely to be about; both stand on the page."""

    comment: Comment
    claim: Claim

    @property
    def key(self) -> str:
        """What it is told apart by on one version of a page."""
        return f"{self.comment.number} {self.claim.start}-{self.claim.end}"


def open_stands(
    article: Article, statements: Sequence[Statement], found: Stances
) -> tuple[OpenStand, ...]:
    """Return the comments that take no position by the rules, with what they are about.

    Args:
        article: The page.
        statements: Who said what in it.
        found: What the rules found, of `find_stances`.
    """
    positions = [p for d in found.disputes for p in (*d.contested_by, *d.supported_by)]
    positions += [p for agreement in found.agreements for p in agreement.positions]
    placed = {comment_number(position.passage) for position in positions}
    targets = Targets(article, Claims.of(article, statements, vocabulary(article.language)))
    return tuple(
        OpenStand(comment=comment, claim=claim)
        for comment in article.live_comments()
        if comment.number not in placed
        for claim in _claims_of(comment, targets)
    )


def taking(
    stand: OpenStand, *, start: int, end: int, relation: Relation, article: Article, by: str
) -> Contest:
    """Return a stand as one that is taken: with its relation and the words that show it.

    Args:
        stand: Which comment, on which words.
        start: Where the words of the comment begin that show it, in `article.text`.
        end: Where they end.
        relation: How it stands.
        article: The page.
        by: Which model found it.
    """
    position = Position(
        start=start,
        end=end,
        text=article.text[start:end],
        passage=article.passage_at(start).label,
        speaker=None,
        author=(stand.comment.author or "").strip() or None,
        relation=relation,
        cue=None,
        judged_by=by,
    )
    return Contest.of_comment(stand.claim, position, stand.comment)


def _claims_of(comment: Comment, targets: Targets) -> Iterator[Claim]:
    """Yield what a comment is likely to be about."""
    markers, known = targets.comments.markers_of(comment)
    if not markers:
        return
    found = [targets.quoted(comment, words) for words in comment.quoted]
    if not any(found):
        stems = Reading(text=targets.text, words=words_of(markers), vocabulary=known).stems.keys()
        answered = targets.addresses.answered(comment)
        found = [targets.comments.claim_of(other, stems) for other in answered]
    if not any(found) and comment.parent is None:
        meant = (targets.meant([item], known) for item in markers)
        found = [next((claim for claim in meant if claim is not None), None)]
    yield from dict.fromkeys(claim for claim in found if claim is not None)
