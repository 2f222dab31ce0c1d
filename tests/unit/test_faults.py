"""What a library does when the disk refuses: every write, flush and rename fails once."""

import errno
import os
from pathlib import Path

import pytest

from index.article import Article
from index.errors import ArticleError
from index.library.library import Library
from index.reading import read_text
from tests.support.failing_disk import FailingDisk

FIRST = "The ferry is late\n\nThe ferry left the harbour an hour late on Friday, the crew said.\n"
SECOND = "The school reopens\n\nThe school by the river opens again on Tuesday, the mayor said.\n"


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> FailingDisk:
    return FailingDisk(monkeypatch)


def _publish(library: Library, article: Article, text: str) -> None:
    library.publish(article, source=text.encode())


@pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.__getitem__
)
def test_whichever_write_fails_the_article_is_refused_and_earlier_ones_are_intact(
    tmp_path: Path, disk: FailingDisk, code: int
) -> None:
    first, second = read_text(FIRST), read_text(SECOND)
    disk.fail(None)
    rehearsal = Library(tmp_path / "rehearsal")
    _publish(rehearsal, first, FIRST)
    disk.fail(None)
    _publish(rehearsal, second, SECOND)
    steps = disk.calls
    assert steps > 8
    for step in range(1, steps + 1):
        home = tmp_path / f"library{step}"
        disk.fail(None)
        library = Library(home)
        _publish(library, first, FIRST)
        disk.fail(step, code)
        with pytest.raises(ArticleError, match=os.strerror(code)) as refused:
            _publish(library, second, SECOND)
        assert str(home) in str(refused.value)
        disk.fail(None)
        again = Library(home)
        assert again.article(first.id) == first
        assert again.check() == ()
        # A version in force may stand although its last flush failed; then it is whole.
        assert set(again.ids()) <= {first.id, second.id}
        for one in again.ids():
            assert again.article(one) in (first, second)
        _publish(again, second, SECOND)
        assert again.article(second.id) == second


def test_the_next_writer_sweeps_what_a_killed_one_left(tmp_path: Path) -> None:
    first = read_text(FIRST)
    _publish(Library(tmp_path), first, FIRST)
    leftovers = [
        tmp_path / "articles" / first.id / ".tmp-1",
        tmp_path / "derived" / first.id / ".tmp-2",
        tmp_path / "index" / ".tmp-3",
    ]
    for leftover in leftovers:
        leftover.mkdir(parents=True)
        (leftover / "part").write_bytes(b"half")
    _publish(Library(tmp_path), read_text(SECOND), SECOND)
    assert not any(leftover.exists() for leftover in leftovers)
    assert Library(tmp_path).article(first.id) == first


@pytest.mark.parametrize("mark", ["99", "words"])
def test_a_library_of_a_newer_format_is_neither_read_nor_touched(tmp_path: Path, mark: str) -> None:
    first = read_text(FIRST)
    _publish(Library(tmp_path), first, FIRST)
    (tmp_path / "format").write_text(mark)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    again = Library(tmp_path)
    with pytest.raises(ArticleError, match="nothing was changed"):
        _publish(again, read_text(SECOND), SECOND)
    with pytest.raises(ArticleError, match="nothing was changed"):
        again.ids()
    assert "nothing was changed" in again.check()[0]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_an_article_that_is_stored_is_not_refused_for_want_of_a_note(
    tmp_path: Path, disk: FailingDisk
) -> None:
    first = read_text(FIRST)
    library = Library(tmp_path)
    _publish(library, first, FIRST)
    disk.fail(1, errno.ENOSPC)
    library.remember_reading("file:/a", b"bytes", first)
    assert disk.calls > 0
    disk.fail(None)
    assert library.known_reading("file:/a", b"bytes") is None
    assert library.article(first.id) == first
