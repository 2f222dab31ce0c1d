"""Subtitles (WebVTT, SRT) -> what was said, one paragraph for each turn of a speaker.

ANN DOLE: We need two boats. The pier is too short.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.reading.draft import ArticleDraft, ParagraphDraft

_TIMING = re.compile(
    r"(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]+-->[ \t]+(?:\d+:)?\d{1,2}:\d{2}[.,]\d"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^<>]{1,80})>")
_TAG = re.compile(r"<[^<>]{0,100}>|\{\\[^{}]{0,40}\}")
_NAMED = re.compile(r"(?:>>\s*)?([^\W\d_][^:\n.!?,;]{0,39}):\s+(?=\S)")
_TURN = re.compile(r"(?:>>+|[-–—])\s*(?=\S)")
_FULL_PARAGRAPH = 400
_MOST_NAME_WORDS = 4


@dataclass(slots=True, kw_only=True)
class _Turn:
    speaker: str | None
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def is_subtitles(text: str) -> bool:
    """Whether a text is a file of subtitles.

    >>> is_subtitles("1\\n00:00:01,000 --> 00:00:04,000\\nWe need two boats.\\n")
    True
    """
    start = text.lstrip("\ufeff\r\n ")[:2_000]
    if re.match(r"WEBVTT(?=\s)", start):
        return _TIMING.search(text[:200_000]) is not None
    return re.match(rf"(?:\d+[ \t]*\r?\n)?{_TIMING.pattern}", start) is not None


def draft_from_subtitles(text: str) -> ArticleDraft:
    """Return the words of subtitles in their order, each turn with the name it is given.

    A line without a name goes on with the turn before it, unless a dash begins another or the
    file marks voices: then nobody is named.
    """
    turns: list[_Turn] = []
    has_voices = _VOICE.search(text) is not None
    for speaker, line, begins in _lines(text):
        last = turns[-1] if turns else None
        is_other = speaker is not None or has_voices or begins
        goes_on = last is not None and (last.speaker == speaker if is_other else True)
        if last is not None and goes_on and not begins and not _is_full(last):
            if not last.lines or last.lines[-1] != line:
                last.lines.append(line)
        else:
            named = speaker if is_other or last is None else last.speaker
            turns.append(_Turn(speaker=named, lines=[line]))
    return ArticleDraft(
        title=None,
        paragraphs=tuple(
            ParagraphDraft(text=f"{turn.speaker}: {turn.text}" if turn.speaker else turn.text)
            for turn in turns
        ),
    )


def _is_full(turn: _Turn) -> bool:
    """Whether what nobody is named for is long enough for a paragraph."""
    return (
        turn.speaker is None and len(turn.text) > _FULL_PARAGRAPH and turn.text[-1] in ".!?…。！？"
    )


def _lines(text: str) -> Iterator[tuple[str | None, str, bool]]:
    """Yield the lines of all cues: who speaks, the words, whether a mark begins another turn."""
    shown = False
    speaker = None
    for line in text.splitlines():
        if _TIMING.match(line.strip()):
            shown, speaker = True, None
        elif not line.strip():
            shown = False
        elif shown:
            if voice := _VOICE.search(line):
                speaker = " ".join(voice[1].split())
            words = " ".join(html.unescape(_TAG.sub("", line)).split())
            named = _NAMED.match(words)
            if named and len(named[1].split()) <= _MOST_NAME_WORDS and named[1][0].isupper():
                speaker, words = named[1].strip(), words[named.end() :]
            begins = _TURN.match(words) is not None
            words = _TURN.sub("", words, count=1) if begins else words
            if words:
                yield speaker, words, begins
