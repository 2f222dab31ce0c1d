"""From words with their cues to statements: one speaker per quotation, no doubles, the chain.

A quotation over several paragraphs has one speaker; a frame that says no more than what it
frames gives way to it and becomes its `via`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.language.quotation_marks import Quotation
from index.statements.statement import Manner
from index.statements.voices import Voice

_MOSTLY = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement in the making."""

    start: int
    end: int
    manner: Manner
    cue: str | None
    voice: Voice | None
    cue_start: int
    framing: bool = False


def chained(said: Sequence[Said], quoted: Sequence[Quotation]) -> list[Said]:
    """Give the parts of a quotation over several paragraphs the one speaker they have."""
    by_start = {item.start: position for position, item in enumerate(said)}
    result = list(said)
    chain: list[int] = []
    for item in (*quoted, None):
        if item is not None and item.continues and chain:
            if item.start in by_start:
                chain.append(by_start[item.start])
            continue
        known = next((result[place] for place in chain if result[place].voice), None)
        if known is not None and len(chain) > 1:
            for place in chain:
                result[place] = replace(result[place], voice=known.voice, cue=known.cue)
        chain = [by_start[item.start]] if item is not None and item.start in by_start else []
    return result


def distinct(said: Sequence[Said]) -> list[Said]:
    """Drop a statement whose words another one with the same cue or speaker already holds."""
    kept: list[Said] = []
    for item in sorted(said, key=lambda item: (item.start, -item.end)):
        size = item.end - item.start
        same = any(
            other.start <= item.start
            and item.end <= other.end
            and (other.cue_start == item.cue_start or other.end - other.start == size)
            for other in kept[-6:]
        )
        if not same:
            kept.append(item)
    return kept


def framed(said: Sequence[Said]) -> Iterator[tuple[Said, tuple[str, ...]]]:
    """Yield each statement with those who pass it on; a mere frame around one is left out."""
    for position, item in enumerate(said):
        near = said[max(0, position - 4) : position + 5]
        outer = [
            other
            for other in near
            if other is not item
            and other.start <= item.cue_start < other.end
            and other.start <= item.start
            and item.end <= other.end
        ]
        covered = any(
            item.framing
            and other is not item
            and item.start <= other.cue_start < item.end
            and other.end >= item.end - 2
            and other.cue_start - item.start <= _MOSTLY * (item.end - item.start)
            for other in near
        )
        if covered:
            continue
        via = tuple(
            dict.fromkeys(
                other.voice.speaker.name
                for other in sorted(outer, key=lambda other: other.start - other.end)
                if other.voice is not None
                and not (item.voice and other.voice.speaker.name == item.voice.speaker.name)
            )
        )
        yield item, via
