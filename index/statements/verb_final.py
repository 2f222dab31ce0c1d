"""Turkish word order: subject, words, verb. The words are a quotation or a clause made a noun.

« Vali Ali Kaya, köprünün açılacağını söyledi. » A sentence may chain reports: "…dığını
belirterek, …dığını vurgulayan Kaya, … dedi"; whoever speaks in one speaks in all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.report_words import Language
from index.statements.cues import VerbGroup
from index.statements.phrases import Phrase, phrase_after
from index.statements.roles import is_role
from index.statements.tokens import Token

_QUOTATION_REACH = 4
_LONGEST_OPENING = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalReport:
    """A verb at the end with the words before it; `phrase` None where nobody is named."""

    group: VerbGroup
    content: tuple[int, int]
    phrase: Phrase | None
    passive: bool


def verb_final_reports(
    tokens: Sequence[Token], groups: Sequence[VerbGroup], language: Language
) -> Iterator[FinalReport]:
    """Yield what the verbs of a sentence report, all with the one subject it has."""
    found: list[FinalReport] = []
    start = 0
    named: Phrase | None = None
    for group in groups:
        report = _report(tokens, start, group, language)
        start = group.after
        if report is None:
            continue
        named = report.phrase or named
        found.append(report)
    for report in found:
        phrase = report.phrase if report.phrase is not None or report.passive else named
        yield FinalReport(
            group=report.group, content=report.content, phrase=phrase, passive=report.passive
        )


def _report(
    tokens: Sequence[Token], start: int, group: VerbGroup, language: Language
) -> FinalReport | None:
    while start < group.first and tokens[start].kind == "punctuation":
        start += 1
    passive = "passive" in group.frames
    source = _ablative(tokens, start, group.first, language) if passive else None
    subject, begin = _subject(tokens, start, group.first, language)
    quoted = next(
        (
            i
            for i in range(group.first - 1, max(group.first - 1 - _QUOTATION_REACH, start - 1), -1)
            if tokens[i].kind == "quotation"
        ),
        None,
    )
    behind = _subject_behind(tokens, group, language)
    if quoted is not None:
        who = source if passive else behind or subject
        return FinalReport(group=group, content=(quoted, quoted), phrase=who, passive=passive)
    last = group.first - 1
    while last > begin and tokens[last].has("adverbs", "times", "clause_nouns"):
        last -= 1
    if last < begin or not tokens[last].low.endswith(language.content_endings):
        return None
    who = source if passive else behind or subject
    return FinalReport(group=group, content=(begin, last), phrase=who, passive=passive)


def _ablative(tokens: Sequence[Token], start: int, verb: int, language: Language) -> Phrase | None:
    """Return who speaks in "Bakanlıktan yapılan açıklamada, … bildirildi"."""
    for position in range(start, verb - 2):
        word, made, *nouns = tokens[position : position + 4]
        cut = next((len(e) for e in language.ablative_endings if word.low.endswith(e)), 0)
        if not cut or not made.low.endswith(language.passive_participles):
            continue
        if not any(noun.low.endswith(language.place_endings) for noun in nouns):
            continue
        owner = genitive_owner(tokens, start, position, language)
        if owner is not None:
            return owner  # "Bakanlığının hesabından yapılan açıklamada"
        apart = word.low in language.ablative_endings  # "Kooperatifi'nden"
        last = position - 1 if apart and position > start else position
        first = last
        while first > start and tokens[first - 1].capital:
            first -= 1
        return Phrase(first=first, last=last, ending=0 if apart else cut)
    return None


def genitive_owner(
    tokens: Sequence[Token], start: int, position: int, language: Language
) -> Phrase | None:
    """Return whose word it is in "Ebru Tanış'ın hesabına göre": the name before a genitive.

    Without an apostrophe the ending is part of the word: "Bakanlığının".
    """
    for ahead in range(start, position):
        token = tokens[ahead]
        ending = next((e for e in language.genitive_endings if token.low.endswith(e)), "")
        if token.has("genitives") and ahead > start and tokens[ahead - 1].capital:
            last, ending = ahead - 1, ""
        elif token.capital and ending:
            last = ahead
        else:
            continue
        first = last
        while first > start and tokens[first - 1].capital:
            first -= 1
        return Phrase(first=first, last=last, ending=len(ending))
    return None


def _subject(
    tokens: Sequence[Token], start: int, verb: int, language: Language
) -> tuple[Phrase | None, int]:
    """Return who is named before a comma of the clause, and where the words begin behind."""
    for comma in range(start + 1, verb):
        if tokens[comma].text != ",":
            continue
        phrase = _named_until(tokens, start, comma - 1, language)
        if phrase is not None:
            return phrase, comma + 1
        if tokens[comma - 1].has("adverbs"):
            start = comma + 1
    tokens[start] if start < len(tokens) else None
    return None, start


def _named_until(
    tokens: Sequence[Token], start: int, last: int, language: Language
) -> Phrase | None:
    """Return the name, role or short opening phrase that ends before a comma."""
    if tokens[last].kind != "word" or tokens[last].has("adverbs", "times", "suffixes"):
        return None
    first = last
    while first > start and _belongs(tokens[first - 1], language):
        first -= 1
    words = tokens[first : last + 1]
    capitals = sum(token.capital for token in words)
    placed = tokens[last].low.endswith(language.place_endings)
    if tokens[last].capital or is_role(tokens[last], language) or tokens[last].has("organisations"):
        return None if placed and capitals < 2 else Phrase(first=first, last=last)
    opening = tokens[start : last + 1]
    short = start == 0 and len(opening) <= _LONGEST_OPENING and not placed
    if short and not any(
        token.low.endswith(language.content_endings + language.participle_endings)
        for token in opening
    ):
        return Phrase(first=start, last=last)
    return None


def _belongs(token: Token, language: Language) -> bool:
    return token.kind == "word" and (
        token.capital or is_role(token, language) or token.has("organisations", "title")
    )


def _subject_behind(tokens: Sequence[Token], group: VerbGroup, language: Language) -> Phrase | None:
    """Return who is named behind the verb: "diye diretti sanık", "vurgulayan Uraloğlu"."""
    if group.after >= len(tokens) or tokens[group.after].kind == "punctuation":
        return None
    verb = tokens[group.after - 1].low
    if verb.endswith(language.gerund_endings):
        return None
    phrase = phrase_after(tokens, group.after, language, bare=True)
    if phrase is None or phrase.pronoun:
        return None
    if verb.endswith(language.participle_endings):
        head = tokens[phrase.last]
        return phrase if head.capital or is_role(head, language) else None
    following = tokens[phrase.last + 1] if phrase.last + 1 < len(tokens) else None
    return phrase if following is None or following.kind == "punctuation" else None
