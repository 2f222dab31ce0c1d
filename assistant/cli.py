"""The command `assistant`: translates words of the command line and back, decides nothing.

With `--json` one JSON object goes to standard output and nothing else; what is for people
goes to standard error or is rich text. Exit codes: 0 done, 1 the run's own finding, 2 bad
input or usage.
"""

import json
import sys
from collections.abc import Callable
from typing import Annotated, Any, NoReturn

import typer

from index.errors import ArticleError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Ask a news article and its reader comments; every sentence of an answer is cited.",
)

Source = Annotated[
    str, typer.Argument(help="A path, an address, an id of the library, or - for standard input.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
SpeakerName = Annotated[str | None, typer.Option("--speaker", help="Only this speaker's words.")]


def main() -> None:
    """Run the command line; the program `assistant` starts here."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


@app.command()
def show(source: Source, as_json: AsJson = False) -> None:
    """Show the article as we understood it."""

    def run() -> None:
        from index.article_json import article_to_json

        article = _read(source)
        if as_json:
            _print_json({"article": article_to_json(article)})
        else:
            from assistant.terminal import print_article

            print_article(article)

    _run(run, as_json=as_json)


@app.command()
def ask(
    source: Annotated[
        str, typer.Argument(help="As for the other commands; with --all the question.")
    ],
    question: Annotated[str | None, typer.Argument(help="In any language.")] = None,
    ask_all: Annotated[bool, typer.Option("--all", help="Ask the whole library.")] = False,
    engine: Annotated[str, typer.Option(help="`extractive`: the page's own words.")] = "extractive",
    as_json: AsJson = False,
) -> None:
    """Answer one question, every sentence with its citation."""

    def run() -> None:
        from assistant.as_json import answer_json

        if ask_all == (question is not None):
            raise typer.BadParameter("give SOURCE and QUESTION, or --all and QUESTION")
        assistant = _open(None if ask_all else source, llm=engine)
        answer = assistant.ask(source if question is None else question)
        if as_json:
            _print_json(answer_json(answer))
        else:
            from assistant.terminal import print_answer

            print_answer(answer)

    _run(run, as_json=as_json)


@app.command()
def quotes(source: Source, speaker: SpeakerName = None, as_json: AsJson = False) -> None:
    """Show who said what."""

    def run() -> None:
        from assistant.as_json import statements_json

        statements = _open(source).statements(speaker=speaker)
        if as_json:
            _print_json(statements_json(statements))
        else:
            from assistant.terminal import print_statements

            print_statements(statements)

    _run(run, as_json=as_json)


@app.command()
def disputes(source: Source, as_json: AsJson = False) -> None:
    """Show which claims are contested, by whom, in which words."""

    def run() -> None:
        from assistant.as_json import disputes_json

        found = _open(source).disputes()
        if as_json:
            _print_json(disputes_json(found))
        else:
            from assistant.terminal import print_disputes

            print_disputes(found)

    _run(run, as_json=as_json)


@app.command()
def check(
    source: Source,
    quote: Annotated[str, typer.Argument(help="The words that are said to stand there.")],
    speaker: Annotated[
        str | None, typer.Option("--speaker", help="Who is said to say them.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a quotation: did they really say it?"""

    def run() -> None:
        from assistant.as_json import check_json

        verdict = _open(source).check(quote, speaker=speaker)
        if as_json:
            _print_json(check_json(verdict))
        else:
            from assistant.terminal import print_check

            print_check(verdict)

    _run(run, as_json=as_json)


@app.command()
def add(
    sources: Annotated[
        list[str], typer.Argument(help="Paths, addresses, or - for standard input.")
    ],
    article: Annotated[
        str | None,
        typer.Option("--article", help="The article's file, for an export of comments alone."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Add articles to the library, or newer versions of them."""

    def run() -> None:
        from assistant.as_json import entry_json
        from assistant.terminal import print_changes, print_entries, progress

        shelf = _shelf()
        added = [
            item
            for source in progress(sources, "adding")
            for item in shelf.add(_or_standard_input(source), body=article)
        ]
        shelf.catch_up()
        if as_json:
            articles = [entry_json(item.entry, changes=item.changes) for item in added]
            _print_json({"articles": articles})
        else:
            print_entries([item.entry for item in added])
            print_changes([item.changes for item in added])

    _run(run, as_json=as_json)


@app.command("list")
def list_articles(as_json: AsJson = False) -> None:
    """List the articles of the library."""

    def run() -> None:
        from assistant.as_json import entry_json

        entries = _shelf().library.entries()
        if as_json:
            _print_json({"articles": [entry_json(entry) for entry in entries]})
        else:
            from assistant.terminal import print_entries

            print_entries(entries)

    _run(run, as_json=as_json)


@app.command()
def remove(
    article: Annotated[str, typer.Argument(metavar="ID", help="From: assistant list")],
    as_json: AsJson = False,
) -> None:
    """Take an article out of the library."""

    def run() -> None:
        from assistant.as_json import entry_json

        library = _shelf().library
        entry = library.entry(article)
        library.remove(article)
        if as_json:
            _print_json({"articles": [entry_json(entry)]})
        else:
            typer.echo(f"removed {entry.title or entry.id}", err=True)

    _run(run, as_json=as_json)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Check what is installed, whether the library is sound, and what would make it better."""

    def run() -> None:
        from assistant.doctor import examine
        from assistant.settings import Settings

        checks = examine(Settings.from_environment())
        if as_json:
            fields = ("name", "ok", "detail", "fix")
            _print_json({"checks": [{f: getattr(c, f) for f in fields} for c in checks]})
        else:
            from assistant.terminal import print_checks

            print_checks(checks)
        if not all(check.ok for check in checks):
            raise typer.Exit(1)

    _run(run, as_json=as_json)


@app.command()
def chat(
    source: Annotated[
        str | None, typer.Argument(help="As for ask; a sample article if left out.")
    ] = None,
) -> None:
    """Talk about an article."""

    def run() -> None:
        # The one import against the direction: the page is the outermost room.
        from app import chat as open_chat

        open_chat(source)

    _run(run, as_json=False)


def _run(command: Callable[[], None], *, as_json: bool) -> None:
    from assistant.errors import AssistantError

    try:
        command()
    except (ArticleError, AssistantError) as error:
        _fail(error, as_json=as_json)


def _fail(error: Exception, *, as_json: bool) -> NoReturn:
    if as_json:
        _print_json({"error": {"type": type(error).__name__, "message": str(error)}})
    else:
        typer.echo(str(error), err=True)
    raise typer.Exit(2)


def _print_json(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))


def _open(source: str | None, *, llm: str = "auto") -> Any:
    from assistant.ask import Assistant

    return Assistant.open(_or_standard_input(source), llm=llm)


def _read(source: str) -> Any:
    from assistant.settings import Settings
    from index.library import Library
    from index.reading import read_article

    library = Library(Settings.from_environment().home)
    if source in library.ids():
        return library.article(source)
    return read_article(_or_standard_input(source))


def _shelf() -> Any:
    from assistant.settings import Settings
    from index.embedding import open_embedder
    from index.library import Library
    from index.shelf import Shelf

    settings = Settings.from_environment()
    return Shelf(Library(settings.home), open_embedder(settings.embedder))


def _or_standard_input(source: Any) -> Any:
    """Return a source as it is, the article on standard input for `-`."""
    if source != "-":
        return source
    from index.reading import read_bytes

    return read_bytes(sys.stdin.buffer.read())
