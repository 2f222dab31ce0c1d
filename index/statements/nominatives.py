"""The name of a person in its dictionary form, where the page has it in several cases.

Of "Тараса Бойка" and "Тарас Бойко" the second is the name. What the page never writes is not
guessed: "Аркадия Полуянова" may be a woman, and no Аркадий.
"""

from collections.abc import Iterable, Sequence

from index.language.report_words import Gender, Language

_VOWELS = "аеёиоуыэюяєії"
_LIKELY = {"masculine": ("", "о", "ая"), "feminine": ("ая", "", "ь")}


def nominative(
    name: Sequence[str], written: Sequence[Iterable[str]], language: Language
) -> tuple[str, ...]:
    """Return a full name in the nominative.

    Args:
        name: Its words as they stand at one place, first name first.
        written: For each word, the forms of it that the page has.
        language: Its first names tell the gender.
    """
    known = [form for form in written[0] if form.casefold() in language.first_names]
    if len(known) != 1:
        return tuple(name)
    gender = language.first_names[known[0].casefold()]
    others = (
        min(sorted(forms), key=lambda form: _unlikeliness(form, gender)) for forms in written[1:]
    )
    return (known[0], *others)


def _unlikeliness(form: str, gender: Gender) -> tuple[int, int]:
    """Return how little a form looks like a nominative; lower is likelier."""
    ending = form[-1] if form[-1] in _VOWELS + "ь" else ""
    order = _LIKELY[gender]
    place = next((i for i, letters in enumerate(order) if ending in (*letters, letters)), 3)
    return (len(form), place) if gender == "masculine" else (place, len(form))
