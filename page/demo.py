"""`demo`: the whole page as one `gr.Blocks`, the same object however it is served."""

import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import Request
from gradio.events import api
from gradio.route_utils import get_root_url
from gradio.routes import toorjson
from starlette.middleware import Middleware

from page.access import Guard
from page.components import BEGIN, ArticlePane, Part, ReadingPane
from page.endpoints import Programs
from page.limits import ASKED_AT_ONCE, MOST_WAITING, READERS_AT_ONCE
from page.rendering import render
from page.routes import TABS, Rooms, routes

_SERIF = ("Charter", "Bitstream Charter", "Charis SIL", "Iowan Old Style", "Georgia", "serif")


class Demo(gr.Blocks):
    """The page: parts of ours in Gradio's layout, and the named endpoints."""

    def __init__(self, rooms: Rooms) -> None:
        super().__init__(analytics_enabled=False, title="article assistant")
        self.state_session_capacity = 2 * MOST_WAITING
        self.rooms = rooms
        with self:
            self.parts = self._laid_out()
            for function in Programs(rooms.articles, article=rooms.first()).all():
                _offer(function, "public", "programs", ASKED_AT_ONCE)
            answering = rooms.answering
            for steps in (answering.converse, answering.beside, answering.pull):
                _offer(steps, "undocumented", "readers", READERS_AT_ONCE)
        self.queue(max_size=MOST_WAITING, default_concurrency_limit=ASKED_AT_ONCE)

    @staticmethod
    def _laid_out() -> dict[str, Part]:
        parts: dict[str, Part] = {"masthead": Part(name="masthead")}
        with gr.Row(elem_classes="desk"):
            parts["conversation"] = Part(name="conversation")
            with gr.Column(elem_classes="reading"):
                parts["tabs"] = Part(name="tabs")
                parts["article"] = ArticlePane(name="article")
                for tab in TABS[1:]:
                    parts[tab] = ReadingPane(name=tab)
        parts["overlays"] = Part(name="overlays", js_on_load=BEGIN)
        return parts

    def filled(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Return the HTML of every part, by its name."""
        return {
            name: part.filled(**values, tab=name)
            if name not in TABS or name in values["tabs"]
            else ""
            for name, part in self.parts.items()
        }

    def document(self, request: Request, values: Mapping[str, Any], nonce: str) -> str:
        """Return the page's first HTML: what is read first, and the parts for Gradio.

        Gradio's script draws the parts from its configuration; until it has come, the first
        screen stands there as plain HTML.
        """
        filled = self.filled(values)
        config = dict(self.config)
        by_id = {f"part-{name}": html for name, html in filled.items()}
        config["components"] = [
            {**component, "props": {**component["props"], "value": by_id[name]}}
            if (name := component["props"].get("elem_id")) in by_id
            else component
            for component in self.config["components"]
        ]
        root = get_root_url(request=request, route_path="/", root_path=self.root_path or None)
        config |= {"root": root, "username": None, "current_page": ""}
        return render(
            "page.html",
            **values,
            nonce=nonce,
            frontend=_frontend(),
            config=toorjson(config),  # type: ignore[no-untyped-call]
            api_info=toorjson(self.get_api_info()),  # type: ignore[no-untyped-call]
        )

    def launch(self, **options: Any) -> Any:  # type: ignore[override]
        """Serve the page as `gr.Blocks.launch` does, behind our guard and with our addresses."""
        host = options.get("server_name") or os.environ.get("GRADIO_SERVER_NAME", "127.0.0.1")
        space = os.environ.get("SPACE_HOST", "")
        guard = Middleware(Guard, host=host, public_name=space, is_framed=bool(space))
        addresses = routes(self.rooms, self.document).routes
        given = {"app_kwargs": {"routes": addresses, "middleware": [guard]}, "theme": theme()}
        return super().launch(**{**SERVED, **given, **options})


def theme() -> gr.themes.Base:
    """Return Gradio's own parts in the page's letters; nothing of it is fetched elsewhere."""
    return gr.themes.Base(font=_SERIF, font_mono=("ui-monospace", "monospace"))


SERVED: dict[str, Any] = {
    "footer_links": ["api"],
    "run_history": False,
    "allowed_paths": [],
    "show_error": True,
    "max_file_size": 1,
    "ssr_mode": False,
    "enable_monitoring": False,
    "pwa": False,
}
"""How Gradio is served: no history, no files, nothing beyond this machine."""


def _offer(function: Any, visibility: Any, queue: str, at_once: int) -> None:
    api(
        function,
        api_name=function.__name__,
        api_visibility=visibility,
        concurrency_limit=at_once,
        concurrency_id=queue,
    )


@cache
def _frontend() -> dict[str, str]:
    """Return where Gradio's own page says its script and its style lie."""
    page = Path(gr.__file__).parent / "templates" / "frontend" / "index.html"
    names = re.findall(r'"\./(assets/index-[\w-]+\.(js|css))"', page.read_text("utf-8"))
    return {kind: name for name, kind in names}
