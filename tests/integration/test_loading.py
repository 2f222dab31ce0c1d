"""What a new process loads: no library of weight before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest


def test_opening_the_bundled_embedder_imports_no_heavy_library() -> None:
    code = (
        "import sys; from index.encoder import open_embedder;"
        "open_embedder().encode_queries(['Bonjour']);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'scipy')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_library_for_languages_is_loaded_only_where_the_words_do_not_tell() -> None:
    code = (
        "import sys; from index.language.detection import detect_language;"
        "detect_language('Where was the agreement concluded?'); print('py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


ROOT = Path(__file__).parent.parent.parent


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
