"""How a command ends: JSON on standard output, one sentence on standard error, the exit code.

0 done, 1 the run's own finding, 2 bad input or usage.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, NoReturn

import typer

from index.errors import AssistantError

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Return a command that a failure of the world ends with one sentence and exit code 2."""

    @wraps(function)
    def ended(**given: Any) -> None:
        try:
            function(**given)
        except AssistantError as error:
            _fail(error, as_json=given.get("as_json", False))

    return ended


def _fail(error: Exception, *, as_json: bool) -> NoReturn:
    if as_json:
        print_error(type(error).__name__, str(error))
    else:
        typer.echo(str(error), err=True)
    raise typer.Exit(2)


def print_error(kind: str, message: str) -> None:
    """Print a failure as JSON."""
    print_json({"error": {"type": kind, "message": message}})


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON object on one line."""
    typer.echo(json.dumps(value, ensure_ascii=False))
