"""Who wrote the comments of a thread whose markup names nobody: what stands in the same place.

Pages made of generated class names show a name as they show anything else. It is the short line
that stands in the same place of every comment, differs from one to the next, and is said again by
the picture beside it or leads to a profile.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from index.language.page_words import label_form, vocabulary
from index.language.words import fold
from index.reading.blocks import line_of
from index.reading.dates import find_date
from index.reading.html.facts import Facts, clean_name
from index.reading.html.outline import Outline

_LONGEST_NAME = 60
_MOST_LETTERS = 2
_MOST_WORDS = 6
_MOST_ELEMENTS = 60
"""Elements of a comment that are looked at: a name stands near its beginning, or in its foot."""

_FEWEST_COMMENTS = 3
_DEPTH = 5
_IN_MOST = 0.7
_DIFFERENT = 0.5
_PROFILE = re.compile(r"/@|/(?:users?|u|profil\w*|author|people|members?)/", re.IGNORECASE)
_NOTE = re.compile(r"\W?\s+\([^()]+\)$")
_ENDS_SENTENCE = re.compile(r"\w{3}\.$|[!?…:]$")
"""No name ends so; "Ada L." may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A short line of a comment at a place of it; `is_shown_again` by a picture or an address."""

    element: HtmlElement
    name: str
    is_shown_again: bool


def named_by_place(
    outline: Outline, insides: Sequence[list[HtmlElement]], facts: Sequence[Facts]
) -> list[Facts]:
    """Return the facts of comments with the names that stand in the same place of each.

    Only where the markup names fewer than half of the authors.

    Args:
        outline: The page.
        insides: The elements that tell of each comment, without those of its replies.
        facts: What the markup says of each.
    """
    unnamed = sum(fact.author is None for fact in facts)
    if len(facts) < _FEWEST_COMMENTS or unnamed * 2 < len(facts):
        return list(facts)
    places: dict[str, dict[int, _Line]] = defaultdict(dict)
    for number, inside in enumerate(insides):
        for place, line in _short_lines(outline, inside):
            places[place].setdefault(number, line)
    best = max(places.values(), key=_rank, default={})
    if not best or _rank(best)[0] == 0:
        return list(facts)
    return [
        replace(fact, author=best[number].name, elements=(*fact.elements, best[number].element))
        if number in best
        else fact
        for number, fact in enumerate(facts)
    ]


def without_additions(names: Sequence[str | None]) -> list[str | None]:
    """Return the names of a thread without what its page adds to them: towns, notes in brackets.

    >>> without_additions(["Ada, Leeds, UK", "Bo, Hull, UK", None, "Ola, Bath, UK", "Eve"])
    ['Ada', 'Bo', None, 'Ola', 'Eve']
    >>> without_additions(["Ada (not verified)", "Bo", "Ola (not verified)", "Eve (the real one)"])
    ['Ada', 'Bo', 'Ola', 'Eve (the real one)']
    """
    told = [name for name in names if name]
    notes = Counter(note.group() for name in set(told) if (note := _NOTE.search(name)))
    added = sum(", " in name for name in told)
    has_towns = added >= _FEWEST_COMMENTS and added >= _IN_MOST * len(told)

    def bare(name: str) -> str:
        note = _NOTE.search(name)
        if note and notes[note.group()] > 1:
            name = name[: note.start()]
        return name.partition(", ")[0] if has_towns else name

    return [bare(name) if name else name for name in names]


def _rank(lines: dict[int, _Line]) -> tuple[int, int]:
    """Return how well the lines of a place serve as names, 0 first where they do not."""
    again = sum(line.is_shown_again for line in lines.values())
    different = len({line.name for line in lines.values()})
    if len(lines) < _FEWEST_COMMENTS or different < _DIFFERENT * len(lines):
        return 0, 0
    return (again, len(lines)) if again >= _IN_MOST * len(lines) else (0, 0)


def _short_lines(outline: Outline, inside: list[HtmlElement]) -> list[tuple[str, _Line]]:
    """Return the short lines of a comment, each with its place in it, and what repeats it."""
    said = {
        word
        for element in _ends(inside)
        for word in (element.get("alt"), element.get("aria-label"), element.get("title"))
        if word
    }
    found = []
    pictured = ""
    for element in _ends(inside):
        if any(outline.text(outline.position[child]) for child in element):
            continue
        if not 0 < outline.text(outline.position[element]) <= _LONGEST_NAME:
            continue
        name = clean_name(line_of(element))
        words = name.split()
        if not words or len(words) > _MOST_WORDS or _ENDS_SENTENCE.search(name):
            continue
        if not any(map(str.isalpha, name)) or find_date(name):
            continue
        if label_form(name) in vocabulary().labels:
            continue
        # Without a picture, a page draws the first letters of a name in its place.
        first_letters = "".join(word[0] for word in words)
        again = (
            any(name in text for text in said)
            or _leads_to_profile(element)
            or pictured in (fold(first_letters), fold(name[0]))
        )
        pictured = fold(name) if len(name) <= _MOST_LETTERS else pictured
        found.append((_place(element, inside[0]), _Line(
            element=element, name=name, is_shown_again=again
        )))  # fmt: skip
    return found


def _ends(inside: list[HtmlElement]) -> list[HtmlElement]:
    if len(inside) <= 2 * _MOST_ELEMENTS:
        return inside
    return [*inside[:_MOST_ELEMENTS], *inside[-_MOST_ELEMENTS:]]


def _leads_to_profile(element: HtmlElement) -> bool:
    """Whether an element, or what holds it alone, is a link to somebody's profile."""
    for link in (element, element.getparent()):
        if link is not None and link.tag == "a":
            return _PROFILE.search(link.get("href", "")[:500]) is not None
    return False


def _place(element: HtmlElement, record: HtmlElement) -> str:
    """Return where an element stands in a comment: the tags and first classes right above it.

    Replies stand deeper in the page, so what is further up does not count.
    """
    parts: list[str] = []
    while element is not record and len(parts) < _DEPTH:
        names = (element.get("class") or "").split()
        parts.append(f"{element.tag}.{names[0] if names else ''}")
        above = element.getparent()
        if above is None:
            break
        element = above
    return "/".join(reversed(parts))
