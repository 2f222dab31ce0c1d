"""Words of a text, with their places; what "the same word" means.

No stemming (that is `index.retrieval.bm25`) and no parsing: spans, folding, stop words, months.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from index.language import lexicon

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_ʼ]+")
_LONGEST_WORD = 40
_LONGEST_KEPT = 1_000
"""Characters of a text whose folded words are kept: every question asks for those of a page."""
_SAME_CHARACTER = str.maketrans("’‘ʼ`´‹›‚«»“”„‟″「」『』\u00a0\u202f", "'" * 8 + '"' * 11 + "  ")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: `start` and `end` are characters, half-open."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of the span."""
        return text[self.start : self.end]


def fold(text: str) -> str:
    """Return the text without case, accents or the variants of apostrophes and quotation marks.

    >>> fold("L’Été")
    "l'ete"
    """
    if text.isascii():
        # Most words by far, and nothing in them to take apart.
        return text.lower().replace("`", "'")
    return _folded_word(text) if len(text) <= _LONGEST_WORD else _folded(text)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return same_characters(bare).replace("ı", "i")


# The words of a page are folded with every question.
_folded_word = lru_cache(maxsize=32_768)(_folded)


def same_characters(text: str) -> str:
    """Return the text, as long as before, with one kind of apostrophe, quotation mark and space.

    >>> same_characters("« Qu’est-ce ? »")
    '" Qu\\'est-ce ? "'
    """
    return text.translate(_SAME_CHARACTER)


def word_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the words and numbers of a text; apostrophes part words, decimal points do not."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        yield Span(match.start(), match.end())


def split_words(text: str) -> list[str]:
    """Return the words and numbers of a text in order, as written.

    >>> split_words("L'été 2020, à 13:29")
    ['L', 'été', '2020', 'à', '13:29']
    """
    return _WORD.findall(text)


def folded_words(text: str) -> list[str]:
    """Return the folded words of a text in order.

    >>> folded_words("L'été 2020, à 13:29")
    ['l', 'ete', '2020', 'a', '13:29']
    """
    return list(_folded_words(text) if len(text) <= _LONGEST_KEPT else _folding(text))


def _folding(text: str) -> tuple[str, ...]:
    return tuple(map(fold, _WORD.findall(text)))


_folded_words = lru_cache(maxsize=4_096)(_folding)


def spaced_words(text: str) -> str:
    """Return the folded words with a space around each, so that only whole words are found.

    >>> spaced_words("L'été") in spaced_words("C'est l’été."), spaced_words("Al") in " alan "
    (True, False)
    """
    return f" {' '.join(folded_words(text))} "


def content_words(text: str, language: str | None = None) -> list[str]:
    """Return the folded words that carry meaning: no stop words, no single letters.

    Without a language the stop words of all languages are left out.
    """
    stop = stop_words(language)
    return [
        word
        for word in folded_words(text)
        if word not in stop and (len(word) > 1 or word.isdigit())
    ]


def name_words(name: str) -> tuple[str, ...]:
    """Return the content words of a name, all its words where it has none: "Ben", "Will".

    >>> name_words("Ben"), name_words("Ada Krenn")
    (('ben',), ('ada', 'krenn'))
    """
    return tuple(content_words(name) or folded_words(name)) or (fold(name),)


@cache
def stop_words(language: str | None = None) -> frozenset[str]:
    """Return the folded function words of a language, or of all of them."""
    chosen = lexicon.languages() if language is None else (language,)
    return frozenset(fold(word) for code in chosen for word in lexicon.table(code, "words")["stop"])


@cache
def light_words(language: str) -> frozenset[str]:
    """Return the folded words that say little: modal and light verbs, indefinites, particles."""
    return frozenset(map(fold, lexicon.table(language, "words")["light"]))


@cache
def month_numbers() -> dict[str, int]:
    """Return the number, from 1, of every folded name and short name of a month."""
    return {
        fold(name): number
        for language in lexicon.languages()
        for number, names in enumerate(lexicon.table(language, "reading")["months"], 1)
        for name in names
    }


def trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a stretch of a text without the spaces around it; nothing where there is no more."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
