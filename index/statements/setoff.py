"""Set-off quotations: a paragraph of somebody's words with a line "- dit Akar." under it."""

import re
from dataclasses import dataclass

from index.article import Passage
from index.language.report_words import Language
from index.statements.cues import verb_groups
from index.statements.phrases import Phrase, phrase_after
from index.statements.quotatives import ends_speech, subject_first
from index.statements.subjects import subject_before
from index.statements.tokens import Sentence

_LINE = re.compile(r"(?:^|\n|\s)[-–—]{1,2}\s?(?=[^\W\d_])")
_SPEAKER_LABEL = re.compile(
    r"[\"“”«„\s]*([^\W\d_a-zà-ÿ][^\W\d_a-zà-ÿ.’'-]+(?: [^\W\d_a-zà-ÿ.’'-]{2,}){0,3})\s?:\s+(?=\S)"
)
_POST = re.compile(r"[—–]\s?([^\n()@—–]{2,60}?)\s*\(@\w{1,30}\)([^\n]{0,40})\Z")
"""How a post of a network ends where it is set into a page: "— Ada Lund (@ada) May 3, 2021"."""
_YEAR = re.compile(r"\b\d{4}\b")
_LONGEST_MONTH = len("de septiembre de")
_ADDRESSES = re.compile(r"(?:\s*\b(?:https?://|pic\.twitter\.com/)\S*)+\s*\Z")
_OF_A_NAME = re.compile(r"[\w'’.-]+")
_SAYS = re.compile(r"[.!?…»”\"“]\s*$")
_CLOSES = re.compile(r"(?<=[^\s«„“\"])[»”“\"]\W*$")
_LONGEST_LINE_CHARACTERS = 200
_LONGEST_NAME_TOKENS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOff:
    """Words set off at `start`..`end` and the line of attribution at `line`..`line_end`.

    `signed` is who signed them where they are a post of a network.
    """

    start: int
    end: int
    line: int
    line_end: int
    signed: str | None = None


def set_off(text: str, passage: Passage, following: Passage | None) -> SetOff | None:
    """Return the set-off quotation that a passage holds, with its line.

    A line of a transcript ("DUPONT : Bonjour.") counts as well: its label is the line.
    """
    label = _SPEAKER_LABEL.match(text, passage.start, passage.end)
    speaks = _SAYS.search(text, passage.end - 2, passage.end)  # not "DATE: 27/09"
    if label and speaks and passage.kind == "paragraph" and label.group(1).isupper():
        return SetOff(
            start=label.end(), end=passage.end, line=label.start(1), line_end=label.end(1)
        )
    if (post := _post(text, passage)) is not None:
        return post
    if passage.kind == "quotation":
        dashes = list(_LINE.finditer(text, passage.start, passage.end))
        for dash in reversed(dashes):
            if passage.end - dash.end() > _LONGEST_LINE_CHARACTERS:
                break
            if _CLOSES.search(text, dash.end(), passage.end):
                break  # «Магазин закрыт, — говорит Зоя Берестова. — Инсулина на два дня».
            if dash.start() > passage.start:
                return SetOff(
                    start=passage.start, end=dash.start(), line=dash.end(), line_end=passage.end
                )
    if following is None or not _is_line(text, following) or passage.kind == "title":
        return None
    opening = _LINE.match(text, following.start)
    begin = opening.end() if opening else following.start
    return SetOff(start=passage.start, end=passage.end, line=begin, line_end=following.end)


def _post(text: str, passage: Passage) -> SetOff | None:
    """Return a post of a network that is set into the page as a paragraph."""
    signed = _POST.search(text, passage.start, passage.end)
    name = " ".join(_OF_A_NAME.findall(signed[1])) if signed else ""
    if signed is None or not name or passage.kind == "title":
        return None
    if not _YEAR.search(signed[2]) or sum(map(str.isalpha, signed[2])) > _LONGEST_MONTH:
        return None  # "— Reporting by Tom Moe (@tom)" under a report
    address = _ADDRESSES.search(text, passage.start, signed.start())
    end = address.start() if address else signed.start()
    if end <= passage.start:
        return None
    return SetOff(
        start=passage.start, end=end, line=signed.start(1), line_end=passage.end, signed=name
    )


def _is_line(text: str, passage: Passage) -> bool:
    dash = _LINE.match(text, passage.start)
    return (
        dash is not None
        and passage.source == "article"
        and passage.end - passage.start <= _LONGEST_LINE_CHARACTERS
        and text[dash.end()].islower()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who a line names, and with which expression; `phrase` None where it names nobody."""

    phrase: Phrase | None
    cue: str | None


def attribution(sentence: Sentence, text: str, language: Language) -> Attribution:
    """Return what a line of attribution says ("dit Akar", "Akar a dit", "Victor Hugo")."""
    tokens = sentence.tokens
    for group in verb_groups(tokens, language):
        phrase = phrase_after(tokens, group.after, language)
        if phrase is None:
            phrase = subject_before(tokens, group.finite, language).phrase
        return Attribution(phrase=phrase, cue=group.cue(tokens, text))
    if len(tokens) <= _LONGEST_NAME_TOKENS:
        return Attribution(phrase=phrase_after(tokens, 0, language), cue=None)
    return Attribution(phrase=None, cue=None)


def signature(sentence: Sentence, behind: int, text: str, language: Language) -> Phrase | None:
    """Return the name after a dash that characters a quotation: "… ." — Victor Hugo."""
    tokens = sentence.tokens
    for position, token in enumerate(tokens[:-1]):
        if token.start < behind or token.kind != "punctuation" or token.text not in "―—–-":
            continue
        if text[behind : token.start].strip():
            return None
        while position + 2 < len(tokens) and tokens[position + 1].text in "―—–-":
            position += 1
        phrase = phrase_after(tokens, position + 1, language, skip=False)
        if phrase is None or phrase.pronoun or not tokens[phrase.first].capital:
            return None
        following = phrase.last + 1
        ends = following >= len(tokens) or tokens[following].text in ".,;("
        return phrase if ends else None
    return None


def attribution_tag(sentence: Sentence, text: str, language: Language) -> Attribution | None:
    """Return what a short sentence behind a quotation says: "Smith said."""
    tokens = sentence.tokens
    spoken = subject_first(tokens, 0, language)
    if spoken is not None and ends_speech(tokens, spoken.last, language):
        cue = text[tokens[spoken.first].start : tokens[spoken.last].end]
        return Attribution(phrase=spoken.phrase, cue=cue)
    if len(tokens) > _LONGEST_NAME_TOKENS:
        return None
    for group in verb_groups(tokens, language):
        subject = subject_before(tokens, group.finite, language)
        if (
            subject.phrase is not None
            and subject.phrase.first == 0
            and group.voice == "finite"
            and "clause" in group.frames
            and "weak" not in group.frames
            and (group.after >= len(tokens) or tokens[group.after].kind == "punctuation")
        ):
            return Attribution(phrase=subject.phrase, cue=group.cue(tokens, text))
    return None
