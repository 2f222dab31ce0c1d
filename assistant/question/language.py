"""In which language a question is asked: by its own words, before page and conversation decide."""

from collections.abc import Sequence

from assistant.locale import FALLBACK, asks_with, languages
from index.language.detection import detect_language, own_cyrillic_letters
from index.language.words import fold, split_words, stop_words

_FEW_WORDS = 6
"""Up to so many words a detector guesses by single letters; our own words know better."""
_LEAD = 0.5
"""Of a word: neighbours share most words, and what one asks with the other has at least."""


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
    if len(ahead) == 1 or before in ahead or page in ahead:
        return ahead[0]
    guessed = detect_language(text, likely=page)
    return guessed if guessed in ahead else ahead[0]


def _held(words: Sequence[str], code: str) -> float:
    """Return how many words of a question a language has, in its questions or at all.

    A word with a letter of its own is one too, but only in Cyrillic: there names are spelled anew
    in each language, while "Muñoz" is no Spanish in any other.
    """
    common, letters = stop_words(code), own_cyrillic_letters(code)
    return sum(
        1.0
        if asks_with(code, fold(word))
        else 0.9
        if fold(word) in common or letters & set(word.lower())
        else 0.0
        for word in words
    )
