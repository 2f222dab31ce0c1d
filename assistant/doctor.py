"""What is installed, whether the library is sound, and what would make it better."""

import os
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.formats.signing import own_public_key
from assistant.model.choosing import is_served, server_listens
from assistant.settings import Settings
from index.encoder import HEADS, Reader, StaticEmbedder, open_embedder
from index.errors import ArticleError
from index.library.library import Library

if TYPE_CHECKING:
    from assistant.model.chat import ChatModel
    from assistant.model.local import InstalledModel, LocalServer

_GIGABYTE = 1e9
_CHROMA_FIX = "start it: chroma run, or unset ASSISTANT_CHROMA"
_PACKAGES = ("chromadb", "llama-index-core", "gradio", "ollama")


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
        *(Check(name="settings", ok=False, detail=said) for said in settings.notices),
        _python(),
        *(_package(name) for name in _PACKAGES),
        _embedder(settings),
        _reader(settings),
        _library(settings.home),
        *_signing(settings.home),
        *_vectors(settings),
        *_models(settings),
        *_served(settings),
    )


def _signing(home: Path) -> tuple[Check, ...]:
    """Return by which public key proof files of this library are signed, if any is."""
    try:
        key = own_public_key(home)
    except AssistantError as error:
        return (Check(name="signing key", ok=False, detail=str(error)),)
    return (
        (Check(name="signing key", ok=True, detail=f"proofs are signed as {key}"),) if key else ()
    )


def _models(settings: Settings) -> tuple[Check, ...]:
    """Return what is known of the model server; none is needed, so its absence is no fault."""
    from assistant.model import answering_model

    if not server_listens(settings.ollama):
        return (
            Check(
                name="model server",
                ok=True,
                detail=f"none at {settings.ollama}; answers are composed of the page's own words",
                fix=f"for fluent answers: install Ollama, then: assistant pull {settings.model}",
            ),
        )
    from assistant.model.local import LocalServer

    server = LocalServer(settings.ollama, read_seconds=60.0)
    try:
        version, models = server.version(), server.models()
    except AssistantError as error:
        return (Check(name="model server", ok=False, detail=str(error), fix="see its own log"),)
    listed = ", ".join(f"{m.name} ({_where(m)})" for m in models)
    checks = [
        Check(
            name="model server",
            ok=True,
            detail=f"Ollama {version} at {settings.ollama}: {listed or 'no model installed'}",
            fix="" if models else f"run: assistant pull {settings.model}",
        ),
        Check(
            name="memory", ok=True, detail=f"{_memory_bytes() / _GIGABYTE:.1f} GB in this machine"
        ),
    ]
    model = answering_model(settings)
    if model is not None:
        checks.append(_model(server, model))
    return tuple(checks)


def _served(settings: Settings) -> tuple[Check, ...]:
    """Return the servers of this machine that speak OpenAI's protocol, and the one that is set."""
    from assistant.model import open_model, served_models

    found = served_models(settings)
    detail = f"{len(found)} models on this machine: {', '.join(found)}"
    fix = f"to write with it: ASSISTANT_LLM={found[0]}" if found and not settings.llm else ""
    checks = [Check(name="OpenAI servers", ok=True, detail=detail, fix=fix)] if found else []
    if settings.llm and is_served(settings.llm):
        try:
            model = open_model(settings.llm, settings)
        except AssistantError as error:
            return (*checks, Check(name="ASSISTANT_LLM", ok=False, detail=str(error)))
        where = f"; it runs on {model.remote_host}" if model.remote_host else ""
        said = f"{model.name} writes; reads {model.window:,} tokens{where}"
        checks.append(Check(name="ASSISTANT_LLM", ok=True, detail=said))
    return tuple(checks)


def _where(model: "InstalledModel") -> str:
    if model.remote_host:
        return f"runs on {model.remote_host}, is sent the article, and is used only where named"
    return f"{model.size_bytes / _GIGABYTE:.1f} GB"


def _model(server: "LocalServer", model: "ChatModel") -> Check:
    """Return what a model can do; it is tried as it is loaded, so that none is thrown out."""
    try:
        loaded = server.loaded()
        is_tried = not loaded or model.name in loaded
        fills = is_tried and server.fills_schema(
            model.name, window=loaded.get(model.name) or model.window
        )
    except AssistantError as error:
        return Check(name="model", ok=False, detail=str(error), fix="choose another one")
    said = "fills a schema" if fills else "does not fill a schema: it can write, but not judge"
    if not is_tried:
        said = f"not tried, as {', '.join(loaded)} is in memory"
    return Check(
        name="model", ok=True, detail=f"{model.name} writes; reads {model.window:,} tokens; {said}"
    )


def _memory_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


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
        if isinstance(embedder, StaticEmbedder):
            embedder.verify()
    except ArticleError as error:
        return Check(
            name="embedder",
            ok=False,
            detail=str(error),
            fix="unset ASSISTANT_EMBEDDER" if settings.embedder else "install the package again",
        )
    better = ""
    if settings.embedder is None:
        better = (
            "a stronger one: set ASSISTANT_EMBEDDER to e5, or to the folder that assistant pull "
            "--embedder OWNER/MODEL prints; articles are indexed again by themselves"
        )
    detail = f"{embedder.name}, {embedder.dimension} dimensions, {embedder.fingerprint}"
    return Check(name="embedder", ok=True, detail=detail, fix=better)


def _reader(settings: Settings) -> Check:
    if not settings.has_reader:
        return Check(name="reader", ok=True, detail="none: ASSISTANT_READER; rules decide alone")
    try:
        Reader.open().answers("?", ["."])
    except ArticleError as error:
        return Check(name="reader", ok=False, detail=str(error), fix="install the package again")
    detail = f"bundled, judges {', '.join(HEADS)} of pairs of texts"
    return Check(name="reader", ok=True, detail=detail)


def _vectors(settings: Settings) -> tuple[Check, ...]:
    """Return what is known of the server that holds the vectors, if one is named."""
    if settings.vectors is None:
        return ()
    from index.library.vectors.served import answers

    address = settings.vectors.address
    try:
        settings.vectors.check()
    except ArticleError as error:
        return (Check(name="vector server", ok=False, detail=str(error), fix=_CHROMA_FIX),)
    if answers(settings.vectors):
        return (Check(name="vector server", ok=True, detail=f"Chroma answers at {address}"),)
    detail = f"nothing answers at {address}; until then words alone find articles"
    return (Check(name="vector server", ok=False, detail=detail, fix=_CHROMA_FIX),)


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
