"""What the reader says of claims and texts: does a text contest a claim, does it carry it?"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.disputes.tone import LONGEST
from index.encoder import Reader
from index.encoder.regression import logit
from index.errors import EmbedderError

_LEAST_SHARE = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """The reader's logits of a claim and a text: the text contests it, the text carries it.

    "It was a third, I counted as well" is near to what it confirms in all signs but this one.
    """

    contests: float
    carries: float


def read_pairs(pairs: Sequence[tuple[str, str]]) -> list[Word]:
    """Return what the reader says of claims and texts; nothing where it cannot be read."""
    contests = contest_logits(pairs)
    if not contests:
        return []
    carries = Reader.open().supports([(text[:LONGEST], claim[:LONGEST]) for claim, text in pairs])
    return [
        Word(contests=one, carries=_bounded_logit(other))
        for one, other in zip(contests, carries, strict=True)
    ]


def contest_logits(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Return the logits that texts contest claims; nothing where the reader cannot be read."""
    try:
        shares = Reader.open().contests(
            [(claim[:LONGEST], text[:LONGEST]) for claim, text in pairs]
        )
    except (EmbedderError, ImportError):
        return []
    return [_bounded_logit(share) for share in shares]


def _bounded_logit(share: float) -> float:
    """Return the logit of a probability that is never quite 0 or 1."""
    return logit((share + _LEAST_SHARE) / (1 + 2 * _LEAST_SHARE))
