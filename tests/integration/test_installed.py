"""What we run of others listens to nobody, and an audit that cannot run says so."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_an_audit_that_cannot_run_says_so(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.support.audit",
        "--pip-audit",
        str(tmp_path / "nothing"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "not audited" in done.stderr


def test_no_server_of_chroma_is_imported_or_listens(home: Path) -> None:
    code = (
        "import sys\n"
        "def watch(event, arguments):\n"
        "    if event == 'socket.bind': raise SystemExit('something listens')\n"
        "sys.addaudithook(watch)\n"
        "from assistant import Assistant\n"
        "for page in sys.argv[1:]: Assistant.open(page, llm=None)\n"
        "assert Assistant.open(llm=None).ask('What is disputed in Harlow?').text\n"
        "assert 'chromadb' in sys.modules\n"
        "print([name for name in sys.modules if name.startswith('chromadb.server')])"
    )
    pages = [
        str(ROOT / "samples" / f"{name}.en.json") for name in ("harlow-library", "pennick-quarry")
    ]
    done = subprocess.run(
        [sys.executable, "-c", code, *pages], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
