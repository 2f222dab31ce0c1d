"""What other programs can call: the named endpoints, also offered as MCP tools.

Their signatures and docstrings are read by programs; articles are named by their ids, never
by paths, so that nobody reads files of this machine through the page.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.answer import EXTRACTIVE
from assistant.errors import AssistantError
from assistant.formats.as_json import (
    answer_json,
    check_json,
    debate_json,
    disputes_json,
    entry_json,
    statements_json,
)
from page.articles import ALL_ARTICLES, OpenArticles

if TYPE_CHECKING:
    from assistant.scope import ArticleFilter


@contextmanager
def shown_errors() -> Iterator[None]:
    """Hand our messages on to the program that asked; they are fit to show."""
    import gradio

    try:
        yield
    except AssistantError as error:
        raise gradio.Error(str(error), print_exception=False) from error


class Programs:
    """The functions of the assistant for programs, over the articles of the open articles."""

    def __init__(self, articles: OpenArticles, *, article: str) -> None:
        self._articles = articles
        self._article = article

    def all(self) -> tuple[Callable[..., dict[str, Any]], ...]:
        """Return the functions, each with the name it is called by."""
        told = (self.ask, self.quotes, self.disputes, self.debate, self.check, self.compare)
        functions: tuple[Callable[..., dict[str, Any]], ...] = (*told, self.articles, self.add)
        return tuple(map(shown_errors(), functions))

    def ask(
        self,
        question: str,
        article: str = "",
        engine: str = EXTRACTIVE,
        outlet: str = "",
        author: str = "",
        language: str = "",
        since: str = "",
        until: str = "",
        tag: str = "",
    ) -> dict[str, Any]:
        """Answer a question about a news article and its reader comments, with citations.

        Every sentence of the answer is checked against the exact words it cites. Sentences in
        the lane "article" are reporting, those in the lane "readers" are remarks of readers.
        The status is "answered", "partly_answered" or "not_in_article".

        Args:
            question: The question, in any language.
            article: The id of an article, "all" for the whole library, empty for the one that
                is open.
            engine: "extractive" for the words of the page, or the name of a local model.
            outlet: Of the whole library, only articles of this outlet; empty for all.
            author: Only articles by this author.
            language: Only articles in this language, as its ISO 639-1 code.
            since: Only articles published on this day or later, as 2025-03-01.
            until: Only articles published on this day or before.
            tag: Only articles with this tag.
        """
        told = {"outlet": outlet, "author": author, "language": language, "tag": tag}
        only = _filter(told, since=since, until=until)
        if only is not None and (article or self._article) != ALL_ARTICLES:
            raise AssistantError(f"a filter is for the whole library: article={ALL_ARTICLES!r}")
        opened = self._articles.assistant(article or self._article, engine=engine, only=only)
        return answer_json(opened.ask(question))

    def quotes(self, article: str = "", speaker: str = "") -> dict[str, Any]:
        """List who said what: every quotation, indirect statement and comment with its speaker.

        A speaker is null where the page names none. "start" and "end" are characters of the
        article's text.

        Args:
            article: The id of an article; empty for the one that is open.
            speaker: Only the statements of this person or institution; empty for all.
        """
        return statements_json(self._assistant(article).statements(speaker=speaker or None))

    def disputes(self, article: str = "") -> dict[str, Any]:
        """List the contested claims, each with the exact words for and against it and by whom.

        Voices are distinct authors, not messages; anonymous ones are counted apart.

        Args:
            article: The id of an article; empty for the one that is open.
        """
        opened = self._assistant(article)
        return disputes_json(opened.disputes(), opened.debate())

    def debate(self, article: str = "") -> dict[str, Any]:
        """Tell the debate as a tree: claims, the arguments for and against, and their voices.

        An argument is what several people say in nearly the same words; quarrels of readers hang
        under the claim they grew from.

        Args:
            article: The id of an article; empty for the one that is open.
        """
        return debate_json(self._assistant(article).debate())

    def check(self, quote: str, article: str = "", speaker: str = "") -> dict[str, Any]:
        """Check whether a quotation stands in an article or its comments, and whose it is.

        The verdict is "verbatim", "altered" (the differences are listed), "other_speaker"
        (verbatim, but said by somebody else) or "absent".

        Args:
            quote: The words that are said to stand there.
            article: The id of an article; empty for the one that is open.
            speaker: Who is said to have said them; empty if it does not matter.
        """
        return check_json(self._assistant(article).check(quote, speaker=speaker or None))

    def compare(
        self, question: str, first: str, second: str, engine: str = EXTRACTIVE
    ) -> dict[str, Any]:
        """Ask two articles the same question; each answers from its own words alone.

        Args:
            question: The question, in any language.
            first: The id of an article.
            second: The id of another.
            engine: "extractive" for the words of the page, or the name of a local model.
        """
        return {
            "question": question,
            "answers": [
                {"article": id, **answer_json(self._assistant(id, engine).ask(question))}
                for id in (first, second)
            ],
        }

    def articles(self) -> dict[str, Any]:
        """List the articles of the library with the ids that the other functions take."""
        return {"articles": [entry_json(entry) for entry in self._articles.entries()]}

    def add(self, text: str) -> dict[str, Any]:
        """Add an article to the library: its text with the comments, or its address.

        Args:
            text: The words, the HTML or the JSON of a page, or one http(s) address.
        """
        return {"article": self._articles.open_text(text.strip())}

    def _assistant(self, article: str, engine: str = EXTRACTIVE) -> Any:
        return self._articles.assistant(article or self._article, engine=engine)


def _filter(told: dict[str, str], *, since: str, until: str) -> "ArticleFilter | None":
    """Return the filter that some words name, None where all are empty."""
    from assistant.scope import ArticleFilter

    try:
        first, last = (date.fromisoformat(day) if day else None for day in (since, until))
    except ValueError as error:
        raise AssistantError(f"no day: {since or until!r}; write it as 2025-03-01") from error
    words: dict[str, Any] = {name: value for name, value in told.items() if value}
    only = ArticleFilter(**words, since=first, until=last)
    return only if only != ArticleFilter() else None
