"""Values of fields of an unknown export -> names, times, scores and plain words."""

import html
import re

from index.language.field_names import roles
from index.reading.draft import ParagraphDraft
from index.reading.exports.fields import Fields, candidates
from index.reading.markup import (
    Words,
    paragraphs_of_html,
    paragraphs_of_text,
    words_of_html,
    words_of_markdown,
)

_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|i|b|em|strong|blockquote|ul|ol|li|pre|code|img|h[1-6]|q|s|u)\b[^<>]*>",
    re.I,
)
_ESCAPED_MARKUP = re.compile(r"&lt;/?(?:p|br|div|a|blockquote)\b", re.I)
_NUMBER = re.compile(r"([+\-\u2212]?\d{1,12}(?:[.,]\d{1,12})?)\s*([km]?)", re.I)
_TIMES = {"k": 1_000, "m": 1_000_000}
_LONGEST_NAME = 120


def text_of(fields: Fields) -> str | None:
    """Return the words of an entry as they are written in it."""
    ordered = sorted(candidates(fields, "text"), key=lambda found: found[0])
    return next(
        (str(fields[path]) for _, path in ordered
         if isinstance(fields[path], str) and str(fields[path]).strip()),
        None,
    )  # fmt: skip


def words_of(text: str | None) -> Words:
    """Return plain words of HTML, of HTML that was escaped once more, or of Markdown.

    >>> words_of("&gt; It rains.\\n\\nNo.").quoted
    ('It rains.',)
    """
    if text and _ESCAPED_MARKUP.search(text):
        text = html.unescape(text)
    return words_of_html(text) if text and _MARKUP.search(text) else words_of_markdown(text)


def paragraphs_of(text: str) -> tuple[ParagraphDraft, ...]:
    """Return the paragraphs of an article's body in HTML, Markdown or plain text."""
    return paragraphs_of_html(text) if _MARKUP.search(text) else paragraphs_of_text(text)


def name_of(value: object) -> str | None:
    """Return a name; of an address that stands for somebody its last part.

    >>> name_of("acct:ida@notes.example"), name_of("https://a.example/users/ida"), name_of(7)
    ('ida', 'ida', None)
    """
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_NAME:
        return None
    name = html.unescape(value).strip()
    if name.startswith("acct:"):
        return name[5:].split("@")[0] or None
    if name.startswith(("http://", "https://")):
        return name.rstrip("/").rsplit("/", 1)[-1].lstrip("@") or None
    # "@ida" is how a place writes that a name is one; people are asked about as ida.
    return name[1:] if re.fullmatch(r"@[\w.\-]+", name) else name


def score_of(fields: Fields) -> int | None:
    """Return the score of an entry: likes less dislikes where it counts both."""
    table = roles()["score"]
    around = set(table["whose"])
    known: dict[str, int] = {}
    for path, value in fields.items():
        inside = set(path[:-1])
        if inside and not inside & around and len(path) > 2:
            continue
        number = _count(value)
        if number is not None and not inside & set(roles()["author"]["whose"]):
            known.setdefault(path[-1], number)
    for name in table["names"]:
        if name in known and (name not in ("total", "total_count") or _reacts(fields)):
            if name not in table["names_of_pluses"]:
                return known[name]
            return known[name] - next((known[one] for one in table["minus"] if one in known), 0)
    return None


def _reacts(fields: Fields) -> bool:
    return any(set(path[:-1]) & {"reaction", "reactions", "likes"} for path in fields)


def _count(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if abs(value) < 1e12 else None
    found = _NUMBER.fullmatch(str(value).strip()) if isinstance(value, str) else None
    if found is None:
        return None
    number = float(found[1].replace("\u2212", "-").replace(",", "."))
    return int(number * _TIMES.get(found[2].casefold(), 1))
