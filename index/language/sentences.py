"""The one splitter of sentences, for texts of any language, without knowing which.

It keeps together what a closing mark parts only in looks ("« Jamais ! » a lancé X"), what an
abbreviation ends in ("z. B.", "art. 3"), initials and ordinals. What is no sentence at all, such
as a heading, counts as one.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from index.language import lexicon
from index.language.quotation_marks import Quotation
from index.language.words import Span, fold, month_numbers, trimmed

_END = re.compile(
    r"(?:\.{1,3}|[!?…]+|[!?]\s[!?]+)"
    # Closing marks; French ones stand behind a space, and “, » and « may open as well.
    r"(?:[\"'’”)\]]|[»›“‘«‹](?!\w)|[ \u00a0\u202f][»›](?!\w))*(?=\s)"
    r"|[。！？][」』]?|\n+"
)
CLAUSE_END = re.compile(r"[,;:.!?…«»“”„\"()]|\s[–—-]\s")
"""What parts clauses; apostrophes and single marks may stand within words."""
_STARTS_LOWER = re.compile(r"[\s\"'«“„‘(\[]*[^\W\d_]")
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_NEXT_LETTER = re.compile(r"\s[^\W\d_]\.")
_LETTER_BEFORE = re.compile(r"(?<!\w)[^\W\d_]\.\s$")
_LAST_WORD = re.compile(r"(?:([^\W_]+)\s)?([^\W_][\w.]*|n°)\.$")
_DECIMAL = re.compile(r"\d+\.(?:\d|\d+[^\W\d_]+)")
"""A number and its unit, "4.6m" or "3.1", but no date: "12.03."."""
_LONGEST_KEPT = 4_000
"""Characters of a stretch whose sentences are kept: a page is read with every question."""
_LONGEST_WORDS = 40
"""Characters before a full stop in which its word, and the one before, are looked for."""


def sentence_spans(
    text: str, start: int = 0, end: int | None = None, *, quoted: Sequence[Quotation] = ()
) -> Iterator[Span]:
    """Iterate over the sentences of a text, trimmed; a line break always ends one.

    Args:
        text: Any text.
        start: Where to begin, in characters.
        end: Where to stop.
        quoted: Quotations in reading order, inside of which no sentence ends.

    >>> text = "Mr. Smith left. He said: “No!” Then silence"
    >>> [span.of(text) for span in sentence_spans(text)]
    ['Mr. Smith left.', 'He said: “No!”', 'Then silence']
    >>> text = "Am 22. März. Um 9. « Non ! » a dit L. Dumas. Sie wollen z. B. Geld. L'art. 3 dit"
    >>> [span.of(text) for span in sentence_spans(text)]
    ['Am 22. März.', 'Um 9.', '« Non ! » a dit L. Dumas.', 'Sie wollen z. B. Geld.', "L'art. 3 dit"]
    >>> text = "07. Ada Lund\\n8. Bo Ek. 1. Mai. Not 7. Yes"
    >>> [span.of(text) for span in sentence_spans(text)]
    ['07. Ada Lund', '8. Bo Ek.', '1. Mai.', 'Not 7.', 'Yes']
    """
    stop = len(text) if end is None else end
    if not quoted and stop - start <= _LONGEST_KEPT:
        return iter(_kept(text, start, stop))
    return _parted(text, start, stop, quoted)


def _parted(text: str, start: int, stop: int, quoted: Sequence[Quotation]) -> Iterator[Span]:
    begin, ahead = start, 0
    for match in _END.finditer(text, start, stop):
        while ahead < len(quoted) and quoted[ahead].outer_end <= match.end():
            ahead += 1
        if ahead < len(quoted) and quoted[ahead].outer_start < match.end():
            continue
        if match.group()[0] != "\n" and not _ends(text, begin, match.end(), stop):
            continue
        yield from trimmed(text, begin, match.end())
        begin = match.end()
    yield from trimmed(text, begin, stop)


@lru_cache(maxsize=4_096)
def _kept(text: str, start: int, stop: int) -> tuple[Span, ...]:
    return tuple(_parted(text, start, stop, ()))


def begins_sentence(text: str, start: int) -> bool:
    """Whether the word at a place begins a sentence, a line or a quotation.

    >>> [begins_sentence("He said: “No.”", start) for start in (0, 3, 10)]
    [True, False, True]
    """
    if start > 1 and text[start - 1] == " " and text[start - 2].isalnum():
        return False  # most words by far
    before = text[:start].rstrip(" \u00a0\u202f«“„\"'‘(")
    return not before or before[-1] in ".!?:…\n"


def _ends(text: str, begin: int, end: int, stop: int) -> bool:
    """Whether a mark ends a sentence: not before a small letter, nor within what it shortens."""
    following = _STARTS_LOWER.match(text, end, stop)
    if following and text[following.end() - 1].islower():
        return False
    last = _LAST_WORD.search(text, max(begin, end - _LONGEST_WORDS), end)
    if last is None:
        return True
    before, word = last.groups()
    begins_line = last.start(2) == begin and (begin == 0 or text[begin - 1] == "\n")
    if begins_line and len(word) <= 3 and (word.isdigit() or len(word) == 1):
        return False  # 07. Bruce Dickinson: the number of an item
    if word.isdigit() and len(word) <= 2:  # 22. März, im 19. Jahrhundert
        after = _NEXT_WORD.match(text, end, stop)
        is_date = after is not None and fold(after.group(1)) in month_numbers()
        return not (is_date or (before and before.casefold() in _listed("before_ordinals")))
    if len(word) == 1 and word.isalpha():  # J. Smith, z. B.
        return not (
            word.isupper()
            or _NEXT_LETTER.match(text, end, stop)
            or _LETTER_BEFORE.search(text, begin, last.start(2))
            or _is_numbered(text, word, end)
        )
    opens = not text[begin : last.start(2)].strip()  # "1.2. Aims"
    dotted = "." in word and (opens or not _DECIMAL.fullmatch(word))
    is_short = dotted or _is_listed(word, "abbreviations") or _is_numbered(text, word, end)
    return not is_short


def _is_numbered(text: str, word: str, end: int) -> bool:
    """Whether a word is short for what a number follows: "art. 3", but not "the art. Three"."""
    return text[end : end + 2].strip().isdigit() and _is_listed(word, "numbered")


def _is_listed(word: str, name: str) -> bool:
    """Whether a word is on a list; what is listed with a capital ("On.", "No.") needs one."""
    known = _listed(name)
    return word in known or word.casefold() in known


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(
        word for code in lexicon.languages() for word in lexicon.table(code, "words")[name]
    )
