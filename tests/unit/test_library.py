import os
from pathlib import Path

import pytest

from index.article import Article
from index.errors import (
    ArticleError,
    DamagedArticleError,
    UnknownArticleError,
)
from index.library.intake import take_in
from index.library.library import Library
from index.reading import read_text

TEXT = "The bridge is closed\n\nThe town closed the bridge on Monday. Nobody was hurt, it said.\n"


@pytest.fixture
def article() -> Article:
    return read_text(TEXT)


@pytest.fixture
def library(home: Path) -> Library:
    return Library(home)


def test_a_published_article_comes_back_the_same(library: Library, article: Article) -> None:
    entry = library.publish(article, source=TEXT.encode())
    assert library.article(entry.id) == article
    assert library.entries() == (entry,)
    assert (entry.passages, entry.comments) == (len(article.passages), 0)


def test_publishing_the_same_version_again_changes_nothing(
    library: Library, article: Article
) -> None:
    first = library.publish(article, source=TEXT.encode())
    assert library.publish(article, source=TEXT.encode()) == first


def test_a_removed_article_is_unknown(library: Library, article: Article) -> None:
    entry = library.publish(article, source=TEXT.encode())
    library.remove(entry.id)
    assert library.entries() == ()
    with pytest.raises(UnknownArticleError, match="assistant list"):
        library.article(entry.id)


@pytest.mark.parametrize("damage", ["flip", "cut", "gone"])
def test_a_damaged_article_is_named_and_the_others_work(
    library: Library, article: Article, damage: str
) -> None:
    other = read_text("Another headline here\n\nSomething else happened in the town today.\n")
    library.publish(other, source=b"other")
    entry = library.publish(article, source=TEXT.encode())
    file = library.home / "articles" / entry.id / entry.version / "article.json"
    content = bytearray(file.read_bytes())
    if damage == "gone":
        file.unlink()
    else:
        content[20] ^= 1
        file.write_bytes(content if damage == "flip" else content[:50])
    with pytest.raises(DamagedArticleError, match=entry.id):
        library.article(entry.id)
    assert library.article(other.id) == other
    assert entry.id in library.check()[0]


def test_a_full_disk_refuses_the_article_and_keeps_the_earlier_ones(
    library: Library, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.publish(article, source=TEXT.encode())
    other = read_text("Another headline here\n\nSomething else happened in the town today.\n")

    def no_space(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", no_space)
        with pytest.raises(ArticleError, match="No space left"):
            library.publish(other, source=b"other")
    assert [entry.id for entry in library.entries()] == [article.id]
    assert library.article(article.id) == article


def test_the_same_file_is_read_once(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(TEXT)
    first = take_in(path, library)
    assert library.known_reading(f"file:{path.resolve()}", TEXT.encode()) == first
    assert take_in(path, library) == first


def test_a_changed_file_is_a_new_version_of_the_same_article(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "page.txt"
    path.write_text(TEXT)
    first = take_in(path, library)
    path.write_text(TEXT + "\nThe bridge opens again in June, the town says.\n")
    second = take_in(path, library)
    assert first.id == second.id
    assert first.version != second.version
    assert library.article(first.id) == second
    assert library.article(first.id, version=first.version) == first


def test_what_looks_like_a_path_and_does_not_exist_is_an_error(library: Library) -> None:
    with pytest.raises(ArticleError, match="no file"):
        take_in("missing.txt", library)
    assert library.entries() == ()


@pytest.mark.parametrize("name", ["/etc", "..", "../other", "", "a/b", "x\0y"])
def test_an_id_is_never_a_way_out_of_the_library(
    library: Library, article: Article, tmp_path: Path, name: str
) -> None:
    library.publish(article, source=TEXT.encode())
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "current").write_text("1")
    for asked in (name, str(outside)):
        with pytest.raises(UnknownArticleError):
            library.remove(asked)
    assert (outside / "current").exists()
    assert library.article(article.id) == article


@pytest.mark.parametrize("name", ["x" * 5_000, "~nobody-of-that-name/x", "a\0b"])
def test_a_source_that_cannot_be_a_path_is_refused_with_a_sentence(
    library: Library, name: str
) -> None:
    with pytest.raises(ArticleError, match="assistant list"):
        take_in(name, library)


def test_a_lost_mark_is_named_and_the_next_writer_brings_the_article_back(
    library: Library, article: Article
) -> None:
    entry = library.publish(article, source=TEXT.encode())
    (library.home / "articles" / entry.id / "current").unlink()
    assert entry.id in Library(library.home).check()[0]
    other = read_text("Another headline here\n\nSomething else happened in the town today.\n")
    again = Library(library.home)
    again.publish(other, source=b"other")
    assert again.article(entry.id) == article
    assert again.check() == ()


def test_a_removal_that_is_killed_takes_the_whole_article_or_nothing(
    library: Library, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = library.publish(article, source=TEXT.encode())
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    library.remove(entry.id)
    monkeypatch.undo()
    again = Library(library.home)
    again.publish(read_text("Another headline\n\nThe town opens a bridge.\n"), source=b"other")
    assert entry.id not in again.ids()
    assert again.check() == ()


def test_nobody_else_on_the_machine_reads_a_library(home: Path, article: Article) -> None:
    library = Library(home / "new")
    library.publish(article, source=TEXT.encode())
    assert library.home.stat().st_mode & 0o077 == 0


def test_tags_add_up_stay_with_a_newer_version_and_go_with_the_article(library: Library) -> None:
    first = library.publish(read_text("The ferry stops in May."), source=b"1")
    library.tag(first.id, ["ports", " strike "])
    library.tag(first.id, ["ports", "2026"])

    assert library.entry(first.id).tags == ("2026", "ports", "strike")

    library.remove(first.id)
    again = library.publish(read_text("The ferry stops in May."), source=b"1")

    assert again.tags == ()


def test_an_article_is_called_by_the_users_name_and_tags_and_its_record_stays(
    library: Library, article: Article
) -> None:
    entry = library.publish(article, source=TEXT.encode())
    labelled = library.label(entry.id, name=" The bridge ", tags=("town", "", "town", "check"))
    assert (labelled.name, labelled.tags) == ("The bridge", ("check", "town"))
    assert labelled.title == entry.title
    assert library.article(entry.id) == article
    assert library.check() == ()
    assert library.publish(article, source=TEXT.encode()) == labelled
    with pytest.raises(UnknownArticleError):
        library.label("nobody", name="x", tags=())


def test_damaged_labels_are_none(library: Library, article: Article) -> None:
    entry = library.publish(article, source=TEXT.encode())
    (library.home / "articles" / entry.id / "labels.json").write_bytes(b"\xff[")
    assert library.entries() == (entry,)
