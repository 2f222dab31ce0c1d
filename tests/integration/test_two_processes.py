"""Several processes at one library: who writes, who reads meanwhile, who is told to wait."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.article import Article
from index.encoder import StaticEmbedder
from index.errors import (
    LibraryLockedError,
)
from index.library.library import Library
from index.library.search import LibrarySearch
from index.reading import read_text
from tests.support.texts import text_of

TEXT = "The bridge is closed\n\nThe town closed the bridge on Monday. Nobody was hurt, it said.\n"


@pytest.fixture
def article() -> Article:
    return read_text(TEXT)


@pytest.fixture
def library(home: Path) -> Library:
    return Library(home)


def test_a_second_writer_is_told_who_holds_the_lock(library: Library, article: Article) -> None:
    library.publish(article, source=TEXT.encode())
    code = (
        "import sys; from pathlib import Path; from index.library.library import Library\n"
        "with Library(Path(sys.argv[1])).writing():\n"
        "    print('held', flush=True); sys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(library.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LibraryLockedError, match=str(holder.pid)):
            library.remove(article.id)
        assert library.article(article.id) == article
        holder.communicate("\n")


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return StaticEmbedder.open()


@pytest.fixture
def library_search(tmp_path: Path, embedder: StaticEmbedder) -> LibrarySearch:
    return LibrarySearch(Library(tmp_path / "library"), embedder)


def _add(library_search: LibrarySearch, *numbers: int) -> list[str]:
    return [added.entry.id for n in numbers for added in library_search.add(read_text(text_of(n)))]


def _found(library_search: LibrarySearch, number: int) -> str:
    place = text_of(number).split()[1]
    return library_search.search(f"The {place} with the number {number}", limit=1)[0].article


def test_a_reader_answers_while_another_process_holds_the_lock(
    library_search: LibrarySearch, embedder: StaticEmbedder
) -> None:
    ids = _add(library_search, *range(40))
    program = (
        "import sys, time; from pathlib import Path; from index.library.library import Library\n"
        "with Library(Path(sys.argv[1])).writing(): print('held', flush=True); time.sleep(30)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(library_search.library.home)], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        began = time.perf_counter()
        reader = LibrarySearch(Library(library_search.library.home), embedder)
        assert _found(reader, 33) == ids[33]
        assert time.perf_counter() - began < 5
        with pytest.raises(LibraryLockedError, match=str(holder.pid)):
            reader.catch_up()
        holder.kill()


def test_a_second_writer_is_refused_in_time_and_may_read(tmp_path: Path) -> None:
    library = Library(tmp_path)
    known = library.publish(read_text(TEXT), source=TEXT.encode())
    program = (
        "import sys, time; from pathlib import Path; from index.library.library import Library\n"
        "with Library(Path(sys.argv[1])).writing(): print('held', flush=True); time.sleep(30)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        began = time.monotonic()
        with pytest.raises(LibraryLockedError, match=str(holder.pid)), library.writing():
            pass
        assert time.monotonic() - began < 3
        assert library.article(known.id).title == "The bridge is closed"
        holder.kill()
