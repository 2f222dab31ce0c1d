"""Words of a language that a checked sentence must agree in: `checking` in the lexicon."""

from dataclasses import dataclass
from functools import cache

from index.language import lexicon
from index.language.words import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLists:
    """Folded words; `opposites` holds each pair both ways round."""

    numbers: dict[str, int]
    multipliers: dict[str, int]
    modals: frozenset[str]
    opposites: frozenset[tuple[str, str]]


@cache
def word_lists(language: str) -> WordLists:
    """Return the lists of a language, empty ones where it has none."""
    table = lexicon.table(language, "checking")
    pairs = [(fold(one), fold(other)) for one, other in table.get("opposites", ())]
    return WordLists(
        numbers={fold(word): value for word, value in table.get("numbers", {}).items()},
        multipliers={fold(word): value for word, value in table.get("multipliers", {}).items()},
        modals=frozenset(fold(word) for word in table.get("modals", ())),
        opposites=frozenset([*pairs, *((other, one) for one, other in pairs)]),
    )
