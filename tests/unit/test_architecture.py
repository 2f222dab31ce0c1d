"""The direction of imports, who owns which library, and where knowledge of languages stands."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
OUR_ROOMS = ("index", "assistant", "page")
OWNERS = {
    "chromadb": {"index/library/vectors/"},
    "llama_index": {"assistant/formats/llama_index.py", "assistant/model", "assistant/prompt.py"},
    "sentence_transformers": {"index/encoder/sentence.py", "index/disputes/entailment.py"},
    "torch": set(),
    "gradio": {
        "page/components.py",
        "page/demo.py",
        "page/endpoints.py",
        "page/review.py",
        "page/server.py",
    },
    "fastapi": {"page/demo.py", "page/server.py", "page/routes.py"},
    "uvicorn": {"page/server.py"},
    "jinja2": {"assistant/evaluation/report", "assistant/prompt.py", "page/"},
    "ollama": {"assistant/model/local.py"},
    "httpx": {
        "index/encoder/fetching.py",
        "index/reading/network/web.py",
        "index/library/vectors/served.py",
        "assistant/model/",
    },
    "socket": {
        "index/library/compute/cluster.py",
        "index/reading/network/web.py",
        "assistant/model",
        "page/server.py",
    },
    "trafilatura": {"index/reading/html"},
    "defusedxml": {"index/reading/exports"},
    "pypdf": {"index/reading/files/pdf_worker.py"},
    "filelock": {"index/library/lock.py", "assistant/evaluation/folder.py"},
    "platformdirs": {"assistant/settings.py"},
    "typer": {"assistant/cli/"},
    "rich": {
        "assistant/formats/debate.py",
        "assistant/formats/terminal.py",
        "assistant/evaluation/terminal.py",
    },
    "ray": {"index/library/compute/cluster.py"},
    "sacrebleu": {"assistant/evaluation/metrics/overlap.py"},
}
INDEX_ROOMS = (
    *("errors", "offline", "article", "article_json", "language", "encoder", "reading"),
    *("scope", "statements", "disputes", "retrieval", "library"),
)
"""Each may import those before it."""
STILL_NAMED = Counter(
    {
        "assistant/checking/agreement.py": 1,
        "assistant/question/understanding.py": 2,
        "index/statements/complements.py": 5,
        "index/statements/cues.py": 4,
        "index/statements/names.py": 1,
        "index/statements/parentheses.py": 1,
        "index/statements/phrases.py": 3,
        "index/statements/speakers.py": 1,
        "index/statements/tokens.py": 1,
    }
)
"""Comparisons with a language that are left: the numbers go down, never up."""
STILL_READING = {"index/reading/encodings.py"}
"""Who reads the lexicon past the room of languages."""
TABLES_OF_MARKUP = {"index/reading/html/discussion.py"}
"""Who reads a table that holds no language: what discussion pages call their parts."""


def _modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@cache
def _nodes(file: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(file.read_text("utf-8"))))


@cache
def _imported(file: Path) -> tuple[str, ...]:
    return tuple(_imports(file))


def _imports(file: Path) -> Iterator[str]:
    for node in _nodes(file):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _strangers(room: str, *strangers: str) -> set[tuple[str, str]]:
    """Return the files of a room that import what they may not know, and what that is."""
    return {
        (file.relative_to(ROOT).as_posix(), name)
        for file in _modules(room)
        for name in _imported(file)
        if name.split(".")[0] in strangers
    }


def test_index_knows_nothing_of_the_assistant() -> None:
    assert not _strangers("index", "assistant", "page", "app")


def test_only_the_command_line_imports_the_page() -> None:
    found = {file for file, _ in _strangers("assistant", "app", "page")}
    assert found <= {"assistant/cli/chat.py", "assistant/cli/evaluation.py"}


def test_the_page_knows_nothing_of_the_program_that_opens_it() -> None:
    assert not _strangers("page", "app")


def test_a_library_is_imported_only_by_its_owner() -> None:
    strangers = {
        (file, name)
        for room in OUR_ROOMS
        for file, name in _strangers(room, *OWNERS)
        if not any(file.startswith(owner) for owner in OWNERS[name.split(".")[0]])
    }
    assert not strangers


def _room(name: str) -> str:
    """Return the room below index of a module or file: `index.reading.html` is of `reading`."""
    return name.replace("/", ".").removesuffix(".py").split(".")[1]


def test_the_rooms_of_index_import_one_way() -> None:
    place = {room: number for number, room in enumerate(INDEX_ROOMS)}
    backwards = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in _modules("index")
        if file.parent != ROOT / "index" or file.name != "__init__.py"
        for name in _imported(file)
        if name.startswith("index.")
        and place[_room(name)] > place[_room(file.relative_to(ROOT).as_posix())]
    }
    assert not backwards


def test_the_index_has_few_rooms() -> None:
    entries = [e.name for e in (ROOT / "index").iterdir() if e.name != "__pycache__"]
    assert len(entries) <= 12, sorted(entries)


def _compares_language_code(node: ast.AST) -> bool:
    """Whether a comparison has a language on one side, and on the other "fr" or ("fr", "it")."""
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    names = {side.attr for side in sides if isinstance(side, ast.Attribute)} | {
        side.id for side in sides if isinstance(side, ast.Name)
    }
    written = [
        part.value
        for side in sides
        for part in (side.elts if isinstance(side, ast.Tuple | ast.Set | ast.List) else [side])
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    is_code = any(re.fullmatch("[a-z]{2}", value) for value in written)
    return is_code and bool(names & {"code", "language"})


def test_no_language_is_named_in_code() -> None:
    found = Counter(
        file.relative_to(ROOT).as_posix()
        for room in OUR_ROOMS
        for file in _modules(room)
        if not file.is_relative_to(ROOT / "index" / "language")
        for node in _nodes(file)
        if _compares_language_code(node)
    )
    assert found <= STILL_NAMED, f"ask the lexicon instead: {found - STILL_NAMED}"


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ('language.code == "fr"', True),
        ('self.language != "de"', True),
        ('language in ("fr", "it")', True),
        ('token.low == "es"', False),
        ('language == "french"', False),
    ],
)
def test_a_comparison_with_a_language_is_seen(source: str, is_one: bool) -> None:
    assert _compares_language_code(ast.parse(source, mode="eval").body) is is_one


def test_only_the_room_of_languages_reads_the_lexicon() -> None:
    readers = {
        file.relative_to(ROOT).as_posix()
        for room in OUR_ROOMS
        for file in _modules(room)
        if not file.is_relative_to(ROOT / "index" / "language")
        for name in _imported(file)
        if name.startswith("index.language.lexicon") or (room == "index" and name == "tomllib")
    }
    assert readers <= STILL_READING | TABLES_OF_MARKUP
