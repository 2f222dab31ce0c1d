"""Heads that a thread writes otherwise than its others: "Ada" where they are "Ada, 12 March".

A name alone in its line is a head where it stands as the other heads stand: after the same
blank line or button, with words under it. What a thread announces decides how many there can be;
where it announces nothing, only what no comment would say is a name.
"""

import re
from collections.abc import Sequence

from index.language.words import fold
from index.reading.pasted.comment_lines import before_page_end
from index.reading.pasted.heads import is_author, is_button
from index.reading.pasted.lines import Line
from index.reading.pasted.thread_heads import Head, IsName

_WORD = re.compile(r"\w+")


def with_undated_heads(
    lines: Sequence[Line], heads: tuple[Head, ...], is_name: IsName, *, announced: int | None
) -> tuple[Head, ...]:
    """Return the heads of a thread with those that name somebody and no date.

    Args:
        lines: The lines of the thread.
        heads: The heads that were found by their dates or numbers.
        is_name: What counts as a name where the thread announces more comments than were found.
        announced: How many comments the thread announces.
    """
    missing = None if announced is None else announced - len(heads)
    if not heads or (missing is not None and missing <= 0):
        return heads
    found = _standing_alike(lines, heads, is_name if missing else is_author)
    if missing is None:
        known = {fold(head.author) for head in heads if head.author}
        small = {word for line in lines for word in _WORD.findall(line.text) if word.islower()}
        found = [
            head
            for head in found
            if head.start > heads[0].start and _is_certain(lines, head, known, small)
        ]
    elif len(found) > missing:
        # More names than comments are missing: which of them are heads, nothing tells.
        return heads
    return tuple(sorted((*heads, *found), key=lambda head: head.start))


def _standing_alike(lines: Sequence[Line], heads: tuple[Head, ...], is_name: IsName) -> list[Head]:
    """Return the names that stand alone in their lines, apart from what is above like the heads."""
    least_gap = min((lines[head.start].gap for head in heads if head.start), default=0)
    bodies = [lines[head.body] for head in heads if head.body < len(lines)]
    widest_gap = max((line.gap for line in bodies), default=0)
    of_heads = {position for head in heads for position in range(head.start, head.body + 1)}
    last = heads[-1].body
    end = last + len(before_page_end(lines[last:])) - 1
    return [
        Head(start=position, body=position + 1, author=name)
        for position in range(end)
        if not of_heads & {position, position + 1}
        and is_name(name := lines[position].text.rstrip(",:"))
        and not is_button(lines[position + 1].text)
        and lines[position].gap >= least_gap
        and lines[position + 1].gap <= widest_gap
    ]


def _is_certain(lines: Sequence[Line], head: Head, known: set[str], small: set[str]) -> bool:
    """Whether a line is a head though nothing announces it: whoever wrote before, or a name.

    A single word is a name above its words only, where the thread never writes it small.
    """
    author = head.author or ""
    if fold(author) in known:
        return True
    if not lines[head.start].gap and not is_button(lines[head.start - 1].text):
        return False
    first, *more = author.split()
    is_alone = not more and lines[head.body].gap > 0
    return first[0].isupper() and first.lower() not in small and not is_alone
