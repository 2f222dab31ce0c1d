"""Sentences that give the one before them to somebody: « C'est ce qu'a annoncé Paul Durand. »

"Dies gab der Klub bekannt", "Así lo subrayó el comunicado", "Так думает зоотехник".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.language.report_words import Language
from index.statements.agents import can_speak, subject_of
from index.statements.cues import VerbGroup, verb_groups
from index.statements.phrases import Phrase
from index.statements.quotatives import speaker_behind
from index.statements.subjects import Subject
from index.statements.tokens import Token, matches

_LONGEST_TOKENS = 25
_REACH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class BackwardReport:
    """Who says the sentence before, and with which verb."""

    group: VerbGroup
    phrase: Phrase


def backward_report(tokens: Sequence[Token], language: Language) -> BackwardReport | None:
    """Return who a short sentence that points back lets say the sentence before."""
    if len(tokens) > _LONGEST_TOKENS:
        return None
    opening = next(
        (words for words in language.phrases["pointing_back"] if matches(tokens, 0, words)), None
    )
    if opening is None:
        return None
    for group in verb_groups(tokens, language):
        if group.first > len(opening) + _REACH or "clause" not in group.frames:
            continue
        if any(token.has("complementizers") for token in tokens[group.after :]):
            return None
        phrase = speaker_behind(tokens, group.last + 1, language)
        if phrase is None:
            phrase = subject_of(tokens, group, language).phrase
        if phrase is None or phrase.first < len(opening):
            return None
        return (
            BackwardReport(group=group, phrase=phrase)
            if can_speak(tokens, Subject(phrase=phrase), language)
            else None
        )
    return None
