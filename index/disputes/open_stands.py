"""Comments whose target is likely and whose stand is open after the rules.

They are for a reader who is stronger than the rules; what that one finds enters by
`find_stances` again. What a comment quotes, whom it names, what it answers and, without any of
these, the sentence of the article that it repeats is its target.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.article import Article, Comment
from index.disputes.addresses import Addresses, same_author
from index.disputes.arguments import comment_number
from index.disputes.claims import Claims
from index.disputes.comments import ReadComments, words_of
from index.disputes.conflict import Reading
from index.disputes.contest import Contest
from index.disputes.dispute import Claim, Position, Relation, Stances
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
    reader = _TargetReader(article, statements)
    return tuple(
        OpenStand(comment=comment, claim=claim)
        for comment in article.live_comments()
        if comment.number not in placed
        for claim in reader.targets(comment)
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


class _TargetReader:
    """Finds what the comments of a page are about."""

    def __init__(self, article: Article, statements: Sequence[Statement]) -> None:
        known = vocabulary(article.language)
        self._article = article
        self._claims = Claims.of(article, statements, known)
        self._comments = ReadComments(article)
        self._addresses = Addresses(article.live_comments(), article.text)

    def targets(self, comment: Comment) -> Iterator[Claim]:
        markers, known = self._comments.markers_of(comment)
        if not markers:
            return
        text = self._article.text
        words = Reading(text=text, words=words_of(markers), vocabulary=known).stems.keys()
        found = [*self._quoted(comment)] or [*self._answered(comment, words)]
        if not found and comment.parent is None:
            for item in markers:
                match = self._claims.meant(
                    Reading(text=text, words=item.words, vocabulary=known).stems
                )
                if match is not None:
                    found = [self._claims.claim(match.sentence)]
                    break
        yield from dict.fromkeys(found)

    def _quoted(self, comment: Comment) -> Iterator[Claim]:
        known = self._claims.vocabulary
        for words in comment.quoted:
            if words.passage is None:
                continue
            quoted = Reading.of(self._article.text, words.start, words.end, known)
            sentence = self._claims.quoted(quoted, words.passage)
            source = self._article.comment_of(self._article.passage(words.passage))
            if sentence is not None:
                yield self._claims.claim(sentence)
            elif source is not None and not (source.deleted or same_author(source, comment)):
                yield from self._of_comment(source, quoted.stems.keys(), is_quoted=True)

    def _answered(self, comment: Comment, words: Collection[str]) -> Iterator[Claim]:
        for other in self._addresses.answered(comment):
            yield from self._of_comment(other, words)

    def _of_comment(
        self, other: Comment, words: Collection[str], *, is_quoted: bool = False
    ) -> Iterable[Claim]:
        claim = self._comments.claim_of(other, words, is_quoted=is_quoted)
        return (claim,) if claim is not None else ()
