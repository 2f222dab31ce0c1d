"""The command `chat`."""

from typing import Annotated

import typer

from assistant.cli.outcome import run_command


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

    run_command(run, as_json=False)
