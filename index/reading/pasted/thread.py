"""The comment thread in pasted text: where it begins, and what each comment says.

A thread is believed only on evidence (a heading, numbers that count on, names, buttons,
dates in a row); without it everything stays in the article.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.reading.addressed import addressed
from index.reading.dates import FoundDate, is_day_first
from index.reading.draft import CommentDraft
from index.reading.pasted.comment_lines import read_comment_lines
from index.reading.pasted.heading import Heading, read_heading
from index.reading.pasted.heads import HeadLine, is_author, is_button, is_pseudonym, read_head_line
from index.reading.pasted.lines import Line
from index.reading.pasted.loose_thread import loose_comments, signed_comments
from index.reading.pasted.pseudonyms import with_pseudonyms
from index.reading.pasted.thread_heads import Head, IsName, dated_heads, numbered_heads, said_heads
from index.reading.pasted.undated_heads import with_undated_heads

_LONGEST_NOTICE = 250
_MOST_NOTICES = 8
_MOST_HEADINGS = 12
_LONG_PARAGRAPH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The lines `start` to `end` (half-open) of a text are a thread of comments.

    `indent` is that of its first comment; `count` is what its heading promises.
    """

    start: int
    end: int
    indent: int
    comments: tuple[CommentDraft, ...]
    count: int | None


def find_thread(lines: Sequence[Line], *, day_first: bool | None = None) -> Thread | None:
    """Return the thread of comments in a text, None where none is recognised."""
    if day_first is None:
        day_first = is_day_first([line.text for line in lines if len(line.text) <= _LONGEST_NOTICE])
    read_of = {
        text: read_head_line(text, day_first=day_first) for text in {line.text for line in lines}
    }
    read = [read_of[line.text] for line in lines]
    looser = with_pseudonyms(lines, read, day_first=day_first)
    headings = [
        (position, heading)
        for position, line in enumerate(lines)
        if (heading := read_heading(line.text)) is not None
    ]
    # From the last heading up: the one nearest to the comments counts.
    for position, heading in reversed(headings[-_MOST_HEADINGS:]):
        if signed := signed_comments(lines[position + 1 :]):
            return _loose(lines, position, signed, heading)
        found = _nearest(
            _heads_after(lines, read, position + 1, is_author, heading.count),
            _heads_after(lines, looser, position + 1, is_pseudonym, heading.count),
            announced=heading.count,
        )
        if found:
            return _assembled(lines, found, heading=(position, heading))
        if loose := loose_comments(lines, position, heading.count):
            return _loose(lines, position, loose, heading)
    count = next((heading.count for _, heading in headings if heading.count), None)
    found = _heads_without_heading(lines, read, is_author, count)
    if found:
        with_all = _heads_without_heading(lines, looser, is_pseudonym, count)
        found = _nearest(found, with_all, announced=count)
        return replace(_assembled(lines, found, heading=None), count=count)
    empty = [position for position, heading in headings if heading.count == 0]
    if empty and len(lines) - empty[-1] <= _MOST_NOTICES:
        return Thread(start=empty[-1], end=len(lines), indent=0, comments=(), count=0)
    # What is announced and not recognised stays in the article, and the count warns of it.
    return (
        Thread(start=len(lines), end=len(lines), indent=0, comments=(), count=count)
        if count
        else None
    )


def _loose(
    lines: Sequence[Line], start: int, comments: tuple[CommentDraft, ...], heading: Heading
) -> Thread:
    """Return the thread from a heading to the end of the text."""
    return Thread(
        start=start,
        end=len(lines),
        indent=lines[start].indent,
        comments=comments,
        count=heading.count,
    )


def _nearest(
    plain: tuple[Head, ...], looser: tuple[Head, ...], *, announced: int | None
) -> tuple[Head, ...]:
    """Return the heads that are as many as announced; of two as near, those with more names."""
    if announced is None:
        return max(looser, plain, key=len)
    return min(looser, plain, key=lambda heads: abs(announced - len(heads)))


def _heads_after(
    lines: Sequence[Line],
    read: Sequence[HeadLine | None],
    start: int,
    is_name: IsName,
    announced: int | None,
) -> tuple[Head, ...]:
    """Return the heads after a heading, if they begin soon after it."""
    rest, read_rest = lines[start:], read[start:]
    shapes = [find(rest, read_rest, is_name) for find in (numbered_heads, dated_heads, said_heads)]
    # "Ada said …" above and a day below each comment: the shape that names everybody goes first.
    for heads in sorted(shapes, key=_is_nameless):
        if not heads or not _is_believable(rest, heads, announced):
            continue
        heads = with_undated_heads(rest, heads, is_name, announced=announced)
        between = rest[: heads[0].start]
        if len(between) <= _MOST_NOTICES and all(_is_notice(line) for line in between):
            return _moved(heads, start)
    return ()


def _is_nameless(heads: Sequence[Head]) -> bool:
    return not any(head.author for head in heads)


def _is_notice(line: Line) -> bool:
    return len(line.text) <= _LONGEST_NOTICE


def _heads_without_heading(
    lines: Sequence[Line],
    read: Sequence[HeadLine | None],
    is_name: IsName,
    announced: int | None,
) -> tuple[Head, ...]:
    for finder in (numbered_heads, dated_heads):
        heads = _without_byline(lines, finder(lines, read, is_name))
        if len(heads) < 2 or not _is_believable(lines, heads, None) or heads[0].start == 0:
            continue
        named = sum(head.author is not None for head in heads)
        pressed = sum(is_button(line.text) for line in lines[heads[0].start :])
        # Numbers alone count anything: "№ 12", "1. Tickets", "2. Photographs".
        telling = sum(head.author is not None or head.date is not None for head in heads)
        telling += sum(head.score is not None or head.deleted for head in heads)
        numbered = all(head.number is not None for head in heads) and telling * 2 >= len(heads)
        numbered = numbered and (len(heads) >= 3 or pressed > 0 or named == len(heads))
        enough = named == len(heads) and (len(heads) >= 3 or pressed >= 2)
        if numbered or enough or pressed >= len(heads):
            start = heads[0].start
            thread = with_undated_heads(
                lines[start:], _moved(heads, -start), is_name, announced=announced
            )
            return _moved(thread, start)
    return ()


def _moved(heads: tuple[Head, ...], by: int) -> tuple[Head, ...]:
    return tuple(replace(head, start=head.start + by, body=head.body + by) for head in heads)


def _without_byline(lines: Sequence[Line], heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """Return heads without those above the article: the date under its title."""
    kept = list(heads)
    while len(kept) > 1 and kept[0].number is None and kept[0].start < 8:
        between = lines[kept[0].body : kept[1].start]
        if sum(len(line.text) >= _LONG_PARAGRAPH for line in between) < 2:
            break
        kept.pop(0)
    return tuple(kept)


def _is_believable(lines: Sequence[Line], heads: tuple[Head, ...], announced: int | None) -> bool:
    """Whether enough of the heads have words under them: a list of links has none.

    Numbers alone count what they like; as many as announced, or with dates, they count comments.
    """
    certain = sum(head.number is None or head.date is not None or head.deleted for head in heads)
    if certain * 2 < len(heads) != announced:
        return False
    ends = [*(head.start for head in heads[1:]), len(lines)]
    filled = sum(
        head.deleted or any(not is_button(line.text) for line in lines[head.body : end])
        for head, end in zip(heads, ends, strict=True)
    )
    return filled * 2 > len(heads)


def _assembled(
    lines: Sequence[Line], heads: tuple[Head, ...], *, heading: tuple[int, Heading] | None
) -> Thread:
    indents = [lines[head.start].indent for head in heads]
    least = min(indents)
    end = len(lines)
    if least > 0:
        # What stands further left than every comment is outside of the thread.
        outside = (
            position
            for position in range(heads[-1].body, end)
            if lines[position].indent < least and lines[position].gap
        )
        end = next(outside, end)
    comments = []
    ends = [*(head.start for head in heads[1:]), end]
    for position, (head, stop) in enumerate(zip(heads, ends, strict=True)):
        is_last = position == len(heads) - 1
        own = lines[head.body : stop]
        if head.date is None and head.number is None and not head.deleted:
            own, date = _dated_below(own, is_last=is_last)
            head = replace(head, date=date)
        words = read_comment_lines(own, is_last=is_last)
        deleted = head.deleted or words.deleted or not words.text
        comments.append(
            CommentDraft(
                text=None if deleted else words.text,
                depth=head.depth,
                key=words.answers,
                author=head.author,
                posted_at=head.date.at if head.date else None,
                posted_at_text=head.date.text if head.date else None,
                score=head.score if head.score is not None else words.score,
                deleted=deleted,
                quoted=() if deleted else words.quoted,
            )
        )
    start = heading[0] if heading else heads[0].start
    return Thread(
        start=start,
        end=end,
        indent=least,
        comments=_nested(comments, heads, indents),
        count=heading[1].count if heading else None,
    )


def _dated_below(
    lines: Sequence[Line], *, is_last: bool
) -> tuple[Sequence[Line], FoundDate | None]:
    """Return the words of a comment without the line below them that gives their date alone.

    Below the last comment, the end of the page follows it.
    """
    for position in range(len(lines) - 1, 0, -1):
        line = read_head_line(lines[position].text)
        if line is not None and line.date and not (line.author or line.number or line.says):
            return lines[:position], line.date
        if not is_last and not is_button(lines[position].text):
            break
    return lines, None


def _nested(
    comments: list[CommentDraft], heads: tuple[Head, ...], indents: list[int]
) -> tuple[CommentDraft, ...]:
    """Return the comments with the depth or the parent that numbers, layout or words give.

    Until here `key` holds the name a comment says it replies to.
    """
    depths = [head.depth for head in heads]
    if not any(depths) and len(set(indents)) > 1 and not any(head.number for head in heads):
        depths = _depths(indents)
    parents = addressed(
        [comment.author for comment in comments],
        [comment.key for comment in comments],
        [comment.text for comment in comments],
    )
    if any(depths) or all(parent is None for parent in parents):
        return tuple(
            replace(comment, key=None, depth=depth)
            for comment, depth in zip(comments, depths, strict=True)
        )
    return tuple(
        replace(comment, key=str(position), parent_key=None if parent is None else str(parent))
        for position, (comment, parent) in enumerate(zip(comments, parents, strict=True))
    )


def _depths(indents: Sequence[int]) -> list[int]:
    depths, open_indents = [], list[int]()
    for indent in indents:
        while open_indents and open_indents[-1] > indent:
            open_indents.pop()
        if not open_indents or indent > open_indents[-1]:
            open_indents.append(indent)
        depths.append(len(open_indents) - 1)
    return depths
