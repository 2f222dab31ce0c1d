"""The library as a whole, by itself and with other processes."""

import json
import shutil
from pathlib import Path

import pytest

from index.article import Article
from index.encoder import StaticEmbedder
from index.errors import UnknownArticleError
from index.library.article_index import ArticleIndex
from index.library.library import Library
from index.library.search import LibrarySearch, segments
from index.library.search.directory import Directory
from index.reading import read_bytes, read_text
from tests.support.texts import text_of


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


def _segment_folders(library_search: LibrarySearch) -> list[Path]:
    return [
        path
        for index in library_search.library.index_folder().iterdir()
        for path in segments.paths(index)
    ]


def test_what_was_added_is_found_before_and_after_it_is_indexed(
    library_search: LibrarySearch,
) -> None:
    first = _add(library_search, *range(4))
    library_search.catch_up()
    then = _add(library_search, *range(4, 7))
    for number, article in enumerate([*first, *then]):
        assert _found(library_search, number) == article
    library_search.catch_up()
    for number, article in enumerate([*first, *then]):
        assert _found(library_search, number) == article


def test_another_process_sees_at_once_what_is_added_and_removed(
    library_search: LibrarySearch, embedder: StaticEmbedder
) -> None:
    reader = LibrarySearch(Library(library_search.library.home), embedder)
    first = _add(library_search, 1)[0]
    assert _found(reader, 1) == first
    second = _add(library_search, 2)[0]
    assert _found(reader, 2) == second
    library_search.catch_up()
    assert _found(reader, 2) == second
    library_search.remove(second)
    assert _found(reader, 2) == first


def test_nothing_of_a_removed_article_stays_in_any_index(library_search: LibrarySearch) -> None:
    ids = _add(library_search, *range(3))
    library_search.catch_up()
    other = library_search.library.index_folder() / "older-rules"
    shutil.copytree(_segment_folders(library_search)[0], other / "segment")
    library_search.remove(ids[1])
    assert not other.exists()
    assert _segment_folders(library_search) == []
    library_search.catch_up()
    assert [_found(library_search, number) for number in (0, 2)] == [ids[0], ids[2]]
    for file in library_search.library.home.rglob("*"):
        # Chroma writes unused room of its tables as it finds it in this process's memory.
        if file.is_file() and file.name != "data_level0.bin":
            assert ids[1].encode() not in file.read_bytes(), file


def test_a_damaged_article_can_be_removed(library_search: LibrarySearch) -> None:
    ids = _add(library_search, *range(2))
    folder = library_search.library.home / "articles" / ids[0]
    (folder / library_search.library.version(ids[0]) / "manifest.json").write_bytes(b"{")
    assert library_search.library.check()
    library_search.remove(ids[0])
    assert library_search.library.ids() == (ids[1],)
    assert library_search.library.check() == ()
    with pytest.raises(UnknownArticleError):
        library_search.remove(ids[0])


def test_a_newer_version_takes_the_place_of_the_older_one(
    library_search: LibrarySearch, tmp_path: Path
) -> None:
    page = tmp_path / "ferry.txt"
    page.write_text("The ferry\n\nThe ferry to Skarvik leaves at noon, the harbour master said.\n")
    article = library_search.add(page)[0].entry.id
    _add(library_search, *range(6))
    library_search.catch_up()
    page.write_text("The ferry\n\nThe ferry to Skarvik leaves at dusk, the harbour master said.\n")
    assert library_search.add(page)[0].changes is not None
    for _ in range(2):
        best = library_search.search("When does the ferry to Skarvik leave?", limit=1)[0]
        assert (best.article, "dusk" in best.passage.text) == (article, True)
        library_search.catch_up()


@pytest.mark.parametrize("file", ["manifest.json", "words.npz", "data_level0.bin"])
def test_a_damaged_segment_is_made_anew(
    library_search: LibrarySearch, embedder: StaticEmbedder, file: str
) -> None:
    ids = _add(library_search, *range(3))
    library_search.catch_up()
    folder = _segment_folders(library_search)[0]
    damaged = next(path for path in folder.rglob("*") if str(path).endswith(file))
    damaged.write_bytes(b"\x00\xff{]" * 100)
    reader = LibrarySearch(Library(library_search.library.home), embedder)
    assert _found(reader, 2) == ids[2]
    assert _segment_folders(reader) != [folder]
    assert all(segments.is_whole(one) for one in segments.published(folder.parent))


def test_a_second_directory_does_not_write_what_the_first_has_written(
    library_search: LibrarySearch, embedder: StaticEmbedder
) -> None:
    _add(library_search, *range(3))
    library_search.catch_up()
    before = _segment_folders(library_search)
    Directory(Library(library_search.library.home), embedder).catch_up()
    assert _segment_folders(library_search) == before


def test_a_few_articles_are_found_without_an_index_and_many_are_indexed(
    library_search: LibrarySearch,
) -> None:
    ids = _add(library_search, *range(3))
    library_search.catch_up(unless_few=True)
    assert not library_search.library.index_folder().exists()
    assert _found(library_search, 1) == ids[1]
    # The first question to all of them has made it.
    assert len(_segment_folders(library_search)) == 1
    _add(library_search, *range(3, 40))
    library_search.catch_up(unless_few=True)
    assert (
        sum(
            len(one.members)
            for one in segments.published(_segment_folders(library_search)[0].parent)
        )
        == 40
    )


def test_many_additions_leave_few_segments(library_search: LibrarySearch) -> None:
    for number in range(12):
        _add(library_search, number)
        library_search.catch_up()
    assert len(_segment_folders(library_search)) <= 3
    held = [
        entry["article"]
        for folder in _segment_folders(library_search)
        for entry in json.loads((folder / "manifest.json").read_text())["members"]
    ]
    assert sorted(held) == list(library_search.library.ids())


def test_the_words_of_a_long_page_are_read_when_it_is_added(
    library_search: LibrarySearch, embedder: StaticEmbedder
) -> None:
    article = _long_page()
    library_search.add(article)

    kept = list(library_search.library.home.glob("derived/*/*/*-words-*"))

    assert len(kept) == 1


@pytest.mark.parametrize("damaged", [False, True])
def test_a_long_page_says_the_same_of_its_words_kept_or_read_anew(
    library_search: LibrarySearch, embedder: StaticEmbedder, damaged: bool
) -> None:
    article = _long_page()
    library_search.add(article)
    anew = ArticleIndex.build(article, embedder)
    if damaged:
        for file in library_search.library.home.glob("derived/*/*/*-words-*"):
            file.write_bytes(b"{")

    kept = ArticleIndex.open(article, library_search.library, embedder)

    asked = ["tramway", "tramways", "Lowe", "bicycle"]
    assert kept.anywhere(asked).tolist() == pytest.approx(anew.anywhere(asked).tolist())
    assert kept.spelling.written("lowe") == anew.spelling.written("lowe") == "Lowe"
    assert kept.spelling.is_name("lowe")
    assert kept.numbers(authors=True) == anew.numbers(authors=True)
    assert kept.statements == anew.statements


def test_a_word_in_a_readers_name_alone_is_not_on_the_page(
    library_search: LibrarySearch, embedder: StaticEmbedder
) -> None:
    page = ArticleIndex.build(_long_page(), embedder)

    assert page.anywhere(["Zubrowski"])[0] < 0.9
    assert page.anywhere(["Zubrowski"], authors=True)[0] == 1


def _long_page() -> Article:
    comments = [
        {"id": str(number), "author": f"Zubrowski {number}", "text": f"Stop {number} is closed."}
        for number in range(1_000)
    ]
    page = {"title": "The tramway", "text": "Ann Lowe opened the tramway.", "comments": comments}
    return read_bytes(json.dumps(page).encode(), source_key="long")
