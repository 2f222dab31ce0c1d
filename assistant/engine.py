"""Who puts an answer into words: the page itself, or a model whose every sentence is checked.

Whatever goes wrong with the model, there is an answer in the page's own words, with a warning
that names the cause.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import EXTRACTIVE, Answer, AnswerDraft
from assistant.errors import AssistantError
from assistant.intents import BY_NAME
from assistant.question import Question, Turn
from assistant.settings import Settings
from index.encoder import Reader
from index.errors import EmbedderError
from index.library.article_index import ArticleIndex

if TYPE_CHECKING:
    from assistant.model import LLM, ChatModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A model, or None for the page's own words; `fault` where one was wanted and cannot be.

    `reader` is the second opinion on what the model writes, and on what answers;
    `model_judges` gives the first of these to the model itself.
    """

    model: "ChatModel | None" = None
    fault: str | None = None
    reader: Reader | None = None
    model_judges: bool = False

    @classmethod
    def open(cls, llm: "str | LLM | ChatModel | None", settings: Settings) -> "Engine":
        """Return the engine for `llm`: see `Assistant.open`."""
        if isinstance(llm, str) and llm == "auto":
            llm = settings.llm or llm
        if llm is None or llm == EXTRACTIVE:
            return cls()
        from assistant.model import answering_model, open_model

        reader = Reader.open() if settings.has_reader else None
        try:
            model = answering_model(settings) if llm == "auto" else open_model(llm, settings)
            return cls(model=model, reader=reader, model_judges=settings.model_judges)
        except AssistantError as error:
            return cls(fault=str(error))

    @property
    def name(self) -> str:
        """`extractive`, or the name of the model."""
        return self.model.name if self.model else EXTRACTIVE

    def standalone(
        self, question: Question, turns: Sequence[Turn]
    ) -> Generator[AnswerDraft, None, str]:
        """Return the question as it stands without the turns before it; empty drafts meanwhile."""
        if self.model is None or not BY_NAME[question.intent].model_writes or not turns:
            return question.text
        from assistant.generative import standalone

        return (yield from standalone(question, turns, self.model))

    def warm(self, article_index: ArticleIndex) -> None:
        """Have a model of this machine read the page before anybody asks."""
        if self.model is not None and self.model.remote_host is None:
            from assistant.generative import warm

            warm(article_index, self.model)

    def gloss(self, words: str, language: str) -> str | None:
        """Return words of the page in another language; None without a model.

        Raises:
            AssistantError: The model does not answer, or with no translation.
        """
        if self.model is None:
            return None
        from assistant.generative import gloss

        return gloss(words, language, self.model)

    def write(
        self, question: Question, article_index: ArticleIndex, own_words: Answer
    ) -> Generator[AnswerDraft, None, Answer]:
        """Yield drafts of the answer; return what may be shown of it.

        Args:
            question: What is asked, understood on this page.
            article_index: The page that answers.
            own_words: The answer in the page's own words, which stands where there is no model
                or nothing of its reply holds.
        """
        if self.fault:
            return replace(own_words, warnings=(*own_words.warnings, self.fault))
        intent = BY_NAME[question.intent]
        found_nothing = own_words.status == "not_in_article" and intent.instead is not None
        is_open = intent.model_decides and own_words.verdict == "none" and not question.quoted
        if self.model is None or not (intent.model_writes or found_nothing or is_open):
            return own_words
        from assistant.generative import write

        host = self.model.remote_host
        left = (f"the article was sent to {host}, where the model runs",) if host else ()
        own_words = replace(own_words, warnings=(*own_words.warnings, *left))
        try:
            return (
                yield from write(
                    question,
                    article_index,
                    self.model,
                    own_words,
                    reader=self.reader,
                    model_judges=self.model_judges,
                )
            )
        except (AssistantError, EmbedderError) as error:
            fault = f"{error}; answered in the page's own words"
            return replace(own_words, warnings=(*own_words.warnings, fault))
