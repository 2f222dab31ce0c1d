"""Where the comments of a pasted thread begin: numbered, dated, or announced by a name.

Each finder looks for one shape in all the lines given and returns the heads it is sure of,
or nothing. A name is taken only where the shape of the whole thread shows that names stand
there: an unknown author is better than a wrong one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.reading.dates import FoundDate
from index.reading.pasted.heads import HeadLine, is_author, is_button, score_of
from index.reading.pasted.lines import Line

IsName = Callable[[str], bool]
"""Whether a line above a date can be the name of who wrote the comment."""

_DEEPEST = 30
_WIDEST_GAP = 20
"""Comments that may be missing between two numbers of one list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The lines `start` to `body` (half-open) that introduce a comment, and what they say."""

    start: int
    body: int
    author: str | None = None
    date: FoundDate | None = None
    score: int | None = None
    deleted: bool = False
    number: str | None = None
    depth: int = 0


def numbered_heads(
    lines: Sequence[Line], read: Sequence[HeadLine | None], is_name: IsName
) -> tuple[Head, ...]:
    """Return the heads of a thread whose comments are counted: "3. +1", "5.1.", "#12 Ada"."""
    heads: list[Head] = []
    counters: list[_Counter] = []
    position = 0
    while position < len(lines):
        line = read[position]
        if line is None or line.number is None:
            position += 1
            continue
        head = _numbered_head(lines, read, position, line, is_name)
        depth = _next_depth(counters, line.number, lines[position].indent)
        if head is None or depth is None:
            position += 1
            continue
        heads.append(replace(head, depth=depth))
        position = head.body
    return tuple(heads)


@dataclass(slots=True)
class _Counter:
    indent: int
    last: int


def _next_depth(counters: list[_Counter], number: str, indent: int) -> int | None:
    """Return how deep the number stands if it goes on with the counting so far, else None."""
    parts = [int(part) for part in number.split(".")]
    if len(parts) > 1:
        return len(parts) - 1
    value = parts[0]
    fitting = [
        depth
        for depth, counter in enumerate(counters)
        if abs(counter.indent - indent) <= 1 and counter.last < value <= counter.last + _WIDEST_GAP
    ]
    if fitting:
        # In a text that lost its indentation the outermost list that goes on is meant.
        following = [depth for depth in fitting if counters[depth].last + 1 == value]
        depth = following[0] if following else fitting[-1]
        counters[depth].last = value
        del counters[depth + 1 :]
        return depth
    if len(counters) == _DEEPEST:
        return None
    if counters and (value != 1 or counters[-1].indent > indent + 1):
        return None
    counters.append(_Counter(indent, value))
    return len(counters) - 1


def _numbered_head(
    lines: Sequence[Line],
    read: Sequence[HeadLine | None],
    start: int,
    first: HeadLine,
    is_name: IsName,
) -> Head | None:
    """Return the head that begins with a number, with the lines after it that belong to it."""
    head = Head(
        start=start,
        body=start + 1,
        author=first.author,
        date=first.date,
        score=first.score,
        deleted=first.deleted,
        number=first.number,
    )
    for position in range(start + 1, min(start + 4, len(lines))):
        if head.deleted or head.date is not None:
            break
        line, following = read[position], read[position + 1] if position + 1 < len(lines) else None
        if line is not None and line.number is None and (line.date or line.deleted):
            head = replace(
                head,
                body=position + 1,
                author=head.author or line.author,
                date=line.date,
                deleted=line.deleted,
                score=head.score if head.score is not None else line.score,
            )
        elif (
            head.author is None
            and is_name(lines[position].text)
            and following is not None
            and (following.date or following.deleted)
        ):
            head = replace(head, body=position + 1, author=lines[position].text)
        elif head.score is None and score_of(lines[position].text) is not None:
            head = replace(head, body=position + 1, score=score_of(lines[position].text))
        else:
            break
    return head


def dated_heads(
    lines: Sequence[Line], read: Sequence[HeadLine | None], is_name: IsName
) -> tuple[Head, ...]:
    """Return the heads of a thread in which a date stands above each comment.

    The name stands in the line of the date or in the line above it.
    """
    heads = [
        Head(
            start=position,
            body=position + 1,
            author=line.author,
            date=line.date,
            score=line.score,
            deleted=line.deleted and line.date is None,
        )
        for position, line in enumerate(read)
        if line is not None and line.date is not None
    ]
    heads = _with_names_above(lines, read, heads, is_name)
    return tuple(_with_scores_below(lines, head) for head in heads)


def _with_names_above(
    lines: Sequence[Line],
    read: Sequence[HeadLine | None],
    heads: list[Head],
    is_name: IsName,
) -> list[Head]:
    nameless = [head for head in heads if head.author is None]
    above: dict[int, str] = {}
    floor = 0
    are_plain = any(
        head.start and _name_in(lines[head.start - 1].text, read[head.start - 1], is_author)
        for head in nameless
    )
    for head in nameless:
        if head.start > floor and (are_plain or _begins_block(lines, head.start - 1)):
            name = _name_in(lines[head.start - 1].text, read[head.start - 1], is_name)
            if name is not None:
                above[head.start] = name
        floor = head.body
    is_named = nameless and nameless[0].start in above and len(above) >= 0.8 * len(nameless)
    if not is_named or _is_one_label(list(above.values())):
        return heads
    return [
        replace(head, start=head.start - 1, author=above[head.start])
        if head.start in above
        else head
        for head in heads
    ]


def _begins_block(lines: Sequence[Line], position: int) -> bool:
    """Whether a line stands with the one below it and apart from the one above it."""
    return position == 0 or lines[position].gap > lines[position + 1].gap


def _name_in(text: str, line: HeadLine | None, is_name: IsName) -> str | None:
    if line is not None:
        return line.author if line.says else None
    name = text.rstrip(",:")
    return name if is_name(name) else None


def _is_one_label(names: list[str]) -> bool:
    """Whether what stands where names stand is the same everywhere: a role, not a name."""
    return len(names) >= 3 and len(set(names)) == 1


def _with_scores_below(lines: Sequence[Line], head: Head) -> Head:
    if head.score is None and head.body < len(lines):
        line = lines[head.body].text
        score = score_of(line)
        if score is not None and (line[0] in "+-−–" or is_button(line)):
            return replace(head, body=head.body + 1, score=score)
    return head


def said_heads(
    lines: Sequence[Line], read: Sequence[HeadLine | None], _is_name: IsName
) -> tuple[Head, ...]:
    """Return the heads of a thread in which "Ada says:" stands above each comment."""
    return tuple(
        Head(start=position, body=position + 1, author=line.author)
        for position, line in enumerate(read)
        if line is not None and line.says and line.date is None
    )
