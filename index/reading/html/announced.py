"""How many comments a page claims to have, and why some of them may be missing here."""

import re

from index.language.page_words import vocabulary
from index.language.words import fold
from index.reading.blocks import line_of
from index.reading.html.outline import Outline

_MOST = 1_000_000
_LONGEST_LINE = 60
_SCRIPTED = re.compile(
    r"disqus_thread|fb-comments|hyvor|commento|livefyre|viafoura|spot-?im|openweb|coral"
    r"|utterances|giscus|isso-thread|remark42|talkyard|vuukle|graphcomment|intensedebate",
    re.I,
)


def announced_count(outline: Outline) -> int | None:
    """Return the number of comments that the page announces, None where it announces none."""
    for place, element in enumerate(outline.elements):
        if element.get("itemprop", "").lower() == "commentcount":
            found = re.search(r"\d+", element.get("content") or line_of(element))
            if found:
                return min(int(found.group()), _MOST)
        if not outline.is_line(place, _LONGEST_LINE):
            continue
        if element.tag in ("h2", "h3", "h4", "h5", "a", "span", "div", "strong", "p", "h1"):
            found_count = _count_in(line_of(element), heading=element.tag[0] == "h")
            if found_count is not None:
                return found_count
    return None


def _count_in(line: str, *, heading: bool) -> int | None:
    """Return the count in a line such as "12 comments" or "Commentaires (3)".

    >>> _count_in("Commentaires (1 203)", heading=True)
    1203
    """
    folded = fold(line)
    digits = re.search(r"\d{1,3}(?:[ .,\u202f\xa0]\d{3})+|\d{1,6}", folded)
    if digits is None:
        return None
    rest = folded[: digits.start()] + " " + folded[digits.end() :]
    words = re.findall(r"[^\W\d_]+", rest)
    if not words or len(words) > (8 if heading else 3):
        return None
    phrase = vocabulary().count
    if not any(phrase.fullmatch(word) for word in words):
        return None
    return min(int(re.sub(r"\D", "", digits.group())), _MOST)


def page_warnings(outline: Outline, *, announced: int | None, found: int) -> tuple[str, ...]:
    """Return what a reader should know about comments that are not in the page."""
    warnings = []
    if announced is not None and announced > found:
        warnings.append(
            f"the page announces {announced} comments, {found} stand in it;"
            " the others are loaded by a script or on further pages"
        )
    elif found == 0 and _loads_comments(outline):
        warnings.append(
            "the page loads its comments by a script: none of them stand in the file; "
            "save the page from a browser once they are shown, or add an export of the comments"
        )
    return tuple(warnings)


def _loads_comments(outline: Outline) -> bool:
    if any(_SCRIPTED.search(names) for names in outline.names):
        return True
    return any(
        element.tag == "noscript" and vocabulary().script.search(fold(element.text_content()[:400]))
        for element in outline.elements
    )
