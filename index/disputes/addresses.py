"""Whom a comment of a flat thread speaks to: "@Ada: no", "@7: and if", a line "ADA"."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.article import Comment
from index.language.words import fold, word_spans

_CALLED = re.compile(r"@[ \u00a0]?(?P<name>[^\s:,;.!?()]+)")
_GREETED = re.compile(r"\s*(?:[^\W\d_]{1,6}\s)?(?P<name>[^\n:,!]{2,40}?)\s*(?=[:,!\n])")
"""A comment's beginning up to the first break, perhaps after "Dear", "Hey" or "à"."""
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Words of a comment for somebody: `start` is where these begin, `end` where they end.

    `targets` are the earlier comments of that somebody, the latest first.
    """

    targets: tuple[Comment, ...]
    start: int
    end: int


class Addresses:
    """Finds whom the comments of a thread address, read in the order of the page."""

    def __init__(self, comments: Sequence[Comment], text: str) -> None:
        """Read who wrote what; linear in the thread."""
        self._text = text
        self._answered: dict[str, tuple[Comment, ...]] = {}
        self._places = {comment.number: place for place, comment in enumerate(comments)}
        self._by_name: dict[str, list[Comment]] = defaultdict(list)
        self._by_number = {comment.number: comment for comment in comments}
        for comment in comments:
            name = fold((comment.author or "").strip())
            for called in {name, name.split()[0]} if name else ():
                self._by_name[called].append(comment)

    def of(self, comment: Comment) -> tuple[Address, ...]:
        """Return whom a comment addresses and in which words; empty where it names nobody."""
        found = list(self._found(comment))
        return tuple(
            Address(
                targets=targets,
                start=after,
                end=found[place + 1][0] if place + 1 < len(found) else comment.end or 0,
            )
            for place, (_, after, targets) in enumerate(found)
        )

    def answered(self, comment: Comment) -> tuple[Comment, ...]:
        """Return the comments of others that a comment answers: by name, else its parent."""
        known = self._answered.get(comment.number)
        if known is None:
            known = self._answered[comment.number] = self._others_answered(comment)
        return known

    def _others_answered(self, comment: Comment) -> tuple[Comment, ...]:
        named = [address.targets[0] for address in self.of(comment)]
        parent = self._by_number.get(comment.parent or "")
        if not named and parent is not None:
            named = [parent]
        return tuple(other for other in named if not same_author(other, comment))

    def _found(self, comment: Comment) -> Iterator[tuple[int, int, tuple[Comment, ...]]]:
        start, end = comment.start or 0, comment.end or 0
        called = list(_CALLED.finditer(self._text, start, end))
        greeted = None if called and called[0].start() == start else self._greeted(comment)
        if greeted is not None:
            yield greeted
        for match in called:
            targets = self._earlier(match["name"], comment)
            if targets:
                yield match.start(), match.end(), targets

    def _greeted(self, comment: Comment) -> tuple[int, int, tuple[Comment, ...]] | None:
        """Return whom a comment begins with: "Dear Ada,", or "CINDY CATS No parallel"."""
        start, end = comment.start or 0, comment.end or 0
        match = _GREETED.match(self._text, start, end)
        if match and (targets := self._earlier(match["name"], comment)):
            return start, match.end(), targets
        spans = list(word_spans(self._text, start, min(end, start + 60)))[:_LONGEST_NAME]
        for length in range(len(spans), 1, -1):
            name = self._text[spans[0].start : spans[length - 1].end]
            if targets := self._earlier(name, comment):
                return start, spans[length - 1].end, targets
        return None

    def _earlier(self, name: str, comment: Comment) -> tuple[Comment, ...]:
        """Return the earlier comments of somebody else who is called so, or has that number."""
        numbered = self._by_number.get(name.lstrip("#"))
        written = [numbered] if numbered else self._by_name.get(fold(name.strip()), [])
        place = self._places[comment.number]
        return tuple(
            other
            for other in reversed(written)
            if self._places[other.number] < place and other.author != comment.author
        )


def same_author(one: Comment, other: Comment) -> bool:
    """Whether two comments are signed by one name; of those nobody signed it is not known."""
    return (
        one.author is not None
        and other.author is not None
        and fold(one.author) == fold(other.author)
    )
