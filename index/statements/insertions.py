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
from index.statements.tokens import Token, tokenise

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
    for group in verb_groups(tokens, language):
        if tokens[group.first].start <= start:
            continue
        end = _insertion_end(tokens, group, language)
        if end is None:
            continue
        opening = tokens[group.first - 1]
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


def _insertion_end(tokens: Sequence[Token], group: VerbGroup, language: Language) -> int | None:
    """Return the first token behind ", prévient Léa Dumas, porte-parole," or None."""
    before = tokens[group.first - 1] if group.first else None
    if before is None or before.text not in (",", "?", "!", "…", "—", "–"):
        return None
    behind = group.after
    named = next(
        (
            i
            for i in range(group.first, min(group.last + 2, len(tokens)))
            if tokens[i].has("inverted")
        ),
        None,
    )
    if named is not None:
        behind = max(behind, named + 1)
    else:
        phrase = phrase_after(tokens, behind, language)
        if phrase is None or phrase.pronoun:
            return None
        behind = phrase.last + 1
    for ahead in range(behind, min(behind + _LONGEST_APPOSITION_TOKENS, len(tokens))):
        token = tokens[ahead]
        if token.kind == "punctuation" and token.text in ".!?…":
            return ahead + 1
        if token.text in "—–":
            return ahead + 1
        if token.text == ",":
            if _is_apposition(tokens, ahead + 1, language):
                continue
            return ahead + 1
    return len(tokens) if behind + _LONGEST_APPOSITION_TOKENS >= len(tokens) else None


def _is_apposition(tokens: Sequence[Token], position: int, language: Language) -> bool:
    ahead = tokens[position : position + 3]
    named = apposed_name(tokens, position - 2, language) is not None  # "la maire, Léa Dumas."
    return bool(ahead) and (
        named
        or any(token.has("role") for token in ahead)
        or (ahead[0].has("relatives") and not ahead[0].has("determiner"))
    )
