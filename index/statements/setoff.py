"""Set-off quotations: a paragraph of somebody's words with a line "- dit Akar." under it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Passage
from index.statements.cues import verb_groups
from index.statements.language import Language
from index.statements.phrases import Phrase, phrase_after, subject_before
from index.statements.tokens import Sentence

_LINE = re.compile(r"(?:^|\n|\s)[-–—]{1,2}\s?(?=[^\W\d_])")
_LONGEST_LINE_CHARACTERS = 200
_LONGEST_NAME_TOKENS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOff:
    """Words set off at `start`..`end` and the line of attribution at `line`..`line_end`."""

    start: int
    end: int
    line: int
    line_end: int


def set_off(text: str, passage: Passage, following: Passage | None) -> SetOff | None:
    """Return the set-off quotation that a passage holds, with its line."""
    if passage.kind == "quotation":
        dashes = list(_LINE.finditer(text, passage.start, passage.end))
        for dash in reversed(dashes):
            if passage.end - dash.end() > _LONGEST_LINE_CHARACTERS:
                break
            if dash.start() > passage.start:
                return SetOff(
                    start=passage.start, end=dash.start(), line=dash.end(), line_end=passage.end
                )
        if following is None or not _is_line(text, following):
            return SetOff(
                start=passage.start, end=passage.end, line=passage.end, line_end=passage.end
            )
    if following is None or not _is_line(text, following) or passage.kind == "title":
        return None
    dash = _LINE.match(text, following.start)
    begin = dash.end() if dash else following.start
    return SetOff(start=passage.start, end=passage.end, line=begin, line_end=following.end)


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


def line_of(setoffs: Sequence[SetOff], position: int) -> SetOff | None:
    """Return the set-off quotation whose line holds a place."""
    for found in setoffs:
        if found.line <= position < found.line_end:
            return found
    return None
