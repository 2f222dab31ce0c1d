"""The command `chat`."""

import sys
from typing import Annotated

import typer

from assistant.cli.outcome import command


@command
def chat(
    source: Annotated[
        str | None, typer.Argument(help="As for ask; a sample article if left out.")
    ] = None,
    host: Annotated[
        str, typer.Option(help="Where to listen; others can reach the page only if you say so.")
    ] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="Which port; 0 for any free one.")] = None,
    auth: Annotated[
        str | None, typer.Option(metavar="NAME:PASSWORD", help="What the page asks for.")
    ] = None,
    mcp: Annotated[bool, typer.Option("--mcp", help="Offer MCP tools to programs.")] = False,
    public_name: Annotated[
        str, typer.Option(help="The name readers know it by, behind another server.")
    ] = "",
    root_path: Annotated[
        str, typer.Option(help="The path that server has it under and takes off: /news")
    ] = "",
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="Keep conversations and notes in the library, for all readers."
        ),
    ] = False,
) -> None:
    """Open the chat page about an article."""
    # The one import against the direction: the page is the outermost room.
    from app import chat as open_chat

    content = sys.stdin.buffer.read() if source == "-" else source
    open_chat(
        content,
        host=host,
        port=port,
        auth=auth,
        mcp=mcp,
        public_name=public_name,
        root_path=root_path,
        keep=keep,
    )
