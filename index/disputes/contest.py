"""One contest: one position against or for one claim, before contests become disputes."""

from dataclasses import dataclass

from index.article import Comment
from index.disputes.dispute import Claim, Position
from index.language.words import fold, folded_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A position on a claim. `voice` tells whose it is: the same for all words of one person.

    `wording` is what copies have in common; `anonymous` says that nobody signed it.
    """

    claim: Claim
    position: Position
    voice: str
    wording: str
    anonymous: bool

    @classmethod
    def of_comment(cls, claim: Claim, position: Position, comment: Comment) -> "Contest":
        """Return the position that a comment takes on a claim."""
        author = position.author
        return cls(
            claim=claim,
            position=position,
            voice=f"author:{fold(author)}" if author else f"comment:{comment.number}",
            wording=" ".join(folded_words(comment.text or position.text)),
            anonymous=author is None,
        )
