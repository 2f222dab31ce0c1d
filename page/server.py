"""Puts the page together: our addresses, Gradio's queue and endpoints behind them, the guard."""

import os
import socket
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from index.offline import stay_offline
from page.access import Application, Credentials, Guard
from page.answering import Answering
from page.articles import OpenArticles
from page.conversations import Conversations
from page.endpoints import Programs
from page.limits import ASKED_AT_ONCE, MOST_WAITING
from page.routes import Rooms, routes


def build_page(
    articles: OpenArticles,
    *,
    first_article: Mapping[str, str],
    host: str = "127.0.0.1",
    credentials: Credentials | None = None,
    mcp: bool = False,
) -> Application:
    """Return the whole page as an ASGI application.

    Args:
        articles: The open articles.
        first_article: The id of the article shown first, by language of the page; the English
            one where a language has none.
        host: The name or address it is served under.
        credentials: The name and password it asks for; None for nobody's.
        mcp: Whether the functions for programs are MCP tools as well, under `/gradio_api/mcp`.
    """
    _keep_gradio_quiet()
    import gradio
    from fastapi import FastAPI
    from gradio.events import api

    conversations = Conversations()
    answering = Answering(articles, conversations)
    application = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    application.include_router(
        routes(
            Rooms(
                articles=articles,
                conversations=conversations,
                answering=answering,
                first_article=dict(first_article),
            )
        )
    )
    programs = Programs(articles, article=next(iter(first_article.values())))
    with gradio.Blocks(analytics_enabled=False, title="article assistant") as blocks:
        for function in programs.all():
            api(
                function,
                api_name=function.__name__,
                concurrency_limit=ASKED_AT_ONCE,
                concurrency_id="asking",
            )
        api(
            answering.converse,
            api_name="converse",
            api_visibility="undocumented",
            concurrency_limit=ASKED_AT_ONCE,
            concurrency_id="asking",
        )
    # Gradio keeps a state for every question it was asked, ten thousand of them by default.
    blocks.state_session_capacity = 2 * MOST_WAITING
    blocks.queue(max_size=MOST_WAITING, default_concurrency_limit=ASKED_AT_ONCE)
    mounted: Any = gradio.mount_gradio_app(
        application,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        show_error=True,
        max_file_size=1,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=mcp,
    )
    return Guard(mounted, host=host, credentials=credentials)


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
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


def _keep_gradio_quiet() -> None:
    """Gradio asks for these while it is imported: no request to any other host."""
    stay_offline()
    os.environ["GRADIO_RUN_HISTORY"] = "False"
    # It notes every question for a monitoring page that nobody can reach.
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "100"
