"""From single contests to disputes and agreements: one per claim, with its voices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.disputes.agreements import Siding
from index.disputes.contest import Contest
from index.disputes.dispute import Agreement, Claim, Dispute


@dataclass(frozen=True, slots=True)
class _Count:
    voices: int
    anonymous: int


def disputes_of(contests: Iterable[Contest]) -> tuple[Dispute, ...]:
    """Return one dispute per contested claim, in reading order of the claims.

    Claims that share words are one claim, under the longest span; support alone is no dispute.
    """
    disputes = []
    for claim, group in _grouped(list(contests)):
        against = [item for item in group if item.position.relation != "supports"]
        if not against:
            continue
        supporting = [item for item in group if item.position.relation == "supports"]
        count_against, count_for = _count(against), _count(supporting)
        disputes.append(
            Dispute(
                claim=claim,
                contested_by=tuple(item.position for item in _in_order(against)),
                supported_by=tuple(item.position for item in _in_order(supporting)),
                voices_against=count_against.voices,
                voices_for=count_for.voices,
                voices_anonymous=count_against.anonymous + count_for.anonymous,
            )
        )
    return tuple(disputes)


def agreements_of(contests: Iterable[Contest], sidings: Iterable[Siding]) -> tuple[Agreement, ...]:
    """Return who sides with each claim, in reading order, then with each speaker as such."""
    supporting = [item for item in contests if item.position.relation == "supports"]
    with_claims = tuple(
        Agreement(
            claim=claim,
            speaker=claim.speaker,
            positions=tuple(item.position for item in _in_order(group)),
        )
        for claim, group in _grouped(supporting)
    )
    by_speaker: dict[str, list[Siding]] = {}
    for siding in sidings:
        by_speaker.setdefault(siding.speaker.name, []).append(siding)
    return (
        *with_claims,
        *(
            Agreement(
                claim=None,
                speaker=group[0].speaker,
                positions=tuple(item.position for item in group),
            )
            for group in by_speaker.values()
        ),
    )


def _grouped(contests: Sequence[Contest]) -> list[tuple[Claim, list[Contest]]]:
    ordered = sorted(contests, key=lambda item: (item.claim.start, -item.claim.end))
    groups: list[tuple[Claim, list[Contest]]] = []
    for item in ordered:
        if groups and item.claim.start < groups[-1][0].end:
            groups[-1][1].append(item)
        else:
            groups.append((item.claim, [item]))
    return groups


def _count(contests: Sequence[Contest]) -> _Count:
    """Count distinct voices: nobody counts twice, nor do the same words from several hands."""
    voices: set[str] = set()
    wordings: set[str] = set()
    anonymous = 0
    for item in sorted(contests, key=lambda item: (item.anonymous, item.position.start)):
        if item.voice in voices or item.wording in wordings:
            continue
        voices.add(item.voice)
        wordings.add(item.wording)
        anonymous += item.anonymous
    return _Count(len(voices), anonymous)


def _in_order(contests: Sequence[Contest]) -> list[Contest]:
    seen: set[tuple[int, int, str]] = set()
    kept = []
    for item in sorted(contests, key=lambda item: (item.position.start, item.position.end)):
        key = (item.position.start, item.position.end, item.position.relation)
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return kept
