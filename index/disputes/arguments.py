"""From positions on one claim to arguments: what says nearly the same is one, with its voices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.article import Article, whole_label
from index.disputes.conflict import stem
from index.disputes.dispute import Agreement, Dispute, Position
from index.disputes.features import WordVectors
from index.language.words import content_words, fold

Side = Literal["against", "for"]
_FEWEST_WORDS = 4
"""Telling words; a position with fewer says that it objects, and not why."""
_SAME_SHARE = 0.5
_FEWEST_SAME = 3
_SAME_REASON = -0.1
"""Cosine of two reasons; on 200 annotated pairs of comments F1 .72, chosen on half of them."""
_FEWEST_COMPARED = 6
"""Positions; the mean of fewer is not what they have in common."""
_MOST_COMPARED = 200
"""A millisecond each; in a longer list only near-duplicates of the rest are folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """What several people say against or for a claim.

    `position` has the best rated words of it; `voices` counts the distinct people who say it, of
    those with the very same words one, and who agree with a comment that does; `has_reason` is
    whether it says why.
    """

    side: Side
    position: Position
    positions: tuple[Position, ...]
    voices: int
    has_reason: bool


def supporters_of(
    disputes: Sequence[Dispute], agreements: Sequence[Agreement]
) -> dict[str, frozenset[str]]:
    """Return who agrees with each comment, by its number: "+1" under it is a voice for it."""
    found: dict[str, set[str]] = {}
    sides = [(d.claim, d.supported_by) for d in disputes]
    sides += [(a.claim, a.positions) for a in agreements if a.claim is not None]
    for claim, positions in sides:
        if claim.passage.startswith("C"):
            voices = found.setdefault(comment_number(claim.passage), set())
            voices.update(voice_of(position) for position in positions)
    return {number: frozenset(voices) for number, voices in found.items()}


def arguments_of(
    dispute: Dispute,
    article: Article,
    supporters: Mapping[str, frozenset[str]],
    encoder: WordVectors | None = None,
) -> tuple[Argument, ...]:
    """Return the arguments on a claim, those against it first, the most voices first.

    Args:
        dispute: The claim with its positions.
        article: Where they stand; the scores of its comments tell which words to show.
        supporters: Who agrees with which comment, from `supporters_of`.
        encoder: Tells which positions give the same reason in other words.
    """
    found: list[Argument] = []
    sides: tuple[tuple[Side, tuple[Position, ...]], ...] = (
        ("against", dispute.contested_by),
        ("for", dispute.supported_by),
    )
    for side, positions in sides:
        groups = _grouped(positions, encoder)
        arguments = [_argument(side, group, article, supporters) for group in groups]
        arguments.sort(key=lambda a: (not a.has_reason, -a.voices, a.position.start))
        found += arguments
    return tuple(found)


def comment_number(passage: str) -> str:
    """Return the number of the comment that a passage label is of."""
    return whole_label(passage)[1:]


def voice_of(position: Position) -> str:
    """Return whose a position is: one voice for all words of a person."""
    name = position.author or (position.speaker.name if position.speaker else None)
    return f"name:{fold(name)}" if name else f"passage:{position.passage}:{position.start}"


def _grouped(positions: Sequence[Position], encoder: WordVectors | None) -> list[list[Position]]:
    """Return near-duplicates and the same reasons together; what gives no reason is one group."""
    groups: list[tuple[frozenset[str], list[Position]]] = []
    for position in positions:
        words = _telling(position)
        place = next((g for words_of, g in groups if _same(words_of, words)), None)
        if place is None:
            groups.append((words, [position]))
        else:
            place.append(position)
    reasons = [group for words, group in groups if len(words) >= _FEWEST_WORDS]
    bare = [group for words, group in groups if len(words) < _FEWEST_WORDS]
    if encoder is None or len(reasons) < _FEWEST_COMPARED:
        return [*reasons, *bare]
    return [*_joined(reasons[:_MOST_COMPARED], encoder), *reasons[_MOST_COMPARED:], *bare]


def _joined(groups: Sequence[list[Position]], encoder: WordVectors) -> list[list[Position]]:
    """Return the groups with each joined to the first one that means the same.

    All positions on a claim are alike in what they are about; what is left after taking their
    mean away is the reason they give.
    """
    vectors = encoder.encode_documents([group[0].text for group in groups])
    reasons = vectors - vectors.mean(axis=0)
    reasons /= np.linalg.norm(reasons, axis=1, keepdims=True) + 1e-9
    kept: list[int] = []
    joined: dict[int, list[Position]] = {}
    for place, group in enumerate(groups):
        near = reasons[kept] @ reasons[place] if kept else np.zeros(0, np.float32)
        if near.size and near.max() > _SAME_REASON:
            joined[kept[int(near.argmax())]] += group
        else:
            kept.append(place)
            joined[place] = list(group)
    return list(joined.values())


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    if len(one) < _FEWEST_WORDS or len(other) < _FEWEST_WORDS:
        return len(one) < _FEWEST_WORDS and len(other) < _FEWEST_WORDS
    shared = len(one & other)
    return shared >= _FEWEST_SAME and shared >= _SAME_SHARE * min(len(one), len(other))


def _telling(position: Position) -> frozenset[str]:
    return frozenset(stem(word) for word in content_words(position.text))


def _argument(
    side: Side,
    group: Sequence[Position],
    article: Article,
    supporters: Mapping[str, frozenset[str]],
) -> Argument:
    first_of = {fold(position.text): position for position in reversed(group)}
    voices = {voice_of(position) for position in first_of.values()}
    for position in group:
        if position.author is not None or position.passage.startswith("C"):
            voices |= supporters.get(comment_number(position.passage), frozenset())
    return Argument(
        side=side,
        position=max(group, key=lambda p: (_score(p, article), -p.start)),
        positions=tuple(group),
        voices=len(voices),
        has_reason=len(_telling(group[0])) >= _FEWEST_WORDS,
    )


def _score(position: Position, article: Article) -> int:
    number = comment_number(position.passage)
    is_comment = position.passage.startswith("C") and article.has_comment(number)
    return (article.comment(number).score or 0) if is_comment else 0
