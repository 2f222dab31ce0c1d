"""The page's own sentences in the language a reader wants, and which one that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from assistant.locale import FALLBACK, languages, table


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The page's sentences in one language; `words("key", name=value)` fills one."""

    language: str
    sentences: Mapping[str, str]
    zero_is_one: bool = False

    def __call__(self, key: str, **values: object) -> str:
        """Return a sentence, filled.

        Raises:
            KeyError: There is no such sentence, or a value for it is missing.
        """
        return self.sentences[key].format(**values)

    def count(self, key: str, number: int) -> str:
        """Return "1 comment" or "7 comments"; some languages count zero as one: "0 commentaire"."""
        is_one = number == 1 or (number == 0 and self.zero_is_one)
        return self(f"{key}_{'one' if is_one else 'many'}", number=number)

    def when(self, time: datetime | None) -> str:
        """Return a time as people write it, empty where it is unknown."""
        if time is None:
            return ""
        month = self(f"month_{time.month}")
        return self("time", day=time.day, month=month, year=time.year, clock=f"{time:%H:%M}")


@cache
def words_of(language: str) -> Words:
    """Return the page's sentences in a language, English where we have none."""
    known = language if language in languages() else FALLBACK
    sentences = dict(table(known, "page"))
    return Words(language=known, zero_is_one=sentences.pop("zero_is_one"), sentences=sentences)


def wanted_language(accepted: str) -> str:
    """Return the first of our languages in an `Accept-Language` header, else English.

    >>> wanted_language("ja, fr-CA;q=0.8, en;q=0.9")
    'en'
    """
    wishes = []
    for position, part in enumerate(accepted.split(",")[:20]):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            weight = 0.0
        wishes.append((-weight, position, tag[:2].lower()))
    return next((tag for _, _, tag in sorted(wishes) if tag in languages()), FALLBACK)
