"""From words with their cues to statements: one speaker per quotation, no doubles, the chain.

A quotation over several paragraphs has one speaker; a frame that says no more than what it
frames gives way to it and becomes its `via`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.language.quotation_marks import Quotation
from index.language.words import folded_words
from index.statements.statement import Manner, Reason
from index.statements.voices import Voice

_MOSTLY = 0.6
_LONGEST_ATTRIBUTION = 160
_MARKS = "«»“”„‟‚‘’‹›\"' \n\u00a0\u202f"
_COMMAS = ",—–"
_ECHO_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement in the making.

    `framing` is whether the attribution stands around all of it, `tagged` whether it is a verb of
    saying ("…, officials said"), `clause` whether it is a clause of its own, `is_deed` whether a
    verb such as "plans to" or "rejects" has it.
    """

    start: int
    end: int
    manner: Manner
    cue: str | None
    voice: Voice | None
    cue_start: int
    framing: bool = False
    tagged: bool = False
    clause: bool = True
    is_deed: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    reason: Reason = "unnamed"

    @property
    def has_own_cue(self) -> bool:
        """Whether a verb stands beside the words, and their speaker is not that of others."""
        return self.cue is not None and self.cue_start != self.start

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """The stretches of the words: one, or several around an attribution."""
        return self.spans or ((self.start, self.end),)


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


def echoed(said: Sequence[Said], text: str) -> list[Said]:
    """Give a quotation in a heading or a box the speaker whom the same words have elsewhere."""
    known: defaultdict[tuple[str, ...], list[tuple[str, Voice]]] = defaultdict(list)
    for item in said:
        if item.manner == "direct" and item.voice is not None and item.has_own_cue:
            words = folded_words(text[item.start : item.end])
            for place in range(len(words) - _ECHO_WORDS + 1):
                opening = tuple(words[place : place + _ECHO_WORDS])
                known[opening].append((" ".join(words[place:]), item.voice))
    return [_echo(item, text, known) for item in said]


def _echo(
    item: Said, text: str, known: Mapping[tuple[str, ...], Sequence[tuple[str, Voice]]]
) -> Said:
    if item.manner != "direct" or item.has_own_cue:
        return item
    words = folded_words(text[item.start : item.end])
    whole = " ".join(words)
    same = known.get(tuple(words[:_ECHO_WORDS]), ())
    voices = {voice.speaker.name: voice for said, voice in same if said.startswith(whole)}
    return replace(item, voice=next(iter(voices.values()))) if len(voices) == 1 else item


def rejoined(said: Sequence[Said], quoted: Sequence[Quotation], text: str) -> list[Said]:
    """Make one statement of the halves of a quotation that an attribution splits.

    "The plan," X said, "will fail." and « Nous irons, prévient X. Rien ne presse. » are one;
    "We go," X said. "Nobody waits." are two sentences, and two statements.
    """
    inner = {item.start for item in quoted if item.start == item.outer_start}
    result: list[Said] = []
    for item in sorted(said, key=lambda item: (item.start, -item.end)):
        before = result[-1] if result else None
        if before is None or before.manner != "direct" or item.manner != "direct":
            result.append(item)
            continue
        gap = text[before.end : item.start]
        same = _same_voice(before, item)
        if before.end <= item.start and (
            item.start in inner or (same and _splits(text, before, gap))
        ):
            result[-1] = replace(
                before,
                end=item.end,
                voice=before.voice or item.voice,
                cue=before.cue or item.cue,
                spans=(*before.parts, *item.parts),
            )
        else:
            result.append(item)
    return result


def _same_voice(first: Said, second: Said) -> bool:
    if first.voice is None or second.voice is None:
        return False
    return first.voice.speaker.name == second.voice.speaker.name


def _splits(text: str, before: Said, gap: str) -> bool:
    """Whether between two quotations stands an attribution of one sentence, in commas."""
    bare = gap.strip(_MARKS)
    opens = text[before.end - 1] in _COMMAS or bare[:1] in _COMMAS
    return (
        len(gap) <= _LONGEST_ATTRIBUTION
        and opens
        and bare[-1:] in _COMMAS
        and bare.strip(_COMMAS + " ") != ""
        and not any(character in bare for character in ";:!?")
    )


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
            and other.clause
            and not (item.tagged and other.is_deed)
            and item.start <= other.cue_start < item.end
            and other.end >= item.end - 2
            and other.cue_start - item.start <= _MOSTLY * (item.end - item.start)
            for other in near
        )
        # "NASA plans to land, officials said": what is told of a plan is theirs who tell it
        told = item.is_deed and any(
            other.tagged and other.voice and other.start <= item.cue_start < other.end
            for other in near
        )
        if covered or told:
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
