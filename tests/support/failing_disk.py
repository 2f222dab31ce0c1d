"""A disk of which one call fails."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


class FailingDisk:
    """Counts calls that change the disk, and lets one of them fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        self.failing: int | None = None
        self.code = 0
        for owner, name in ((os, "fsync"), (Path, "rename"), (Path, "replace"), (Path, "mkdir")):
            monkeypatch.setattr(owner, name, self._counted(getattr(owner, name)))
        opened = Path.open

        def open_(path: Path, mode: str = "r", *arguments: Any, **options: Any) -> Any:
            if mode.startswith(("w", "x", "a")):
                self._count(path)
            return opened(path, mode, *arguments, **options)

        monkeypatch.setattr(Path, "open", open_)

    def fail(self, call: int | None, code: int = 0) -> None:
        self.calls, self.failing, self.code = 0, call, code

    def _count(self, path: object) -> None:
        self.calls += 1
        if self.calls == self.failing:
            name = str(path) if isinstance(path, Path) else None
            raise OSError(self.code, os.strerror(self.code), name)

    def _counted(self, action: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            self._count(arguments[0])
            return action(*arguments, **options)

        return counted
