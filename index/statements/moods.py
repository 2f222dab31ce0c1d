"""Moods that say of themselves that the words are somebody's: the conditional of hearsay.

« Le ministre aurait été prévenu en mai. » Somebody says so; the sentence does not say who.
"""

from collections.abc import Sequence

from index.language.report_words import Language
from index.statements.tokens import Token
from index.statements.verb_forms import is_nonfinite

_REACH = 4


def is_hearsay(tokens: Sequence[Token], language: Language) -> bool:
    """Whether a sentence is hearsay by its auxiliary: "aurait été", and no condition in it."""
    if any(token.has("conditions", "pronoun:first", "questions") for token in tokens):
        return False
    if tokens and tokens[-1].text == "?":
        return False
    for position, token in enumerate(tokens):
        if not token.has("hearsay_auxiliaries") or position == 0:
            continue
        behind = tokens[position + 1 : position + 1 + _REACH]
        verb = next((word for word in behind if not word.has("adverbs", "negations")), None)
        return (
            verb is not None
            and not verb.has("infinitive_hosts")
            and (verb.has("copulas") or is_nonfinite(verb, language))
        )
    return False
