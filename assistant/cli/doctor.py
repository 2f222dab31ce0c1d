"""The command `doctor`."""

import typer

from assistant.cli.outcome import AsJson, command, print_json


@command
def doctor(as_json: AsJson = False) -> None:
    """Check what is installed, whether the library is sound, and what would make it better."""
    from assistant.doctor import examine
    from assistant.settings import Settings

    checks = examine(Settings.from_environment())
    if as_json:
        fields = ("name", "ok", "detail", "fix")
        print_json({"checks": [{f: getattr(c, f) for f in fields} for c in checks]})
    else:
        from assistant.formats.terminal import print_checks

        print_checks(checks)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)
