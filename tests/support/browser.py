"""A page in a process of its own and the system's Chromium, for tests, figures and pictures."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def system_browser() -> str | None:
    """Return the path of a Chromium of this machine, None where there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@contextmanager
def running_page(
    *arguments: str, home: Path, wait_seconds: float = 60, **settings: str
) -> Iterator[tuple[str, int]]:
    """Start `assistant chat` on any free port; yields its address and process id, then ends it.

    `settings` are set in its environment.
    """
    command = [sys.executable, "-m", "assistant", "chat", *arguments, "--port", "0"]
    environment = {**os.environ, "ASSISTANT_HOME": str(home), "PYTHONUNBUFFERED": "1", **settings}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            if not address.startswith("http://"):
                assert process.stderr is not None
                raise RuntimeError(f"the page did not start: {process.stderr.read()}")
            _wait_until_it_answers(address, wait_seconds)
            yield address, process.pid
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def _wait_until_it_answers(address: str, wait_seconds: float) -> None:
    from urllib.error import HTTPError, URLError
    from urllib.request import urlopen

    end = time.monotonic() + wait_seconds
    while True:
        try:
            with urlopen(f"{address}healthy", timeout=5):
                return
        except HTTPError:
            return  # it answers, and asks for a password
        except (URLError, OSError):
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


@contextmanager
def open_browser() -> Iterator[Any]:
    """Start the system's Chromium through Playwright; yields the browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system_browser(),
            args=["--no-sandbox", "--disable-gpu", "--disable-component-update"],
        )
        try:
            yield browser
        finally:
            browser.close()
