"""Infinitives and German clauses behind a comma: what begins where a verb announces words."""

from collections.abc import Sequence

from index.language.report_words import Language
from index.statements.cues import VerbGroup
from index.statements.tokens import Token
from index.statements.verb_forms import is_finite


def german_infinitive(tokens: Sequence[Token], comma: int, end: int, language: Language) -> bool:
    """Whether an infinitive with "zu" follows a comma: "plant, 600 Ziegen zu verteilen"."""
    if not language.verb_second or comma + 2 > end:
        return False
    first = tokens[comma + 1]
    if first.has("complementizers", "subordinators", "questions"):
        return False
    for place in range(comma + 1, end + 1):
        token = tokens[place]
        if token.text in ",;:" or (token.has("auxiliaries", "finite") and place < end - 1):
            return False
        if token.has("infinitive_markers") and place < end:
            return True
    return False


def german_clause(
    tokens: Sequence[Token], comma: int, end: int, group: VerbGroup, language: Language
) -> bool:
    """Whether a clause of reported words follows a comma, not a relative clause."""
    if comma + 1 > end or not language.verb_second:
        return False
    first = tokens[comma + 1]
    if all(token.capital or token.kind != "word" for token in tokens[comma + 1 : end + 1]):
        return False  # "sagte der Vorsitzende, Karl Brandt": a name and no clause
    if first.has("complementizers", "questions"):
        return True
    later = next(
        (
            ahead
            for ahead in range(comma + 2, end)
            if tokens[ahead].text == "," and tokens[ahead + 1].has("complementizers")
        ),
        None,
    )
    # "sagte Karl, der müde war, dass": the verb of a relative clause stands last, while that of
    # "sagte Karl, die Leute seien müde, dass" follows its subject
    relative = later is not None and is_finite(tokens[later - 1], language)
    after_preposition = comma + 2 <= end and tokens[comma + 2].has("relatives")
    if (relative and first.has("relatives")) or (first.has("prepositions") and after_preposition):
        return False
    if first.has("relatives") and comma + 2 <= end:
        following = tokens[comma + 2]
        if not (following.capital or not following.tags):
            return False
    if is_finite(first, language) or first.has("adverbs"):
        return False  # "zeigte Verständnis, blieb aber hart": the main clause goes on
    return not first.has("subordinators") and not first.has("coordinators")


def infinitive_at(tokens: Sequence[Token], position: int, language: Language) -> bool:
    token = tokens[position]
    if position < len(tokens) and tokens[position].low in language.perfect_infinitives:
        return True
    if not token.has("infinitive_markers") or position + 1 >= len(tokens):
        return False
    following = position + 1
    while following < len(tokens) and (tokens[following].has("objects", "negations", "adverbs")):
        following += 1
    if following >= len(tokens) or tokens[following].kind != "word":
        return False
    low = tokens[following].low
    if tokens[following].capital:
        return False
    known = low in language.verbs or not tokens[following].has("determiner")
    return known and low.endswith(language.infinitive_endings or "")


def infinitive_start(tokens: Sequence[Token], start: int, position: int) -> int:
    """Return where the words begin: the one asked or accused belongs to them."""
    if tokens[start].has("dative") or position - start > 12:
        return position
    while start < position and tokens[start].has("times", "adverbs"):
        start += 1  # "a affirmé vendredi avoir …"
    return start
