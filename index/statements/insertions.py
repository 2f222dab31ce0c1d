"""Attributions inside the quotation marks: « Nous irons au bout, prévient Léa Dumas. Rien … »

French papers do not close the marks around "prévient Léa Dumas". Parting such a quotation
in two lets the rest of the room see the frame; the words of the frame are nobody's quotation.
"""

from collections.abc import Iterator, Sequence

from index.language.quotation_marks import Quotation
from index.language.report_words import Language
from index.statements.cues import VerbGroup, verb_groups
from index.statements.naming import apposed_name
from index.statements.phrases import phrase_after
from index.statements.quotatives import speaker_behind
from index.statements.tokens import Token, tokenise
from index.statements.verb_forms import is_finite

_SHORTEST_CHARACTERS = 25
_LONGEST_APPOSITION_TOKENS = 16


def parted(quoted: Sequence[Quotation], text: str, language: Language) -> tuple[Quotation, ...]:
    """Return the quotations, those with an attribution inside in parts around it."""
    return tuple(part for item in quoted for part in _parts(item, text, language))


def _parts(item: Quotation, text: str, language: Language) -> Iterator[Quotation]:
    if item.end - item.start < _SHORTEST_CHARACTERS or language.bare_clauses:
        yield item
        return
    tokens = tuple(tokenise(text, item.start, item.end, language))
    start, outer = item.start, item.outer_start
    continues = item.continues
    for first, end in _insertions(tokens, language):
        if tokens[first].start <= start:
            continue
        opening = tokens[first - 1]
        close = opening.start if opening.text in ",—–" else opening.end
        yield Quotation(
            start=start, end=close, outer_start=outer, outer_end=close, continues=continues
        )
        start = outer = tokens[end].start if end < len(tokens) else item.end
        continues = False
    if start == item.start:
        yield item
    elif start < item.end and any(character.isalnum() for character in text[start : item.end]):
        yield Quotation(start=start, end=item.end, outer_start=outer, outer_end=item.outer_end)


def _insertions(tokens: Sequence[Token], language: Language) -> Iterator[tuple[int, int]]:
    """Yield where each attribution begins, and the first token of speech behind it, in order.

    Between dashes any verb with somebody behind it is one: «Какая неделя? — горячится фельдшер
    Зоя Берестова. — Инсулина на два дня». Behind a comma it has to be a verb of saying.
    """
    said = {group.first: group for group in verb_groups(tokens, language)}
    for first in range(1, len(tokens)):
        before = tokens[first - 1].text
        group = said.get(first)
        behind: int | None = None
        if before in ("—", "–") and _is_open(tokens[first], language):
            phrase = speaker_behind(tokens, first + 1, language)
            behind = None if phrase is None else phrase.last + 1
        elif group is not None and before in (",", "?", "!", "…", "—", "–"):
            behind = _behind_speaker(tokens, group, language)
        end = None if behind is None else _end(tokens, behind, language)
        if end is not None:
            yield first, end


def _is_open(token: Token, language: Language) -> bool:
    return token.text.islower() and is_finite(token, language)


def _behind_speaker(tokens: Sequence[Token], group: VerbGroup, language: Language) -> int | None:
    """Return the first token behind ", prévient Léa Dumas", None where nobody is named."""
    for place in range(group.first, min(group.last + 2, len(tokens))):
        if tokens[place].has("inverted"):
            return max(group.after, place + 1)
    phrase = phrase_after(tokens, group.after, language)
    return None if phrase is None or phrase.pronoun else phrase.last + 1


def _end(tokens: Sequence[Token], behind: int, language: Language) -> int | None:
    """Return the first token of speech behind ", porte-parole des riverains," or None."""
    for ahead in range(behind, min(behind + _LONGEST_APPOSITION_TOKENS, len(tokens))):
        token = tokens[ahead]
        if token.text in (".", "!", "?", "…", "—", "–"):
            return _behind_dashes(tokens, ahead + 1)
        if token.text == "," and not _is_apposition(tokens, ahead + 1, language):
            return _behind_dashes(tokens, ahead + 1)
    return len(tokens) if behind + _LONGEST_APPOSITION_TOKENS >= len(tokens) else None


def _behind_dashes(tokens: Sequence[Token], position: int) -> int:
    while position < len(tokens) and tokens[position].text in ("—", "–"):
        position += 1
    return position


def _is_apposition(tokens: Sequence[Token], position: int, language: Language) -> bool:
    ahead = tokens[position : position + 3]
    named = apposed_name(tokens, position - 2, language) is not None  # "la maire, Léa Dumas."
    return bool(ahead) and (
        named
        or any(token.has("role") for token in ahead)
        or (ahead[0].has("relatives") and not ahead[0].has("determiner"))
    )
