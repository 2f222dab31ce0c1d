"""The assistant as a plain `gr.Blocks`: for `gradio app.py`, Spaces, and whoever adds to it.

The page that `assistant chat` serves is ours down to the HTML; this is the same assistant made
of Gradio's own components. Words of others enter as data or escaped, never as Markdown.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer
from index.article import Article
from page.articles import OpenArticles
from page.endpoints import Programs, shown_errors
from page.rendering import render

if TYPE_CHECKING:
    import gradio

_SAID = ["who", "words", "where"]
_DISPUTED = ["claim", "of", "contested by", "in these words", "where"]


def build_blocks(articles: OpenArticles, *, first_article: str) -> "gradio.Blocks":
    """Return the assistant as Gradio components, with the named endpoints of `Programs`.

    Args:
        articles: The open articles.
        first_article: The id of the article that is shown first.
    """
    import gradio as gr
    from gradio.events import api

    def opened(file: bytes | None, text: str) -> tuple[Any, ...]:
        with shown_errors():
            return _panes(articles, _taken_in(articles, file, text))

    def reply(question: str, history: list[Any], article: str) -> Iterator[str]:
        del history  # each question stands for itself
        with shown_errors():
            for step in articles.assistant(article).stream(question):
                yield step.text if not isinstance(step, Answer) else _with_warnings(step)

    blocks: gr.Blocks = gr.Blocks(analytics_enabled=False, title="article assistant")
    with blocks:
        article = gr.State(first_article)
        with gr.Row():
            with gr.Column(scale=2):
                gr.ChatInterface(
                    reply,
                    chatbot=gr.Chatbot(render_markdown=False, height=560, label="Answers"),
                    additional_inputs=[article],
                    api_visibility="private",
                )
            with gr.Column(scale=3):
                with gr.Tab("Article"):
                    shown = gr.HTML()
                with gr.Tab("Who said what"):
                    said = gr.Dataframe(headers=_SAID, wrap=True, interactive=False)
                with gr.Tab("What is disputed"):
                    disputed = gr.Dataframe(headers=_DISPUTED, wrap=True, interactive=False)
                with gr.Tab("Another article"):
                    text = gr.Textbox(label="Address or pasted text", lines=4)
                    file = gr.File(label="or a file", type="binary")
                    open_it = gr.Button("Open")
        panes = [article, shown, said, disputed]
        open_it.click(opened, [file, text], panes, api_visibility="private")
        blocks.load(lambda: _panes(articles, first_article), None, panes, api_visibility="private")
        for function in Programs(articles, article=first_article).all():
            api(function, api_name=function.__name__)
    return blocks


def _panes(articles: OpenArticles, article_id: str) -> tuple[Any, ...]:
    """Return what is shown of an article: its id, its text, its statements, its disputes."""
    opened = articles.assistant(article_id)
    said = [
        [
            statement.speaker.name if statement.speaker else "unknown",
            statement.text,
            statement.passage,
        ]
        for statement in opened.statements()
    ]
    disputed = [
        [
            dispute.claim.text,
            dispute.claim.speaker.name if dispute.claim.speaker else "",
            position.author or (position.speaker.name if position.speaker else ""),
            position.text,
            position.passage,
        ]
        for dispute in opened.disputes()
        for position in dispute.contested_by
    ]
    return article_id, _as_html(opened.article), said, disputed


def _as_html(article: Article) -> str:
    return render("plain_article.html", article=article)


def _taken_in(articles: OpenArticles, file: bytes | None, text: str) -> str:
    if file is not None:
        return articles.open_file(file, name="")
    words = text.strip()
    if words.startswith(("http://", "https://")) and len(words.split()) == 1:
        return articles.open_address(words)
    return articles.open_text(words)


def _with_warnings(answer: Answer) -> str:
    return "\n".join((answer.text, *(f"({warning})" for warning in answer.warnings)))
