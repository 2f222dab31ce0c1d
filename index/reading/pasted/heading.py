"""The line above a thread: "6 comments", "Kommentare (12)", "Комментарии: 3"."""

import re
from dataclasses import dataclass
from functools import cache

from index.language.reading_words import any_of, phrases
from index.language.words import fold

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of comments, and how many it promises; None where it names no number."""

    count: int | None


def read_heading(line: str) -> Heading | None:
    """Return what a line promises of comments, None where it is no such heading.

    >>> read_heading("6 commentaires"), read_heading("Comments"), read_heading("6 chevaux")
    (Heading(count=6), Heading(count=None), None)
    """
    if len(line) > _LONGEST:
        return None
    folded = " ".join(fold(line).split()).strip(" .:!|-–—•·#*↓▼")
    if folded in phrases().no_comments:
        return Heading(count=0)
    match = _pattern().fullmatch(folded)
    if match is None:
        return None
    written = match["before"] or match["after"]
    return Heading(count=int(re.sub(r"\D", "", written)) if written else None)


@cache
def _pattern() -> re.Pattern[str]:
    words = any_of(phrases().comment_words)
    prefixes = any_of(phrases().comment_heading_prefixes)
    number = r"\d{1,3}(?:[ .,]?\d{3})?"
    return re.compile(
        rf"(?:{prefixes}\s+)?(?:\(?(?P<before>{number})\)?\s+)?{words}"
        rf"(?:\s?[:(\[–—-]?\s?(?P<after>{number})\s?[)\]]?)?"
    )
