"""The page's own sentences, one TOML file per language, and which language a reader wants."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The page's sentences in one language; `words("key", name=value)` fills one."""

    language: str
    sentences: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return a sentence, filled.

        Raises:
            KeyError: There is no such sentence, or a value for it is missing.
        """
        return self.sentences[key].format(**values)

    def count(self, key: str, number: int) -> str:
        """Return "1 comment" or "7 comments"; French counts zero as one."""
        is_one = number == 1 or (number == 0 and self.language == "fr")
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
    known = language if language in LANGUAGES else LANGUAGES[0]
    path = Path(__file__).parent / f"{known}.toml"
    return Words(language=known, sentences=tomllib.loads(path.read_text("utf-8")))


def wanted_language(accepted: str) -> str:
    """Return the first of our languages in an `Accept-Language` header, else English.

    >>> wanted_language("de, fr-CA;q=0.8, en;q=0.9")
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
    return next((tag for _, _, tag in sorted(wishes) if tag in LANGUAGES), LANGUAGES[0])
