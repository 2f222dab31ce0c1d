"""Who wrote a comment, when, and with which score: what stands around its words."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from lxml.html import HtmlElement

from index.language.page_words import DATE_TEXT, label_form, name_words, vocabulary
from index.language.reading_words import any_of, bare, phrases
from index.language.words import fold
from index.reading.blocks import facts_of, line_of
from index.reading.dates import find_date, moment_of
from index.reading.html.outline import Outline

_LONGEST_NAME = 60
_MOST_LETTERS_BESIDE = 6
_LONGEST_LINE = 120
_NUMBER = re.compile(r"[+\-−]?\s?\d{1,6}\b")
_NUMBER_AFTER_DASH = re.compile(r"\s[-–—|·,]\s?\d")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?::\d{2})?")
_LEADING_COUNT = re.compile(r"^#?\d{1,4}[.:]?\s+(?=[^\W\d])")
_JOINER = re.compile(r"\s(?:on|at|am|um|le|à|el|il|den|ha)$")
_DAY_AND_MONTH = re.compile(r"\s(?:[Ll]e\s|[Aa]m\s|[Oo]n\s)?\d{1,2}[/.]\d{1,2}\b")
_EDGES = " \t,:;|·•-–—@#"
_ENDS_IN_FIGURES = re.compile(r"\w\d$")
_BEFORE_DATE = re.compile(r"\s*[|·•–—]\s*$")
_MILLISECONDS = re.compile(r"[=&?](1\d{12})\b")
_NAMES_PROPER = frozenset(("fn", "nickname", "username", "pseudo", "nick"))
_NAMES_LIKELY = frozenset(("author", "autor", "auteur", "name", "user"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a comment besides its words; `elements` are those that say it.

    `date` is the one that says when it was written.
    """

    author: str | None
    posted_at: datetime | None
    posted_at_text: str | None
    score: int | None
    elements: tuple[HtmlElement, ...]
    date: HtmlElement | None


def facts_about(outline: Outline, inside: list[HtmlElement]) -> Facts:
    """Return the facts that the elements of one comment tell."""
    author_element, author = _author(outline, inside)
    time_element, posted_at, line = _time(outline, inside)
    score_element, score = _score(outline, inside)
    if author is None and line:
        author = (
            name_before_date(line)
            or _name_beside_date(outline, time_element)
            or _name_in_line_of(time_element)
        )
    elements = (author_element, time_element, score_element)
    return Facts(
        author=author,
        posted_at=posted_at,
        posted_at_text=_only_date(line) if line else None,
        score=score,
        elements=tuple(element for element in elements if element is not None),
        date=time_element,
    )


def _author(outline: Outline, inside: list[HtmlElement]) -> tuple[HtmlElement | None, str | None]:
    """Return the element that names who wrote a comment, and the name."""
    best: tuple[int, int, HtmlElement, str] | None = None
    words = vocabulary()
    for order, element in enumerate(inside):
        item = (element.get("itemprop") or "").lower().split()
        own = name_words(outline.names[outline.position[element]])
        if not (outline.is_author[outline.position[element]] or "author" in item):
            continue
        if "author" in item and element.get("content"):
            name = element.get("content", "")
        else:
            name = line_of(_link_before_comma(element))
        name = clean_name(name)
        if not name or len(name) > _LONGEST_NAME or _is_answered(element, name):
            continue
        if own & _NAMES_PROPER or "name" in item:
            rank = 0
        elif "author" in item or element.tag == "cite":
            rank = 1
        elif own & words.author:
            rank = 2 if own & _NAMES_LIKELY else 3
        else:
            rank = 3
        # A link within says the name without what the page adds to it: "Ada moderator".
        is_within = best is not None and rank == best[0] and element.getparent() is best[2]
        if best is None or (rank, order) < best[:2] or (is_within and element.tag == "a"):
            best = (rank, order, element, name)
    if best is None:
        return None, None
    return best[2], best[3]


def _link_before_comma(element: HtmlElement) -> HtmlElement:
    """Return the link in "<a>Ada</a>, Leeds, 2 hours ago", and any other element as it is."""
    first = element[0] if len(element) and not (element.text or "").strip() else element
    return first if first.tag == "a" and (first.tail or "").lstrip()[:1] == "," else element


def _is_answered(element: HtmlElement, name: str) -> bool:
    """Whether a name is that of whom a comment answers: "in reply to “Ferries” by Ada"."""
    line = element.getparent()
    said = facts_of(line)[:_LONGEST_LINE] if line is not None and len(line) <= 3 else ""
    return not said.startswith(name) and vocabulary().answering.match(fold(said)) is not None


def name_before_date(line: str) -> str | None:
    """Return the name in a line such as "Ada Byrne on 3 May 2021".

    >>> name_before_date("Ada Byrne on 3 May 2021"), name_before_date("on 3 May 2021")
    ('Ada Byrne', None)
    >>> name_before_date("Posted by: Ada | 3 May 2021")
    'Ada'
    """
    found = find_date(line)
    before = line[: found.start].strip() if found else ""
    announced = vocabulary().by.match(fold(before)) and _BEFORE_DATE.search(before)
    leads = announced or _JOINER.search(before) or says_at_end(before)
    if not leads or len(before) > _LONGEST_NAME:
        return None
    return _name_only(before)


def _name_beside_date(outline: Outline, date: HtmlElement | None) -> str | None:
    """Return the name in a line of two elements: "<b>Ada</b> <i>3 May 2021</i>"."""
    for line in (date, date.getparent()) if date is not None else ():
        if line is None or (line.text or "").strip():
            continue
        parts = [part for part in line if outline.text(outline.position[part])]
        if len(parts) != 2 or any((part.tail or "").strip(" \n\t,|·•–-") for part in parts):
            continue
        name, day = (outline.position[part] for part in parts)
        is_short = 0 < outline.text(name) <= _LONGEST_NAME
        if is_short and outline.is_date[day] and not outline.is_date[name]:
            return _name_only(line_of(parts[0]))
    return None


def _name_in_line_of(date: HtmlElement | None) -> str | None:
    """Return the name in "Posted by: Ada | <a>3 May 2021</a>"."""
    line = date.getparent() if date is not None else None
    said = facts_of(line) if line is not None else ""
    return name_before_date(said) if 0 < len(said) <= _LONGEST_LINE else None


def says_at_end(line: str) -> bool:
    """Whether a line is no more than a name and "wrote:"."""
    folded = f" {fold(line)}"
    found = vocabulary().says.search(folded)
    return found is not None and found.start() > 0 and found.end() == len(folded)


def _name_only(text: str) -> str | None:
    """Return the name in a text, None where it only says that a date follows: "Published on"."""
    name = clean_name(text)
    known = phrases()
    if bare(name) in known.published_prefixes | known.date_prefixes | known.weekdays:
        return None
    return name or None


def clean_name(text: str) -> str:
    """Return the name in a line about an author: "by Ada Byrne on" -> "Ada Byrne"."""
    words = vocabulary()
    flat = " ".join(text.split())
    for found in (
        DATE_TEXT.search(flat),
        _DAY_AND_MONTH.search(flat),
        _NUMBER_AFTER_DASH.search(flat),
    ):
        if found is not None and 0 < found.start() < len(flat):
            flat = _weekday_at_end().sub("", flat[: found.start()])
    folded = fold(flat)
    if len(folded) == len(flat):
        for more in (words.says.search(folded), words.changed.search(folded)):
            if more is not None and more.start() > 0:
                flat, folded = flat[: more.start()], folded[: more.start()]
        by = words.by.search(folded)
        if by is not None:
            flat = flat[by.end() :]
    flat = _LEADING_COUNT.sub("", flat)
    flat = _JOINER.sub("", flat.strip(_EDGES)).strip(_EDGES)
    if flat.count("(") != flat.count(")") or (flat[:1] == "(" and flat[-1:] == ")"):
        flat = flat.strip("()" + _EDGES)
    is_label = label_form(flat) in words.labels and not _ENDS_IN_FIGURES.search(flat)
    return "" if is_label or flat.isdigit() else flat


@cache
def _weekday_at_end() -> re.Pattern[str]:
    return re.compile(rf"[\s,]+{any_of(phrases().weekdays)}[.,]?\s*$", re.IGNORECASE)


def _time(
    outline: Outline, inside: list[HtmlElement]
) -> tuple[HtmlElement | None, datetime | None, str | None]:
    """Return the element that shows when a comment was written, the time, and its line."""
    shown: tuple[HtmlElement, datetime | None, str] | None = None
    for element in inside:
        if not outline.is_date[outline.position[element]]:
            continue
        text = facts_of(element)
        moment = machine_time(element)
        if moment is not None:
            return element, moment, text or None
        if shown is None and not DATE_TEXT.search(text):
            # "2 days ago" has its day in a title, written as the whole page writes days.
            titles = (part.get("title", "")[:_LONGEST_LINE] for part in element.iter())
            text = next(filter(DATE_TEXT.search, titles), text)
        if shown is None and text:
            found = DATE_TEXT.search(text)
            if found or vocabulary().relative.search(fold(text)):
                shown = (element, None, _with_day(element, text))
    return shown if shown is not None else (None, None, _date_in_a_line(outline, inside))


def _only_date(line: str) -> str:
    """Return a date as it is written, without the name or the button that stands beside it."""
    found = find_date(line)
    if found is None:
        return line
    beside = line[: found.start] + line[found.end :]
    return found.text if sum(map(str.isalpha, beside)) > _MOST_LETTERS_BESIDE else line


def _date_in_a_line(outline: Outline, inside: list[HtmlElement]) -> str | None:
    """Return the date in a line such as "Submitted by Ada Byrne on 3 May 2021"."""
    for element in inside[1:]:
        place = outline.position[element]
        if not outline.is_line(place, _LONGEST_LINE) or not outline.total(outline.dates, place):
            continue
        line = facts_of(element)
        found = find_date(line)
        if found is not None:
            # Words behind the date make it a sentence: what stands before is no name.
            return line if not line[found.end :].strip(" .:)") else found.text
    return None


def _with_day(element: HtmlElement, text: str) -> str:
    """Return a bare time of day with the date that stands before it in the same line."""
    parent = element.getparent()
    if not _CLOCK.fullmatch(text) or parent is None:
        return text
    line = facts_of(parent)
    found = find_date(line) if len(line) <= 120 else None
    return found.text if found is not None else text


def machine_time(element: HtmlElement) -> datetime | None:
    """Return the moment that the attributes of an element give, or the address it links to."""
    names = ("datetime", "content", "title", "data-time", "data-timestamp", "data-date")
    values = [element.get(name, "").strip() for name in names]
    for link in element.iter("a"):
        values += _MILLISECONDS.findall(link.get("href", ""))
    moments = (moment_of(value) for value in values if 0 < len(value) <= _LONGEST_LINE)
    return next((moment for moment in moments if moment is not None), None)


def _score(outline: Outline, inside: list[HtmlElement]) -> tuple[HtmlElement | None, int | None]:
    words = vocabulary()
    for element in inside:
        data = element.get("data-score") or element.get("data-votes")
        if data and _NUMBER.fullmatch(data.strip()):
            return None, _whole(data)
        item = (element.get("itemprop") or "").lower()
        own = name_words(outline.names[outline.position[element]])
        if item != "upvotecount" and own.isdisjoint(words.score):
            continue
        text = element.get("content") if item == "upvotecount" else None
        text = text or line_of(element)
        found = _NUMBER.search(text) if len(text) <= 24 else None
        if found:
            return element, _whole(found.group())
    return None, None


def _whole(text: str) -> int:
    return int(text.replace("−", "-").replace(" ", "").replace("+", ""))
