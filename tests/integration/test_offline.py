"""Who may reach the network, and what is told to stay off it before it is imported."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from index.offline import SWITCHES
from tests.support.unsafe_addresses import NAMES, UNSAFE

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "samples" / "harlow-library.en.json"


_WATCH = """
import json, sys
events = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        events.append([event, str(arguments[1] if event == "socket.connect" else arguments[0])])
sys.addaudithook(watch)
"""


def _events(code: str, *arguments: str, record: Path) -> list[list[str]]:
    """Return every connection and look-up of a process, as the interpreter itself reports it."""
    record.touch()
    done = subprocess.run(
        [sys.executable, "-c", f"{_WATCH}\n{code}\nprint(json.dumps(events))", *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "REFUSED_FILE": str(record)},
    )
    assert not record.read_text("utf-8")
    events = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(events, list)
    return events


def test_reading_asking_quoting_and_checking_open_no_connection(home: Path, tmp_path: Path) -> None:
    code = (
        "from assistant import Assistant\n"
        "a = Assistant.open(sys.argv[1], llm=None)\n"
        "assert a.ask('What do readers say?').citations\n"
        "assert a.statements() and a.disputes()\n"
        "assert Assistant.open(llm=None).ask('What is disputed in Harlow?')\n"
        "a.check('the roof'); a.as_retriever()"
    )
    assert _events(code, str(SAMPLE), record=tmp_path / "refused") == []


def test_no_unsafe_address_is_connected_to_from_any_door(home: Path, tmp_path: Path) -> None:
    written = [url for url in UNSAFE if url not in NAMES and "page.org" not in url]
    written = [url for url in written if url.startswith("http") and url.isprintable()]
    code = (
        "from index.reading import read_article, read_articles\n"
        "from assistant import Assistant\n"
        "from index.errors import ArticleError\n"
        "doors = [(read_article, url) for url in sys.argv[1:]]\n"
        "for other in (read_articles, Assistant.open):\n"
        "    doors += [(other, url) for url in sys.argv[1::20]]\n"
        "for door, url in doors:\n"
        "    try: door(url)\n"
        "    except ArticleError: continue\n"
        "    raise SystemExit(f'{url} was read')\n"
    )
    events = _events(code, *written, record=tmp_path / "refused")
    assert [event for event in events if event[0] == "socket.connect"] == []
    assert len(written) > 80


@pytest.mark.parametrize("ask", ["getaddrinfo", "gethostbyname"])
def test_a_test_that_asks_for_a_name_is_refused_and_noted(ask: str, tmp_path: Path) -> None:
    record = tmp_path / "refused"
    arguments = "'names.example', 80" if ask == "getaddrinfo" else "'names.example'"
    code = f"import socket\ntry: socket.{ask}({arguments})\nexcept BaseException as e: print(e)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "REFUSED_FILE": str(record)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "names.example" in done.stdout
    assert "names.example" in record.read_text("utf-8")


_AT_IMPORT = """
import importlib.abc, json, os, sys
class Noting(importlib.abc.MetaPathFinder):
    noted = {}
    def find_spec(self, name, path, target=None):
        if name in HEAVY and name not in self.noted:
            self.noted[name] = {key: os.environ.get(key) for key in SWITCHES}
            raise ImportError(f"{name} is not imported here")
sys.meta_path.insert(0, Noting())
"""
HEAVY = ("gradio", "huggingface_hub", "transformers", "sentence_transformers", "datasets")
DOORS = {
    "command line": (
        "from assistant.cli import main\nsys.argv = ['assistant', 'list']\nmain()",
        "",
    ),
    "program of the page": ("import app; app.chat(port=0)", "gradio"),
    "page": (
        "from page.articles import OpenArticles; from page.server import build_demo, build_page\n"
        "build_page(build_demo(OpenArticles(), first_article={'en': 'none'}))",
        "gradio",
    ),
    "embedding model": (
        "from index.encoder import open_embedder; open_embedder('nobody/has-this')",
        "huggingface_hub",
    ),
    "model of relations": (
        "from index.disputes import CrossEncoderJudge; CrossEncoderJudge('nobody/has-this')",
        "huggingface_hub",
    ),
}


@pytest.mark.parametrize("door", DOORS)
def test_every_switch_is_set_before_what_could_phone_home_is_imported(
    door: str, home: Path
) -> None:
    code, imported = DOORS[door]
    # The environment says the opposite, and is overruled.
    environment: dict[str, Any] = {**os.environ, **dict.fromkeys(SWITCHES, "0")}
    start = f"HEAVY, SWITCHES = {HEAVY!r}, {tuple(SWITCHES)!r}\n{_AT_IMPORT}\n"
    tried = f"try:\n{textwrap.indent(code, '    ')}\nexcept (Exception, SystemExit): pass\n"
    end = "print(json.dumps([Noting.noted, {key: os.environ.get(key) for key in SWITCHES}]))"
    done = subprocess.run(
        [sys.executable, "-c", start + tried + end],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    noted, finally_set = json.loads(done.stdout.splitlines()[-1])
    assert set(noted) == set(imported.split())
    assert all(switches == dict(SWITCHES) for switches in [*noted.values(), finally_set])


def test_the_hub_is_off_for_us_where_somebody_imported_it_before(tmp_path: Path) -> None:
    code = (
        "import huggingface_hub\n"
        "from huggingface_hub.utils import build_hf_headers\n"
        "from index.offline import hub_offline\n"
        "assert not huggingface_hub.is_offline_mode()\n"
        "with hub_offline():\n"
        "    assert huggingface_hub.is_offline_mode()\n"
        "    build_hf_headers()\n"
        "assert not huggingface_hub.is_offline_mode()"
    )
    unset = (
        "import os\nfor key in ('HF_HUB_OFFLINE', 'TRANSFORMERS_OFFLINE'): del os.environ[key]\n"
    )
    assert _events(unset + code, record=tmp_path / "refused") == []
