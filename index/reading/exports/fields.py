"""The fields of one entry of an unknown export, and what their names say that they hold."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from index.language.field_names import roles

Path = tuple[str, ...]
Fields = dict[Path, str | int | float | bool]

_DEEPEST = 6
_MOST_FIELDS = 400
_WORDS = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """Return a field's name as its words in lower case.

    >>> plain("authorDisplayName"), plain("_embedded"), plain("parent-ID")
    ('author_display_name', 'embedded', 'parent_id')
    """
    return "_".join(word.casefold() for word in _WORDS.findall(_CAMEL.sub(" ", name[:100])))


def fields_of(entry: dict[str, Any]) -> Fields:
    """Return the single values of an entry by their path, nearest first; lists of entries stay out.

    >>> fields_of({"id": 1, "author": {"name": "Ida"}, "replies": [{"id": 2}]})
    {('id',): 1, ('author', 'name'): 'Ida'}
    """
    found: Fields = {}
    level: list[tuple[Path, dict[str, Any]]] = [((), entry)]
    for _ in range(_DEEPEST):
        below = []
        for path, part in level:
            for name, value in part.items():
                here = (*path, plain(name))
                value = _single(here[-1], value)
                if isinstance(value, dict):
                    below.append((here, value))
                elif value is not None and len(found) < _MOST_FIELDS:
                    found.setdefault(here, value)
        level = below
    return found


def _single(name: str, value: Any) -> Any:
    """Return a list that stands for one value as this value: rich text, an only author."""
    if not isinstance(value, list):
        return value
    if value and all(isinstance(part, str) for part in value):
        if name in roles()["article"]["paragraphs"]:
            return "\n\n".join(value)
        return value[-1] if name in roles()["parent"]["names"] or len(value) == 1 else None
    if any(isinstance(part, str) for part in value) and name in roles()["text"]["names"]:
        # Rich text in pieces: ["See ", {"type": "link", "text": "the plan"}].
        parts = [part.get("text") if isinstance(part, dict) else part for part in value]
        return "".join(part for part in parts if isinstance(part, str))
    if len(value) == 1 and isinstance(value[0], dict) and name in roles()["author"]["whose"]:
        return value[0]
    return None


def candidates(fields: Fields, role: str) -> Iterator[tuple[int, Path]]:
    """Yield the paths whose names say that they hold a role, with a rank; 0 is the surest."""
    for path in fields:
        rank = _rank(path, role)
        if rank is not None:
            yield rank, path


@lru_cache(maxsize=20_000)
def _rank(path: Path, role: str) -> int | None:
    table = roles()[role]
    leaf, around = path[-1], path[:-1]
    words = set(leaf.split("_"))
    if words & set(table["never"]) and leaf not in table["names"]:
        return None
    if role != "parent" and set(around) & set(roles()["structure"]["other"]):
        return None
    owned = bool(set(around) & set(roles()["author"]["whose"]))
    if role == "author" and owned:
        return table["leaves"].index(leaf) if leaf in table["leaves"] else None
    if owned:
        return None
    names = table["names"]
    far = 3 * len(around) + (100 if set(around) & set(roles()["page"]["whose"]) else 0)
    if role == "parent":
        if around and around[-1] in names and leaf in roles()["id"]["names"]:
            return names.index(around[-1]) + roles()["id"]["names"].index(leaf)
    elif around and role == "text" and around[-1] in names and leaf in table["leaves"]:
        return names.index(around[-1]) + far
    if leaf in names:
        return names.index(leaf) + far
    return 60 + far if words & set(table.get("words", ())) else None
