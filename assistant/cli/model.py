"""The command `pull`."""

from typing import Annotated

import typer

from assistant.cli.outcome import AsJson, command, print_json


@command
def pull(
    model: Annotated[
        str | None, typer.Argument(help="A tag of the model library; the usual one if left out.")
    ] = None,
    embedder: Annotated[
        str | None,
        typer.Option(help="Instead: an embedding model of huggingface.co that has an ONNX form."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Download a model for the local server; taken up again where it was broken off."""
    from assistant.formats.terminal import print_pull
    from assistant.settings import Settings

    settings = Settings.from_environment()
    if embedder is not None:
        from index.encoder.fetching import fetch

        folder = settings.home / "embedders" / embedder.replace("/", "--")
        print_pull(fetch(embedder, folder), embedder)
        found = {"embedder": embedder, "folder": str(folder)}
        print_json(found) if as_json else typer.echo(f"ASSISTANT_EMBEDDER={folder}")
        return
    from assistant.model.local import LocalServer

    name = model or settings.model
    print_pull(LocalServer(settings.ollama, read_seconds=120.0).pull(name), name)
    if as_json:
        print_json({"model": name, "status": "success"})
