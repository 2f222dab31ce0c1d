"""What is installed, whether the library is sound, and what would make it better."""

import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from assistant.settings import Settings
from index.embedding import open_embedder
from index.errors import ArticleError
from index.library import Library

_PACKAGES = ("chromadb", "llama-index-core", "sentence-transformers", "gradio", "ollama")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at; `fix` says what to do, empty where nothing is needed."""

    name: str
    ok: bool
    detail: str
    fix: str = ""


def examine(settings: Settings) -> tuple[Check, ...]:
    """Return all checks, in the order in which a user would want to read them."""
    return (
        _python(),
        *(_package(name) for name in _PACKAGES),
        _embedder(settings),
        _library(settings.home),
        Check(
            name="answers",
            ok=True,
            detail="composed of the page's own words, no language model needed",
        ),
    )


def _python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Check(name="python", ok=sys.version_info >= (3, 11), detail=version)


def _package(name: str) -> Check:
    try:
        return Check(name=name, ok=True, detail=metadata.version(name))
    except metadata.PackageNotFoundError:
        return Check(
            name=name,
            ok=False,
            detail="not installed",
            fix="run: make test (it installs everything)",
        )


def _embedder(settings: Settings) -> Check:
    try:
        embedder = open_embedder(settings.embedder)
    except ArticleError as error:
        return Check(name="embedder", ok=False, detail=str(error), fix="unset ASSISTANT_EMBEDDER")
    better = ""
    if settings.embedder is None:
        better = (
            "a stronger one: download a multilingual sentence-transformers model and set "
            "ASSISTANT_EMBEDDER to its folder; articles are indexed again by themselves"
        )
    detail = f"{embedder.name}, {embedder.dimension} dimensions, {embedder.fingerprint}"
    return Check(name="embedder", ok=True, detail=detail, fix=better)


def _library(home: Path) -> Check:
    library = Library(home)
    faults = library.check()
    if faults:
        return Check(
            name="library",
            ok=False,
            detail=f"{home}: {'; '.join(faults)}",
            fix="add the named articles again from their sources, or: assistant remove ID",
        )
    return Check(
        name="library", ok=True, detail=f"{home}: {len(library.ids())} articles, all sound"
    )
