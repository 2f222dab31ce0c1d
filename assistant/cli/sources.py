"""From the words SOURCE and `-` to what they mean."""

import sys
from typing import Annotated, Any

import typer

Source = Annotated[
    str, typer.Argument(help="A path, an address, an id of the library, or - for standard input.")
]


def open_assistant(source: str | None, *, llm: str | None = None, only: Any = None) -> Any:
    """Return an assistant for a source, or for the whole library; without a model by itself."""
    from assistant.ask import Assistant
    from assistant.settings import Settings

    for notice in Settings.from_environment().notices:
        typer.echo(notice, err=True)
    return Assistant.open(or_standard_input(source), llm=llm, only=only)


def open_judged(source: str, engine: str | None) -> Any:
    """Return an assistant for a source, its open stands judged by the model that is named.

    Or by the one that the environment names; by none, where it is `extractive` or nobody is named.
    How far it is, and what is wrong with the model, is told on standard error.
    """
    from assistant.settings import Settings

    opened = open_assistant(source, llm=engine or Settings.from_environment().llm)
    if opened.fault:
        typer.echo(opened.fault, err=True)
    for progress in opened.judge_stances():
        typer.echo(f"{progress.done} of {progress.total} open comments judged", err=True)
    return opened


def read_source(source: str) -> Any:
    """Return the article of a source, without indexing it."""
    from assistant.settings import Settings
    from index.library.library import Library
    from index.reading import read_article

    library = Library(Settings.from_environment().home)
    if source in library.ids():
        return library.article(source)
    return read_article(or_standard_input(source))


def open_library_search() -> Any:
    """Return the search over the library that the environment names."""
    from assistant.settings import Settings
    from index.encoder import open_embedder
    from index.library.library import Library
    from index.library.search import LibrarySearch

    settings = Settings.from_environment()
    embedder = open_embedder(settings.embedder)
    return LibrarySearch(Library(settings.home), embedder, server=settings.vectors)


def chosen_workers(processes: int) -> Any:
    """Return who does what can be done anywhere: a Ray cluster if one is named, else processes."""
    from assistant.settings import Settings
    from index.library.compute import InThisProcess

    if Settings.from_environment().ray is not None:
        return ray_cluster()
    if processes == 1:
        return InThisProcess()
    from index.library.compute.processes import Processes

    return Processes(processes)


def ray_cluster() -> Any:
    """Return the Ray cluster that the environment names, else the one of this machine."""
    from assistant.settings import Settings
    from index.library.compute.cluster import RayCluster

    return RayCluster(Settings.from_environment().ray or "auto")


def or_standard_input(source: Any) -> Any:
    """Return a source as it is, the article on standard input for `-`."""
    if source != "-":
        return source
    from index.reading import read_bytes

    return read_bytes(sys.stdin.buffer.read())
