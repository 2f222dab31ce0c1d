"""The commands about the library: `add`, `list`, `remove`."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.outcome import AsJson, command, print_json
from assistant.cli.sources import chosen_workers, open_library_search, or_standard_input
from index.errors import ArticleError, DamagedArticleError, LibraryLockedError

if TYPE_CHECKING:
    from index.library.search import Added


@command
def add(
    sources: Annotated[
        list[str], typer.Argument(help="Paths, addresses, or - for standard input.")
    ],
    article: Annotated[
        str | None,
        typer.Option("--article", help="The article's file, for an export of comments alone."),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, help="How many processes read; the library is the same.")
    ] = 1,
    tags: Annotated[
        list[str] | None, typer.Option("--tag", help="A word to find them by; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Add articles to the library, or newer versions of them."""
    from assistant.formats.as_json import entry_json
    from assistant.formats.terminal import counted, print_changes, print_entries

    library_search = open_library_search()
    found = library_search.add_all(
        map(or_standard_input, sources), body=article, workers=chosen_workers(workers)
    )
    added: list[Added] = []
    try:
        for item in counted(found, "adding"):
            tagged = library_search.library.tag(item.entry.id, tags) if tags else item.entry
            added.append(replace(item, entry=tagged))
    except ArticleError as error:
        if not added:
            raise
        stored = ", ".join(item.entry.title or item.entry.id for item in added)
        raise type(error)(f"{error}; stored before it: {stored}") from error
    with suppress(LibraryLockedError):
        # All is stored, and found; another process that is adding will index it.
        library_search.catch_up(unless_few=True)
    if as_json:
        articles = [entry_json(item.entry, changes=item.changes) for item in added]
        print_json({"articles": articles})
    else:
        print_entries([item.entry for item in added])
        print_changes([item.changes for item in added])


@command
def list_articles(as_json: AsJson = False) -> None:
    """List the articles of the library."""
    from assistant.formats.as_json import entry_json

    entries = open_library_search().library.entries()
    if as_json:
        print_json({"articles": [entry_json(entry) for entry in entries]})
    else:
        from assistant.formats.terminal import print_entries

        print_entries(entries)


@command
def remove(
    article: Annotated[str, typer.Argument(metavar="ID", help="From: assistant list")],
    as_json: AsJson = False,
) -> None:
    """Take an article out of the library."""
    from assistant.formats.as_json import entry_json

    library_search = open_library_search()
    try:
        removed = entry_json(library_search.library.entry(article))
    except DamagedArticleError:
        removed = {"id": article}
    library_search.remove(article)
    if as_json:
        print_json({"articles": [removed]})
    else:
        typer.echo(f"removed {removed.get('title') or article}", err=True)
