"""Set-off quotations: a paragraph of somebody's words with the line that says whose they are.

    Peace needs two,

    - said Mayor Lund.

Both become one paragraph of kind "quotation". Who the speaker is, `index.statements` finds out.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from index.language.quotation_marks import quotations_in
from index.language.reading_words import phrases
from index.language.words import folded_words
from index.reading.draft import ParagraphDraft

_DASH = re.compile(r"\s*[-–—―]{1,2}\s*(?=\S)")
_NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯЁІЇЄҐ][\w.'’-]*,?$")
_SHORTEST_SET_OFF = 7
_LONGEST_LINE = 160
_MOST_WORDS = 18


def join_quotations(paragraphs: Iterable[ParagraphDraft]) -> tuple[ParagraphDraft, ...]:
    """Return the paragraphs with set-off quotations joined to the lines that attribute them."""
    joined: list[ParagraphDraft] = []
    for paragraph in paragraphs:
        before = joined[-1] if joined else None
        if (before and is_attribution(paragraph.text, of=before)) or (
            before and _introduces(before, paragraph)
        ):
            joined[-1] = ParagraphDraft(text=f"{before.text}\n{paragraph.text}", kind="quotation")
        elif paragraph.kind == "paragraph" and _is_in_marks(paragraph.text):
            joined.append(ParagraphDraft(text=paragraph.text, kind="quotation"))
        else:
            joined.append(paragraph)
    return tuple(joined)


def is_attribution(line: str, *, of: ParagraphDraft) -> bool:
    """Whether a line says whose words the paragraph before it are: "- said Mayor Lund."."""
    dash = _DASH.match(line)
    if not dash or "\n" in line or len(line) > _LONGEST_LINE or len(of.text) < 12:
        return False
    if "\n" in of.text and is_attribution(
        of.text.rsplit("\n", 1)[1], of=ParagraphDraft(text="x" * 12)
    ):
        return False
    words = folded_words(line)
    if not 1 < len(words) <= _MOST_WORDS or line.rstrip().endswith(("?", "!", ":", ";")):
        return False
    if _has_reporting_verb(words[:4]) or _has_reporting_verb(words[-2:]):
        return not _is_in_marks(line[dash.end() :])
    is_set_off = of.kind == "quotation" or _is_in_marks(of.text)
    return is_set_off and _is_name(line[dash.end() :])


def _introduces(before: ParagraphDraft, paragraph: ParagraphDraft) -> bool:
    """Whether the paragraph before is a short line such as "Mayor Lund said:"."""
    line = before.text
    if before.kind != "paragraph" or not line.endswith(":") or "\n" in line:
        return False
    words = folded_words(line)
    if len(line) > _LONGEST_LINE or len(words) > _MOST_WORDS:
        return False
    is_set_off = paragraph.kind == "quotation" or _is_in_marks(paragraph.text)
    return is_set_off and _has_reporting_verb(words)


def _has_reporting_verb(words: list[str]) -> bool:
    known = phrases().attributions
    return any(word in known for word in words) or any(
        f"{first} {second}" in known for first, second in pairwise(words)
    )


def _is_name(rest: str) -> bool:
    """Whether a line begins with a name of two words or more, or is one word and a role."""
    name, _, role = rest.rstrip(". ").partition(",")
    words = name.split()
    if not 1 <= len(words) <= 5 or (len(words) == 1 and not role):
        return False
    return bool(_NAME_WORD.match(words[0]) and _NAME_WORD.match(words[-1]))


def _is_in_marks(text: str) -> bool:
    """Whether a text is one quotation from its first character to its last.

    >>> _is_in_marks("« Non ! »"), _is_in_marks("“Yes” and “no”")
    (True, False)
    """
    bare = text.strip().rstrip(".,")
    if len(bare) < _SHORTEST_SET_OFF:
        return False
    found = quotations_in(bare)
    return (
        bool(found)
        and found[0].is_closed
        and found[0].outer_end - found[0].outer_start == len(bare)
    )
