"""What the project knows of each language: one TOML file per language, data instead of code.

A new language is one new file. Each reader of the lexicon owns one top-level table
(`pages`, `reading`, `statements`, `disputes`, `words`) and turns it into its own frozen dataclass.
"""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

_HEADING = re.compile(r"^(?=\[+([a-z]+)[\].])", re.MULTILINE)


@cache
def languages() -> tuple[str, ...]:
    """Return the ISO 639-1 codes that have a lexicon, sorted."""
    files = resources.files(__name__).iterdir()
    return tuple(sorted(file.name[:2] for file in files if file.name.endswith(".toml")))


@cache
def table(language: str, topic: str) -> dict[str, Any]:
    """Return one topic's table for a language; empty where the language has none."""
    part = _parts(language).get(topic)
    return dict(tomllib.loads(part)[topic]) if part is not None else {}


@cache
def _parts(language: str) -> dict[str, str]:
    """Return the text of each topic: whoever wants one does not wait until all are read."""
    if language not in languages():
        return {}
    text = (resources.files(__name__) / f"{language}.toml").read_text("utf-8")
    starts = [(found.start(), found.group(1)) for found in _HEADING.finditer(text)]
    parts: dict[str, str] = {}
    for (start, topic), (end, _) in zip(starts, [*starts[1:], (len(text), "")], strict=True):
        parts[topic] = parts.get(topic, "") + text[start:end]
    return parts
