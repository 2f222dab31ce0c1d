"""From a question to a checked answer. Start reading here."""

import time
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from assistant.across import Exchange, answer_across, joined
from assistant.answer import EXTRACTIVE, Answer, AnswerDraft, Retrieved
from assistant.checking import check
from assistant.engine import Engine
from assistant.errors import AssistantError
from assistant.extractive import compose
from assistant.intents import BY_NAME
from assistant.learned import Learned, encoder
from assistant.locale import phrases
from assistant.question import (
    Memory,
    Question,
    Somebody,
    Turn,
    follow_up,
    leaning,
    persons,
    remembered,
    somebodies,
    two_questions,
    understand,
)
from assistant.scope import ArticleFilter, Pages
from assistant.settings import Settings
from index.article import Article
from index.disputes import Debate, Dispute, debate_of
from index.encoder import Embedder, open_embedder
from index.library.article_index import ArticleIndex, Evidence
from index.library.intake import take_in, take_in_text
from index.library.library import Library
from index.library.search import LibrarySearch
from index.statements import (
    QuotationCheck,
    Speaker,
    Statement,
    check_quotation,
    speaker_matches,
)

if TYPE_CHECKING:
    from assistant.formats.llama_index import AssistantQueryEngine, PassageRetriever
    from assistant.model import LLM, ChatModel
    from assistant.stances import Progress

LONGEST_QUESTION = 4_000
"""Characters; a longer one is a mistake."""
_SHOWN_EVIDENCE = 8
_REMEMBERED_TURNS = 3


class Assistant:
    """Answers questions about one article, or about a whole library."""

    def __init__(
        self,
        library_search: LibrarySearch,
        *,
        article: Article | None,
        engine: Engine,
        learned: Learned,
        only: ArticleFilter | None = None,
    ) -> None:
        self._pages = Pages(library_search, article=article, only=only)
        self._library = library_search.library
        self._engine = engine
        self._learned = learned
        self._persons: WeakKeyDictionary[ArticleIndex, tuple[Speaker, ...]] = WeakKeyDictionary()

    @classmethod
    def open(
        cls,
        source: str | Path | Article | None = None,
        *,
        llm: "str | LLM | ChatModel | None" = "auto",
        embedder: Embedder | str | None = None,
        home: str | Path | None = None,
        only: ArticleFilter | None = None,
    ) -> "Assistant":
        """Return an assistant for an article, read and indexed once and reused afterwards.

        Args:
            source: A path, an address, an id of the library, or an `Article`; None for the
                whole library.
            llm: `"auto"`: a local model writes where one answers; the tag of a model of the
                local server, or any LlamaIndex `LLM`; None or `"extractive"`: answers are
                composed of the page's own words. A model that cannot be used is no error:
                `fault` and every answer's warnings say why, and the page's words answer.
            embedder: None for the bundled one, the path or name of a sentence-transformers
                model, or an `Embedder`.
            home: The library's folder; else what the environment says.
            only: Which articles of the whole library are asked; None for all.

        Raises:
            UnreadableArticleError: There is no article in the source.
            ArticleError: The library or the embedder cannot be used.
        """
        settings = Settings.from_environment()
        library_search = _library_search(settings, home, embedder)
        article = None if source is None else take_in(source, library_search.library)
        return cls(
            library_search,
            article=article,
            engine=Engine.open(llm, settings),
            learned=Learned.open(settings),
            only=only,
        )

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        llm: "str | LLM | ChatModel | None" = "auto",
        embedder: Embedder | str | None = None,
        home: str | Path | None = None,
    ) -> "Assistant":
        """Return an assistant for pasted text; like `open` otherwise.

        Raises:
            UnreadableArticleError: There is no article in the text.
        """
        settings = Settings.from_environment()
        library_search = _library_search(settings, home, embedder)
        article = take_in_text(text, library_search.library)
        return cls(
            library_search,
            article=article,
            engine=Engine.open(llm, settings),
            learned=Learned.open(settings),
        )

    def ask(self, question: str) -> Answer:
        """Return the checked answer to one question.

        Raises:
            AssistantError: The question is empty or too long.
            ArticleError: The library cannot be read.
        """
        return self.conversation().ask(question)

    def stream(self, question: str) -> Iterator[AnswerDraft | Answer]:
        """Yield the answer as it grows, drafts first, the checked `Answer` last.

        Closing the iterator ends the work on the answer and frees the model.
        """
        yield from self.conversation().stream(question)

    @property
    def engine(self) -> str:
        """Who writes the answers: `extractive`, or the name of a model."""
        return self._engine.name

    @property
    def fault(self) -> str | None:
        """Why no model writes although one was asked for, in words fit to show."""
        return self._engine.fault

    def warm(self) -> None:
        """Have a local model read the page before anybody asks; gives way to every question."""
        if not self._pages.is_library:
            self._engine.warm(self._pages.only)

    def conversation(self) -> "Conversation":
        """Return a conversation, in which a question may lean on the one before it."""
        return Conversation(self)

    def statements(self, *, speaker: str | None = None) -> tuple[Statement, ...]:
        """Return who said what, of one speaker where one is named, in reading order."""
        return tuple(
            statement
            for article_index in self._pages.all()
            for statement in article_index.statements
            if speaker is None
            or (statement.speaker is not None and speaker_matches(speaker, statement.speaker))
        )

    def disputes(self) -> tuple[Dispute, ...]:
        """Return the claims that are contested, with who contests them, in reading order."""
        return tuple(
            dispute for article_index in self._pages.all() for dispute in article_index.disputes
        )

    def judge_stances(self) -> "Iterator[Progress]":
        """Let the model judge comments whose stand the rules leave open; yield how far it is.

        `disputes`, `debate` and every answer hold what it found when this ends; what was judged
        before is not judged again. Without a model nothing changes.

        Raises:
            AssistantError: The assistant is open on the whole library, or the model failed.
        """
        page, model = self._pages.only, self._engine.model
        if model is not None:
            from assistant.stances import judge_stances

            yield from judge_stances(page, model, self._library)

    def debate(self) -> Debate:
        """Return claims, arguments and voices as a tree.

        Raises:
            AssistantError: The assistant is open on the whole library, not on one article.
        """
        page = self._pages.only
        return debate_of(page.article, page.disputes, page.agreements, encoder=encoder())

    def check(self, quote: str, *, speaker: str | None = None) -> QuotationCheck:
        """Return whether a quotation stands on the page, and whose words they are.

        Raises:
            AssistantError: The assistant is open on the whole library, not on one article.
        """
        if not quote.strip():
            raise AssistantError("there is no quotation to check; give the words")
        article_index = self._pages.only
        return check_quotation(
            quote, article_index.article, article_index.statements, speaker=speaker
        )

    def gloss(self, words: str, *, language: str) -> str | None:
        """Return what words of the page mean in a language, as the model says; None without one.

        It is a help to readers and stands for nothing: no answer cites it.

        Raises:
            AssistantError: The model does not answer, or with no translation.
        """
        return self._engine.gloss(words, language)

    @property
    def article(self) -> Article:
        """The article this assistant is open on.

        Raises:
            AssistantError: It is open on the whole library.
        """
        return self._pages.article

    def search(self, question: str, *, limit: int = _SHOWN_EVIDENCE) -> tuple[Evidence, ...]:
        """Return the passages closest to a question, best first."""
        return self._pages.search(question, limit=limit)

    def as_query_engine(self) -> "AssistantQueryEngine":
        """Return this assistant as a LlamaIndex query engine."""
        from assistant.formats.llama_index import AssistantQueryEngine

        return AssistantQueryEngine(ask=self.ask)

    def as_retriever(self) -> "PassageRetriever":
        """Return this assistant's search as a LlamaIndex retriever."""
        from assistant.formats.llama_index import PassageRetriever

        return PassageRetriever(self.search)

    def _stream(self, text: str, talk: "Conversation") -> Generator[AnswerDraft, None, Exchange]:
        """Yield drafts of the answer to the next question of a conversation; return its end."""
        started = time.perf_counter()
        found = self._in_own_words(_usable(text), talk.before)
        standalone = yield from self._engine.standalone(found.question, talk.turns)
        if standalone != found.question.text:
            found = self._in_own_words(standalone, talk.before)
        answer = found.answer
        if found.article_index is not None:
            answer = yield from self._engine.write(found.question, found.article_index, answer)
        if answer.engine == EXTRACTIVE:
            yield from _as_drafts(answer)
        seconds = time.perf_counter() - started
        return replace(found, answer=replace(answer, question=text.strip(), seconds=seconds))

    def _in_own_words(self, text: str, before: Memory | None) -> Exchange:
        """Return the answer without a model, of the article or of all that tell something."""
        understood = partial(self._understood, text, before)
        answered = partial(self._answered, before)
        if self._pages.is_library:
            reader = self._learned.reader
            return answer_across(text, self._pages, understood, answered, reader)
        page = self._pages.only
        question = understood(page)
        parts = two_questions(question.plain, phrases(question.language))
        if len(parts) == 1 or BY_NAME[question.intent].of_record:
            return answered(question, page)
        first = answered(self._understood(parts[0], before, page), page)
        if first.answer.status == "not_in_article":
            return answered(question, page)
        between = self._remembered(first, before)
        second = self._understood(parts[1], between, page)
        return joined(question, (first, answered(second, page)))

    def _understood(
        self, text: str, before: Memory | None, article_index: ArticleIndex
    ) -> Question:
        question = understand(
            text,
            article_index.article,
            article_index.statements,
            everybody=self._everybody(article_index),
            spelling=article_index.spelling,
            before=before.question if before else None,
            classifier=self._learned.classifier,
        )
        return question if before is None else follow_up(question, before)

    def _everybody(self, page: ArticleIndex) -> tuple[Speaker, ...]:
        """Return whom a question to a page may name, found with the first one."""
        if page not in self._persons:
            self._persons[page] = persons(page.article, page.statements, page.people)
        return self._persons[page]

    def _remembered(self, found: Exchange, before: Memory | None) -> Memory:
        """Return what a conversation remembers behind an answer."""
        page, known = found.article_index, tuple[Somebody, ...]()
        if page is not None:
            everybody = self._everybody(page)
            known = somebodies(page.article, everybody, page.people, page.statements)
        return remembered(found.question, before, found.answer.citations, known)

    def _answered(
        self, before: Memory | None, question: Question, article_index: ArticleIndex
    ) -> Exchange:
        found = self._exchange(question, article_index)
        if before is None or found.answer.status != "not_in_article":
            return found
        # "What proof has he?" needs no pronoun in every language.
        leant = leaning(question, before, without_sign=True)
        if leant == question:
            return found
        again = self._exchange(leant, article_index)
        return found if again.answer.status == "not_in_article" else again

    def _exchange(self, question: Question, article_index: ArticleIndex) -> Exchange:
        return Exchange(
            article_index=article_index,
            question=question,
            answer=self._composed(question, article_index),
        )

    def _composed(self, question: Question, article_index: ArticleIndex) -> Answer:
        draft = compose(
            question,
            article_index,
            names_article=self._pages.is_library,
            reader=self._learned.reader,
        )
        checked = check(draft, article_index.article, article_index.statements)
        nothing_held = bool(draft.citations) and not checked.citations
        return Answer(
            question=question.text,
            language=question.language,
            status="not_in_article" if nothing_held else draft.status,
            sentences=checked.sentences,
            citations=checked.citations,
            verdict="none" if nothing_held else draft.verdict,
            nearest=draft.nearest,
            retrieved=tuple(
                Retrieved(
                    article=item.article,
                    label=item.passage.label,
                    rank=item.rank,
                    similarity=item.similarity,
                )
                for item in article_index.search(question.text, limit=_SHOWN_EVIDENCE)
            ),
            warnings=(*article_index.article.warnings, *checked.warnings),
        )


class Conversation:
    """Questions in a row: "and what did he say about Libya?" is understood by the last ones."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.before: Memory | None = None
        self.turns: tuple[Turn, ...] = ()

    def ask(self, question: str) -> Answer:
        """Return the checked answer to the next question; errors as of `Assistant.ask`."""
        return cast(Answer, deque(self.stream(question), maxlen=1).pop())

    def stream(self, question: str) -> Iterator[AnswerDraft | Answer]:
        """Yield the answer to the next question as it grows; like `Assistant.stream`."""
        found = yield from self._assistant._stream(question, self)
        self.before = self._assistant._remembered(found, self.before)
        turn = Turn(question=found.answer.question, answer=found.answer.text)
        self.turns = (*self.turns, turn)[-_REMEMBERED_TURNS:]
        yield found.answer


def _as_drafts(answer: Answer) -> Iterator[AnswerDraft]:
    for count in range(1, len(answer.sentences)):
        text = "\n".join(sentence.text for sentence in answer.sentences[:count])
        yield AnswerDraft(text=text, engine=answer.engine)


def _library_search(
    settings: Settings, home: str | Path | None, embedder: Embedder | str | None
) -> LibrarySearch:
    library = Library(Path(home).expanduser() if home is not None else settings.home)
    if embedder is None or isinstance(embedder, str):
        embedder = open_embedder(embedder or settings.embedder)
    return LibrarySearch(library, embedder, server=settings.vectors)


def _usable(question: str) -> str:
    question = question.strip()
    if not question:
        raise AssistantError("the question is empty; ask something about the article")
    if len(question) > LONGEST_QUESTION:
        raise AssistantError(
            f"the question has {len(question):,} characters, at most {LONGEST_QUESTION:,} are read"
        )
    return question
