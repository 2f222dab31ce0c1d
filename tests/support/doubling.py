"""Steps of worker processes: one whose process dies once, one that names its process."""

import os
import signal
from pathlib import Path


class Doubling:
    """Doubles numbers; its process dies when it first meets the number 7."""

    def __init__(self, grave: Path) -> None:
        self._grave = grave

    def __call__(self, number: int) -> int:
        if number == 7 and not self._grave.exists():
            self._grave.write_text("here lies a worker")
            os.kill(os.getpid(), signal.SIGKILL)
        return 2 * number


class Naming:
    """Answers with the number of its process, whatever it is given."""

    def __call__(self, _: object) -> int:
        return os.getpid()
