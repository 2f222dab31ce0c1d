"""What all tests share: no network but loopback, a library of their own, the shared data."""

import os
import runpy
import tempfile
from pathlib import Path

import hypothesis
import pytest

from index.offline import stay_offline

# How long an example takes says more about the machine than about us.
hypothesis.settings.register_profile("ours", deadline=None)
hypothesis.settings.load_profile("ours")

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
_NO_NAMES = ROOT / "tests" / "support" / "no_names"


def pytest_configure(config: pytest.Config) -> None:
    """Let nobody ask for a name or leave this machine: not us, not the processes tests start."""
    if "REFUSED_FILE" not in os.environ:
        handle, file = tempfile.mkstemp(prefix="refused-")
        os.close(handle)
        os.environ["REFUSED_FILE"] = file
        config.add_cleanup(lambda: Path(file).unlink(missing_ok=True))
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(_NO_NAMES), *filter(None, [os.environ.get("PYTHONPATH")])]
    )
    stay_offline()  # for what tests do with libraries themselves, such as saving a model
    runpy.run_path(str(_NO_NAMES / "sitecustomize.py"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was refused, even where the error was swallowed."""
    refused = _refused()
    terminalreporter.write_line(f"names asked for and hosts tried to reach: {len(refused)}")
    for line in refused:
        terminalreporter.write_line(line, red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run when anything was refused."""
    if _refused() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _refused() -> list[str]:
    return Path(os.environ["REFUSED_FILE"]).read_text("utf-8").splitlines()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a case by its beginning where pytest would count: `a a a ... 100000`, not `text3`.

    Every process of a run must find the same names: no place in memory, and of packed bytes only
    the first four, before the time of their packing.
    """
    if isinstance(val, bytes):
        start = 30 if val[:60].isascii() and val[:4].isalnum() else 4
        return f"{ascii(val[:start])[2:-1]}... {len(val)}"
    if isinstance(val, str) and len(val) > 60:
        return f"{ascii(val[:30])[1:-1]}... {len(val)}"
    if isinstance(val, dict | list | tuple | BaseException) and " at 0x" not in ascii(val):
        return ascii(val)[:60]
    return None


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a library of its own."""
    folder = tmp_path / "library"
    monkeypatch.setenv("ASSISTANT_HOME", str(folder))
    monkeypatch.delenv("ASSISTANT_EMBEDDER", raising=False)
    monkeypatch.delenv("ASSISTANT_READER", raising=False)
    # No test may find a model server that happens to run on the machine.
    monkeypatch.setenv("ASSISTANT_OLLAMA", "http://127.0.0.1:9")
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of material to measure with; it may not be missing in CI."""
    folder = Path(os.environ.get("ARTICLE_DATA", "../shared"))
    if not folder.is_absolute():
        folder = ROOT / folder
    if not (folder / "gold").is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"ARTICLE_DATA={folder} has no data, and CI may not skip")
        pytest.skip(f"no data in {folder}; set ARTICLE_DATA")
    return folder


@pytest.fixture
def karabakh(shared_data: Path) -> Path:
    """A real article with its thread, pasted from a page."""
    return shared_data / "articles" / "karabakh.fr.txt"
