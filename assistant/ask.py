"""From a question to a checked answer. Start reading here."""

import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, AnswerDraft, Retrieved
from assistant.checking import check
from assistant.errors import AssistantError
from assistant.extractive import compose
from assistant.question import Question, follow_up, understand
from assistant.settings import Settings
from index.article import Article
from index.disputes import Dispute
from index.embedding import Embedder, open_embedder
from index.errors import UnreadableArticleError
from index.intake import take_in, take_in_text
from index.library import Library
from index.search import ArticleIndex, Evidence
from index.statements import QuotationCheck, Statement, check_quotation, speaker_matches

if TYPE_CHECKING:
    from assistant.llama import AssistantQueryEngine, PassageRetriever
    from index.shelf import Shelf

LONGEST_QUESTION = 4_000
"""Characters; a longer one is a mistake."""
_SHOWN_EVIDENCE = 8


class Assistant:
    """Answers questions about one article, or about a whole library."""

    def __init__(self, library: Library, embedder: Embedder, *, article: Article | None) -> None:
        self._library = library
        self._embedder = embedder
        self._article = article
        self._pages: dict[tuple[str, str], ArticleIndex] = {}

    @classmethod
    def open(
        cls,
        source: str | Path | Article | None = None,
        *,
        llm: Any = "auto",
        embedder: Embedder | str | None = None,
        home: str | Path | None = None,
    ) -> "Assistant":
        """Return an assistant for an article, read and indexed once and reused afterwards.

        Args:
            source: A path, an address, an id of the library, or an `Article`; None for the
                whole library.
            llm: `"auto"` or None: answers are composed of the page's own words.
            embedder: None for the bundled one, the path or name of a sentence-transformers
                model, or an `Embedder`.
            home: The library's folder; else what the environment says.

        Raises:
            UnreadableArticleError: There is no article in the source.
            AssistantError: `llm` names a model; none can be used yet.
            ArticleError: The library or the embedder cannot be used.
        """
        if llm not in ("auto", None, "extractive"):
            raise AssistantError(
                f"engine {llm!r} cannot be used: this version answers without a language model; "
                "leave the engine out, or name it 'extractive'"
            )
        library, chosen = _opened(home, embedder)
        article = None if source is None else take_in(source, library)
        return cls(library, chosen, article=article)

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        embedder: Embedder | str | None = None,
        home: str | Path | None = None,
    ) -> "Assistant":
        """Return an assistant for pasted text; like `open` otherwise.

        Raises:
            UnreadableArticleError: There is no article in the text.
        """
        library, chosen = _opened(home, embedder)
        return cls(library, chosen, article=take_in_text(text, library))

    def ask(self, question: str) -> Answer:
        """Return the checked answer to one question.

        Raises:
            AssistantError: The question is empty or too long.
            ArticleError: The library cannot be read.
        """
        return self._answer(question, before=None)[0]

    def stream(self, question: str) -> Iterator[AnswerDraft | Answer]:
        """Yield the answer as it grows, drafts first, the checked `Answer` last.

        Closing the iterator ends the work on the answer.
        """
        yield from _as_drafts(self.ask(question))

    def conversation(self) -> "Conversation":
        """Return a conversation, in which a question may lean on the one before it."""
        return Conversation(self)

    def statements(self, *, speaker: str | None = None) -> tuple[Statement, ...]:
        """Return who said what, of one speaker where one is named, in reading order."""
        return tuple(
            statement
            for page in self._all_pages()
            for statement in page.statements
            if speaker is None
            or (statement.speaker is not None and speaker_matches(speaker, statement.speaker))
        )

    def disputes(self) -> tuple[Dispute, ...]:
        """Return the claims that are contested, with who contests them, in reading order."""
        return tuple(dispute for page in self._all_pages() for dispute in page.disputes)

    def check(self, quote: str, *, speaker: str | None = None) -> QuotationCheck:
        """Return whether a quotation stands on the page, and whose words they are.

        Raises:
            AssistantError: The assistant is open on the whole library, not on one article.
        """
        if not quote.strip():
            raise AssistantError("there is no quotation to check; give the words")
        page = self._page(self.article)
        return check_quotation(quote, page.article, page.statements, speaker=speaker)

    @property
    def article(self) -> Article:
        """The article this assistant is open on.

        Raises:
            AssistantError: It is open on the whole library.
        """
        if self._article is None:
            raise AssistantError("this needs one article; open it: Assistant.open(source)")
        return self._article

    def search(self, question: str, *, limit: int = _SHOWN_EVIDENCE) -> tuple[Evidence, ...]:
        """Return the passages closest to a question, best first."""
        if self._article is not None:
            return self._page(self._article).search(question, limit=limit)
        return self._shelf.search(question, limit=limit)

    def as_query_engine(self) -> "AssistantQueryEngine":
        """Return this assistant as a LlamaIndex query engine."""
        from assistant.llama import AssistantQueryEngine

        return AssistantQueryEngine(ask=self.ask)

    def as_retriever(self) -> "PassageRetriever":
        """Return this assistant's search as a LlamaIndex retriever."""
        from assistant.llama import PassageRetriever

        return PassageRetriever(self.search)

    def _answer(self, text: str, *, before: Question | None) -> tuple[Answer, Question]:
        started = time.perf_counter()
        text = _usable(text)
        best: tuple[Answer, Question] | None = None
        for page in self._candidate_pages(text):
            question = understand(text, page.article, page.statements)
            if before is not None:
                question = follow_up(question, before)
            answer = self._answer_from(page, question, started=started)
            if answer.status != "not_in_article":
                return answer, question
            best = best or (answer, question)
        if best is None:
            raise UnreadableArticleError("the library is empty; add an article: assistant add FILE")
        return best

    def _answer_from(self, page: ArticleIndex, question: Question, *, started: float) -> Answer:
        draft = compose(question, page, names_article=self._article is None)
        checked = check(draft, {page.article.id: page.article})
        nothing_held = bool(draft.citations) and not checked.citations
        return Answer(
            question=question.text,
            language=question.language,
            status="not_in_article" if nothing_held else draft.status,
            sentences=checked.sentences,
            citations=checked.citations,
            retrieved=tuple(
                Retrieved(
                    article=item.article,
                    label=item.passage.label,
                    rank=item.rank,
                    similarity=item.similarity,
                )
                for item in page.search(question.text, limit=_SHOWN_EVIDENCE)
            ),
            warnings=(*page.article.warnings, *checked.warnings),
            seconds=time.perf_counter() - started,
        )

    def _candidate_pages(self, question: str) -> Iterator[ArticleIndex]:
        if self._article is not None:
            yield self._page(self._article)
            return
        for article in self._shelf.candidates(question):
            yield self._page(article)

    def _all_pages(self) -> Iterator[ArticleIndex]:
        if self._article is not None:
            yield self._page(self._article)
            return
        for entry in self._library.entries():
            yield self._page(self._library.article(entry.id))

    def _page(self, article: Article) -> ArticleIndex:
        key = (article.id, article.version)
        if key not in self._pages:
            self._pages[key] = ArticleIndex.open(article, self._library, self._embedder)
        return self._pages[key]

    @cached_property
    def _shelf(self) -> "Shelf":
        from index.shelf import Shelf

        return Shelf(self._library, self._embedder)


class Conversation:
    """Questions in a row: "and what did he say about Libya?" is understood by the last one."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._before: Question | None = None

    def ask(self, question: str) -> Answer:
        """Return the checked answer to the next question; errors as of `Assistant.ask`."""
        answer, understood = self._assistant._answer(question, before=self._before)
        if understood.speaker or understood.author:
            self._before = understood
        return answer

    def stream(self, question: str) -> Iterator[AnswerDraft | Answer]:
        """Yield the answer to the next question as it grows; like `Assistant.stream`."""
        yield from _as_drafts(self.ask(question))


def _as_drafts(answer: Answer) -> Iterator[AnswerDraft | Answer]:
    for count in range(1, len(answer.sentences)):
        text = "\n".join(sentence.text for sentence in answer.sentences[:count])
        yield AnswerDraft(text=text, engine=answer.engine)
    yield answer


def _opened(home: str | Path | None, embedder: Embedder | str | None) -> tuple[Library, Embedder]:
    settings = Settings.from_environment()
    library = Library(Path(home).expanduser() if home is not None else settings.home)
    if embedder is None or isinstance(embedder, str):
        return library, open_embedder(embedder or settings.embedder)
    return library, embedder


def _usable(question: str) -> str:
    question = question.strip()
    if not question:
        raise AssistantError("the question is empty; ask something about the article")
    if len(question) > LONGEST_QUESTION:
        raise AssistantError(
            f"the question has {len(question):,} characters, at most {LONGEST_QUESTION:,} are read"
        )
    return question
