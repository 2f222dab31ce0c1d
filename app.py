"""The chat page: settings -> index -> assistant. No decisions of its own."""

import sys
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import samples
from assistant.errors import AssistantError
from assistant.locale import FALLBACK
from index.errors import ArticleError
from index.offline import stay_offline

if TYPE_CHECKING:
    import gradio

    from page.access import Credentials
    from page.articles import OpenArticles

PORT = 7860
_SAMPLES = Path(samples.__file__ or "").parent
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def chat(
    source: str | bytes | None = None,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    auth: str | None = None,
    mcp: bool = False,
    public_name: str = "",
    root_path: str = "",
    keep: bool = False,
) -> None:
    """Serve the page until it is interrupted.

    Args:
        source: A path, an address, an id of the library, or the bytes of an article; None
            for a sample in the language of the reader.
        host: Where to listen; loopback unless the user says otherwise.
        port: Which port; 0 for any free one, None for the usual one or else any free one.
        auth: `name:password` that the page asks for.
        mcp: Whether programs can use the page as an MCP server.
        public_name: The name readers know it by, where another server hands requests on.
        root_path: The path that server has it under, such as "/news"; it takes the path off.
        keep: Whether conversations and notes are kept in the library, for all who open the page.

    Raises:
        ArticleError: There is no article in the source.
        AssistantError: The page cannot be served there.
    """
    stay_offline()
    from page.articles import OpenArticles
    from page.server import build_demo, build_page, listen, serve

    credentials = _credentials(auth)
    articles = OpenArticles()
    first = _first_articles(articles, source)
    try:
        try:
            listening = listen(host, PORT if port is None else port)
        except OSError:
            if port is not None:
                raise
            listening = listen(host, 0)
    except OSError as error:
        raise AssistantError(
            f"cannot serve the page at {host}:{port}: {error.strerror}; "
            "choose another port: assistant chat --port 0"
        ) from error
    application = build_page(
        build_demo(articles, first_article=first, keep=keep),
        host=host,
        public_name=public_name,
        root_path=root_path.rstrip("/"),
        credentials=credentials,
        mcp=mcp,
    )
    _announce(host, listening.getsockname()[1], is_open=credentials is None, mcp=mcp)
    articles.warm()
    try:
        serve(application, listening)
    finally:
        articles.close()


def __getattr__(name: str) -> "gradio.Blocks":
    """Return `demo`, the page as a `gr.Blocks`, made when it is first asked for.

    `gradio app.py` and Spaces look for it; importing this module alone loads nothing heavy.
    """
    if name != "demo":
        raise AttributeError(name)
    if name not in globals():
        globals()[name] = _demo()
    return globals()[name]  # type: ignore[no-any-return]


def _demo() -> "gradio.Blocks":
    stay_offline()
    from page.articles import OpenArticles
    from page.server import build_demo

    articles = OpenArticles()
    return build_demo(articles, first_article=_first_articles(articles, None))


def _first_articles(articles: "OpenArticles", source: str | bytes | None) -> dict[str, str]:
    """Return the ids of the articles shown first, by language of the page, being made ready."""
    from index.library.intake import take_in

    if isinstance(source, bytes):
        first = {FALLBACK: articles.open_file(source, name="")}
    else:
        named: Mapping[str, str | Path] = _first_samples() if source is None else {FALLBACK: source}
        first = {tag: take_in(place, articles.library).id for tag, place in named.items()}
    for article_id in dict.fromkeys(first.values()):
        articles.prepare(article_id)
    return first


def _first_samples() -> dict[str, Path]:
    """Return the shortest sample of each language, by the code in its name: `NAME.fr.txt`."""
    longest_first = sorted(_SAMPLES.glob("*.??.*"), key=lambda path: -path.stat().st_size)
    return {path.suffixes[0][1:]: path for path in longest_first}


def _credentials(auth: str | None) -> "Credentials | None":
    from page.access import Credentials

    if auth is None:
        return None
    name, colon, password = auth.partition(":")
    if not (name and colon and password):
        raise AssistantError("--auth wants a name and a password: --auth name:password")
    return Credentials(name=name, password=password)


def _announce(host: str, port: int, *, is_open: bool, mcp: bool) -> None:
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/"
    say = sys.stderr.write
    if host not in _LOOPBACK:
        say(f"warning: everybody who reaches {host} can read the library and ask; the connection\n")
        say(
            "is not encrypted"
            + ("; ask for a password: --auth name:password\n" if is_open else "\n")
        )
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    if mcp:
        say(f"MCP: {address}gradio_api/mcp/\n")
    say("Ctrl-C ends it\n")
    if sys.stdout.isatty() and host in _LOOPBACK:
        webbrowser.open(address)


if __name__ == "__main__":
    try:
        if len(sys.argv) > 1:
            chat(sys.argv[1])
        else:
            __getattr__("demo").launch()
    except (ArticleError, AssistantError) as error:
        sys.exit(str(error))
