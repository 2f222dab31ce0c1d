"""A run on disk: its settings, one line per case, and what is made of them.

run.json        what was asked, and with what: written once, before the first question
results.jsonl   one record per line, on the disk before the next case counts as asked
summary.json, report.html, report.md      made of the two above, again at any time
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import AssistantError
from assistant.evaluation.marked import Score
from assistant.evaluation.record import Record
from index.library.durable import replace_file

_MAY_DIFFER = ("cases", "count", "started_at")


class RunSettings(BaseModel):
    """What a run asks, of what, and with what; most of it must be the same to go on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cases: str
    cases_sha256: str
    engine: str
    article: str | None = None
    judge: str | None = None
    limit: int | None = None
    count: int
    started_at: str
    versions: dict[str, str]
    prompts: dict[str, str]
    model_digest: str | None = None
    judge_digest: str | None = None
    gold: tuple[str, ...] = ()
    dresses: tuple[str, ...] = ()

    def difference(self, other: "RunSettings") -> str | None:
        """Return the name of the first setting in which two runs differ, None if they agree."""
        decisive = (name for name in RunSettings.model_fields if name not in _MAY_DIFFER)
        return next(
            (name for name in decisive if getattr(self, name) != getattr(other, name)), None
        )


class RunFolder:
    """The folder of one run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._results = path / "results.jsonl"

    def settings(self) -> RunSettings | None:
        """Return the settings of the run in this folder, None where there is none.

        Raises:
            AssistantError: They cannot be read.
        """
        file = self.path / "run.json"
        if not file.exists():
            return None
        try:
            return RunSettings.model_validate_json(file.read_bytes())
        except (OSError, ValidationError) as error:
            raise AssistantError(f"{file} cannot be read; name another folder") from error

    def start(self, settings: RunSettings) -> None:
        """Write the settings of a new run."""
        self.path.mkdir(parents=True, exist_ok=True)
        self.write_json("run.json", settings.model_dump(mode="json"))

    def write_json(self, name: str, value: object) -> None:
        """Write a JSON file of the folder, whole or not at all."""
        content = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        replace_file(self.path / name, content.encode())

    def marked(self) -> dict[str, Score]:
        """Return how much was found of what people marked on the pages, if they did."""
        file = self.path / "marked.json"
        if not file.is_file():
            return {}
        return {name: Score(**counts) for name, counts in json.loads(file.read_bytes()).items()}

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder: while one process asks its cases, no other may.

        Raises:
            AssistantError: Another process holds it, or it cannot be written.
        """
        from filelock import FileLock, Timeout

        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path / ".lock", timeout=0):
                yield
        except Timeout as error:
            raise AssistantError(
                f"another process is asking the cases of {self.path}; wait for it"
            ) from error
        except OSError as error:
            raise AssistantError(
                f"cannot write to {self.path}: {error.strerror or error}"
            ) from error

    def records(self) -> Iterator[Record]:
        """Yield the records, one at a time, in the order of the file.

        Raises:
            AssistantError: There is no run, or a line is not a record.
        """
        from assistant.evaluation.review import read_opinions

        opinions = read_opinions(self.path)
        try:
            with self._results.open("rb") as file:
                for number, line in enumerate(file, start=1):
                    record = self._record(line, number)
                    said = {
                        by: theirs[record.position].verdict
                        for by, theirs in opinions.items()
                        if record.position in theirs
                    }
                    yield record.model_copy(update={"opinions": said}) if said else record
        except FileNotFoundError as error:
            raise AssistantError(f"{self.path} holds no run; give the folder of one") from error

    def recover(self) -> int:
        """Return how many cases are done; a line that was cut by a kill is taken off.

        Cases are written in their order whoever asks them, so those done are the first ones.

        Raises:
            AssistantError: The lines are not those of the first cases, each once.
        """
        if not self._results.exists():
            return 0
        with self._results.open("r+b") as file:
            content_end = sum(len(line) for line in file if line.endswith(b"\n"))
            file.truncate(content_end)
            _flush(file)
        count = 0
        for count, record in enumerate(self.records(), start=1):
            if record.position != count - 1:
                raise AssistantError(
                    f"{self._results}, line {count} is not the answer to case {count}; "
                    "run the cases again in another folder"
                )
        return count

    def add(self, records: Iterable[Record]) -> None:
        """Write further records, each before the next is asked for: a kill loses none of them.

        A power cut may: those are asked again.
        """
        with self._results.open("ab") as file:
            for record in records:
                file.write(record.model_dump_json().encode() + b"\n")
                file.flush()
            _flush(file)

    def _record(self, line: bytes, number: int) -> Record:
        try:
            return Record.model_validate_json(line)
        except ValidationError as error:
            raise AssistantError(
                f"{self._results}, line {number} is not a record of this version; "
                "run the cases again in another folder"
            ) from error


def _flush(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
