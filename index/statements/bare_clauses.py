"""English clauses without "that": "said the plan will fail", "told reporters it will sail"."""

from collections.abc import Sequence

from index.language.report_words import Language
from index.statements.cues import VerbGroup
from index.statements.phrases import Phrase, phrase_after
from index.statements.roles import is_role
from index.statements.tokens import Token


def bare_clause(
    tokens: Sequence[Token], group: VerbGroup, start: int, end: int, language: Language
) -> int | None:
    """Return where an English clause without "that" begins."""
    if not language.bare_clauses or "clause" not in group.frames or start > end:
        return None
    position = start
    if "addressed" in group.frames:
        phrase = phrase_after(tokens, position, language)
        if phrase is None:
            return None
        told = _end_of_told(tokens, phrase, language)
        if told <= end and not tokens[told].has("finite", "copulas", "auxiliaries"):
            position = told  # "told reporters the plan …", but "warned the plan will …"
    while position <= end and (tokens[position].has("times", "adverbs")):
        position += 1
    if position < end and tokens[position].has("prepositions"):
        act = phrase_after(tokens, position + 1, language)
        if act is not None and tokens[act.last].has("speech_acts"):
            position = act.last + 1  # "said in a statement it would not pay"
    behind_time = position > start and tokens[position - 1].has("times", "adverbs")
    if position > end or (behind_time and tokens[position].has("subordinators")):
        return None  # "tweeted soon after the committee had met"
    token = tokens[position]
    about = _is_about(tokens, position)
    if (
        token.kind == "number"
        or about
        or (
            token.kind == "word"
            and (
                token.has("determiner")
                or token.capital
                or token.has("pronoun")
                or not token.tags
                or token.has("subordinators", "role", "organisations", "documents")
            )
        )
    ) and (
        any(
            later.has("copulas", "auxiliaries", "finite") or later.low.endswith(("ed", "s"))
            for later in tokens[position + 1 : _relative_start(tokens, position, end)]
        )
        or ("object" in group.frames and token.has("pronoun"))  # "The mill denies it."
    ):
        return position
    return None


def _relative_start(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where what belongs to a noun begins: "holds a trial | , which is likely"."""
    ahead = range(start + 1, end)
    relative = (i for i in ahead if tokens[i].text == "," and tokens[i + 1].has("relatives"))
    return next(relative, end + 1)


def _is_about(tokens: Sequence[Token], position: int) -> bool:
    """Whether a number is hedged: "said | at least one boat left", "about 30 boats"."""
    amount = next((t for t in tokens[position + 1 : position + 3] if _is_amount(t)), None)
    return tokens[position].has("prepositions") and amount is not None


def _is_amount(token: Token) -> bool:
    return token.kind == "number" or token.has("determiner:plural") or token.low == "one"


def _end_of_told(tokens: Sequence[Token], phrase: Phrase, language: Language) -> int:
    """Return the place behind those told.

    "told reporters | the boat will sail", "told the jury | Roof was there", but "told
    reporter Ann Hale | that …".
    """
    for place in range(phrase.first + 1, phrase.last + 1):
        inner = tokens[place - 1].has("of", "determiner", "prepositions", "noun_coordinators")
        before = tokens[place - 1]
        is_name = tokens[place].capital and not (
            before.capital or before.has("title") or is_role(before, language)
        )
        if (tokens[place].has("determiner") or is_name) and not inner:
            return place
    return phrase.last + 1
