"""The words of a comment: without names, dates and buttons; what it quotes."""

import re
from dataclasses import dataclass
from itertools import takewhile

from lxml.html import HtmlElement

from index.language.page_words import DATE_TEXT, label_form, name_words, vocabulary
from index.language.words import fold
from index.reading.blocks import chunks, line_of, text_of
from index.reading.html.facts import Facts, clean_name, says_at_end
from index.reading.html.outline import Outline
from index.reading.pasted.boilerplate import is_furniture

_QUOTE_WORDS = frozenset(("quote", "quoted", "quotation", "citation", "zitat", "cita"))
_TEXT_ITEMS = frozenset(("text", "commenttext", "description", "articlebody"))
_SUBJECTS = ("h2", "h3", "h4", "h5", "h6")
_SUBJECT_WORDS = frozenset(("subject", "title", "headline"))
_FEWEST_WORDS_OF_A_SUBJECT = 3
_MOST_HEADER_LINES = 3
_LONGEST_HEADER = 120
_MOST_BESIDE_FACTS = 30
_COUNTER = re.compile(r"^#\s?\d{1,5}\b[.:]?\s*")
_NUMBER = re.compile(r"#?\d{1,5}[.:]?")
_LONGEST_NUMBER = 7
_LONGEST_NAME = 60


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
    dropped = [*nested, *facts.elements, *_furniture(outline, inside, facts)]
    part = _part_of_words(outline, inside, nested)
    named = facts.author or _name_above(outline, inside, part, facts.date)
    has_date = facts.posted_at is not None or facts.posted_at_text is not None
    subject = _subject(outline, inside, part, named)
    text = f"{subject}\n\n{text_of(part, dropped)}".strip()
    text, author, written = _without_header(text, named, has_date=has_date)
    text = _without_labels(text, has_date=has_date)
    return Remark(
        text=text,
        author=named or author,
        posted_at_text=facts.posted_at_text or written,
        quoted=_quoted(inside, dropped, text),
    )


def _furniture(outline: Outline, inside: list[HtmlElement], facts: Facts) -> list[HtmlElement]:
    """Return what stands in a comment but is not its words: dates, labels, names, forms."""
    words = vocabulary()
    found = []
    before_facts = bool(facts.elements)
    for element in inside[1:]:
        if element in facts.elements:
            before_facts = False
        place = outline.position[element]
        length = outline.text(place)
        is_header = 0 < length <= _LONGEST_HEADER
        if (
            outline.is_label[place]
            or outline.is_date[place]
            or outline.barred[place]
            # The number of a comment stands before the name of who wrote it.
            or (before_facts and 0 < length <= _LONGEST_NUMBER and _is_number(element))
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


def _is_number(element: HtmlElement) -> bool:
    return _NUMBER.fullmatch(element.text_content().strip()) is not None


def _name_above(
    outline: Outline, inside: list[HtmlElement], part: HtmlElement, date: HtmlElement | None
) -> str | None:
    """Return the only line above the date, where no markup says who wrote the words below it."""
    if date is None or outline.position[part] < outline.position[date]:
        return None
    if any(outline.is_author[outline.position[element]] for element in inside):
        return None
    pieces = takewhile(lambda piece: piece[0] is not date, chunks(inside[0]))
    lines = [" ".join(line.split()) for line in "".join(text for _, text in pieces).split("\n")]
    names = [line for line in lines if not _is_furniture_line(line, has_date=False)]
    if len(names) != 1 or len(names[0]) > _LONGEST_NAME:
        return None
    return None if is_furniture(names[0]) else clean_name(names[0]) or None


def _part_of_words(
    outline: Outline, inside: list[HtmlElement], nested: list[HtmlElement]
) -> HtmlElement:
    """Return the part of a comment that is called text and holds most of it, else all of it."""
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
        beside = own_free - _header(outline, part, inside[0])
        if outline.total(outline.free, place) * 10 >= beside * 7:
            best = part
    return best


def _subject(
    outline: Outline, inside: list[HtmlElement], part: HtmlElement, author: str | None
) -> str:
    """Return the heading that a reader set above the words of a comment, "" where there is none."""
    for element in inside[1:] if part is not inside[0] else ():
        place = outline.position[element]
        if element is part:
            break
        if element.tag not in _SUBJECTS or outline.is_label[place] or outline.barred[place]:
            continue
        line = line_of(element)
        is_long = len(line.split()) >= _FEWEST_WORDS_OF_A_SUBJECT
        if not is_long and name_words(outline.names[place]).isdisjoint(_SUBJECT_WORDS):
            # "Moderator", "Top comment": what the page says of who writes, or of the comment.
            continue
        is_counted = vocabulary().heading.fullmatch(fold(line)) is not None
        is_name = author is None or author in line or line in author
        if not (is_counted or is_name or outline.total(outline.dates, place)):
            return line
    return ""


def _header(outline: Outline, part: HtmlElement, record: HtmlElement) -> int:
    """Return how much text stands in the lines beside a part that name the author or the day."""
    found = 0
    while part is not record and (around := part.getparent()) is not None:
        for sibling in around:
            place = outline.position.get(sibling, -1)
            if place < 0 or sibling is part or outline.text(place) > _LONGEST_HEADER:
                continue
            if outline.total(outline.dates, place) or outline.total(outline.authors, place):
                found += outline.total(outline.free, place)
        part = around
    return found


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
        elif name is None and ((counted and by) or says_at_end(first)):
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
    words = vocabulary()
    if not line or label_form(line) in words.labels or _COUNTER.fullmatch(line):
        return True
    if words.by.fullmatch(fold(line) + " "):
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
