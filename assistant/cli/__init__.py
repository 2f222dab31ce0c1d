"""The command `assistant`: translates words of the command line and back, decides nothing.

With `--json` one JSON object goes to standard output and nothing else; what is for people
goes to standard error or is rich text. One file per family of commands.
"""

import sys

import typer
from typer.exceptions import TyperException

from assistant.cli import articles, chat, doctor, evaluation, library, model, verify
from assistant.cli.outcome import print_error
from index.offline import stay_offline

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Ask a news article and its reader comments; every sentence of an answer is cited.",
)
app.command()(articles.show)
app.command()(articles.ask)
app.command()(articles.quotes)
app.command()(articles.disputes)
app.command()(articles.debate)
app.command()(articles.check)
app.command()(library.add)
app.command("list")(library.list_articles)
app.command()(library.remove)
app.command()(evaluation.evaluate)
app.command()(evaluation.compare)
app.command()(evaluation.selftest)
app.command()(doctor.doctor)
app.command()(model.pull)
app.command()(chat.chat)
app.command()(verify.verify)


def main() -> None:
    """Run the command line; the program `assistant` starts here."""
    stay_offline()
    as_json = "--json" in sys.argv[1:]
    try:
        sys.exit(app(standalone_mode=not as_json) or 0)
    except TyperException as error:
        print_error("UsageError", str(error))
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
