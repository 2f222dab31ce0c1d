"""What every element of a page holds: sums of text, dates, names, for any element at once."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from lxml.html import HtmlElement

from index.language.page_words import (
    DATE_TEXT,
    Vocabulary,
    label_form,
    name_words,
    names_of,
)
from index.language.words import fold
from index.reading.blocks import BLOCKS

_LONGEST_AUTHOR = 80
_LONGEST_BLOCK_AUTHOR = 40
_LONGEST_DATE = 60
_LONGEST_FORM = 800
_MOST_PARTS_OF_A_LINE = 30
_WORDLESS = frozenset((
    "script", "noscript", "style", "textarea", "select", "option", "button", "input", "label",
))  # fmt: skip
_DATE_ITEMS = frozenset(("datecreated", "datepublished", "commenttime", "dateposted"))
_DIGIT = re.compile(r"\d")
_PROFILE = re.compile(
    r"(?:^|/)(?:users?|profil\w*|members?|memberlist|u|author|people|mitglied\w*|benutzer)"
    r"(?:\.php)?[/?=]|/@\w"
)


class Outline:
    """The elements of a page in document order, and for each a sum over its subtree.

    Positions count from 0; `end(position)` is one past the last element of the subtree.
    `free` is text that is neither a name, a date, a link nor a label; `barred` is what is
    there to write a comment, not to show one.
    """

    def __init__(self, root: HtmlElement, words: Vocabulary) -> None:
        self.elements: list[HtmlElement] = [
            element for element in root.iter() if isinstance(element.tag, str)
        ]
        self.position = {element: place for place, element in enumerate(self.elements)}
        self.words = words
        self.parents = self._parents()
        self.ends = self._ends()
        self.names = [names_of(element) for element in self.elements]
        self.texts = self._sums([_length(element.text) for element in self.elements])
        self.tails = self._sums([_length(element.tail) for element in self.elements])
        self._find_signs()

    def text(self, place: int) -> int:
        """Return how many characters stand in an element, spaces at the ends of pieces aside."""
        inside = self.texts[self.ends[place]] - self.texts[place]
        return inside + self.tails[self.ends[place]] - self.tails[place + 1]

    def is_line(self, place: int, longest: int) -> bool:
        """Whether an element is a short line of its own, not one wrapped around a single part."""
        size = self.ends[place] - place
        if not 0 < self.text(place) <= longest or size > _MOST_PARTS_OF_A_LINE:
            return False
        element = self.elements[place]
        return len(element) != 1 or bool((element.text or "").strip() or element[0].tail)

    def total(self, sums: Sequence[int], place: int) -> int:
        """Return the sum over the subtree of an element."""
        return sums[self.ends[place]] - sums[place]

    def _parents(self) -> list[int]:
        find = self.position
        return [
            find.get(parent, -1) if (parent := element.getparent()) is not None else -1
            for element in self.elements
        ]

    def _ends(self) -> list[int]:
        ends = list(range(1, len(self.elements) + 1))
        for place in range(len(self.elements) - 1, 0, -1):
            parent = self.parents[place]
            if parent >= 0:
                ends[parent] = max(ends[parent], ends[place])
        return ends

    @staticmethod
    def _sums(values: Sequence[int]) -> list[int]:
        return [0, *accumulate(values)]

    def _find_signs(self) -> None:
        count = len(self.elements)
        free, dates, authors, writers, links, headings, cuts, titles = (
            [0] * count for _ in range(8)
        )
        self.is_author, self.is_date, self.is_label = ([False] * count for _ in range(3))
        self.barred, bound = [False] * count, [False] * count
        own = self._own_texts()
        for place, element in enumerate(self.elements):
            parent = self.parents[place]
            length = self.text(place)
            words = name_words(self.names[place])
            small = self.ends[place] - place <= _MOST_PARTS_OF_A_LINE
            if small and 0 < length <= _LONGEST_AUTHOR and self._names_author(element, words):
                self.is_author[place] = True
                authors[place] = 1
                writers[place] = int(element.tag == "a" or not words.isdisjoint(self.words.writer))
            if small and self._shows_date(element, words, length):
                self.is_date[place] = True
                dates[place] = 1
            elif any(len(piece) <= 200 and _has_date(piece, self.words) for piece in own[place]):
                dates[place] = 1
            self.is_label[place] = small and 0 < length <= 40 and self._is_label(element, words)
            if own[place] and own[place][-1].rstrip("])").endswith(("...", "…")):
                cuts[place] = 1
            if element.tag == "h1":
                headings[place] = 1
            if element.tag in ("h2", "h3", "h4") and not self.is_author[place]:
                titles[place] = int(element.find(".//a") is not None)
            if element.tag == "a":
                links[place] = length
            self.barred[place] = (parent >= 0 and self.barred[parent]) or (
                self._invites(element, words, length)
            )
            bound[place] = (
                (parent >= 0 and bound[parent])
                or self.barred[place]
                or element.tag in _WORDLESS
                or element.tag in ("a", "time", "h1", "h2")
                or self.is_author[place]
                or self.is_date[place]
                or self.is_label[place]
            )
            if not bound[place]:
                free[place] = sum(len(piece) for piece in own[place])
        self.free, self.dates, self.authors = map(self._sums, (free, dates, authors))
        self.writers, self.cuts, self.titles = map(self._sums, (writers, cuts, titles))
        self.links, self.headings = map(self._sums, (links, headings))

    def _own_texts(self) -> list[list[str]]:
        own: list[list[str]] = [[] for _ in self.elements]
        for place, element in enumerate(self.elements):
            if element.text and (text := element.text.strip()):
                own[place].append(text)
            parent = self.parents[place]
            if parent >= 0 and element.tail and (tail := element.tail.strip()):
                own[parent].append(tail)
        return own

    def _names_author(self, element: HtmlElement, words: frozenset[str]) -> bool:
        if element.tag in ("input", "label", "textarea", "form", "button"):
            return False
        is_named = (
            element.tag == "cite"
            or not words.isdisjoint(self.words.author)
            or self._follows_by(element)
        )
        if not is_named and (
            element.tag != "a" or _PROFILE.search(element.get("href", "")) is None
        ):
            return False
        name = element.text_content()
        if len(name) > _LONGEST_BLOCK_AUTHOR and any(
            part.tag in BLOCKS and part.text_content().strip() for part in element
        ):
            return False
        return any(character.isalpha() for character in name)

    def _follows_by(self, element: HtmlElement) -> bool:
        """Whether a name is what comes next in a line: "posted by <a>Ada</a> at 10:01"."""
        if element.tag not in ("a", "b", "strong"):
            return False
        before, parent = element.getprevious(), element.getparent()
        line = before.tail if before is not None else parent.text if parent is not None else ""
        said = (line or "").strip()
        return 0 < len(said) <= _LONGEST_BLOCK_AUTHOR and bool(
            self.words.by.fullmatch(fold(said) + " ")
        )

    def _shows_date(self, element: HtmlElement, words: frozenset[str], length: int) -> bool:
        if element.tag == "time" or element.get("itemprop", "").lower() in _DATE_ITEMS:
            return True
        if not 0 < length <= _LONGEST_DATE:
            return False
        title = element.get("title", "") if element.tag in ("a", "span", "abbr") else ""
        if 0 < len(title) <= _LONGEST_DATE and _is_only_date(title, self.words):
            return True
        if not words.isdisjoint(self.words.date):
            text = element.text_content()
            return _DIGIT.search(text) is not None or _has_date(text.strip(), self.words)
        return element.tag in ("a", "span", "abbr", "small", "em", "p") and _is_only_date(
            element.text_content(), self.words
        )

    def _invites(self, element: HtmlElement, words: frozenset[str], length: int) -> bool:
        """Whether an element is there to write, log in or share, and nothing else."""
        if length > _LONGEST_FORM or element.tag in ("html", "body", "main", "article"):
            return False
        if element.tag == "form":
            return element.find(".//textarea") is not None
        return not words.isdisjoint(self.words.invitation)

    def _is_label(self, element: HtmlElement, words: frozenset[str]) -> bool:
        if element.tag not in ("a", "span", "button", "div", "p", "li", "small", "b", "strong"):
            return False
        return label_form(element.text_content()) in self.words.labels

    def ancestors(self, place: int) -> list[int]:
        """Return the places of the elements around an element, nearest first."""
        found = []
        while (place := self.parents[place]) >= 0:
            found.append(place)
        return found


def groups_by(keys: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """Return for each key the places that have it, in order."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(keys):
        for key in own:
            groups[key].append(place)
    return groups


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0


def _has_date(text: str, words: Vocabulary) -> bool:
    if _DIGIT.search(text) is not None and DATE_TEXT.search(text):
        return True
    return len(text) <= 40 and words.relative.search(fold(text)) is not None


def _is_only_date(text: str, words: Vocabulary) -> bool:
    flat = " ".join(text.split())
    if _DIGIT.search(flat) is None:
        return False
    found = DATE_TEXT.search(flat)
    if found is None:
        folded = fold(flat)
        relative = words.relative.search(folded)
        return relative is not None and len(relative.group()) * 2 > len(folded)
    rest = DATE_TEXT.sub("", flat).strip(" ,.-–|@()")
    return len(rest) <= 14
