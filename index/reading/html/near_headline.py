"""What stands around the headline of an article: the line that names its author and its day.

Pages that mark neither for machines show both between the headline and the first paragraph, or
right above the headline: "par <a href="/auteur/ada-lund">Ada Lund</a>, 21 juin 2018".
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from index.language.page_words import name_words, names_of
from index.language.words import fold
from index.reading.blocks import line_of
from index.reading.pasted.bylines import behind_by

_HEADINGS = ("h1", "h2", "h3")
_MOST_ABOVE = 8
_MOST_BELOW = 60
_FIRST_PARAGRAPH = 160
"""Characters of running text with which the article begins; a lead is shorter or marked."""

_LONGEST_LINE = 120
_LONGEST_ADDRESS = 500
_LINKED = frozenset(
    ("author", "authors", "auteur", "auteurs", "autor", "autoren", "autore", "autori", "avtor",
     "yazar", "yazarlar", "staff", "contributor", "contributors", "journalist")
)  # fmt: skip
"""Folders of addresses that lead to whoever wrote: "/auteur/ada-lund-187"."""

_AUTHORS = frozenset(
    ("author", "auteur", "autor", "autore", "byline", "verfasser", "yazar", "avtor", "автор")
)  # fmt: skip
"""Classes of whoever wrote; "user" and "profile" beside a headline are of who reads."""

_NOT_A_WORD = re.compile(r"\W+")


def near_headline(parts: Sequence[HtmlElement], title: str | None) -> tuple[HtmlElement, ...]:
    """Return the small elements around the headline, nearest first, those below it before others.

    None where it is not shown. The last of those below is the first paragraph: its day may stand
    in it ("29.11.2022 – The ...").

    Args:
        parts: The small elements of a page in its order, as `head.small_parts` gives them.
        title: The headline.
    """
    wanted = letters_of(title or "")
    shown = [at for at, part in enumerate(parts) if part.tag in _HEADINGS and _says(part, wanted)]
    if not wanted or not shown:
        return ()
    at = min(shown, key=lambda at: _HEADINGS.index(parts[at].tag))
    inside = set(parts[at].iter())
    below: list[HtmlElement] = []
    for part in parts[at + 1 : at + 1 + _MOST_BELOW]:
        length = 0 if part in inside else len(line_of(part))
        if 0 < length <= _LONGEST_LINE:
            below.append(part)
        elif length > _FIRST_PARAGRAPH and part.tag in ("p", "div", "section"):
            below.append(part)
            break
    above = next(filter(line_of, reversed(parts[max(0, at - _MOST_ABOVE) : at])), None)
    if above is None or len(line_of(above)) > _LONGEST_LINE or parts[at] in above.iter():
        return tuple(below)
    return (*below, above)


def names_author(element: HtmlElement) -> bool:
    """Return whether markup, or the address of a link, says that an element names who wrote.

    Not the photographer below a picture, nor a link with other words than the name in its
    address: "All articles by this author".
    """
    if any(above.tag in ("figure", "figcaption") for above in element.iterancestors()):
        return False
    if element.tag == "a":
        return not _is_told_of(element) and _leads_to(line_of(element), element.get("href", ""))
    words = name_words(names_of(element))
    return not (words | {word.removesuffix("s") for word in words}).isdisjoint(_AUTHORS)


def _is_told_of(link: HtmlElement) -> bool:
    """Whether words before a link make it something else: "Photo: Tom Moe"."""
    parent = link.getparent()
    before = (parent.text or "").split() if parent is not None else []
    return bool(before) and behind_by([*before, "name"]) is None


def _leads_to(name: str, address: str) -> bool:
    """Whether an address leads to somebody of that name: "/auteur/ada-lund-187"."""
    try:
        folders = urlsplit(address[:_LONGEST_ADDRESS]).path.lower().split("/")
    except ValueError:
        return False  # "http://[bad"
    words = [word for word in fold(name).split() if len(word) > 1]
    return any(
        folder in _LINKED and words and all(word in slug for word in words)
        for folder, slug in pairwise(folders)
    )


def _says(element: HtmlElement, wanted: str) -> bool:
    said = letters_of(line_of(element))
    return bool(said) and (
        said == wanted or (len(said) > 20 and (said in wanted or wanted in said))
    )


def letters_of(text: str) -> str:
    """Return the folded letters and figures of a text, by which headlines are compared."""
    return _NOT_A_WORD.sub("", fold(text))
