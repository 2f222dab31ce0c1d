"""Where words in quotation marks stand in a passage, as anybody would compare them by eye."""

import re
from collections.abc import Sequence

from index.article import Passage
from index.language.words import same_characters

_LEFT_OUT = re.compile(r"(?<!\s)\s*[\[(]?(?:…|\.{3})[\])]?\s*")


def stands_in(quotation: str, passages: Sequence[Passage]) -> bool:
    """Whether quoted words, parted by what was left out ("[…]"), stand in passages."""
    parts = [part for part in _LEFT_OUT.split(quotation) if part]
    return all(any(place_of(part, passage) is not None for passage in passages) for part in parts)


def place_of(words: str, passage: Passage) -> int | None:
    """Return where words stand in a passage, as characters of the article; None if they do not.

    Kinds of quotation marks, apostrophes and spaces do not count, nor a comma or full stop at
    the end, nor whether the first letter is a capital.
    """
    wanted = same_characters(words).strip().rstrip(".,;")
    there = same_characters(passage.text)
    for form in (wanted, wanted[:1].swapcase() + wanted[1:]):
        for found in re.finditer(re.escape(form), there) if form else ():
            if _is_whole(there, found.start(), found.end()):
                return passage.start + found.start()
    return None


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (
        (start and text[start - 1].isalnum() and text[start].isalnum())
        or (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())
    )
