"""Conversations and notes that outlast a browser: kept in the library where the user wants it.

Whoever may open the page reads and changes them; of two versions of an entry the later holds.
"""

import json
import threading
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import AssistantError
from index.library.durable import replace_file

PLACES = ("conversations", "notes")
_MOST_ENTRIES = 2_000
_Name = Annotated[str, Field(max_length=120)]
_Words = Annotated[str, Field(max_length=10_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AskedTurn(_Strict):
    """A question of a conversation, which is asked anew when it is opened."""

    question: _Words
    engine: _Name


class Entry(_Strict):
    """A conversation or a note; `at` is when it was changed, in milliseconds since 1970.

    A note is on a question or on `quote`, which stands at `start` to `end` of the article's text.
    """

    id: Annotated[str, Field(min_length=1, max_length=64)]
    at: Annotated[int, Field(ge=0, le=10**14)]
    gone: bool = False
    article: _Name = ""
    version: _Name = ""
    name: _Name = ""
    turns: Annotated[tuple[AskedTurn, ...], Field(max_length=50)] = ()
    question: _Words = ""
    quote: _Words = ""
    start: Annotated[int, Field(ge=0)] = 0
    end: Annotated[int, Field(ge=0)] = 0
    text: _Words = ""


ENTRIES = TypeAdapter(list[Entry])


class Kept:
    """The entries of each place in a file of the library; safe to use from threads."""

    def __init__(self, home: Path) -> None:
        self._home = home / "kept"
        self._lock = threading.Lock()

    def merged(self, place: str, given: bytes) -> list[dict[str, Any]]:
        """Take in entries as JSON, and return all that are kept, the latest first.

        Raises:
            AssistantError: They are no entries.
        """
        try:
            entries = ENTRIES.validate_json(given)
        except ValidationError as error:
            raise AssistantError(f"these are no {place}: {error.error_count()} faults") from error
        file = self._home / f"{place}.json"
        with self._lock:
            kept = {entry.id: entry for entry in self._read(file)}
            for entry in entries:
                if entry.id not in kept or kept[entry.id].at < entry.at:
                    kept[entry.id] = entry
            latest = sorted(kept.values(), key=lambda entry: -entry.at)[:_MOST_ENTRIES]
            told = [entry.model_dump(mode="json", exclude_defaults=True) for entry in latest]
            if entries:
                self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
                replace_file(file, json.dumps(told, ensure_ascii=False).encode())
        return told

    @staticmethod
    def _read(file: Path) -> list[Entry]:
        return ENTRIES.validate_json(file.read_bytes()) if file.is_file() else []
