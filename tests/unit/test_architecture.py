"""The direction of imports, and who owns which library."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
OUR_ROOMS = ("index", "assistant", "page")
OWNERS = {
    "chromadb": {"index/library/vectors/"},
    "llama_index": {"assistant/formats/llama_index.py", "assistant/model", "assistant/prompt.py"},
    "sentence_transformers": {"index/encoder/sentence.py", "index/disputes/entailment.py"},
    "torch": set(),
    "gradio": {"page/server.py", "page/endpoints.py"},
    "fastapi": {"page/server.py", "page/routes.py"},
    "uvicorn": {"page/server.py"},
    "jinja2": {"assistant/evaluation/report", "assistant/prompt.py", "page/"},
    "ollama": {"assistant/model/local.py"},
    "httpx": {
        "index/reading/network/web.py",
        "index/library/vectors/served.py",
        "assistant/model/local.py",
    },
    "socket": {
        "index/library/compute/cluster.py",
        "index/reading/network/web.py",
        "assistant/model",
        "page/server.py",
    },
    "trafilatura": {"index/reading/html"},
    "defusedxml": {"index/reading/exports", "index/reading/recognition.py"},
    "filelock": {"index/library/library.py"},
    "platformdirs": {"assistant/settings.py"},
    "typer": {"assistant/cli/"},
    "rich": {"assistant/formats/terminal.py", "assistant/evaluation/terminal.py"},
    "ray": {"index/library/compute/cluster.py"},
    "sacrebleu": {"assistant/evaluation/metrics/overlap.py"},
}


def _modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


@pytest.mark.parametrize("file", _modules("index"), ids=str)
def test_index_knows_nothing_of_the_assistant(file: Path) -> None:
    assert not [
        name for name in _imported(file) if name.split(".")[0] in ("assistant", "page", "app")
    ]


@pytest.mark.parametrize("file", _modules("assistant"), ids=str)
def test_only_the_command_line_imports_the_page(file: Path) -> None:
    if file != ROOT / "assistant" / "cli" / "chat.py":
        assert not {"app", "page"} & {name.split(".")[0] for name in _imported(file)}


@pytest.mark.parametrize("file", _modules("page"), ids=str)
def test_the_page_knows_nothing_of_the_program_that_opens_it(file: Path) -> None:
    assert "app" not in {name.split(".")[0] for name in _imported(file)}


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_a_library_is_imported_only_by_its_owner(library: str) -> None:
    importers = {
        file.relative_to(ROOT).as_posix()
        for room in OUR_ROOMS
        for file in _modules(room)
        if any(name.split(".")[0] == library for name in _imported(file))
    }
    strangers = {file for file in importers if not any(file.startswith(o) for o in OWNERS[library])}
    assert not strangers


def _loaded_by(statement: str) -> set[str]:
    code = f"{statement}\nimport sys; print(*sorted(m.split('.')[0] for m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


NUMBERS = {
    "Stemmer",
    "lxml",
    "numpy",
    "pandas",
    "pydantic",
    "rapidfuzz",
    "safetensors",
    "tokenizers",
}
SERVERS = {"fastapi", "gradio", "httpx", "mcp", "ollama", "uvicorn"}
MODELS = {"chromadb", "llama_index", "sentence_transformers", "torch", "transformers"}
PAGES = {"charset_normalizer", "jinja2", "py3langid", "sacrebleu", "trafilatura"}
HEAVY = NUMBERS | SERVERS | MODELS | PAGES | {"rich"}
"""What `import assistant` may not bring with it: each costs tens of milliseconds, some seconds."""


@pytest.mark.parametrize(
    "statement", ["import index.article", "import assistant", "import assistant.settings"]
)
def test_the_domain_imports_without_any_heavy_library(statement: str) -> None:
    assert not _loaded_by(statement) & HEAVY


def test_the_help_is_shown_without_any_heavy_library() -> None:
    help_shown = (
        "import contextlib, io, sys; sys.argv = ['assistant', '--help']\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()): "
        "__import__('assistant.cli').cli.main()\npass"
    )
    # rich is what typer shows its help with.
    assert not _loaded_by(help_shown) & (HEAVY - {"rich"})


def test_an_answer_needs_neither_torch_nor_chroma_nor_llama_index() -> None:
    assert not _loaded_by("import assistant.ask") & (HEAVY - NUMBERS)


def test_a_composed_answer_loads_no_model_and_no_server() -> None:
    answered = (
        "import tempfile; from assistant import Assistant\n"
        "with tempfile.TemporaryDirectory() as home: "
        "Assistant.open('samples/port-de-valmer.fr.txt', llm=None, home=home)"
        ".ask('Qui conteste ?')\npass"
    )
    assert not _loaded_by(answered) & (MODELS | SERVERS)
