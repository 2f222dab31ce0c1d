"""Quotations that no verb beside them claims: words of the speaker before, or only irony?

A whole sentence in quotation marks is somebody's words; a short piece in marks is more often
a title, a name or distance, and then it is no statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.language.quotation_marks import Quotation
from index.language.report_words import Language
from index.statements.tokens import Sentence, Token

Claim = Literal["continued", "announced", "alone", "fragment"]
_SHORTEST_SENTENCE_WORDS = 4
_SHORTEST_FRAGMENT_WORDS = 9  # measured on real pages: shorter pieces are mostly distance


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclaimed:
    """A quotation that counts as a statement; `claim` says where its speaker is to be sought.

    `continued`: behind an attribution in the same sentence. `announced`: behind a colon.
    `alone`: a sentence of its own. `fragment`: part of a sentence of the narrator.
    """

    quotation: Quotation
    claim: Claim


def unclaimed(
    sentence: Sentence, text: str, claimed: Sequence[tuple[int, int]], language: Language
) -> tuple[Unclaimed, ...]:
    """Return the quotations of a sentence that are statements without a verb of their own."""
    found: list[Unclaimed] = []
    for position, token in enumerate(sentence.tokens):
        if token.quotation is None:
            continue
        if any(start <= token.quotation.start < end for start, end in claimed):
            continue
        claim = _claim(sentence.tokens, position, text)
        if claim is not None:
            found.append(Unclaimed(quotation=token.quotation, claim=claim))
    return tuple(found)


def _claim(tokens: Sequence[Token], position: int, text: str) -> Claim | None:
    quotation = tokens[position].quotation
    if quotation is None:
        return None
    words = text[quotation.start : quotation.end].split()
    if not words:
        return None
    closed = words[-1][-1] in ".!?…" or text[quotation.outer_end : quotation.outer_end + 1] in ".!?"
    before = tokens[position - 1] if position else None
    outside = [token for token in tokens if token.kind in ("word", "number")]
    if quotation.continues:
        return "alone"
    if not outside:
        return "alone" if len(words) >= _SHORTEST_SENTENCE_WORDS or closed else None
    if before is not None and before.text == ":" and (len(words) >= 3 or closed):
        return "announced"
    if _goes_on(tokens, position):
        return "continued"
    pauses = words[-1][-1] in ".!?…," or text[quotation.outer_end : quotation.outer_end + 1] == ","
    if position == 0 and len(words) >= _SHORTEST_SENTENCE_WORDS and pauses:
        return "alone"
    if len(words) >= _SHORTEST_FRAGMENT_WORDS:
        return "fragment"
    return None


def _goes_on(tokens: Sequence[Token], position: int) -> bool:
    """Whether a quotation goes on behind ", X said,": "The plan," X said, "will fail."."""
    if position < 3 or tokens[position - 1].text not in (",", "—", "–"):
        return False
    for back in range(position - 2, -1, -1):
        token = tokens[back]
        if token.kind == "quotation":
            inside = token.text.rstrip("»”\"’' ")[-1:]
            opens = tokens[back + 1].text in (",", "—", "–") or inside in (",", "—", "–")
            return opens and back < position - 2
        if token.text in (";", ":"):
            return False
    return False
