"""Speech behind a dash: « — Мост закрыт, — признался Иван Петров. — Ждём весны. »

A paragraph that opens with a dash is somebody's words where a verb of the narrator stands in it
between dashes, or where the paragraph before ends in a colon or is such speech itself. Its words
then count as a quotation, so that the rest of the room need not know of dashes.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.article import Passage
from index.language.quotation_marks import Quotation
from index.language.report_words import Language
from index.statements.quotatives import speaker_behind
from index.statements.tokens import tokenise
from index.statements.verb_forms import is_finite

OPENING = re.compile(r"[—–―-]\s?(?=[^\s—–―-])")
_DASH = re.compile(r"\s*[—–―]\s*")
_LONGEST_ATTRIBUTION = 400


def with_dash_speech(
    quoted: Sequence[Quotation], text: str, passages: Sequence[Passage], language: Language
) -> tuple[Quotation, ...]:
    """Return the quotations, and the words behind dashes in place of those inside them."""
    if not language.dash_speech:
        return tuple(quoted)
    spoken = list(_spoken(text, passages, language))
    spans = [(item.outer_start, item.outer_end) for item in spoken]
    kept = [
        item for item in quoted if not any(start <= item.outer_start < end for start, end in spans)
    ]
    return tuple(sorted([*kept, *spoken], key=lambda item: item.outer_start))


def _spoken(text: str, passages: Sequence[Passage], language: Language) -> Iterator[Quotation]:
    announced = False
    for passage in passages:
        opening = OPENING.match(text, passage.start, passage.end)
        if opening is None or passage.kind != "paragraph":
            announced = text[passage.start : passage.end].rstrip().endswith(":")
            continue
        stretches = list(_stretches(text, opening.end(), passage.end, language))
        ends_sentence = text[passage.end - 1] in ".!?…»"
        if (
            stretches[-1][1] == passage.end
            and len(stretches) == 1
            and not (announced and ends_sentence)
        ):
            announced = False
            continue
        announced = True
        for number, (start, end) in enumerate(stretches):
            outer = passage.start if number == 0 else start
            yield Quotation(start=start, end=end, outer_start=outer, outer_end=end, continues=False)


def _stretches(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """Yield what is said, without the attributions that stand between dashes."""
    cuts = [(match.start(), match.end()) for match in _DASH.finditer(text, start, end)]
    places = [(start, start), *cuts, (end, end)]
    begin: int | None = None
    closing = start
    for (_, first), (last, _) in pairwise(places):
        if first > start and _is_attribution(text, first, last, language):
            if begin is not None:
                yield begin, _trimmed(text, begin, closing)
            begin = None
            continue
        begin = first if begin is None else begin
        closing = last
    if begin is not None and begin < end:
        yield begin, closing


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return end


def _is_attribution(text: str, start: int, end: int, language: Language) -> bool:
    """Whether the words between two dashes are a verb and who does it: "сказал Петров"."""
    if start >= end or not text[start].islower() or end - start > _LONGEST_ATTRIBUTION:
        return False
    tokens = tuple(tokenise(text, start, end, language))[:12]
    return (
        len(tokens) > 1
        and is_finite(tokens[0], language)
        and speaker_behind(tokens, 1, language) is not None
    )
