"""What stands around the headline of an article: the line that names its author and its day.

Pages that mark neither for machines show both between the headline and the first paragraph, or
right above the headline: "par <a href="/auteur/ada-lund">Ada Lund</a>, 21 juin 2018".
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from index.language.page_words import name_words, names_of, vocabulary
from index.language.words import fold
from index.reading.blocks import line_of

_HEADINGS = ("h1", "h2", "h3")
_MOST_ABOVE = 8
_MOST_BELOW = 60
_FIRST_PARAGRAPH = 160
"""Characters of running text with which the article begins; a lead is shorter or marked."""

_LONGEST_LINE = 120
_LONGEST_ADDRESS = 500
_LINKED = frozenset(
    ("author", "authors", "auteur", "auteurs", "autor", "autoren", "autore", "autori", "avtor",
     "yazar", "yazarlar", "staff", "contributor", "contributors", "people", "profile", "profil",
     "user", "by", "redaktion", "firma", "firmas", "journalist")
)  # fmt: skip
"""Folders of addresses that lead to whoever wrote: "/auteur/ada-lund-187"."""

_NOT_A_WORD = re.compile(r"\W+")


def near_headline(parts: Sequence[HtmlElement], title: str | None) -> tuple[HtmlElement, ...]:
    """Return the small elements around the headline, nearest first, those below it before others.

    None where it is not shown. The last of those below is the first paragraph: its day may stand
    in it ("29.11.2022 – The ...").

    Args:
        parts: The small elements of a page in its order, as `head.small_parts` gives them.
        title: The headline.
    """
    wanted = _bare(title or "")
    shown = [at for at, part in enumerate(parts) if part.tag in _HEADINGS and _says(part, wanted)]
    if not wanted or not shown:
        return ()
    at = min(shown, key=lambda at: _HEADINGS.index(parts[at].tag))
    below: list[HtmlElement] = []
    inside = set(parts[at].iter())
    for part in parts[at + 1 : at + 1 + _MOST_BELOW]:
        if part in inside:
            continue
        if len(line_of(part)) > _FIRST_PARAGRAPH and part.tag in ("p", "div", "section"):
            below.append(part)
            break
        if len(line_of(part)) <= _LONGEST_LINE:
            below.append(part)
    above = [
        part
        for part in reversed(parts[max(0, at - _MOST_ABOVE) : at])
        if parts[at] not in part.iter()
    ]
    return (*below, *(part for part in above if len(line_of(part)) <= _LONGEST_LINE))


def names_author(element: HtmlElement) -> bool:
    """Return whether markup says that an element is the name of whoever wrote."""
    if element.tag == "a" and _leads_to_author(element.get("href", "")):
        return True
    words = name_words(names_of(element))
    return not (words | {word.removesuffix("s") for word in words}).isdisjoint(vocabulary().author)


def _leads_to_author(address: str) -> bool:
    try:
        folders = urlsplit(address[:_LONGEST_ADDRESS]).path.lower().split("/")
    except ValueError:
        return False  # "http://[bad"
    return any(folder in _LINKED and name for folder, name in pairwise(folders))


def _says(element: HtmlElement, wanted: str) -> bool:
    said = _bare(line_of(element))
    return bool(said) and (
        said == wanted or (len(said) > 20 and (said in wanted or wanted in said))
    )


def _bare(text: str) -> str:
    return _NOT_A_WORD.sub("", fold(text))
