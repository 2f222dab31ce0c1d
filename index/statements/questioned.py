"""Interviews without labels in their paragraphs: what is asked ends in a question mark.

Two forms: a label on a line of its own ("Anna:") above what Anna says, and paragraphs that ask
"you" in turn with paragraphs that answer. Labels inside the paragraphs are the work of `interview`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.article import Passage
from index.language.dispute_words import is_of_self
from index.language.quotation_marks import without_quotations
from index.language.report_words import Language
from index.language.sentences import sentence_spans
from index.language.words import Span, fold
from index.statements.dashes import OPENING

_LABEL_LINE = re.compile(r"(?P<label>[^\W\d_][\w'’-]*(?: [^\W\d_][\w.'’-]*){0,3})\s?:\s*")
_ASKS = re.compile(r"[?;؟][!.\s]*$")  # a question in quotation marks is somebody's words
_CALLED = re.compile(r"(?:\w+\.? )?(?P<name>[^\W\d_a-z]\w+), ")
_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"(?:^|[.!?:…])\W*$")
_FEWEST = 2
_FEWEST_ASKED = 3
_LONGEST_PROMPT = 40  # words
_LONGEST_ANSWER_PARAGRAPHS = 6  # on the average of an interview


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A paragraph that somebody answers with; `label` are the characters that name them.

    One that is not sure may also tell of them, or of others: "The ministry said it would wait."
    """

    start: int
    end: int
    label: tuple[int, int] | None = None
    is_sure: bool = True


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

    What comes right behind a question answers it, even if it ends in a question of its own. Between
    answers a paragraph that says "you" and not "I" asks as well: "Your assistant says you sing."
    """
    talk = [place for place, passage in enumerate(passages) if passage.kind == "paragraph"]
    asked = _by_turns(text, passages, talk)
    if not asked:
        asked = _by_marks(text, passages, talk, language)
        if not asked or not _is_interview(text, passages, asked, language):
            return
    for place in talk:
        if place < asked[0] or place in asked:
            continue
        passage, behind = passages[place], place - 1 in asked
        if place > asked[-1] + 1 and _addresses(text, passage, language):
            return  # "You find her book here."
        yield Answer(
            start=passage.start,
            end=passage.end,
            is_sure=behind or _is_of_self(text, passage, language),
        )


def _by_turns(text: str, passages: Sequence[Passage], talk: Sequence[int]) -> list[int]:
    """Return every other of the paragraphs behind dashes, where those alone ask; else none."""
    dashed = [p for p in talk if OPENING.match(text, passages[p].start, passages[p].end)]
    asking = [n for n, place in enumerate(dashed) if _asks(text, passages[place])]
    if len(asking) < _FEWEST or asking[0] or any(number % 2 for number in asking):
        return []
    return dashed[::2]


def _by_marks(
    text: str, passages: Sequence[Passage], talk: Sequence[int], language: Language
) -> list[int]:
    """Return the paragraphs that end in a question mark, and those between that say "you"."""
    asked: list[int] = []
    for number, place in enumerate(talk):
        behind = bool(asked) and place - 1 == asked[-1]
        if behind:
            continue
        if _asks(text, passages[place]) or (
            asked
            and number + 1 < len(talk)
            and not _asks(text, passages[talk[number + 1]])
            and _is_said_to(text, passages[place], language)
        ):
            asked.append(place)
    return asked


def _is_interview(
    text: str, passages: Sequence[Passage], asked: Sequence[int], language: Language
) -> bool:
    """Whether most questions ask "you", and most of the rest does not: no advice to the reader."""
    rest = [
        passage
        for place, passage in enumerate(passages)
        if passage.kind == "paragraph" and place > asked[0] and place not in asked
    ]
    to_somebody = sum(_addresses(text, passages[place], language) for place in asked)
    of_self = sum(_is_of_self(text, passage, language) for passage in rest)
    told = sum(_addresses(text, passage, language) for passage in rest)
    few = _FEWEST if 2 * of_self >= len(rest) else _FEWEST_ASKED
    return (
        len(asked) >= few
        and 2 * to_somebody >= len(asked)
        and len(rest) <= _LONGEST_ANSWER_PARAGRAPHS * len(asked)
        and 2 * told < len(rest)
    )


def _is_said_to(text: str, passage: Passage, language: Language) -> bool:
    """Whether a short paragraph says "you" in its first sentence, and nowhere "I"."""
    first = next(sentence_spans(text, passage.start, passage.end), None)
    return (
        first is not None
        and len(text[passage.start : passage.end].split()) <= _LONGEST_PROMPT
        and _addresses(text, first, language)
        and not _is_of_self(text, passage, language)
    )


def _is_of_self(text: str, passage: Passage, language: Language) -> bool:
    """Whether a paragraph says "I" outside quotation marks."""
    return is_of_self(without_quotations(text[passage.start : passage.end]), language.code)


def _addresses(text: str, passage: Passage | Span, language: Language) -> bool:
    """Whether words say "you", or call somebody the page has named before: "Signor Riva, ...".

    German "Sie" shows it by its capital inside a sentence.
    """
    called = _CALLED.match(text, passage.start, passage.end)
    if called is not None and called["name"] in text[: passage.start]:
        return True
    for match in _WORD.finditer(text, passage.start, passage.end):
        word = match.group()
        if word.casefold() in language.addressing:
            return True
        opens = _ENDS.search(text[passage.start : match.start()])
        if word in language.addressing and not opens:
            return True
    return False
