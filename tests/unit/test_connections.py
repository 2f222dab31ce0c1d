"""Who can open a connection: each module that could is declared here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


ROOMS = ("index", "assistant", "page")


SAMPLE = ROOT / "samples" / "harlow-library.en.json"


# Who reaches out, and by what. A new caller is a decision: declare it here, with its reason.
DECLARED: dict[str, set[str]] = {
    # The one gate for pages of the web.
    "index/reading/network/web.py": {"httpx", "httpcore", "socket", "getaddrinfo"},
    "index/reading/network/connections.py": {"httpcore"},
    # The model server, on loopback unless the user named another.
    "assistant/model/local.py": {"httpx", "ollama", "llama_index.llms", "AsyncClient"},
    "assistant/model/served.py": {"httpx"},
    "assistant/model/connection.py": {"httpx", "socket"},
    "assistant/model/choosing.py": {"socket", "create_connection"},
    # An embedding model of that server, on loopback alone.
    "index/encoder/served.py": {"http"},
    # The page listens; it calls nobody.
    "page/server.py": {"socket", "uvicorn", "gradio"},
    "page/endpoints.py": {"gradio"},
    "app.py": {"gradio", "webbrowser"},
    "page/components.py": {"gradio"},
    "page/demo.py": {"gradio"},
    "page/review.py": {"gradio"},
    # It waits for work in the background, and opens nothing.
    "page/routes.py": {"asyncio"},
    # Libraries that could fetch models or send figures; switched off before they are imported.
    "index/library/vectors/embedded.py": {"chromadb"},
    # The server of vectors that the user named.
    "index/library/vectors/served.py": {"chromadb", "HttpClient", "httpx"},
    # The Ray cluster that the user named.
    "index/library/compute/cluster.py": {"create_connection", "ray", "socket"},
    # A model of the hub, by a command of its own: assistant pull --embedder.
    "index/encoder/fetching.py": {"httpx"},
    "index/encoder/sentence.py": {"sentence_transformers"},
    "index/encoder/weights.py": {"huggingface_hub"},
    "index/disputes/entailment.py": {"sentence_transformers"},
    # Processes of our own.
    "index/library/compute/processes.py": {"multiprocessing"},
    # The reader of PDF, which is ended where a file takes too long.
    "index/reading/files/pdf.py": {"subprocess"},
    # Memory that is given back to the system: malloc_trim, no other call.
    "page/memory.py": {"ctypes"},
    # Names of our own modules, from a table.
    "assistant/extractive/__init__.py": {"import_module"},
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
