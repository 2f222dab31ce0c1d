"""Where in an unknown JSON value do comments stand? Told by the fields that entries share."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from index.language.field_names import roles
from index.reading.exports.fields import Fields, candidates, fields_of, plain
from index.reading.exports.guesses import guess_fields

_MOST_ENTRIES = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry that may be a comment; `outer` is the position of the one it is nested in.

    `pages` are the objects around it, outermost first: the article is one of them.
    """

    fields: Fields
    outer: int | None
    pages: tuple[int, ...]
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All entries of a document in its order, and the fields of the objects around them."""

    entries: tuple[Entry, ...]
    pages: tuple[Fields, ...]
    warnings: tuple[str, ...] = ()


def find_entries(document: Any) -> Found:
    """Return the entries of a document that look like comments, nested ones after their outer.

    Where the names of fields show none, their values are asked.
    """
    found = _found(document, fields_of)
    if found.entries:
        return found
    guess = guess_fields(document)
    if guess is None:
        return found
    guessed = _found(document, lambda entry: guess.named(fields_of(entry)))
    return replace(guessed, warnings=(guess.told(),)) if guessed.entries else found


def _found(document: Any, read: Callable[[dict[str, Any]], Fields]) -> Found:
    entries: list[Entry] = []
    pages: list[Fields] = []
    waiting: list[tuple[Any, str, int | None, tuple[int, ...], int]] = [(document, "", None, (), 0)]
    while waiting and len(entries) < _MOST_ENTRIES:
        value, name, outer, around, depth = waiting.pop()
        if name in roles()["structure"]["skipped"]:
            continue
        found = _listed(value)
        if found and (
            _are_comments([read(item) for item in found], name)
            or (outer is not None and _are_answers(found, entries[outer].fields, name))
        ):
            waiting += [(_Comment(item), name, outer, around, depth) for item in reversed(found)]
        elif isinstance(value, _Comment):
            entries.append(Entry(fields=read(value.value), outer=outer, pages=around, depth=depth))
            here = len(entries) - 1
            waiting += reversed(
                [(part, key, here, around, depth + 1) for key, part in _lists(value.value)]
            )
        elif isinstance(value, dict):
            fields = fields_of(value)
            inner: Any = around
            if _is_single_comment(fields):
                waiting.append((_Comment(value), name, outer, around, depth))
                continue
            if any(isinstance(part, (dict, list)) for part in value.values()):
                # The opening post calls its words as the answers do; without a headline near
                # it, such words may be a comment themselves.
                pages.append(read(value) if _has_headline(fields) else fields)
                inner = (*around, len(pages) - 1)
            waiting += reversed(
                [(part, plain(key), outer, inner, depth) for key, part in value.items()
                 if isinstance(part, (dict, list))]
            )  # fmt: skip
        elif isinstance(value, list):
            waiting += reversed([(part, name, outer, around, depth) for part in value])
    return Found(entries=tuple(entries), pages=tuple(pages))


@dataclass(frozen=True, slots=True)
class _Comment:
    value: dict[str, Any]


def _listed(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list, or of an object that names each of its entries."""
    if isinstance(value, list):
        return [item for item in value if isinstance(item, dict)]
    return [{"id": key, **item} for key, item in value.items()] if _listed_by_name(value) else []


def _listed_by_name(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and len(value) > 1
        and all(isinstance(item, dict) and _has_words(fields_of(item)) for item in value.values())
    )


def _lists(value: Any, *, depth: int = 8) -> Iterator[tuple[str, Any]]:
    """Yield the lists of objects within an entry with the names they stand under."""
    level: list[tuple[str, Any]] = [("", value)]
    for _ in range(depth):
        below = []
        for _, part in level:
            for key, inner in part.items():
                is_list = isinstance(inner, list) and any(
                    isinstance(one, (dict, list)) for one in inner
                )
                if is_list or _listed_by_name(inner):
                    yield plain(key), inner
                elif isinstance(inner, dict):
                    below.append((key, inner))
        level = below


def _are_comments(items: Sequence[Fields], name: str) -> bool:
    """Whether entries are remarks of people: words with a writer, a time or a parent.

    Entries that all have a title are pages or teasers, unless their list is called comments.
    """
    live = [fields for fields in items if any(True for _ in candidates(fields, "author"))]
    spoken = [fields for fields in items if _has_words(fields)]
    if not spoken or 2 * len(spoken) < len(live):
        return False
    if name in roles()["structure"]["replies"]:
        return True
    titled = sum(is_titled(fields) for fields in items)
    return 2 * titled < len(items) or (titled < len(items) and _refer(items))


def _are_answers(items: Sequence[dict[str, Any]], outer: Fields, name: str) -> bool:
    """Whether entries below a comment are its answers even where they lost all their words.

    A deleted comment is told by its fields: most are those of the one it answers.
    """
    known = {path[0] for path in outer}
    return name in roles()["structure"]["replies"] and all(
        2 * len(known & {plain(key) for key in item}) > len(known) for item in items
    )


def _refer(items: Sequence[Fields]) -> bool:
    return any(any(True for _ in candidates(fields, "parent")) for fields in items)


def is_titled(fields: Fields) -> bool:
    """Whether an entry has a headline of its own."""
    return any(
        path[-1] in ("title", "headline", "subject") and isinstance(value, str) and value.strip()
        for path, value in fields.items()
        if len(path) == 1
    )


def _has_headline(fields: Fields) -> bool:
    return any(len(path) <= 2 and path[-1] in ("title", "headline", "subject") for path in fields)


def _has_words(fields: Fields) -> bool:
    words = any(isinstance(fields[path], str) for _, path in candidates(fields, "text"))
    return words and any(
        any(True for _ in candidates(fields, role)) for role in ("author", "time", "parent")
    )


def _is_single_comment(fields: Fields) -> bool:
    """Whether an object says itself that it is a comment, and has its replies within."""
    kind = str(fields.get(("type",), fields.get(("kind",), ""))).casefold()
    answers = any(
        value not in (None, "", 0)
        for path, value in fields.items()
        if len(path) == 1 and path[0] in ("in_reply_to", "parent_id", "in_reply_to_id")
    )
    is_called = any(
        len(path) == 1
        and path[0] in roles()["structure"]["comment_words"]
        and isinstance(value, str)
        for path, value in fields.items()
    )
    return _has_words(fields) and (kind == "comment" or answers or is_called)
