"""Threads of any source: JSON, JSON Lines or a table whose form nobody described to us.

Who wrote what in answer to whom is told by the names of fields, by what is in them and by
how entries refer to each other. Where that leaves a doubt, a warning says so.
"""

import html
import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote_plus

from index.language.field_names import roles
from index.reading.dates import moment_of
from index.reading.draft import ArticleDraft, CommentDraft, ParagraphDraft
from index.reading.exports.entries import Entry, Found, find_entries, is_titled
from index.reading.exports.fields import Fields, Path, candidates, fields_of
from index.reading.exports.known import Page
from index.reading.exports.parents import identifiers, parents_of, reference_of
from index.reading.exports.thread import thread_draft
from index.reading.exports.values import (
    name_of,
    paragraphs_of,
    score_of,
    text_of,
    words_of,
)

_AROUND = ("channel", "community", "forum", "site", "group", "subreddit")
_DEEPEST = 200
_STORIES = ("story", "post", "article", "submission", "link")


def is_thread(document: Any) -> bool:
    """Whether a value holds comments in a form that is not our own."""
    return not _is_own(document) and any(
        text_of(entry.fields) for entry in find_entries(document).entries
    )


def _is_own(document: Any) -> bool:
    from index.errors import UnreadableArticleError
    from index.reading.own_json import draft_from_json

    if isinstance(document, dict) and isinstance(document.get("article"), dict):
        document = document["article"]
    if not isinstance(document, dict) or ("passages" in document and "version" in document):
        return isinstance(document, dict)
    try:
        draft_from_json(document)
    except UnreadableArticleError:
        return False
    return True


def drafts_from_any_thread(document: Any) -> tuple[ArticleDraft, ...]:
    """Return one draft for each page that the comments of a value belong to."""
    found = find_entries(document)
    keys = identifiers([entry.fields for entry in found.entries])
    known = set(keys)
    answered = [
        reference_of(entry.fields, key, known)
        for entry, key in zip(found.entries, keys, strict=True)
    ]
    stories = _stories(found, keys, answered)
    places = set(stories.values())
    answer_of = dict(zip(keys, answered, strict=True))
    by_page: dict[object, list[int]] = {}
    for position, entry in enumerate(found.entries):
        if position not in places:
            page = _page_key(found, entry, keys[position], stories, answer_of)
            by_page.setdefault(page, []).append(position)
    return tuple(
        _draft(
            found.entries[place].fields
            if (place := stories.get(str(page))) is not None
            else _page_fields(found, found.entries[positions[0]]),
            [found.entries[position] for position in positions],
            positions,
            found.warnings,
        )
        for page, positions in by_page.items()
    )


def draft_of_page(page: Page) -> ArticleDraft:
    """Return the draft of a page of a known export."""
    entries = [
        Entry(fields=fields_of(comment), outer=None, pages=(), depth=0) for comment in page.comments
    ]
    return _draft(fields_of(page.fields), entries, range(len(entries)), page.warnings)


def _stories(found: Found, keys: Sequence[str], answered: Sequence[str | None]) -> dict[str, int]:
    """Return the entries that the others are about: with a headline, answering nothing.

    A review with a headline of its own is none: nobody answers it, or all have one.
    """
    titled = {
        keys[position]: position
        for position, entry in enumerate(found.entries)
        if entry.outer is None and answered[position] is None and is_titled(entry.fields)
    }
    if len(titled) == len(found.entries):
        return {}
    return {
        key: position
        for key, position in titled.items()
        if key in answered or str(found.entries[position].fields.get(("type",))) in _STORIES
    }


def _page_key(
    found: Found,
    entry: Entry,
    key: str,
    stories: dict[str, int],
    answered: dict[str, str | None],
) -> object:
    """Return what a comment is about: the story it leads to, or the page around it."""
    step: str | None = key
    for _ in range(_DEEPEST if stories else 0):
        if step is None or step in stories:
            break
        step = answered.get(step)
    if step in stories:
        return step
    titled = [page for page in entry.pages if is_titled(found.pages[page])]
    if titled:
        return ("page", titled[-1])
    return _about(entry.fields, "address") or _about(entry.fields, "title")


def _about(fields: Fields, what: str) -> str | None:
    """Return what a comment itself says of its page."""
    for name in roles()["page"][what]:
        value = fields.get(tuple(name.split(".")))
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _draft(
    page: Fields, entries: Sequence[Entry], positions: Sequence[int], warnings: Sequence[str]
) -> ArticleDraft:
    outers = _outers(entries, positions)
    keys = identifiers([entry.fields for entry in entries])
    own_keys = _values(page, "id")
    parents, notes = parents_of(entries, keys, outers, own_keys)
    answered = {parent for parent in parents if parent is not None}
    comments, wordless = [], 0
    for entry, key, parent in zip(entries, keys, parents, strict=True):
        if _is_machine(entry.fields):
            continue
        comment = _comment(entry, key, parent)
        if comment.deleted and not (_is_gone(entry.fields) or key in answered or comment.author):
            wordless += 1
            continue
        comments.append(comment)
    notes = [*warnings, *notes]
    if wordless:
        notes.append(f"entries of the file without words, left out: {wordless}")
    unnamed = sum(comment.author is None and not comment.deleted for comment in comments)
    if unnamed:
        notes.append(f"comments whose writer the file does not name: {unnamed}")
    return _with_article(page, comments, entries, notes)


def _outers(entries: Sequence[Entry], positions: Sequence[int]) -> list[int | None]:
    place = {position: number for number, position in enumerate(positions)}
    return [place.get(entry.outer) if entry.outer is not None else None for entry in entries]


def _comment(entry: Entry, key: str, parent: str | None) -> CommentDraft:
    fields = entry.fields
    words = words_of(text_of(fields))
    gone = _is_gone(fields) or not words.text
    moments = [fields[path] for path in _ordered(fields, "time")]
    shown = [fields.get(("posted_at_text",)), *moments]
    written = next((value for value in shown if isinstance(value, str)), None)
    return CommentDraft(
        text=None if gone else words.text,
        key=key,
        parent_key=parent,
        author=_name(fields),
        posted_at=next((at for at in map(moment_of, moments) if at is not None), None),
        posted_at_text=written,
        score=score_of(fields),
        deleted=gone,
        quoted=() if gone else words.quoted,
    )


def _ordered(fields: Fields, role: str) -> list[Path]:
    return [path for _, path in sorted(candidates(fields, role), key=lambda found: found[0])]


def _names(fields: Fields) -> Iterable[str]:
    for path in _ordered(fields, "author"):
        if name := name_of(fields[path]):
            yield name


def _name(fields: Fields) -> str | None:
    """Return who is named first; "[deleted]" is nobody, and no other field names them instead."""
    name = next(iter(_names(fields)), None)
    return None if name and name.casefold() in roles()["gone"]["texts"] else name


def _values(fields: Fields, role: str) -> set[str]:
    return {str(fields[path]) for path in _ordered(fields, role)}


def _is_machine(fields: Fields) -> bool:
    """Whether an entry was sent by another site or by the program, not by a reader."""
    kinds = (fields.get((name,)) for name in ("type", "comment_type", "kind"))
    return any(str(kind).casefold() in roles()["structure"]["no_readers"] for kind in kinds)


def _is_gone(fields: Fields) -> bool:
    table = roles()["gone"]
    for path, value in fields.items():
        said = str(value).strip().casefold()
        if path[-1] in table["flags"] and said not in ("", "0", "false", "none", "no", "null"):
            return True
        if path[-1] in table["status_names"] and said in table["statuses"]:
            return True
        if f"{path[-1]}={said}" in table["marks"]:
            return True
    text = text_of(fields)
    return text is not None and text.strip().casefold() in table["texts"]


def _page_fields(found: Found, entry: Entry) -> Fields:
    """Return what the objects around a comment say of its page, the nearest last."""
    merged: Fields = {}
    for page in entry.pages:
        merged |= {path: value for path, value in found.pages[page].items() if len(path) <= 4}
    return merged


def _fact(page: Fields, what: str) -> str | None:
    """Return a fact of the article; a name inside an object counts where it is not a person's."""
    table = roles()
    strangers = {*table["author"]["whose"], *table["structure"]["other"], *_AROUND}
    for size in range(1, 5):
        for name in table["article"][what]:
            for path, value in page.items():
                around = path[:-1]
                inside = path[-1] in table["text"]["leaves"] and path[-2:-1] == (name,)
                is_there = path[-1] == name or inside
                if len(path) != size or not is_there or set(around) & strangers:
                    continue
                if str(value).strip():
                    return str(value).strip()
    return None


def _with_article(
    page: Fields, comments: list[CommentDraft], entries: Sequence[Entry], notes: list[str]
) -> ArticleDraft:
    first = entries[0].fields if entries else {}
    title = _fact(page, "title") or _about(first, "title")
    body: tuple[ParagraphDraft, ...] = ()
    text = _fact(page, "text") or _about(first, "text")
    if text and text != title and text.casefold() not in roles()["gone"]["texts"]:
        body = paragraphs_of(text)
    reported = _fact(page, "reported")
    return thread_draft(
        comments,
        title=_readable(title),
        url=_address(_fact(page, "address") or _about(first, "address"))
        or _address(str(page.get(("id",)))),
        paragraphs=body,
        author=_writer(page),
        outlet=_fact(page, "outlet"),
        published_at=moment_of(_fact(page, "time")),
        reported=int(reported) if reported and re.fullmatch(r"\d{1,9}", reported) else None,
        warnings=notes,
    )


def _writer(page: Fields) -> str | None:
    for name in roles()["article"]["author"]:
        written = name_of(page.get((name,)))
        if written:
            return None if written.casefold() in roles()["gone"]["texts"] else written
    # The name at the top is that of the page ("name": "Harbour chat"), not that of a person.
    inside = {path: value for path, value in page.items() if len(path) > 1}
    return _name(inside)


def _readable(title: str | None) -> str | None:
    """Return a title as people read it; some exports hold it as addresses do: "A+%26+B"."""
    if title and " " not in title and ("+" in title or "%" in title):
        title = unquote_plus(title)
    return html.unescape(title) if title else None


def _address(written: str | None) -> str | None:
    return written if written and written.startswith(("http://", "https://", "/")) else None
