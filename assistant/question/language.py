"""In which language a question is asked: by its own words, before page and conversation decide."""

from collections.abc import Sequence

from assistant.locale import FALLBACK, asks_with, languages
from index.language.detection import cyrillic_owners, detect_language, is_cyrillic
from index.language.words import fold, split_words, stop_words

_FEW_WORDS = 6
"""Up to so many words a detector guesses by single letters; our own words know better."""
_LEAD = 0.5
"""Of a word: a smaller lead of one language may be a word that two share and one asks with."""


def asked_in(text: str, *, page: str, before: str | None = None) -> str:
    """Return the ISO 639-1 code of a question's language.

    Args:
        text: The question.
        page: The language of the page, for words that several languages have.
        before: The language of the question before it in a conversation.
    """
    if "¿" in text:
        return "es"
    words = split_words(text)
    if len(words) > _FEW_WORDS:
        return detect_language(text, likely=page)
    likely = [code for code in (before, page, FALLBACK, *languages()) if code in languages()]
    held = {code: _held(words, code) for code in dict.fromkeys(likely) if code is not None}
    best = max(held.values(), default=0.0)
    if not best:
        return detect_language(text, likely=page)
    ahead = [code for code, share in held.items() if best - share < _LEAD]
    if len(ahead) == 1:
        return ahead[0]
    # Russian and Ukrainian share too many words to leave it to the page.
    decides = before in ahead or page in ahead
    if decides and not is_cyrillic(text):
        return ahead[0]
    guessed = detect_language(text, likely=before if before in ahead else page)
    return guessed if guessed in ahead else max(ahead, key=lambda code: held[code])


def _held(words: Sequence[str], code: str) -> float:
    """Return how many words of a question a language has, in its questions or at all."""
    return sum(_is_of(word, code) for word in words)


def _is_of(word: str, code: str) -> float:
    """Return how surely a word is one of a language, in [0, 1].

    Letters tell only in Cyrillic: there names are spelled anew in each language, while "Muñoz" is
    no Spanish in any other.
    """
    folded, owners = fold(word), cyrillic_owners(word)
    if owners and code not in owners:
        return 0.0
    if asks_with(code, folded):
        return 1.0
    return 0.9 if owners or folded in stop_words(code) else 0.0
