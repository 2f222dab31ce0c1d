"""Text as people paste it from a page -> ArticleDraft: title, body, and the thread below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from index.language.detection import detect_language
from index.language.reading_words import bare, phrases
from index.reading.dates import MONTH_FIRST_LANGUAGES, find_date
from index.reading.draft import ArticleDraft, ParagraphDraft
from index.reading.pasted.boilerplate import (
    is_furniture,
    without_furniture_at_end,
    without_furniture_at_start,
)
from index.reading.pasted.bylines import name_in_byline
from index.reading.pasted.heading import read_heading
from index.reading.pasted.heads import read_head_line, score_of
from index.reading.pasted.lines import Line, lines_of
from index.reading.pasted.pseudonyms import without_avatars
from index.reading.pasted.thread import Thread, find_thread

_QUOTE_MARK = re.compile(r"^(?:>\s?)+(?=\S)")
_ITEM = re.compile(r"(?:[-–—•*]|\d{1,3}[.)])\s")
_MOST_LINES = 300_000
_LONGEST_TITLE = 250
_LONGEST_BYLINE = 120
_MOST_BYLINES = 6
_LONG_PARAGRAPH = 120
_WIDEST_WRAP = 110


def draft_from_text(
    text: str, *, url: str | None = None, is_wrapped: bool | None = None
) -> ArticleDraft:
    """Return what a pasted text says; without a recognisable thread, all of it is the article.

    Args:
        text: What was pasted.
        url: Where it comes from.
        is_wrapped: Whether the lines between two blank lines are one paragraph; None to tell
            by their lengths.
    """
    all_lines = without_avatars(lines_of(text))
    lines = all_lines[:_MOST_LINES]
    language = detect_language(text)
    day_first = None if language in MONTH_FIRST_LANGUAGES else True
    thread = find_thread(lines, day_first=day_first)
    before = lines[: thread.start] if thread else lines
    after = without_furniture_at_end(lines[thread.end :]) if thread else ()
    body = without_furniture_at_start(before)
    body = without_furniture_at_end(
        body, least_indent=_container(body, thread.indent if thread else 0)
    )
    if not body and not (thread and thread.comments):
        body = before
    top = _read_top(body, day_first)
    paragraphs = _paragraphs(top.rest, is_wrapped) + _paragraphs(
        without_furniture_at_start(after), is_wrapped
    )
    return ArticleDraft(
        title=top.title,
        paragraphs=paragraphs,
        comments=thread.comments if thread else (),
        author=top.author,
        url=url,
        published_at=top.published_at,
        reported_comment_count=thread.count if thread else None,
        warnings=_warnings(thread, is_whole=len(lines) == len(all_lines)),
    )


def _warnings(thread: Thread | None, *, is_whole: bool) -> tuple[str, ...]:
    """Return what a reader should know about words that were not read, or not as comments."""
    warnings = []
    if not is_whole:
        warnings.append(f"only the first {_MOST_LINES:,} lines of the text were read")
    missing = thread.count - len(thread.comments) if thread and thread.count is not None else 0
    if thread and missing > 0:
        warnings.append(
            f"the text announces {thread.count} comments, {len(thread.comments)} were read:"
            f" {missing} are missing, or stand in the article or another comment"
        )
    return tuple(warnings)


def _container(body: Sequence[Line], indent: int) -> int:
    """Return the indent of the thread's container where the article itself is not indented."""
    long_lines = [line for line in body if len(line.text) >= _LONG_PARAGRAPH]
    return indent if long_lines and all(line.indent < indent for line in long_lines) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Top:
    """What stands above the first paragraph, and the lines from there on."""

    title: str | None
    author: str | None
    published_at: datetime | None
    rest: tuple[Line, ...]


def _read_top(lines: Sequence[Line], day_first: bool | None) -> _Top:
    title = lines[0].text if _is_title(lines, day_first) else None
    top = _Top(
        title=title, author=None, published_at=None, rest=tuple(lines[1:] if title else lines)
    )
    for _ in range(_MOST_BYLINES):
        shorter = _without_byline(top, day_first)
        if shorter is None:
            break
        top = shorter
    return top


def _is_title(lines: Sequence[Line], day_first: bool | None) -> bool:
    """Whether the first line is a title: short, no sentence, and above a byline or a paragraph."""
    if len(lines) < 2:
        return False
    first, rest = lines[0].text, lines[1:]
    if len(first) > _LONGEST_TITLE or first.endswith((",", ";", ":")):
        return False
    is_apart = rest[0].gap > 0
    if first.endswith(".") and not first.endswith("..."):
        return False
    if is_apart or _is_byline(rest, day_first):
        return True
    return len(first) <= 150 and len(rest[0].text) > len(first) and rest[0].text[:1].isupper()


def _is_byline(lines: Sequence[Line], day_first: bool | None) -> bool:
    """Whether the first line names the author of what follows, or when it was published."""
    top = _Top(title=None, author=None, published_at=None, rest=tuple(lines))
    shorter = _without_byline(top, day_first)
    return shorter is not None and bool(shorter.author or shorter.published_at)


def _without_byline(top: _Top, day_first: bool | None) -> _Top | None:
    """Return the top without its next line, if that names the author, the date or counts things."""
    if len(top.rest) < 2 or len(top.rest[0].text) > _LONGEST_BYLINE:
        return None
    line, rest = top.rest[0].text, top.rest[1:]
    if score_of(line) is not None or read_heading(line) or is_furniture(line):
        return replace(top, rest=rest)
    date = find_date(line, day_first=day_first)
    before = line[: date.start] if date else line
    name = name_in_byline(before)
    if date is None:
        return replace(top, author=top.author or name, rest=rest) if name else None
    after = bare(line[date.end :])
    if after and not is_furniture(line[date.end :]):
        return None
    head = read_head_line(line, day_first=day_first)
    announced = bare(before) in _published() or not bare(before)
    if not announced and name is None and head is None:
        return None
    return replace(
        top,
        author=top.author or name,
        published_at=top.published_at or date.at,
        rest=rest,
    )


@cache
def _published() -> frozenset[str]:
    return frozenset(bare(phrase) for phrase in phrases().published_prefixes)


def _paragraphs(lines: Sequence[Line], is_wrapped: bool | None) -> tuple[ParagraphDraft, ...]:
    blocks: list[list[Line]] = []
    for line in lines:
        if line.gap or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    if is_wrapped is None:
        is_wrapped = _is_wrapped(blocks)
    paragraphs = []
    for block in blocks:
        if all(_QUOTE_MARK.match(line.text) for line in block):
            words = " ".join(_QUOTE_MARK.sub("", line.text) for line in block)
            paragraphs.append(ParagraphDraft(text=words, kind="quotation"))
        elif is_wrapped and not any(_ITEM.match(line.text) for line in block[1:]):
            paragraphs.append(ParagraphDraft(text=" ".join(line.text for line in block)))
        else:
            paragraphs += [ParagraphDraft(text=line.text) for line in block]
    return tuple(paragraphs)


def _is_wrapped(blocks: Sequence[Sequence[Line]]) -> bool:
    """Whether lines were broken at a width, so that the lines of a block are one paragraph."""
    inner = [len(line.text) for block in blocks for line in block[:-1]]
    if len(inner) < 2:
        return False
    widest = max(len(line.text) for block in blocks if len(block) > 1 for line in block)
    return widest <= _WIDEST_WRAP and sum(length >= 0.7 * widest for length in inner) >= 0.8 * len(
        inner
    )
