"""What the project knows of each language: one TOML file per language, data instead of code.

A new language is one new file; `schema` says what it may hold. What a language lacks is empty:
without `[disputes]` nothing is found disputed, without `[statements]` only what needs no words
(a colon between a name and a quotation) is found said.
"""

from functools import cache
from importlib import resources
from typing import Any

from index.language.language_files import LanguageFiles
from index.language.lexicon.schema import SCHEMA, Topic, complete, empty


@cache
def _files() -> LanguageFiles:
    return LanguageFiles(resources.files(__name__), topics=SCHEMA)


def languages() -> tuple[str, ...]:
    """Return the ISO 639-1 codes that have a lexicon, sorted."""
    return _files().languages


@cache
def table(language: str, topic: Topic) -> dict[str, Any]:
    """Return one topic's table for a language, every key of the schema in it.

    Raises:
        LanguageFileError: A key is missing, unknown, or not of its shape; names file and key.
    """
    return read_table(_files(), language, topic)


def read_table(files: LanguageFiles, language: str, topic: Topic) -> dict[str, Any]:
    """Return `table` of a language of the given files.

    Raises:
        LanguageFileError: As `table`.
    """
    entries = files.topic(language, topic)
    if entries is None:
        return empty(SCHEMA[topic])
    return complete(entries, SCHEMA[topic], place=f"{language}.toml: [{topic}]")
