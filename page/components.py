"""The page's parts as Gradio components: usable in any `gr.Blocks`, filled by our templates.

Words of others are escaped by the templates and enter a component as its value, by `${value}`:
Gradio's other form, with double braces, would run them as code.
"""

from abc import ABCMeta
from typing import Any

import gradio as gr
from gradio.component_meta import ComponentMeta

from assistant.locale import FALLBACK
from assistant.locale.page import words_of
from index.article import Article
from page.rendering import render
from page.views.article import article_page


class _WithoutStub(ComponentMeta):
    """Makes component classes as Gradio does, but writes no `.pyi` file beside this one."""

    def __new__(cls, *definition: Any) -> Any:
        return ABCMeta.__new__(cls, *definition)


class Part(gr.HTML, metaclass=_WithoutStub):
    """One of our templates as a component."""

    def __init__(
        self, value: Any = "", *, name: str, template: str = "", js_on_load: str | None = None
    ) -> None:
        super().__init__(
            value,
            html_template="${value}",
            js_on_load=js_on_load,
            apply_default_css=False,
            elem_id=f"part-{name}",
            elem_classes=["part"],
        )
        self._template = template or f"{name}.html"

    def filled(self, **values: Any) -> str:
        """Return the part's HTML; every value is escaped."""
        return render(self._template, **values)


class ReadingPane(Part):
    """A tab; its content is there, or is fetched when it is opened."""

    def __init__(self, value: Any = "", *, name: str) -> None:
        super().__init__(value, name=name, template="panel.html")


class ArticlePane(ReadingPane):
    """An article with numbered passages and its comments; its value may be an `Article`."""

    def postprocess(self, value: Article | str | None) -> str:
        """Return the HTML of an article."""
        if not isinstance(value, Article):
            return value or ""
        words = words_of(value.language or FALLBACK)
        return self.filled(words=words, tab="article", page=article_page(value))


BEGIN = """
const begin = () => {
  if (!document.querySelector("gradio-app #question")) { requestAnimationFrame(begin); return; }
  document.querySelector(".first")?.remove();
  document.body.dataset.mounted = "yes";
  import(new URL("static/page.js", document.baseURI));
};
begin();
"""
"""Parts come up in their own order: our script starts when all of them stand."""
