"""A line that says who wrote what follows: "By Ada Lund"."""

from index.language.reading_words import phrases
from index.language.words import fold
from index.reading.pasted.heads import is_author


def name_in_byline(line: str) -> str | None:
    """Return the name in "By Ada Lund", None where the line says anything else."""
    words = line.strip(" ,|·•–—-").split()
    for count in (3, 2, 1):
        if len(words) > count and fold(" ".join(words[:count])) in phrases().bylines:
            name = " ".join(words[count:]).strip(" ,:|·•–—-")
            for ending in (1, 2):
                parts = name.split()
                if len(parts) > ending and fold(" ".join(parts[-ending:])) in (
                    phrases().published_prefixes | phrases().date_prefixes
                ):
                    name = " ".join(parts[:-ending]).strip(" ,")
            # "By Ada Lund, Northwick" names where she writes from, or what she is.
            name, comma, _ = name.partition(",")
            is_sentence = bool(comma) and line.rstrip().endswith((".", "!", "?"))
            return name if is_author(name) and not is_sentence else None
    return None
