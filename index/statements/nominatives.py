"""The name of a person in its dictionary form, where the page has it in another case.

"На думку Тараса Бойка, …" names Тарас Бойко. What the page writes itself goes before what the
endings of the language suggest.
"""

import re
from collections.abc import Iterable, Sequence

from index.language.report_words import Gender, Language
from index.language.words import fold
from index.statements.names import inflected

_VOWELS = "аеёиоуыэюяєії"
_LIKELY = {"masculine": ("", "о", "ая"), "feminine": ("ая", "", "ь")}


def nominative(
    name: Sequence[str], written: Sequence[Iterable[str]], language: Language
) -> tuple[str, ...]:
    """Return a full name in the nominative.

    Args:
        name: Its words as they stand at one place, first name first.
        written: For each word, the forms of it that the page has.
        language: Its first names tell the gender, `surname_cases_*` the endings.
    """
    first = _first_name(name[0], language)
    if first is None:
        return tuple(name)
    gender = language.first_names[first.casefold()]
    others = []
    for word, forms in zip(name[1:], written[1:], strict=True):
        best = min(sorted(forms), key=lambda form: _unlikeliness(form, gender))
        oblique = first != name[0] or best != word
        others.append(_by_ending(best, gender, language) if oblique and best == word else best)
    return (first, *others)


def _first_name(word: str, language: Language) -> str | None:
    if word.casefold() in language.first_names:
        return word
    fitting = [name for name in language.first_names if inflected(fold(name), fold(word))]
    return fitting[0].title() if len(fitting) == 1 else None


def _unlikeliness(form: str, gender: Gender) -> tuple[int, int]:
    """Return how little a form looks like a nominative; lower is likelier."""
    ending = form[-1] if form[-1] in _VOWELS + "ь" else ""
    order = _LIKELY[gender]
    place = next((i for i, letters in enumerate(order) if ending in (*letters, letters)), 3)
    return (len(form), place) if gender == "masculine" else (place, len(form))


def _by_ending(word: str, gender: Gender, language: Language) -> str:
    for pattern, ending in language.surname_cases[gender]:
        made, changed = re.subn(pattern, ending, word)
        if changed:
            return made
    return word
