"""What the project knows of each language: one TOML file per language, data instead of code.

A new language is one new file. Each reader of the lexicon owns one top-level table
(`pages`, `reading`, `statements`, `disputes`, `words`) and turns it into its own frozen dataclass.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def languages() -> tuple[str, ...]:
    """Return the ISO 639-1 codes that have a lexicon, sorted."""
    files = resources.files(__name__).iterdir()
    return tuple(sorted(file.name[:2] for file in files if file.name.endswith(".toml")))


@cache
def table(language: str, topic: str) -> dict[str, Any]:
    """Return one topic's table for a language; empty where the language has none."""
    if language not in languages():
        return {}
    return dict(_entries(language).get(topic, {}))


@cache
def _entries(language: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__name__) / f"{language}.toml").read_text("utf-8"))
