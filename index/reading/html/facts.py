"""Who wrote a comment, when, and with which score: what stands around its words."""

import re
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from index.language.page_words import DATE_TEXT, label_form, name_words, vocabulary
from index.language.words import fold
from index.reading.blocks import facts_of, line_of
from index.reading.dates import find_date, moment_of
from index.reading.html.outline import Outline

_LONGEST_NAME = 60
_LONGEST_LINE = 120
_NUMBER = re.compile(r"[+\-−]?\s?\d{1,6}\b")
_NUMBER_AFTER_DASH = re.compile(r"\s[-–—|·,]\s?\d")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?::\d{2})?")
_LEADING_COUNT = re.compile(r"^#?\d{1,4}[.:]?\s+(?=[^\W\d])")
_JOINER = re.compile(r"\s(?:on|at|am|um|le|à|el|il|den|ha)$")
_NAMES_PROPER = frozenset(("fn", "nickname", "username", "pseudo", "nick"))
_NAMES_LIKELY = frozenset(("author", "autor", "auteur", "name", "user"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a comment besides its words; `elements` are those that say it."""

    author: str | None
    posted_at: datetime | None
    posted_at_text: str | None
    score: int | None
    elements: tuple[HtmlElement, ...]


def facts_about(outline: Outline, inside: list[HtmlElement]) -> Facts:
    """Return the facts that the elements of one comment tell."""
    author_element, author = _author(outline, inside)
    time_element, posted_at, posted_at_text = _time(outline, inside)
    score_element, score = _score(outline, inside)
    if author is None and posted_at_text:
        author = name_before_date(posted_at_text)
    elements = (author_element, time_element, score_element)
    return Facts(
        author=author,
        posted_at=posted_at,
        posted_at_text=posted_at_text,
        score=score,
        elements=tuple(element for element in elements if element is not None),
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
            name = line_of(element)
        name = clean_name(name)
        if not name or len(name) > _LONGEST_NAME:
            continue
        if own & _NAMES_PROPER or "name" in item:
            rank = 0
        elif "author" in item or element.tag == "cite":
            rank = 1
        elif own & words.author:
            rank = 2 if own & _NAMES_LIKELY else 3
        else:
            rank = 3
        if best is None or (rank, order) < best[:2]:
            best = (rank, order, element, name)
    if best is None:
        return None, None
    return best[2], best[3]


def name_before_date(line: str) -> str | None:
    """Return the name in a line such as "Ada Byrne on 3 May 2021".

    >>> name_before_date("Ada Byrne on 3 May 2021"), name_before_date("on 3 May 2021")
    ('Ada Byrne', None)
    """
    found = DATE_TEXT.search(line)
    before = line[: found.start()].strip() if found else ""
    if not _JOINER.search(before) or len(before) > _LONGEST_NAME:
        return None
    return clean_name(before) or None


def clean_name(text: str) -> str:
    """Return the name in a line about an author: "by Ada Byrne on" -> "Ada Byrne"."""
    words = vocabulary()
    flat = " ".join(text.split())
    for found in (DATE_TEXT.search(flat), _NUMBER_AFTER_DASH.search(flat)):
        if found is not None and found.start() > 0:
            flat = flat[: found.start()]
    folded = fold(flat)
    if len(folded) == len(flat):
        for more in (words.says.search(folded), words.changed.search(folded)):
            if more is not None and more.start() > 0:
                flat, folded = flat[: more.start()], folded[: more.start()]
        by = words.by.search(folded)
        if by is not None:
            flat = flat[by.end() :]
    flat = _LEADING_COUNT.sub("", flat)
    flat = _JOINER.sub("", flat.strip(" \t,:;|·•-–—@()#"))
    return "" if label_form(flat) in words.labels or flat.isdigit() else flat


def _time(
    outline: Outline, inside: list[HtmlElement]
) -> tuple[HtmlElement | None, datetime | None, str | None]:
    """Return the element that shows when a comment was written, the time, and it as written."""
    shown: tuple[HtmlElement, datetime | None, str] | None = None
    for element in inside:
        if not outline.is_date[outline.position[element]]:
            continue
        text = facts_of(element)
        moment = machine_time(element)
        if moment is not None:
            return element, moment, text or None
        if shown is None and text:
            found = DATE_TEXT.search(text)
            if found or vocabulary().relative.search(fold(text)):
                shown = (element, None, _with_day(element, text))
    return shown if shown is not None else (None, None, _date_in_a_line(outline, inside))


def _date_in_a_line(outline: Outline, inside: list[HtmlElement]) -> str | None:
    """Return the date in a line such as "Submitted by Ada Byrne on 3 May 2021"."""
    for element in inside[1:]:
        place = outline.position[element]
        if not outline.is_line(place, _LONGEST_LINE) or not outline.total(outline.dates, place):
            continue
        found = find_date(facts_of(element))
        if found is not None:
            return found.text
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
    """Return the moment that the attributes of an element give."""
    names = ("datetime", "content", "title", "data-time", "data-timestamp", "data-date")
    values = (element.get(name, "").strip() for name in names)
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
