"""Whom a comment answers where only its words say so: "In reply to Ada", "@Ada, …"."""

from collections.abc import Sequence

from index.language.words import fold

_SHORTEST_FIRST_NAME = 3


def addressed(
    authors: Sequence[str | None], said: Sequence[str | None], texts: Sequence[str | None]
) -> list[int | None]:
    """Return for each comment the number of the one it answers: the last one by whom it names.

    Args:
        authors: Who wrote each comment, in the order of the thread.
        said: The name that a line of each gives as that of whom it answers.
        texts: The words of each; they may begin with "@" and a name.

    >>> addressed(["Ada Lund", "Bo", "Cy"], [None, "ada lund", None], ["No.", "Yes.", "@Ada why?"])
    [None, 0, 0]
    """
    latest: dict[str, int] = {}
    found: list[int | None] = []
    for number, (author, name, text) in enumerate(zip(authors, said, texts, strict=True)):
        parent = latest.get(_form(name)) if name else None
        if parent is None and text and text.startswith("@"):
            parent = _called(text, latest)
        found.append(parent)
        if author:
            latest[_form(author)] = number
    return found


def _called(text: str, latest: dict[str, int]) -> int | None:
    """Return the last comment of whom a text calls first, by the whole name or the first one."""
    words = _form(text[1:200]).split()
    for count in range(min(len(words), 5), 0, -1):
        name = " ".join(words[:count])
        if name in latest:
            return latest[name]
    first = words[0] if words else ""
    if len(first) < _SHORTEST_FIRST_NAME:
        return None
    named = [number for name, number in latest.items() if name.split()[0] == first]
    return named[0] if len(named) == 1 else None


def _form(name: str) -> str:
    words = (part.strip("@:,;.!?–—-") for part in fold(name).split())
    return " ".join(word for word in words if word)
