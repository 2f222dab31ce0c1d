"""Which entry answers which: identifiers and references of an unknown export."""

import re
from collections import Counter
from collections.abc import Sequence

from index.language.field_names import roles
from index.reading.exports.entries import Entry
from index.reading.exports.fields import Fields, Path, candidates
from index.reading.exports.values import text_of, words_of

_FEWEST_QUOTED_WORDS = 4
_CUT = re.compile(r"[_/#:=]")


def identifiers(entries: Sequence[Fields]) -> list[str]:
    """Return one key for each entry: the surest field that differs in all, else its position."""
    ranks: dict[Path, int] = {}
    values: dict[Path, list[str]] = {}
    for fields in entries:
        for rank, path in candidates(fields, "id"):
            ranks[path] = rank
            if not isinstance(fields[path], bool) and str(fields[path]).strip():
                values.setdefault(path, []).append(str(fields[path]))
    sound = [path for path in values if len(set(values[path])) == len(values[path])]
    ordered = sorted(sound, key=lambda path: (-_covering(values[path], entries), ranks[path]))
    taken: set[str] = set()
    found = []
    for position, fields in enumerate(entries):
        paths = sorted((path for path in ordered if path in fields), key=lambda path: ranks[path])
        key = next((str(fields[path]) for path in paths if str(fields[path]).strip()), "")
        found.append(f"#{position}" if not key or key in taken else key)
        taken.add(found[-1])
    return found


def _covering(values: Sequence[str], entries: Sequence[Fields]) -> bool:
    return len(values) == len(entries)


def parents_of(
    entries: Sequence[Entry],
    keys: Sequence[str],
    outers: Sequence[int | None],
    page_keys: set[str],
) -> tuple[list[str | None], list[str]]:
    """Return the key that each entry answers, None at the top, and what is doubtful in it.

    A reference to what is not in the file counts as one to the page where all such
    references are the same: comments of a post that is not there itself.
    """
    known = set(keys)
    named = [
        reference_of(entry.fields, key, known) for entry, key in zip(entries, keys, strict=True)
    ]
    strange = Counter(parent for parent in named if parent is not None and parent not in known)
    # The page: everything that points outside points at the same place, and all points somewhere.
    at_top = any(
        parent is None and outer is None for parent, outer in zip(named, outers, strict=True)
    )
    outside = set(strange) if len(strange) == 1 and not at_top else set()
    found: list[str | None] = []
    for parent, outer in zip(named, outers, strict=True):
        nested = keys[outer] if outer is not None else None
        is_page = parent is None or parent in page_keys or parent in outside
        found.append(nested if is_page or (nested and parent not in known) else parent)
    if any(parent is not None for parent in found):
        return found, []
    return _by_form(entries, keys)


def reference_of(fields: Fields, key: str, known: set[str]) -> str | None:
    """Return the key of the entry that this one says it answers."""
    pages = {str(value) for path, value in fields.items() if path[-1] in _PAGES}
    strange = None
    for _, path in sorted(candidates(fields, "parent"), key=lambda found: found[0]):
        value = fields[path]
        written = "" if isinstance(value, bool) else str(value).strip()
        if written.casefold() in roles()["structure"]["roots"] or written == key:
            continue
        for form in (written, _CUT.split(written)[-1]):
            if form in known and form != key:
                return form
        if written not in pages and not written.startswith("t3_"):
            strange = strange or written
    return _in_path(fields, key, known) or strange


_PAGES = ("link_id", "story_id", "thread", "thread_id", "post", "post_id", "root_id", "root")


def _in_path(fields: Fields, key: str, known: set[str]) -> str | None:
    """Return the parent in a path such as "0.17.23", which ends with the entry itself."""
    for path, value in fields.items():
        if path[-1] in roles()["structure"]["paths"] and isinstance(value, str):
            steps = re.split(r"[./]", value.strip("./"))
            if len(steps) > 1 and steps[-1] == key and steps[-2] in known:
                return steps[-2]
    return None


def _by_form(entries: Sequence[Entry], keys: Sequence[str]) -> tuple[list[str | None], list[str]]:
    """Return parents where no field names them: in keys, depths, quotations of a flat thread."""
    known = set(keys)
    in_key = [key.rpartition(".")[0] if "." in key else None for key in keys]
    if any(parent in known for parent in in_key if parent):
        return [parent if parent in known else None for parent in in_key], []
    depths = [_depth(entry.fields) for entry in entries]
    if any(depths):
        return _by_depth(depths, keys), []
    return _by_quotation(entries, keys), []


def _depth(fields: Fields) -> int:
    for name in roles()["structure"]["depths"]:
        value = fields.get((name,))
        if isinstance(value, int | float | str) and re.fullmatch(r"\d{1,4}", str(value)):
            return int(value)
    return 0


def _by_depth(depths: Sequence[int], keys: Sequence[str]) -> list[str | None]:
    lowest = min(depths)
    line: list[str] = []
    found: list[str | None] = []
    for depth, key in zip(depths, keys, strict=True):
        del line[depth - lowest :]
        found.append(line[-1] if line else None)
        line.append(key)
    return found


def _by_quotation(entries: Sequence[Entry], keys: Sequence[str]) -> list[str | None]:
    """Return as parent the one earlier comment whose words a comment begins by quoting."""
    found: list[str | None] = []
    before: list[tuple[str, str]] = []
    for entry, key in zip(entries, keys, strict=True):
        words = words_of(text_of(entry.fields))
        quoted = words.quoted[0] if words.quoted else ""
        parents = []
        if len(quoted.split()) >= _FEWEST_QUOTED_WORDS and words.text.startswith(quoted):
            parents = [other for other, said in before[-500:] if quoted in said]
        found.append(parents[0] if len(parents) == 1 else None)
        before.append((key, words.text))
    return found
