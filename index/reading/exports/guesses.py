"""What fields hold whose names say nothing: told by their values over all entries of a file.

{"uid": "k8", "to": "k7", "alias": "Old Tom", "said": "They did ask us.", "at": 1714644300}
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from index.reading.dates import moment_of
from index.reading.exports.fields import Fields, candidates, fields_of

_FEWEST_ENTRIES = 2
_FEWEST_WORDS = 3
_MOST_SEEN = 5_000
_LONGEST_NAME = 40
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{2,4}")
_ADDRESS = re.compile(r"https?://|^/|^www\.|@.*\.|^#[0-9a-f]{6}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """The names of fields by the role their values fit; a role that none fits is not there."""

    fields: dict[str, str]

    def told(self) -> str:
        """Return the sentence that warns of the guess."""
        taken = ", ".join(f"{role}: {name}" for role, name in sorted(self.fields.items()))
        return f"the file does not say what its fields hold; taken by their values were {taken}"

    def named(self, fields: Fields) -> Fields:
        """Return the fields of an entry with those that were guessed under plain names as well."""
        added: Fields = {}
        for role, name in self.fields.items():
            path = next((path for path in sorted(fields, key=len) if path[-1] == name), None)
            if path is not None:
                added[(role,)] = fields[path]
        return added | fields


def guess_fields(document: Any) -> Guess | None:
    """Return what the fields of the entries of a document seem to hold, None without words."""
    entries = list(_entries(document))
    if len(entries) < _FEWEST_ENTRIES:
        return None
    values: dict[str, list[Any]] = defaultdict(list)
    for fields in entries:
        for name, value in {path[-1]: value for path, value in reversed(fields.items())}.items():
            if str(value).strip():
                values[name].append(value)
    known = {
        role: {path[-1] for fields in entries for _, path in candidates(fields, role)}
        for role in ("text", "author", "time", "id", "parent", "score")
    }
    found: dict[str, str] = {}
    found |= _one("text", known, _words(values))
    taken = {*found.values(), *(name for names in known.values() for name in names)}
    free = {name: said for name, said in values.items() if name not in taken}
    found |= _one("time", known, [name for name in free if all(map(_is_time, free[name]))])
    found |= _references(known, values, set(found.values()), len(entries))
    left = [name for name in free if name not in found.values() and _are_names(free[name])]
    # Two fields that may both be names (a town, a person): neither is taken.
    found |= _one("author", known, left if len(left) == 1 else [])
    has = {*found, *(role for role, names in known.items() if names)}
    # Words alone make no thread: lists of goods or of settings have them too.
    is_thread = {"text", "author"} <= has and has & {"time", "parent"}
    return Guess(fields=found) if is_thread and found else None


def _one(role: str, known: dict[str, set[str]], names: Sequence[str]) -> dict[str, str]:
    return {role: names[0]} if names and not known[role] else {}


def _words(values: dict[str, list[Any]]) -> list[str]:
    """Return the field with the longest sentences, if there is one."""
    lengths = {
        name: sum(len(one.split()) for one in said) / len(said)
        for name, said in values.items()
        if all(isinstance(one, str) and not _ADDRESS.search(one) for one in said)
        and len(set(said)) > 0.8 * len(said)
    }
    best = max(lengths, key=lambda name: lengths[name], default=None)
    return [best] if best is not None and lengths[best] >= _FEWEST_WORDS else []


def _is_time(value: Any) -> bool:
    if isinstance(value, str) and not _DATE.search(value) and not re.fullmatch(r"\d{10,13}", value):
        return False
    return not isinstance(value, bool) and moment_of(value) is not None


def _are_names(said: Sequence[Any]) -> bool:
    """Whether values may be names of people: short words, not one word for all of three."""
    return (
        all(
            isinstance(one, str)
            and len(one) <= _LONGEST_NAME
            and any(letter.isalpha() for letter in one)
            and not _ADDRESS.search(one)
            and not _DATE.search(one)
            for one in said
        )
        and sum(any(letter.isdigit() for letter in one) for one in said) <= 0.5 * len(said)
        and (len(set(said)) > 1 or len(said) < 3)
    )


def _references(
    known: dict[str, set[str]], values: dict[str, list[Any]], taken: set[str], count: int
) -> dict[str, str]:
    """Return the field that tells entries apart, and the one that names another of them.

    Small numbers point at each other by chance, as scores do: a reference is missing in some
    entry, as the first answers nothing, and stands nearer to the identifier than to a count.
    """
    keys = [
        name
        for name, said in values.items()
        if name not in taken and len(said) == count == len({str(one) for one in said})
        and all(not isinstance(one, bool | float) and " " not in str(one) for one in said)
    ]  # fmt: skip
    for key in keys:
        ids = {str(one) for one in values[key]}
        for name, said in values.items():
            points = {str(one) for one in said} - {"0", ""}
            small = all(
                re.fullmatch(r"\d{1,9}", one) is not None and int(one) < len(ids) + 1
                for one in points
            )
            is_free = name != key and name not in taken and len(said) < count
            if is_free and points and not small and points <= ids:
                return _one("id", known, [key]) | _one("parent", known, [name])
    return {}


def _entries(document: Any) -> Iterator[Fields]:
    """Yield the fields of all objects that stand in lists."""
    waiting, seen = [document], 0
    while waiting and seen < _MOST_SEEN:
        value = waiting.pop()
        parts = list(value.values()) if isinstance(value, dict) else value
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, dict) and isinstance(value, list):
                seen += 1
                yield fields_of(part)
            if isinstance(part, (dict, list)):
                waiting.append(part)
