"""TOML files that hold a language each: found in their folder, read topic by topic.

A language is there because its file is: nothing else lists the languages. Whoever wants one topic
(a top-level table) does not wait until all are parsed: a question needs a tenth of a lexicon.
"""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

from index.errors import LanguageFileError

_HEADING = re.compile(r"^(?=\[+\s*([\w-]+)[\s\].])", re.MULTILINE)


class LanguageFiles:
    """The files of one folder, `fr.toml` for French.

    Args of the constructor:
        folder: Where the files lie.
        topics: The top-level tables that a file may have.
    """

    def __init__(self, folder: Traversable, *, topics: Collection[str]) -> None:
        self._folder = folder
        self._topics = topics
        self._parts = cache(self._read_parts)
        names = (file.name for file in self._folder.iterdir())
        self.languages = tuple(sorted(name[:-5] for name in names if name.endswith(".toml")))
        """ISO 639-1 codes, sorted."""

    def topic(self, language: str, topic: str) -> dict[str, Any] | None:
        """Return one topic of a language as it is written; None where the language lacks it.

        Raises:
            LanguageFileError: The file is no TOML, or has a topic that nobody knows.
        """
        part = self._parts(language).get(topic)
        return None if part is None else dict(_parsed(part, language)[topic])

    def _read_parts(self, language: str) -> dict[str, str]:
        if language not in self.languages:
            return {}
        text = (self._folder / f"{language}.toml").read_text("utf-8")
        starts = [(found.start(), found.group(1)) for found in _HEADING.finditer(text)]
        stray = _parsed(text[: starts[0][0]] if starts else text, language)
        unknown = [*stray, *(topic for _, topic in starts if topic not in self._topics)]
        if unknown:
            raise LanguageFileError(f"{language}.toml: nobody knows {unknown[0]!r}")
        parts: dict[str, str] = {}
        for (start, topic), (end, _) in zip(starts, [*starts[1:], (len(text), "")], strict=True):
            parts[topic] = parts.get(topic, "") + text[start:end]
        return parts


def _parsed(part: str, language: str) -> dict[str, Any]:
    try:
        return tomllib.loads(part)
    except tomllib.TOMLDecodeError as error:
        raise LanguageFileError(f"{language}.toml: {error}") from error
