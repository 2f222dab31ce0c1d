"""One contest: one position against or for one claim, before contests become disputes."""

from dataclasses import dataclass

from index.disputes.dispute import Claim, Position


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
