"""What is contested: claims, who contests them, in which words, and who stands behind them."""

from dataclasses import dataclass
from typing import Literal

from index.statements.statement import Speaker

Relation = Literal["contradicts", "denies", "questions", "mocks", "objects", "counters", "supports"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Words of the article or of a comment that somebody contests.

    `article.text[start:end] == text`; `speaker` is None where the narrator or nobody named
    says it.
    """

    text: str
    start: int
    end: int
    passage: str
    speaker: Speaker | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Words that take a position on a claim.

    `speaker` is who says it in the article, `author` who wrote the comment; both None where
    unknown. `cue` is the expression that shows the relation, None where the wording as a
    whole does. `judged_by` is the model that found it, None where the rules did.
    """

    text: str
    start: int
    end: int
    passage: str
    speaker: Speaker | None
    author: str | None
    relation: Relation
    cue: str | None
    judged_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A claim with those against it and those for it.

    Voices are distinct authors: copies are folded, each anonymous comment is one voice and
    `voices_anonymous` says how many of all voices are.
    """

    claim: Claim
    contested_by: tuple[Position, ...]
    supported_by: tuple[Position, ...]
    voices_against: int
    voices_for: int
    voices_anonymous: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Words of readers who side with a claim, contested or not, or with a speaker.

    `claim` is None where they name a speaker and not what they agree with.
    """

    claim: Claim | None
    speaker: Speaker | None
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stances:
    """How a page stands to what it says: what is disputed, and what is agreed with."""

    disputes: tuple[Dispute, ...]
    agreements: tuple[Agreement, ...]
