"""Who may write to a library: one process at a time, and only one that knows its format."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import ArticleError, LibraryLockedError
from index.library import durable

FORMAT = 1
"""Of the record on disk; a library of a newer format is refused, not touched."""
PATIENCE_SECONDS = 1.0

# The lock file parts processes; threads of one process take turns here.
_ONE_THREAD = threading.RLock()


class WriterLock:
    """The lock of a library; its holder is named beside it."""

    def __init__(self, home: Path, *, settle: Callable[[], None]) -> None:
        """Lock nothing yet.

        Args:
            home: The folder of the library, made when it is first written to.
            settle: Mends what killed writers left; called by the first holder of this process.
        """
        self._home = home
        self._settle = settle
        self._is_settled = False

    @contextmanager
    def held(self, *, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
        """Hold the lock; nested use by one process is allowed.

        Args:
            patience_seconds: How long to wait for another process.

        Raises:
            LibraryLockedError: Another process holds it; says which.
            ArticleError: The disk refused to write, now or while the lock was held.
        """
        from filelock import FileLock, Timeout

        self.refuse_newer_format()
        holder = self._home / ".lock.holder"
        try:
            # What somebody reads is nobody else's business on a machine with several accounts.
            self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = FileLock(self._home / ".lock", is_singleton=True)
            with _ONE_THREAD, lock.acquire(timeout=patience_seconds):
                if lock.lock_counter == 1:
                    holder.write_text(str(os.getpid()))
                    self._settle_once()
                yield
        except Timeout as error:
            process = holder.read_text() if holder.exists() else "unknown"
            raise LibraryLockedError(
                f"process {process} is writing to {self._home}; try again when it has finished"
            ) from error
        except OSError as error:
            where = error.filename or self._home
            raise ArticleError(f"cannot write to {where}: {error.strerror or error}") from error

    def refuse_newer_format(self) -> None:
        """Raise ArticleError for a library of a format that this version does not know."""
        mark = self._home / "format"
        try:
            found = int(mark.read_text())
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            raise ArticleError(
                f"{mark} does not say which format the library has ({error}); nothing was changed"
            ) from error
        if found > FORMAT:
            raise ArticleError(
                f"the library in {self._home} has format {found}, this version knows {FORMAT}; "
                "update article assistant, nothing was changed"
            )

    def _settle_once(self) -> None:
        """Remove what killed writers left and mend the rest: a walk, so not at every lock."""
        if self._is_settled:
            return
        durable.sweep(self._home)
        self._settle()
        if not (self._home / "format").exists():
            durable.replace_file(self._home / "format", str(FORMAT).encode())
        self._is_settled = True
