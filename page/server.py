"""Puts the page together: our addresses, Gradio's queue and endpoints behind them, the guard."""

import os
import socket
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

from index.offline import stay_offline
from page.access import Application, Credentials, Guard
from page.answering import Answering
from page.articles import OpenArticles
from page.conversations import Conversations
from page.keeping import Kept
from page.routes import Rooms, routes

if TYPE_CHECKING:
    from page.demo import Demo


def build_demo(
    articles: OpenArticles, *, first_article: Mapping[str, str], keep: bool = False
) -> "Demo":
    """Return the page as a `gr.Blocks`; its `launch` serves it behind the guard.

    Args:
        articles: The open articles.
        first_article: The id of the article shown first, by language of the page; the English
            one where a language has none.
        keep: Whether conversations and notes are kept in the library.
    """
    _keep_gradio_quiet()
    from page.demo import Demo

    conversations = Conversations()
    return Demo(
        Rooms(
            articles=articles,
            conversations=conversations,
            answering=Answering(articles, conversations),
            first_article=dict(first_article),
            kept=Kept(articles.library.home) if keep else None,
        )
    )


def build_page(
    demo: "Demo",
    *,
    host: str = "127.0.0.1",
    public_name: str = "",
    root_path: str = "",
    credentials: Credentials | None = None,
    mcp: bool = False,
) -> Application:
    """Return the page as an ASGI application.

    Args:
        demo: The page.
        host: The name or address it is served under.
        public_name: The name readers know it by, where another server hands requests on.
        root_path: The path that server has it under, such as "/news"; it takes the path off.
        credentials: The name and password it asks for; None for nobody's.
        mcp: Whether the functions for programs are MCP tools as well, under `/gradio_api/mcp`.
    """
    import gradio
    from fastapi import FastAPI

    from page.demo import SERVED, theme

    application = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    application.include_router(routes(demo.rooms, demo.document))
    mounted: Any = gradio.mount_gradio_app(
        application,
        demo,
        path="/",
        theme=theme(),
        mcp_server=mcp,
        root_path=root_path or None,
        **SERVED,
    )
    return Guard(mounted, host=host, public_name=public_name, credentials=credentials)


def serve(application: Application, listening: socket.socket) -> None:
    """Answer requests on a socket that listens, until the program is interrupted."""
    import uvicorn

    config = uvicorn.Config(
        application,
        log_level="warning",
        server_header=False,
        ws="none",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=2,
    )
    with closing(listening):
        uvicorn.Server(config).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; port 0 is any free one.

    Raises:
        OSError: The port is taken, or the host is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=128)


def _keep_gradio_quiet() -> None:
    """Gradio asks for these while it is imported: no request to any other host."""
    stay_offline()
    os.environ["GRADIO_RUN_HISTORY"] = "False"
    # It notes every question for a monitoring page that nobody can reach.
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "100"
