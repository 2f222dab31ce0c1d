"""The commands about one article: `show`, `ask`, `quotes`, `disputes`, `debate`, `check`."""

from datetime import datetime
from functools import partial
from typing import Annotated

import typer

from assistant.cli.outcome import AsJson, command, print_json
from assistant.cli.sources import Source, open_assistant, open_judged, read_source

Judge = Annotated[
    str | None,
    typer.Option(
        "--engine", help="A model that judges comments whose stand is open; else `ASSISTANT_LLM`."
    ),
]
_DAY = partial(typer.Option, formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")
SpeakerName = Annotated[str | None, typer.Option("--speaker", help="Only this speaker's words.")]


@command
def show(source: Source, as_json: AsJson = False) -> None:
    """Show the article as we understood it."""
    from index.article_json import article_to_json

    article = read_source(source)
    if as_json:
        print_json({"article": article_to_json(article)})
    else:
        from assistant.formats.terminal import print_article

        print_article(article)


@command
def ask(
    source: Annotated[
        str, typer.Argument(help="As for the other commands; with --all the question.")
    ],
    question: Annotated[str | None, typer.Argument(help="In any language.")] = None,
    ask_all: Annotated[bool, typer.Option("--all", help="Ask the whole library.")] = False,
    engine: Annotated[
        str,
        typer.Option(
            help="`extractive`: the page's own words; or a model of the local server. "
            "Left out, a model writes where one answers."
        ),
    ] = "auto",
    outlet: Annotated[str | None, typer.Option(help="With --all: only of this outlet.")] = None,
    author: Annotated[str | None, typer.Option(help="With --all: only by this author.")] = None,
    language: Annotated[str | None, typer.Option(help="With --all: only in it, as `fr`.")] = None,
    since: Annotated[
        datetime | None, _DAY(help="With --all: published on this day or later.")
    ] = None,
    until: Annotated[
        datetime | None, _DAY(help="With --all: published on this day or before.")
    ] = None,
    tag: Annotated[str | None, typer.Option(help="With --all: only with this tag.")] = None,
    as_json: AsJson = False,
) -> None:
    """Answer one question, every sentence with its citation."""
    from assistant.formats.as_json import answer_json
    from assistant.scope import ArticleFilter

    if ask_all == (question is not None):
        raise typer.BadParameter("give SOURCE and QUESTION, or --all and QUESTION")
    only = ArticleFilter(
        outlet=outlet,
        author=author,
        language=language,
        since=since.date() if since else None,
        until=until.date() if until else None,
        tag=tag,
    )
    if only != ArticleFilter() and not ask_all:
        raise typer.BadParameter("a filter is for the whole library; give --all and QUESTION")
    filtered = only if only != ArticleFilter() else None
    assistant = open_assistant(None if ask_all else source, llm=engine, only=filtered)
    stream = assistant.stream(source if question is None else question)
    if as_json:
        *_, answer = stream
        print_json(answer_json(answer))
    else:
        from assistant.formats.terminal import print_stream

        print_stream(stream)


@command
def quotes(source: Source, speaker: SpeakerName = None, as_json: AsJson = False) -> None:
    """Show who said what."""
    from assistant.formats.as_json import statements_json

    statements = open_assistant(source).statements(speaker=speaker)
    if as_json:
        print_json(statements_json(statements))
    else:
        from assistant.formats.terminal import print_statements

        print_statements(statements, speaker=speaker)


@command
def disputes(
    source: Source,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print one line per position.")] = False,
    engine: Judge = None,
) -> None:
    """Show which claims are contested, by whom, in which words."""
    from assistant.formats.as_json import disputes_json

    opened = open_judged(source, engine)
    found = opened.disputes()
    if as_csv:
        from assistant.formats.as_csv import print_positions

        print_positions(found)
    elif as_json:
        print_json(disputes_json(found, opened.debate()))
    else:
        from assistant.formats.terminal import print_disputes

        print_disputes(found)


@command
def debate(source: Source, as_json: AsJson = False, engine: Judge = None) -> None:
    """Show what is argued about: claims, arguments for and against, and how many say so."""
    from assistant.formats.as_json import debate_json

    found = open_judged(source, engine).debate()
    if as_json:
        print_json(debate_json(found))
    else:
        from assistant.formats.debate import print_debate

        print_debate(found)


@command
def check(
    source: Source,
    quote: Annotated[str, typer.Argument(help="The words that are said to stand there.")],
    speaker: Annotated[
        str | None, typer.Option("--speaker", help="Who is said to say them.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a quotation: did they really say it?"""
    from assistant.formats.as_json import check_json

    verdict = open_assistant(source).check(quote, speaker=speaker)
    if as_json:
        print_json(check_json(verdict))
    else:
        from assistant.formats.terminal import print_check

        print_check(verdict)
