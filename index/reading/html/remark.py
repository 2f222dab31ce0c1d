"""The words of a comment: without names, dates and buttons; what it quotes."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from index.language.page_words import DATE_TEXT, label_form, name_words, vocabulary
from index.language.words import fold
from index.reading.blocks import line_of, text_of
from index.reading.html.facts import Facts, clean_name
from index.reading.html.outline import Outline

_QUOTE_WORDS = frozenset(("quote", "quoted", "quotation", "citation", "zitat", "cita"))
_TEXT_ITEMS = frozenset(("text", "commenttext", "description", "articlebody"))
_MOST_HEADER_LINES = 3
_LONGEST_HEADER = 120
_MOST_BESIDE_FACTS = 30
_COUNTER = re.compile(r"^#\s?\d{1,5}\b[.:]?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a comment says; `author` and `posted_at_text` are read off its first lines."""

    text: str
    author: str | None
    posted_at_text: str | None
    quoted: tuple[str, ...]


def remark_in(
    outline: Outline, inside: list[HtmlElement], nested: list[HtmlElement], facts: Facts
) -> Remark:
    """Return the words of a comment.

    Args:
        outline: The page.
        inside: The elements of the comment, itself first, without those of its replies.
        nested: The comments directly within it.
        facts: What its elements tell already.
    """
    dropped = [*nested, *facts.elements, *_furniture(outline, inside)]
    text = _body(outline, inside, nested, dropped)
    has_date = facts.posted_at is not None or facts.posted_at_text is not None
    text, author, written = _without_header(text, facts.author, has_date=has_date)
    text = _without_labels(text, has_date=has_date)
    return Remark(
        text=text,
        author=facts.author or author,
        posted_at_text=facts.posted_at_text or written,
        quoted=_quoted(inside, dropped, text),
    )


def _furniture(outline: Outline, inside: list[HtmlElement]) -> list[HtmlElement]:
    """Return what stands in a comment but is not its words: dates, labels, names, forms."""
    words = vocabulary()
    found = []
    for element in inside[1:]:
        place = outline.position[element]
        length = outline.text(place)
        is_header = 0 < length <= _LONGEST_HEADER
        if (
            outline.is_label[place]
            or outline.is_date[place]
            or outline.barred[place]
            or (is_header and _says_who_and_when(outline, element, place))
        ):
            found.append(element)
        elif is_header and outline.total(outline.free, place) <= 12:
            own = name_words(outline.names[place])
            if not own.isdisjoint(words.side | words.author):
                found.append(element)
    return found


def _says_who_and_when(outline: Outline, element: HtmlElement, place: int) -> bool:
    """Whether an element is a line such as "posted by Ada at 10:01 on March 2"."""
    return (
        outline.total(outline.free, place) <= _MOST_BESIDE_FACTS
        and outline.total(outline.authors, place) > 0
        and outline.total(outline.dates, place) > 0
        and outline.words.by.search(fold(line_of(element))) is not None
    )


def _body(
    outline: Outline,
    inside: list[HtmlElement],
    nested: list[HtmlElement],
    dropped: list[HtmlElement],
) -> str:
    """Return the text of the part that is called text and holds most of it, else of all."""
    own_free = outline.total(outline.free, outline.position[inside[0]]) - sum(
        outline.total(outline.free, outline.position[reply]) for reply in nested
    )
    best = inside[0]
    for part in inside[1:]:
        place = outline.position[part]
        if (part.get("itemprop") or "").lower() in _TEXT_ITEMS:
            best = part
            break
        if part.tag in ("a", "span", "time"):
            continue
        if name_words(outline.names[place]).isdisjoint(vocabulary().text):
            continue
        if outline.total(outline.free, place) * 10 >= own_free * 7:
            best = part
    return text_of(best, dropped)


def _without_header(
    text: str, author: str | None, *, has_date: bool
) -> tuple[str, str | None, str | None]:
    """Take first lines such as "#4 Ada Byrne says:" or a date alone off a comment.

    Returns:
        The text without them, the name and the date they give.
    """
    words = vocabulary()
    lines = text.split("\n")
    name, written = author, None
    for _ in range(_MOST_HEADER_LINES):
        while len(lines) > 1 and not lines[0]:
            lines.pop(0)
        first = _COUNTER.sub("", lines[0])
        if len(lines) < 2 or len(first) > _LONGEST_HEADER:
            break
        folded = fold(first)
        date = DATE_TEXT.search(first)
        said = len(folded) == len(first) and words.says.search(f" {folded}") is not None
        by = words.by.search(folded) is not None and len(first.split()) <= 6
        counted = first != lines[0]
        starts_with_author = name is not None and first.startswith(name)
        if starts_with_author and (date or said or first == name):
            written = written or (date.group() if date else None)
        elif date is not None and (said or by) and not has_date:
            name, written = name or clean_name(first) or None, date.group()
        elif counted and by and name is None:
            name = clean_name(first) or None
        elif date is not None and not has_date and _is_date_alone(first):
            written = first
        else:
            break
        lines.pop(0)
    return "\n".join(lines).strip(), name, written


def _without_labels(text: str, *, has_date: bool) -> str:
    """Return a text without the lines at its ends that are labels, or dates, alone."""
    lines = text.split("\n")
    while lines and _is_furniture_line(lines[-1], has_date=has_date):
        lines.pop()
    start = 0
    while start < len(lines) and _is_furniture_line(lines[start], has_date=has_date):
        start += 1
    return "\n".join(lines[start:]).strip()


def _is_furniture_line(line: str, *, has_date: bool) -> bool:
    if not line or label_form(line) in vocabulary().labels or _COUNTER.fullmatch(line):
        return True
    if not any(character.isalnum() for character in line):
        return len(line) <= 3 and not line.strip("|·•-–—/#:")
    return not has_date and _is_date_alone(line)


def _is_date_alone(line: str) -> bool:
    if len(line) > 60 or not any(character.isdigit() for character in line):
        return False
    rest = DATE_TEXT.sub("", line)
    return rest != line and sum(character.isalpha() for character in rest) <= 8


def _quoted(inside: list[HtmlElement], dropped: list[HtmlElement], text: str) -> tuple[str, ...]:
    """Return the parts of a comment that it marks as quoted, as they stand in its text."""
    found: list[str] = []
    covered: set[HtmlElement] = set()
    position = 0
    for element in inside[1:]:
        if element.getparent() in covered:
            covered.add(element)
            continue
        names = name_words(element.get("class") or "")
        if element.tag != "blockquote" and not names & _QUOTE_WORDS:
            continue
        words = text_of(element, dropped)
        at = text.find(words, position) if words else -1
        if at >= 0 and words != text:
            found.append(words)
            covered.add(element)
            position = at + len(words)
    return tuple(found)
