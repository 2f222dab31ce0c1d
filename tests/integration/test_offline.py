"""Who may reach the network, and what is told to stay off it before it is imported."""

import ast
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.offline import SWITCHES
from tests.support.unsafe_addresses import NAMES, UNSAFE

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("index", "assistant", "page")
SAMPLE = ROOT / "samples" / "harlow-library.en.json"

# Who reaches out, and by what. A new caller is a decision: declare it here, with its reason.
DECLARED: dict[str, set[str]] = {
    # The one gate for pages of the web.
    "index/reading/network/web.py": {"httpx", "httpcore", "socket", "getaddrinfo"},
    "index/reading/network/connections.py": {"httpcore"},
    # The model server, on loopback unless the user named another.
    "assistant/model/local.py": {"httpx", "ollama", "socket", "llama_index.llms", "AsyncClient"},
    "assistant/model/choosing.py": {"socket", "create_connection"},
    # The page listens; it calls nobody.
    "page/server.py": {"socket", "uvicorn", "gradio"},
    "page/endpoints.py": {"gradio"},
    "app.py": {"webbrowser"},
    # Libraries that could fetch models or send figures; switched off before they are imported.
    "index/library/vectors/embedded.py": {"chromadb"},
    # The server of vectors that the user named.
    "index/library/vectors/served.py": {"chromadb", "HttpClient", "httpx"},
    # The Ray cluster that the user named.
    "index/library/compute/cluster.py": {"create_connection", "ray", "socket"},
    "index/encoder/sentence.py": {"sentence_transformers"},
    "index/encoder/weights.py": {"huggingface_hub"},
    "index/disputes/entailment.py": {"sentence_transformers"},
    # Processes of our own.
    "assistant/evaluation/working.py": {"multiprocessing"},
    "index/library/compute/processes.py": {"multiprocessing"},
    # Memory that is given back to the system: malloc_trim, no other call.
    "page/memory.py": {"ctypes"},
    # Names of our own modules, from a table.
    "assistant/__init__.py": {"import_module"},
}
# Who has pages fetched: both hand on an address that the user gave.
FETCHERS = {"index/reading/__init__.py", "index/library/intake.py"}

REACHING_MODULES = {
    *("aiohttp", "asyncio", "chromadb", "ctypes", "datasets", "ftplib", "gradio", "gradio_client"),
    *("http", "httpcore", "httpx", "huggingface_hub", "imaplib", "mcp", "multiprocessing"),
    *("nltk", "ollama", "poplib", "posthog", "pycurl", "ray", "requests", "safehttpx", "smtplib"),
    *("sentence_transformers", "socket", "socketserver", "subprocess", "telnetlib", "torch"),
    *("transformers", "urllib3", "uvicorn", "webbrowser", "websockets", "xmlrpc", "zmq"),
    *("urllib.request", "llama_index.llms", "llama_index.embeddings", "llama_index.readers"),
}
REACHING_NAMES = {
    *("AsyncClient", "AsyncHttpClient", "CloudClient", "HttpClient", "URLopener", "__import__"),
    *("create_connection", "eval", "exec", "execv", "execve", "fetch_response", "fetch_url"),
    *("getaddrinfo", "gethostbyname", "hf_hub_download", "import_module", "load_dataset"),
    *("open_connection", "open_unix_connection", "popen", "posix_spawn", "snapshot_download"),
    *("startfile", "system", "urlopen", "urlretrieve"),
}


def _sources() -> Iterator[tuple[str, str]]:
    for file in (ROOT / "app.py", *(f for room in ROOMS for f in (ROOT / room).rglob("*.py"))):
        yield file.relative_to(ROOT).as_posix(), file.read_text("utf-8")


def _reaching(source: str) -> set[str]:
    """Return the modules and names in a source with which a connection could be opened."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(*(_module(alias.name) for alias in node.names))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                found |= _module(f"{node.module}.{alias.name}")
                found |= {alias.name} & REACHING_NAMES
        elif isinstance(node, ast.Attribute) and node.attr in REACHING_NAMES:
            found.add(node.attr)
        elif isinstance(node, ast.Name) and node.id in REACHING_NAMES:
            found.add(node.id)
    return found


def _module(name: str) -> set[str]:
    return {known for known in REACHING_MODULES if name == known or name.startswith(f"{known}.")}


def test_only_declared_callers_can_open_a_connection() -> None:
    found = {name: reaching for name, source in _sources() if (reaching := _reaching(source))}
    assert found == DECLARED


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "import http.client",
        "from urllib import request",
        "import urllib.request as r",
        "from asyncio import open_connection",
        "from llama_index.llms.openai import OpenAI",
        "import chromadb\nchromadb.HttpClient()",
        "from x import y\ny.HttpClient(host='h')",
        "__import__('sock' + 'et')",
        "import os\nos.system('curl x')",
        "def f():\n    from huggingface_hub import snapshot_download",
    ],
)
def test_ways_to_open_a_connection_are_seen(source: str) -> None:
    assert _reaching(source)


def test_taking_an_address_apart_is_no_connection() -> None:
    assert not _reaching("from urllib.parse import urlsplit\nimport re\nfrom xml import dom")


def test_only_the_readers_have_pages_fetched() -> None:
    callers = {
        name
        for name, source in _sources()
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.ImportFrom) and node.module == "index.reading.network.web")
        or (
            isinstance(node, ast.Import)
            and any(a.name == "index.reading.network.web" for a in node.names)
        )
    }
    assert callers == FETCHERS


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
        "from page.articles import OpenArticles; from page.server import build_page\n"
        "build_page(OpenArticles(), first_article={'en': 'none'})",
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
