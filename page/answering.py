"""From a question on the page to drafts and the checked answer, in a reader's own conversation."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from assistant.answer import Answer
from assistant.errors import AssistantError
from assistant.locale.page import Words, words_of
from assistant.question import Question
from page.articles import ALL_ARTICLES
from page.engines import pull_usual
from page.rendering import render
from page.views.answer import answer_card
from page.views.counting import counted
from page.views.opening import following
from page.views.workbench import Wish

if TYPE_CHECKING:
    from page.articles import OpenArticles
    from page.conversations import Conversations, Talk, Turn

Step = dict[str, Any]

_BETWEEN_DRAFTS_SECONDS = 0.12
"""A model writes faster than anybody reads; every draft goes through the queue."""


class Answering:
    """Answers questions of the page; one reader's questions never meet another's."""

    def __init__(self, articles: "OpenArticles", conversations: "Conversations") -> None:
        self._articles = articles
        self._conversations = conversations

    def converse(
        self,
        conversation: str,
        question: str,
        article: str,
        engine: str,
        language: str,
        instead: int = 0,
    ) -> Iterator[Step]:
        """Yield drafts of an answer, then its HTML: {"waiting"}, {"draft"}, {"turn"} or {"error"}.

        The answer takes the place of the turn whose number is `instead`, 0 to come last.
        """
        talk = self._conversations.of(conversation)
        if talk is None:
            yield {"error": words_of(language)("error_gone")}
            return
        talk.stopped.clear()
        next_draft_at = 0.0
        try:
            asked = talk.with_assistant(self._articles.assistant(article, engine=engine))
            steps = asked.stream(question)
            for step in steps:
                if talk.stopped.is_set():
                    steps.close()  # type: ignore[attr-defined]
                    yield {"stopped": words_of(language)("stopped")}
                    return
                if isinstance(step, Answer):
                    version = self._version(step, article)
                    before = asked.before
                    counted = self._counted(before.question if before else None, article)
                    turn = talk.keep(
                        step, article=article, version=version, counted=counted, instead=instead
                    )
                    words = words_of(language)
                    offered = self._following(step, article, talk, words)
                    yield {"turn": self._html(turn, words, offered)}
                elif time.monotonic() >= next_draft_at:
                    next_draft_at = time.monotonic() + _BETWEEN_DRAFTS_SECONDS
                    if step.before:
                        yield {"waiting": words_of(language).count("waiting", step.before)}
                    else:
                        yield {"draft": step.text, "engine": step.engine}
        except AssistantError as error:
            yield {"error": str(error)}

    def beside(
        self, question: str, first: str, second: str, engine: str, language: str
    ) -> Iterator[Step]:
        """Yield what two articles answer to one question, as HTML: {"beside"} or {"error"}."""
        words = words_of(language)
        try:
            opened = [self._articles.assistant(id, engine=engine) for id in (first, second)]
            sides = [(of.article, answer_card(of.ask(question), words)) for of in opened]
            yield {"beside": render("beside.html", question=question, sides=sides, words=words)}
        except AssistantError as error:
            yield {"error": str(error)}

    def pull(self, language: str) -> Iterator[Step]:
        """Yield each percent of the usual model that is there, or what went wrong: {"message"}."""
        try:
            for percent in pull_usual():
                yield {"message": words_of(language)("pulling", percent=percent)}
        except AssistantError as error:
            yield {"message": str(error)}

    def _counted(self, question: Question | None, article: str) -> dict[str, str] | None:
        if question is None or article == ALL_ARTICLES:
            return None
        return counted(question, self._articles.bench(article))

    def _html(self, turn: "Turn", words: Words, offered: tuple[str, ...] = ()) -> str:
        """Return a turn with the way to the comments that it counts, or else cites."""
        card = answer_card(turn.answer, words)
        query, number = turn.counted, len(card.comments)
        if query is not None:
            number = len(self._articles.bench(turn.article).found(Wish.from_query(query)))
        elif number > 1 and turn.article != ALL_ARTICLES:
            query = {"only": ",".join(card.comments)}
        bench = urlencode(query) if query is not None and number else None
        return render(
            "answer.html",
            turn=turn,
            card=card,
            words=words,
            following=offered,
            bench=bench,
            number=number,
        )

    def _following(
        self, answer: Answer, article: str, talk: "Talk", words: Words
    ) -> tuple[str, ...]:
        if article == ALL_ARTICLES or not self._articles.is_ready(article):
            return ()
        opened = self._articles.assistant(article)
        return following(answer, opened, [turn.answer.question for turn in talk.turns], words)

    def _version(self, answer: Answer, asked: str) -> str | None:
        """Return the version of the article that answers: a proof must hold that one."""
        answering = next((citation.article for citation in answer.citations), asked)
        if answering == ALL_ARTICLES:
            return None
        return self._articles.library.entry(answering).version

    def turns(self, talk: "Talk", words: Words) -> str:
        """Return all kept turns of a conversation as HTML."""
        return "".join(self._html(turn, words) for turn in talk.turns)
