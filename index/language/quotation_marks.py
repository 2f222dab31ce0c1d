"""Quotation marks: where words are set between them, in any language's way of writing.

All pairs in use are read, nested or not, with the doubled signs of typewriters (''so'', ``so'')
and CJK brackets; an apostrophe is none. A quotation that runs over several paragraphs (each
opens with a mark, only the last one closes) comes out as one part per paragraph. Whether the
words are a statement, a title or irony is decided elsewhere.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words between marks: `start`/`end` without the marks, `outer_*` with them.

    `continues` is true where the part goes on with the quotation of the paragraph before.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    continues: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether a mark ends it, not the end of the paragraph."""
        return self.outer_end > self.end


_CLOSERS = {
    "«": "»",
    "“": "”“",
    "„": '“”"',
    "‟": "”",
    "‚": "‘’",
    "‘": "’",
    "‹": "›",
    "»": "«",
    "›": "‹",
    '"': '"',
    "'": "'",
    "”": "”",
    "「": "」",
    "『": "』",
}
_DOUBLED = ("''", "``")
"""Both end with two apostrophes."""
_MARK = re.compile("''|``|[«»“”„‟‚‘’‹›\"'「」『』]")
_LONGEST_SINGLE_CHARACTERS = 400
_MOST_UNCLOSED = 20
_PARITY_CHARACTERS = 2000
_DOUBLE = frozenset('«»“”„‟"')


def quotations(text: str, passages: Sequence[Passage]) -> tuple[Quotation, ...]:
    """Return the outermost quotations of consecutive passages in reading order.

    >>> from index.article import Passage
    >>> text = 'Il parle de « paix ». "Oui", dit-elle.'
    >>> passage = Passage(label="A1", source="article", kind="paragraph", start=0,
    ...                   end=len(text), text=text)
    >>> [text[found.start:found.end] for found in quotations(text, [passage])]
    ['paix', 'Oui']
    """
    found: list[Quotation] = []
    running: str | None = None
    for position, passage in enumerate(passages):
        following = passages[position + 1] if position + 1 < len(passages) else None
        parts, running = _in_passage(text, passage, following, running)
        found.extend(parts)
    return tuple(found)


def quotations_in(text: str) -> tuple[Quotation, ...]:
    """Return the outermost quotations of a text that is one piece: a sentence, a question.

    >>> text = "Elle dit »non«, 'jamais', ''si'' et ``l'an''; c'est l'«été»."
    >>> [text[found.start:found.end] for found in quotations_in(text)]
    ['non', 'jamais', 'si', "l'an", 'été']
    """
    whole = Passage(label="", source="article", kind="paragraph", start=0, end=len(text), text=text)
    return quotations(text, [whole])


def without_quotations(text: str, *, left: str = " ") -> str:
    """Return a text with something else in the place of what stands in quotation marks."""
    kept, position = [], 0
    for found in quotations_in(text):
        kept += [text[position : found.outer_start], left]
        position = found.outer_end
    return "".join((*kept, text[position:]))


def _in_passage(
    text: str, passage: Passage, following: Passage | None, running: str | None
) -> tuple[list[Quotation], str | None]:
    """Return the quotations of one passage and the mark still open at its end."""
    found: list[Quotation] = []
    position, end = passage.start, passage.end
    continues = False
    unclosed: Counter[str] = Counter()
    opened: tuple[int, int, str] | None = None
    if running is not None:
        character = text[position : position + 1]
        same = character in (running, "»", "“", '"', "«", "„")
        opened = (position, position + (1 if same else 0), running)
        continues = same
        position = opened[1]
        if not same:
            opened = None
    while True:
        if opened is None:
            opened = _next_opening(text, position, end, unclosed)
            if opened is None:
                return found, None
            position = opened[1]
        closing = _closing(text, opened, end)
        if closing is None:
            if _goes_on(text, opened, passage, following):
                found.append(_quotation(text, opened, (end, end), continues))
                return found, opened[2]
            at_start = not text[passage.start : opened[0]].strip()
            after_colon = text[passage.start : opened[0]].rstrip().endswith(":")
            if opened[2] != "'" and (at_start or after_colon or continues):
                found.append(_quotation(text, opened, (end, end), continues))
                return found, None
            unclosed[opened[2]] += 1
            position, opened, continues = opened[1], None, False
            continue
        made = _quotation(text, opened, closing, continues)
        if made.start < made.end:
            found.append(made)
        position, opened, continues = closing[1], None, False


def _quotation(
    text: str, opened: tuple[int, int, str], closing: tuple[int, int], continues: bool
) -> Quotation:
    start, end = opened[1], closing[0]
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Quotation(
        start=start, end=end, outer_start=opened[0], outer_end=closing[1], continues=continues
    )


def _next_opening(
    text: str, position: int, end: int, unclosed: Counter[str]
) -> tuple[int, int, str] | None:
    """Return the next mark that opens a quotation, of the kinds that can still be closed."""
    for match in _MARK.finditer(text, position, end):
        character = match.group()
        if unclosed[character] > _MOST_UNCLOSED:
            continue
        before = text[match.start() - 1] if match.start() else " "
        after = text[match.end()] if match.end() < end else " "
        if character in "«„“‟‹「『":
            return match.start(), match.end(), character
        parted = before.isspace() or before in "([{—–-/…:'’"
        touches = not after.isspace() and after not in ".,;:!?)»"
        if character in ("»", "›"):
            if parted and touches:
                return match.start(), match.end(), character
        elif character in ('"', "”", *_DOUBLED):
            if parted and touches and (character != "”" or match.start() == 0 or before.isspace()):
                return match.start(), match.end(), '"' if character == '"' else character
        elif character in ("'", "‘", "‚") and parted and before not in "'’" and after.isalnum():
            opened = (match.start(), match.end(), character)
            if character == "'" and _closing(text, opened, end) is None:
                unclosed[character] += 1
                continue
            return opened
    return None


def _closing(text: str, opened: tuple[int, int, str], end: int) -> tuple[int, int] | None:
    _, inside, character = opened
    if character in _DOUBLED:
        at = text.find("''", inside, end)
        return None if at < 0 else (at, at + 2)
    closers = _CLOSERS[character]
    depth, is_inside = 0, False
    for match in _MARK.finditer(text, inside, end):
        mark = match.group()
        if character in ("'", "‘", "‚") and match.start() - inside > _LONGEST_SINGLE_CHARACTERS:
            return None
        before = text[match.start() - 1]
        after = text[match.end()] if match.end() < end else " "
        if mark == '"' and character == "“":
            # “It is late," she said: a straight mark closes too, but for that of a "word" within
            if not is_inside and not before.isspace() and not after.isalnum():
                return _last(match)
            is_inside = before.isspace()
            continue
        if mark in closers:
            if character in ("'", "‘", "‚"):
                if after.isalnum() or before.isspace():
                    continue
            elif character == '"' and before.isspace() and after.isalnum() and mark == '"':
                return (
                    None
                    if text.count('"', inside, min(end, inside + _PARITY_CHARACTERS)) % 2 == 0
                    else _last(match)
                )
            elif character == "“" and mark == "“" and (before.isspace() or before in "(«"):
                depth += 1
                continue
            if depth:
                depth -= 1
                continue
            return _last(match)
        if mark == character and character in "«„":
            depth += 1
    return None


def _last(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), match.end()


def _goes_on(
    text: str, opened: tuple[int, int, str], passage: Passage, following: Passage | None
) -> bool:
    if following is None or opened[2] not in _DOUBLE or following.source != passage.source:
        return False
    first = text[following.start : following.start + 1]
    if first == opened[2]:
        return True
    return opened[2] == "«" and first == "»"
