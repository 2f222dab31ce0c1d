"""Interviews without labels in their paragraphs: what is asked ends in a question mark.

Two forms: a label on a line of its own ("Anna:") above what Anna says, and paragraphs that ask
"you" in turn with paragraphs that answer. Labels inside the paragraphs are the work of `interview`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.article import Passage
from index.language.report_words import Language
from index.language.words import fold

_LABEL_LINE = re.compile(r"(?P<label>[^\W\d_][\w'’-]*(?: [^\W\d_][\w.'’-]*){0,3})\s?:\s*")
_ASKS = re.compile(r"[?;؟][!.\s]*$")  # a question in quotation marks is somebody's words
_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"(?:^|[.!?:…])\W*$")
_FEWEST = 2
_FEWEST_ASKED = 3
_LONGEST_ANSWER_PARAGRAPHS = 6  # on the average of an interview


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A paragraph that somebody answers with; `label` are the characters that name them."""

    start: int
    end: int
    label: tuple[int, int] | None = None


def answers(text: str, passages: Sequence[Passage], language: Language) -> tuple[Answer, ...]:
    """Return the answers of an interview, paragraph by paragraph; none for other articles.

    Args:
        text: Of the article.
        passages: Of its body, in order.
        language: Whose words for "you" show a question to somebody.
    """
    labelled = tuple(_under_labels(text, passages))
    return labelled or tuple(_to_questions(text, passages, language))


def _asks(text: str, passage: Passage) -> bool:
    return bool(_ASKS.search(text[passage.start : passage.end]))


def _under_labels(text: str, passages: Sequence[Passage]) -> Iterator[Answer]:
    lines: dict[int, re.Match[str]] = {}
    opened: defaultdict[str, list[int]] = defaultdict(list)
    for place, passage in enumerate(passages):
        match = _LABEL_LINE.fullmatch(text, passage.start, passage.end)
        if match is not None:
            lines[place] = match
            opened[fold(match["label"])].append(place)
    often = {label: places for label, places in opened.items() if len(places) >= _FEWEST}
    answering = {
        label
        for label, places in often.items()
        if 2 * sum(place > 0 and _asks(text, passages[place - 1]) for place in places) > len(places)
    }
    label: tuple[int, int] | None = None
    for place, passage in enumerate(passages):
        if place in lines:
            known = fold(lines[place]["label"]) in answering
            label = lines[place].span("label") if known else None
        elif label is not None and passage.kind == "paragraph":
            yield Answer(start=passage.start, end=passage.end, label=label)


def _to_questions(text: str, passages: Sequence[Passage], language: Language) -> Iterator[Answer]:
    """Yield what stands behind questions, where most of them ask "you".

    What comes right behind a question answers it, even if it ends in a question of its own.
    """
    asked: list[int] = []
    answered: list[int] = []
    for place, passage in enumerate(passages):
        if passage.kind != "paragraph":
            continue
        behind = bool(asked) and place - 1 == asked[-1]
        if _asks(text, passage) and not behind:
            asked.append(place)
        elif asked:
            answered.append(place)
    to_somebody = sum(_addresses(text, passages[place], language) for place in asked)
    if len(asked) < _FEWEST_ASKED or 2 * to_somebody < len(asked):
        return
    told = sum(_addresses(text, passages[place], language) for place in answered)
    if len(answered) > _LONGEST_ANSWER_PARAGRAPHS * len(asked) or 2 * told >= len(answered):
        return  # "What do you do? You water it." advises the reader
    for place in answered:
        if place > asked[-1] + 1 and _addresses(text, passages[place], language):
            return  # "You find her book here."
        yield Answer(start=passages[place].start, end=passages[place].end)


def _addresses(text: str, passage: Passage, language: Language) -> bool:
    """Whether a paragraph says "you"; German "Sie" shows it by its capital inside a sentence."""
    for match in _WORD.finditer(text, passage.start, passage.end):
        word = match.group()
        if word.casefold() in language.addressing:
            return True
        opens = _ENDS.search(text[passage.start : match.start()])
        if word in language.addressing and not opens:
            return True
    return False
