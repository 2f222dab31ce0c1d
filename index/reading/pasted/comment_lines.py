"""The lines under a comment's head -> its words, without the buttons around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.language.reading_words import any_of, bare, phrases
from index.language.words import fold
from index.reading.pasted.boilerplate import is_furniture
from index.reading.pasted.heads import button_score, is_author, is_button, is_deleted, score_of
from index.reading.pasted.lines import Line, joined

_QUOTE_MARK = re.compile(r"(?:>\s?)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentWords:
    """What stood under a comment's head. `answers` is the name it says it replies to."""

    text: str
    quoted: tuple[str, ...] = ()
    score: int | None = None
    answers: str | None = None
    deleted: bool = False


def read_comment_lines(lines: Sequence[Line], *, is_last: bool = False) -> CommentWords:
    """Return the words of one comment; after the last one, furniture of the page may follow."""
    rest = before_page_end(lines) if is_last else list(lines)
    score = None
    while rest and (is_button(rest[-1].text) or _is_counter(rest)):
        found = button_score(rest.pop().text)
        score = score if found is None else found
    while rest and is_button(rest[0].text):
        rest.pop(0)
    answers = _answered(rest[0].text) if rest else None
    if answers is not None:
        rest.pop(0)
    if len(rest) == 1 and is_deleted(rest[0].text):
        return CommentWords(text="", deleted=True, answers=answers)
    kept, quoted = _unmarked(rest)
    if not quoted and (announced := _announced(rest)):
        quoted = (announced,)
    return CommentWords(text=joined(kept), quoted=quoted, score=score, answers=answers)


def _is_counter(lines: list[Line]) -> bool:
    """Whether the last line is a bare number beside a button: how many liked the comment."""
    return (
        len(lines) > 1
        and score_of(lines[-1].text) is not None
        and (is_button(lines[-2].text) or lines[-1].text[0] in "+👍❤▲")
    )


def before_page_end(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a last comment without the furniture of the page after it."""
    for position, line in enumerate(lines):
        if position and line.gap and is_furniture(line.text) and not is_button(line.text):
            following = lines[position:]
            if all(is_furniture(other.text) or len(other.text) <= 100 for other in following):
                return list(lines[:position])
    return list(lines)


def _answered(line: str) -> str | None:
    """Return the name in "In reply to Ada", None where the line is anything else."""
    folded = " ".join(fold(line).split())
    match = _answers().match(folded)
    if match is None or len(line) > 80:
        return None
    words = line.split()[len(match.group().split()) :]
    name = " ".join(words).strip(" :@,")
    return name if is_author(name) else None


def _announced(lines: list[Line]) -> str | None:
    """Return the quotation that begins with a line such as "Quote: Ada", with that line."""
    label, colon, name = lines[0].text.partition(":") if lines else ("", "", "")
    if not colon or bare(label) not in phrases().quotes or len(name) > 60 or len(lines) < 3:
        return None
    blank = next((position for position in range(2, len(lines)) if lines[position].gap), 2)
    return joined(lines[:blank])


def _unmarked(lines: list[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """Return the lines without `>`, and the runs of lines that had it."""
    kept: list[Line] = []
    quoted: list[list[Line]] = []
    was_marked = False
    for line in lines:
        mark = _QUOTE_MARK.match(line.text)
        if mark is None:
            kept.append(line)
            was_marked = False
            continue
        text = line.text[mark.end() :].strip()
        if not text:
            continue
        unmarked = Line(text=text, indent=line.indent, gap=line.gap)
        kept.append(unmarked)
        if not was_marked or line.gap:
            quoted.append([])
        quoted[-1].append(unmarked)
        was_marked = True
    return kept, tuple(joined(run) for run in quoted)


@cache
def _answers() -> re.Pattern[str]:
    return re.compile(rf"(?:[@↪↩]\s*)?{any_of(phrases().in_reply_to)}(?!\w)")
