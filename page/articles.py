"""The articles the page works with: opened once, kept ready, made ready in the background."""

import os
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import EXTRACTIVE
from assistant.errors import AssistantError
from index.article import Article
from index.errors import WorkerError
from index.library.entry import Entry
from index.library.intake import fetched, take_in_page, take_in_text
from index.library.library import Library
from page.engines import engines
from page.limits import (
    MOST_COMMENTS_HERE,
    MOST_OPEN_ARTICLES,
    MOST_WAIT_TO_READ_SECONDS,
    MOST_WAITING_TO_READ,
    READ_AT_ONCE,
)
from page.memory import give_back
from page.views.workbench import Workbench, workbench

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.scope import ArticleFilter
    from index.disputes import Debate
    from index.encoder import Embedder

    _Key = tuple[str, str, str, ArticleFilter | None]

ALL_ARTICLES = "all"
"""Stands where an article's id could: the question goes to the whole library."""


class OpenArticles:
    """Opens articles and answers which ones there are; safe to use from threads."""

    def __init__(self, home: str | Path | None = None) -> None:
        from assistant.settings import Settings

        settings = Settings.from_environment()
        self.library = Library(Path(home).expanduser() if home is not None else settings.home)
        self._embedder_name = settings.embedder
        self._opened_embedder: Embedder | None = None
        self._open: OrderedDict[_Key, Assistant] = OrderedDict()
        self._ready: OrderedDict[tuple[str, str], Future[Debate]] = OrderedDict()
        self._benches: OrderedDict[tuple[str, str, bool], Workbench] = OrderedDict()
        self._lock = threading.Lock()
        self._reading = threading.BoundedSemaphore(READ_AT_ONCE)
        self._waiting = threading.BoundedSemaphore(MOST_WAITING_TO_READ)
        self._workers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="indexing")
        self._readers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading-ahead")
        self._ahead: Future[None] = Future()

    def _embedder(self) -> "Embedder":
        from index.encoder import open_embedder

        with self._lock:
            if self._opened_embedder is None:
                self._opened_embedder = open_embedder(self._embedder_name)
            return self._opened_embedder

    def token(self) -> str:
        """Return what a page that is handed over has to know, made once for this installation."""
        file = self.library.home / "bookmark.token"
        try:
            return file.read_text("ascii")
        except OSError:
            self.library.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            token = secrets.token_urlsafe(18)
            with suppress(FileExistsError), open(file, "x", opener=_private) as made:
                made.write(token)
            return file.read_text("ascii")

    def entries(self) -> tuple[Entry, ...]:
        """Return the articles of the library, the newest first."""
        return tuple(reversed(self.library.entries()))

    def assistant(
        self, article_id: str, *, engine: str = EXTRACTIVE, only: "ArticleFilter | None" = None
    ) -> "Assistant":
        """Return the assistant for an article of the library, or for all that a filter leaves.

        Raises:
            ArticleError: The library has no such article, or cannot be read.
            AssistantError: The engine cannot be used.
        """
        source = None if article_id == ALL_ARTICLES else article_id
        version = "" if source is None else self.library.entry(source).version
        key = (article_id, version, engine, only)
        with self._lock:
            if key in self._open:
                self._open.move_to_end(key)
                return self._open[key]
        if engine != EXTRACTIVE and engine not in engines().models:
            # A model that is missing now may be there later: nothing of it is kept.
            raise AssistantError(
                f"there is no model {engine!r} here; install it: assistant pull {engine}, "
                f"or ask the engine {EXTRACTIVE!r}"
            )
        article = None if source is None else self.library.article(source)
        return self._opened(article, key)

    def _opened(self, article: Article | None, key: "_Key") -> "Assistant":
        from assistant.ask import Assistant

        *_, engine, only = key
        opened = Assistant.open(
            article, llm=engine, embedder=self._embedder(), home=self.library.home, only=only
        )
        with self._lock:
            # Another thread may have opened it meanwhile: all share one.
            opened = self._open.setdefault(key, opened)
            while len(self._open) > MOST_OPEN_ARTICLES:
                self._open.popitem(last=False)
        return opened

    def open_text(self, text: str) -> str:
        """Take in pasted words or markup, or what an address serves; returns the article's id.

        Raises:
            ArticleError: There is no article in it, or the address is not fetched.
            AssistantError: Too many others are being read.
        """
        page = fetched(text)  # outside: a slow server keeps nobody from reading
        with self._read():
            if page is not None:
                return take_in_page(page, self.library).id
            return take_in_text(text, self.library).id

    def open_file(self, content: bytes, *, name: str) -> str:
        """Take in the bytes of a file that was dropped on the page; returns the article's id.

        Raises:
            ArticleError: There is no article in it.
            AssistantError: Too many others are being read.
        """
        from index.reading import read_bytes

        suffix = Path(name).suffix.lower()
        is_plain = suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= 6
        with self._read():
            article = read_bytes(content)
            self.library.publish(article, source=content, suffix=suffix if is_plain else ".txt")
            self._opened(article, (article.id, article.version, EXTRACTIVE, None))
        return article.id

    @contextmanager
    def _read(self) -> Iterator[None]:
        """Read within this: few at a time, and what it took is given back."""
        busy = AssistantError("other articles are being read; try again in a moment")
        if not self._waiting.acquire(blocking=False):
            raise busy
        try:
            if not self._reading.acquire(timeout=MOST_WAIT_TO_READ_SECONDS):
                raise busy
            try:
                yield
            finally:
                self._reading.release()
                give_back()
        finally:
            self._waiting.release()

    def prepare(self, article_id: str) -> "Future[Debate]":
        """Begin to find statements and disputes of an article, once; returns what is to come."""
        key = (article_id, self.library.entry(article_id).version)
        with self._lock:
            known = self._ready.get(key)
            if known is not None and not (known.done() and known.exception()):
                return known
            future = self._workers.submit(self._prepare, article_id)
            self._ready[key] = future
            while len(self._ready) > 2 * MOST_OPEN_ARTICLES:
                self._ready.popitem(last=False)
            return future

    def is_ready(self, article_id: str) -> bool:
        """Whether statements and disputes of an article can be shown at once."""
        return self._debate(article_id, self.library.entry(article_id).version) is not None

    def _debate(self, article_id: str, version: str) -> "Debate | None":
        """Return the debate of an article where it is known by now."""
        with self._lock:
            future = self._ready.get((article_id, version))
        is_known = future is not None and future.done() and not future.exception()
        return future.result() if future is not None and is_known else None

    def bench(self, article_id: str) -> Workbench:
        """Return the comments of an article to be searched and sorted; kept with the article.

        Stances are on it once they are known: nobody waits for them here.
        """
        opened = self.assistant(article_id)
        return self._bench(article_id, opened, self._debate(article_id, opened.article.version))

    def _bench(self, article_id: str, opened: "Assistant", debate: "Debate | None") -> Workbench:
        key = (article_id, opened.article.version, debate is not None)
        with self._lock:
            made = self._benches.get(key)
        if made is None:
            disputes = opened.disputes() if debate is not None else ()
            made = workbench(opened.article, disputes, debate)
            with self._lock:
                self._benches[key] = made
                while len(self._benches) > MOST_OPEN_ARTICLES:
                    self._benches.popitem(last=False)
        return made

    def _prepare(self, article_id: str) -> "Debate":
        opened = self.assistant(article_id)
        if len(opened.article.comments) > MOST_COMMENTS_HERE:
            from index.library.search.preparing import derive_aside

            with suppress(WorkerError):
                derive_aside(opened.article, self.library, self._embedder())
        opened.statements()
        debate = opened.debate()
        opened.search(opened.article.title or article_id, limit=1)
        self._bench(article_id, opened, debate)
        return debate

    def read_ahead(self, article_id: str, engine: str) -> None:
        """Have a model read an article in the background; the last one asked for, where many are.

        That it cannot is no error: whoever asks a question is told.
        """
        if engine == EXTRACTIVE or article_id == ALL_ARTICLES:
            return
        with self._lock:
            self._ahead.cancel()
            self._ahead = self._readers.submit(self._read_ahead, article_id, engine)

    def _read_ahead(self, article_id: str, engine: str) -> None:
        with suppress(AssistantError):
            self.assistant(article_id, engine=engine).warm()

    def warm(self) -> None:
        """Open in the background what the first question in a rare language needs, once."""
        from index.language.detection import open_identifier

        self._workers.submit(open_identifier)

    def close(self) -> None:
        """End the work in the background."""
        for workers in (self._workers, self._readers):
            workers.shutdown(wait=False, cancel_futures=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
