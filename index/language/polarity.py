"""Is a clause affirmed or denied? Negations and verbs of denial, counted word by word."""

from functools import cache

from index.language import lexicon
from index.language.words import fold, word_spans


def is_denied(text: str, language: str) -> bool:
    """Whether a clause as a whole denies: by a negation, or by a verb such as "to deny".

    >>> is_denied("No sensor was switched off", "en"), is_denied("They denied it never rang", "en")
    (True, False)
    """
    negators, denials = _words(language)
    words = {fold(span.of(text)) for span in word_spans(text)}
    return bool(words & negators) != bool(words & denials)


def is_denial(word: str, language: str) -> bool:
    """Whether a single word is a verb of denial: "rejected"."""
    return fold(word) in _words(language)[1]


@cache
def _words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    entries = lexicon.table(language, "disputes") or lexicon.table("en", "disputes")
    return (
        frozenset(fold(word) for word in entries.get("negators", ())),
        frozenset(fold(word) for word in entries.get("deny_verbs", ())),
    )
