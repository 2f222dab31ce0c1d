"""Comments that say nearly the same, told once: many hands do not make many views."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Article, Comment
from index.language.words import content_words

_SHARED = 0.8
"""Share of the words of the shorter of two texts that the other holds, to be its copy."""
_FEWEST = 4
"""Words; shorter texts are copies only where all of them are the same."""
_OF_ONE_AUTHOR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A comment, and how many others say nearly the same."""

    comment: Comment
    copies: int


def without_copies(comments: Sequence[Comment], article: Article, *, most: int) -> tuple[Told, ...]:
    """Return the first comments that are no copies of each other, two of one author at most."""
    kept: list[Comment] = []
    words: list[frozenset[str]] = []
    copies: list[int] = []
    for comment in comments:
        own = own_words(comment, article)
        same = next((place for place, other in enumerate(words) if is_copy(own, other)), None)
        if same is not None:
            copies[same] += 1
        elif len(kept) < most and _may_speak(comment, kept):
            kept.append(comment)
            words.append(own)
            copies.append(0)
    return tuple(
        Told(comment=comment, copies=count) for comment, count in zip(kept, copies, strict=True)
    )


def own_words(comment: Comment, article: Article) -> frozenset[str]:
    """Return the words of a comment that carry a meaning, without those it quotes."""
    own = " ".join(article.text[start:end] for start, end in comment.own_spans())
    return frozenset(content_words(own))


def is_copy(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts say nearly the same, by their words.

    >>> is_copy(frozenset("the old mill burned".split()), frozenset("the mill burned old".split()))
    True
    """
    shorter = min(len(one), len(other))
    if shorter < _FEWEST:
        return one == other and bool(one)
    return len(one & other) >= _SHARED * shorter


def _may_speak(comment: Comment, kept: Sequence[Comment]) -> bool:
    if comment.author is None:
        return True
    return sum(other.author == comment.author for other in kept) < _OF_ONE_AUTHOR
