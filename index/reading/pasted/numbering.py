"""Where each comment stands in its thread: numbers as paths, whatever the source gives.

A source gives either its own ids with the parent's id, or the depth of each comment in
order. Cycles, orphans and endless nesting become plain comments: nothing is lost, and
nothing here recurses.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from index.reading.draft import CommentDraft

DEEPEST_REPLY = 30
"""Levels of nesting that are kept; deeper replies are set beside their parent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A comment with its number and that of its parent, in the order of the thread."""

    draft: CommentDraft
    number: str
    parent: str | None


def number_comments(drafts: Sequence[CommentDraft]) -> tuple[Numbered, ...]:
    """Return the comments in the order of the thread, each with its number.

    >>> thread = [CommentDraft(text="a"), CommentDraft(text="b", depth=1), CommentDraft(text="c")]
    >>> [comment.number for comment in number_comments(thread)]
    ['1', '1.1', '2']
    """
    if any(draft.parent_key is not None for draft in drafts):
        placed = _placed_by_key(drafts)
    else:
        placed = [(draft, draft.depth) for draft in drafts]
    return tuple(_numbered(placed))


def _numbered(placed: Sequence[tuple[CommentDraft, int]]) -> list[Numbered]:
    numbered: list[Numbered] = []
    counts: list[int] = []
    paths: list[str] = []
    for draft, wanted in placed:
        depth = max(0, min(wanted, len(counts), DEEPEST_REPLY - 1))
        del counts[depth + 1 :], paths[depth:]
        if depth == len(counts):
            counts.append(0)
        counts[depth] += 1
        parent = paths[depth - 1] if depth else None
        number = f"{parent}.{counts[depth]}" if parent else str(counts[depth])
        paths.append(number)
        numbered.append(Numbered(draft=draft, number=number, parent=parent))
    return numbered


def _placed_by_key(drafts: Sequence[CommentDraft]) -> list[tuple[CommentDraft, int]]:
    """Return the comments with their depths, each reply after its parent."""
    position_of_key: dict[str, int] = {}
    for position, draft in enumerate(drafts):
        if draft.key is not None:
            position_of_key.setdefault(draft.key, position)
    replies: dict[int, list[int]] = defaultdict(list)
    roots = []
    for position, draft in enumerate(drafts):
        parent = position_of_key.get(draft.parent_key) if draft.parent_key is not None else None
        if parent is None or parent == position:
            roots.append(position)
        else:
            replies[parent].append(position)
    placed: list[tuple[CommentDraft, int]] = []
    seen: set[int] = set()
    # subtle: after the real roots, every comment left stands in a cycle; the first of each
    # cycle in page order becomes a root.
    for root in [*roots, *range(len(drafts))]:
        waiting = [(root, 0)]
        while waiting:
            position, depth = waiting.pop()
            if position in seen:
                continue
            seen.add(position)
            placed.append((drafts[position], depth))
            waiting += [(reply, depth + 1) for reply in reversed(replies[position])]
    return placed
