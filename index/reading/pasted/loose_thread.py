"""Comments under a heading that have no heads of their own: blocks, bullets, "Ada: words", and
what each signs at its end."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.reading.dates import FoundDate, find_date
from index.reading.draft import CommentDraft
from index.reading.pasted.boilerplate import is_furniture
from index.reading.pasted.bylines import behind_by
from index.reading.pasted.comment_lines import read_comment_lines
from index.reading.pasted.heads import is_author, is_button, is_pseudonym
from index.reading.pasted.lines import Line

_NAMED = re.compile(r"([^:\n]{1,40}):\s+(\S.*)")
_BULLET = re.compile(r"(?:[-–—•*‣▪]|\d{1,4}[.)])\s+(\S.*)")
_LONG_PARAGRAPH = 120
_LONGEST_SIGNATURE = 90
_FEWEST_SIGNED = 3
_MOST_LEFT, _LONGEST_LEFT = 4, 60
_ENDS_OF_SENTENCES = (".", "!", "?", "…")
_MOST_LETTERS_BEHIND = 3
_AROUND = " \t,:;|·•-–—_"


def loose_comments(
    lines: Sequence[Line], heading: int, count: int | None
) -> tuple[CommentDraft, ...]:
    """Return the comments after a heading at line `heading`; none where their shape is unclear.

    Args:
        lines: The lines of the whole text.
        heading: The position of the heading.
        count: What it promises.
    """
    above, below = lines[:heading], list(lines[heading + 1 :])
    if not below or count == 0 or not _holds_article(above):
        return ()
    while below and is_furniture(below[0].text) and not is_button(below[0].text):
        below.pop(0)
    for divide in (_pressed, _bulleted, _named):
        if comments := divide(below):
            return comments
    return _blocks(below, count)


def _holds_article(above: Sequence[Line]) -> bool:
    return any(len(line.text) >= _LONG_PARAGRAPH for line in above) or len(above) >= 4


def signed_comments(lines: Sequence[Line]) -> tuple[CommentDraft, ...]:
    """Return comments that each end with who wrote them and when: "— Ada, 3 hours ago".

    None unless words stand above each such line, and none below the last.
    """
    groups: list[list[Line]] = [[]]
    drafts: list[CommentDraft] = []
    for line in lines:
        signed = _signature(line.text)
        if signed is None:
            groups[-1].append(line)
        elif not groups[-1]:
            return ()  # a head, not what ends a comment
        else:
            name, day = signed
            draft = _comment(groups[-1], author=name)
            drafts.append(replace(draft, posted_at=day.at, posted_at_text=day.text))
            groups.append([])
    # A line above the first head ("Sort by newest") would give everybody the words of another.
    begins = sum(len(line.text) for line in groups[0]) >= _LONGEST_LEFT
    left = groups[-1]
    most = 1 if any(line.text.endswith(_ENDS_OF_SENTENCES) for line in left) else _MOST_LEFT
    ends = len(left) <= most and all(map(_is_left, left))
    return tuple(drafts) if begins and ends and len(drafts) >= _FEWEST_SIGNED else ()


def _is_left(line: Line) -> bool:
    """Whether a line at the end of a page is no comment: "Next entry", "Powered by Larv"."""
    return len(line.text) <= _LONGEST_LEFT or is_furniture(line.text) or is_button(line.text)


def _signature(line: str) -> tuple[str, FoundDate] | None:
    """Return the name and the day of a line that says nothing else, None of any other."""
    found = find_date(line) if len(line) <= _LONGEST_SIGNATURE else None
    if found is None or sum(map(str.isalpha, line[found.end :])) > _MOST_LETTERS_BEHIND:
        return None
    before = line[: found.start].strip(_AROUND)
    name = " ".join(behind_by(before.split()) or before.split()).strip(_AROUND)
    return (name, found) if name and is_pseudonym(name) else None


def _pressed(lines: Sequence[Line]) -> tuple[CommentDraft, ...]:
    """Return comments that each end with a button such as "Reply"."""
    groups: list[list[Line]] = [[]]
    for position, line in enumerate(lines):
        groups[-1].append(line)
        following = lines[position + 1] if position + 1 < len(lines) else None
        if is_button(line.text) and following is not None and not is_button(following.text):
            groups.append([])
    if groups and not any(is_button(line.text) for line in groups[-1]):
        groups.pop()
    groups = [group for group in groups if not is_button(group[0].text)]
    if not groups or not any(is_button(group[-1].text) for group in groups):
        return ()
    named = all(
        len(group) > 2 and is_author(group[0].text) and not is_button(group[1].text)
        for group in groups
    )
    return tuple(
        _comment(group[1:] if named else group, author=group[0].text if named else None)
        for group in groups
    )


def _bulleted(lines: Sequence[Line]) -> tuple[CommentDraft, ...]:
    marks = [_BULLET.fullmatch(line.text) for line in lines]
    return _listed(lines, [_parted(mark[1]) if mark else None for mark in marks])


def _named(lines: Sequence[Line]) -> tuple[CommentDraft, ...]:
    parts = [_parted(line.text) for line in lines]
    return _listed(lines, [part if part[0] else None for part in parts])


def _parted(line: str) -> tuple[str | None, str]:
    """Return the name and the words of "Ada: words"; other lines name nobody."""
    match = _NAMED.fullmatch(line)
    return (match[1].strip(), match[2]) if match and is_author(match[1]) else (None, line)


def _listed(
    lines: Sequence[Line], begun: Sequence[tuple[str | None, str] | None]
) -> tuple[CommentDraft, ...]:
    """Return the comments that begin in the lines given as begun, with a name and the words."""
    starts = [(position, *begin) for position, begin in enumerate(begun) if begin]
    if not starts or starts[0][0] != 0 or len(starts) * 2 < len(lines):
        return ()
    indents = sorted({lines[start].indent for start, _, _ in starts})
    ends = [*(start for start, _, _ in starts[1:]), len(lines)]
    return tuple(
        _comment(
            [Line(text=words, indent=0, gap=0), *lines[start + 1 : end]],
            author=author,
            depth=indents.index(lines[start].indent),
        )
        for (start, author, words), end in zip(starts, ends, strict=True)
    )


def _blocks(lines: Sequence[Line], count: int | None) -> tuple[CommentDraft, ...]:
    """Return the blocks between blank lines, if they are as many as the heading promises."""
    blocks: list[list[Line]] = []
    for line in lines:
        if line.gap or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    blocks = [block for block in blocks if not all(is_furniture(line.text) for line in block)]
    if count is None or len(blocks) != count:
        return ()
    return tuple(_comment(block) for block in blocks)


def _comment(lines: Sequence[Line], *, author: str | None = None, depth: int = 0) -> CommentDraft:
    words = read_comment_lines(lines)
    deleted = words.deleted or not words.text
    return CommentDraft(
        text=None if deleted else words.text,
        depth=depth,
        author=author,
        score=words.score,
        deleted=deleted,
        quoted=() if deleted else words.quoted,
    )
