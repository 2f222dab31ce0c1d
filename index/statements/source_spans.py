"""Which words an attribution by preposition gives to its source."""

from collections.abc import Sequence

from index.language.report_words import Language
from index.statements.naming import apposed_name
from index.statements.phrases import Phrase
from index.statements.report import Report
from index.statements.tokens import Sentence, Token, last_word

_LONGEST_SOURCE_TOKENS = 16


def source_report(
    sentence: Sentence,
    first: int,
    phrase: Phrase,
    last: int,
    text: str,
    language: Language,
    cue: tuple[int, int] | None = None,
) -> Report | None:
    tokens = sentence.tokens
    opening = first
    while opening > 0 and (tokens[opening - 1].has("adverbs", "coordinators")):
        opening -= 1
    end = last_word(tokens)
    cue_first, cue_last = cue or (first, max(first, phrase.first - 1))
    # "The guard admitted that he slept, but, in his view, ten minutes": the last two words
    parted = first > 1 and tokens[first - 1].text == "," and tokens[first - 2].has("coordinators")
    if opening == 0 or parted or tokens[opening - 1].text in (";", ":"):
        start = last + 1
        clause = start < len(tokens) and tokens[start].has("pronoun")
        if not language.verb_second and not (clause and not tokens[start].has("relatives")):
            ahead = range(start, min(start + _LONGEST_SOURCE_TOKENS, len(tokens)))
            start = next((i for i in ahead if tokens[i].text == ","), start)
        if start < len(tokens) and tokens[start].text == ",":
            start = _after_insertion(tokens, start, language)
    else:
        start, end = _around(tokens, first, last, language)
    if start > end:
        return None
    return Report(
        sentence=sentence,
        kind="source",
        start=tokens[start].start,
        end=tokens[end].end,
        cue=text[tokens[cue_first].start : tokens[cue_last].end],
        cue_start=tokens[first].start,
        cue_end=tokens[last].end,
        phrase=phrase,
    )


def _around(tokens: Sequence[Token], first: int, last: int, language: Language) -> tuple[int, int]:
    """Return what is attributed when the source stands inside or behind it."""
    end = last_word(tokens)
    start = 0
    before = first - 1
    for back in range(before, -1, -1):
        if tokens[back].text in (";", ":"):
            start = back + 1
            break
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    closes = last >= end or (following is not None and following.text in (".", ";", "!", "?"))
    # "…, according to data released by the ministry in August": all of it says who
    closes |= tokens[before].text == "," and not any(
        token.kind != "word"
        or (token.has("copulas", "auxiliaries", "finite") and not token.capital)
        for token in tokens[last + 1 : end + 1]
    )
    if closes or (tokens[before].text == "," and last + 8 > end and before - start > 8):
        end = before
        while end > start and tokens[end].kind == "punctuation" and tokens[end].text in ",—–(":
            end -= 1
    return start, end


def _after_insertion(tokens: Sequence[Token], comma: int, language: Language) -> int:
    """Return where the words begin after "Selon Jean Dupont, maire de Lorville,"."""
    start = comma + 1
    if start >= len(tokens):
        return start
    apposed = apposed_name(tokens, comma - 1, language)
    if apposed is not None and any(t.text == "," for t in tokens[apposed[1] + 1 :][:1]):
        return apposed[1] + 2
    first = tokens[start]
    is_title = first.has("role") or (first.has("relatives") and not first.has("determiner"))
    if first.has("determiner") and start + 1 < len(tokens):
        is_title = any(token.has("role") for token in tokens[start + 1 : start + 3])
    if not is_title:
        return start
    for ahead in range(start, min(start + 30, len(tokens))):
        if tokens[ahead].text == ",":
            return ahead + 1
        if tokens[ahead].has("copulas", "auxiliaries") and not first.has("relatives"):
            return start
    return start
