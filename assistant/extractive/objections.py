"""Who contests what an answer rests on: the "but" behind an answer, in their words."""

from collections.abc import Iterator, Sequence

from assistant.extractive.composing import Composer
from index.disputes import Dispute, Position
from index.language.words import Span

_MOST = 2


def but(composer: Composer, disputes: Sequence[Dispute], *, sentences: int | None = None) -> None:
    """Add who contests the claims that an answer rests on, in their words.

    Args:
        composer: The answer so far.
        disputes: The disputes of its article.
        sentences: How many the answer may have in all, None where the question does not say.
    """
    cited = [Span(citation.start, citation.end) for citation in composer.citations]
    most = _MOST if sentences is None else min(_MOST, sentences - len(cited))
    added = 0
    for position in objections(disputes, cited):
        if added >= most:
            return
        lead = composer.phrases.say("but", who=who(position, composer))
        added += composer.quote(position.start, position.end, speaker=position.speaker, lead=lead)


def objections(disputes: Sequence[Dispute], spans: Sequence[Span]) -> Iterator[Position]:
    """Yield who contests a claim in these places: one in the article, one of the readers."""
    for dispute in disputes:
        claim = dispute.claim
        if any(span.start < claim.end and claim.start < span.end for span in spans):
            yield from one_of_each_side(dispute.contested_by)


def one_of_each_side(positions: Sequence[Position]) -> tuple[Position, ...]:
    """Return the first position in the article and the first one of a reader."""
    sides = {position.passage.startswith("C"): position for position in reversed(positions)}
    return tuple(sides[is_reader] for is_reader in (False, True) if is_reader in sides)


def who(position: Position, composer: Composer) -> str:
    """Return who takes a position and how: "Marin, comment 4 (disputes)"."""
    relation = composer.phrases.relations[position.relation]
    name = name_of(position, composer)
    return f"{name} ({relation})" if name else relation


def name_of(position: Position, composer: Composer) -> str:
    """Return who takes a position; nothing where the page does not name them."""
    comment = composer.article.comment_of(composer.article.passage(position.passage))
    if comment is not None:
        return composer.reader(comment)
    return position.speaker.name if position.speaker else ""
