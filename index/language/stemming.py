"""The stems of words, by the Snowball stemmer of their language; the word itself where none is."""

from collections.abc import Sequence
from functools import cache
from typing import Any

_STEMMERS = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


def stem_words(words: Sequence[str], language: str) -> Sequence[str]:
    """Return the stem of each word, which is given without capitals.

    >>> stem_words(["élections", "élire"], "fr"), stem_words(["kaksi"], "xx")
    (['élect', 'élir'], ['kaksi'])
    """
    stemmer = _stemmer(language)
    return stemmer.stemWords(list(words)) if stemmer is not None else words


@cache
def _stemmer(language: str) -> Any:
    if language not in _STEMMERS:
        return None
    import Stemmer

    return Stemmer.Stemmer(_STEMMERS[language])
