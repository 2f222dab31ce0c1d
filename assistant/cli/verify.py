"""The command `verify`."""

from typing import Annotated

import typer

from assistant.cli.outcome import AsJson, command, print_json
from assistant.cli.sources import read_source


@command
def verify(
    file: Annotated[str, typer.Argument(help="A proof file that the page or a program made.")],
    article: Annotated[
        str | None,
        typer.Option("--article", help="The article's source, if the library does not have it."),
    ] = None,
    sign: Annotated[
        bool, typer.Option("--sign", help="Sign it with this library's key, if it holds.")
    ] = False,
    signer: Annotated[
        str | None, typer.Option("--signed-by", metavar="KEY", help="Whose signature it must have.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a proof file again, without any model."""
    from assistant.formats.verification import sign_file, verification_json, verify_file
    from assistant.settings import Settings
    from index.library.library import Library

    given = (read_source(article),) if article is not None else ()
    home = Settings.from_environment().home
    found = verify_file(file, library=Library(home), given=given, signer=None if sign else signer)
    if sign and found.holds:
        sign_file(file, home=home)
        found = verify_file(file, library=Library(home), given=given, signer=signer)
    if as_json:
        print_json(verification_json(found))
    else:
        from assistant.formats.terminal import print_verification

        print_verification(found)
    if not found.holds:
        raise typer.Exit(1)
