"""A line that says who wrote what follows: "By Ada Lund"."""

from collections.abc import Sequence

from index.language.reading_words import phrases
from index.language.words import fold
from index.reading.pasted.heads import is_author

_LONGEST = 3


def behind_by(words: Sequence[str]) -> Sequence[str] | None:
    """Return the words behind those that announce an author, None where none do.

    >>> behind_by(["By", "Ada", "Lund"]), behind_by(["Ada", "Lund"])
    (['Ada', 'Lund'], None)
    """
    for count in range(_LONGEST, 0, -1):
        announced = fold(" ".join(words[:count]))
        if len(words) > count and {announced, announced.rstrip(" :")} & phrases().bylines:
            return words[count:]
    return None


def name_in_byline(line: str) -> str | None:
    """Return the name in "By Ada Lund", None where the line says anything else."""
    behind = behind_by(line.strip(" ,|·•–—-").split())
    if behind is None:
        return None
    name = " ".join(behind).strip(" ,:|·•–—-")
    for ending in (1, 2):
        parts = name.split()
        if len(parts) > ending and fold(" ".join(parts[-ending:])) in (
            phrases().published_prefixes | phrases().date_prefixes | phrases().time_joiners
        ):
            name = " ".join(parts[:-ending]).strip(" ,")
    # "By Ada Lund, Northwick" names where she writes from, or what she is.
    name, comma, _ = name.partition(",")
    is_sentence = bool(comma) and line.rstrip().endswith((".", "!", "?"))
    return name if is_author(name) and not is_sentence else None
