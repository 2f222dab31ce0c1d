"""Damaged files in a library: indexes mend themselves, an article is named, the others answer."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.doctor import examine
from assistant.settings import Settings
from index.encoder import StaticEmbedder
from index.library.library import Library
from index.library.search import LibrarySearch
from index.reading import read_text

SAMPLES = Path(__file__).parent.parent.parent / "samples"
QUESTION = "When does the council vote on the library?"

Damage = Callable[[Path], None]


def _truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _garbled(file: Path) -> None:
    file.write_bytes(b"\x00\xff{]garbage" * 50)


def _deleted(file: Path) -> None:
    file.unlink()


def _one_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    if content:
        content[len(content) // 2] ^= 4
    file.write_bytes(bytes(content))


DAMAGES: tuple[Damage, ...] = (_truncated, _garbled, _deleted, _one_bit)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two articles that has been asked as a whole; nobody changes it."""
    home = tmp_path_factory.mktemp("filled") / "library"
    for name in ("harlow-library.en.json", "pennick-quarry.en.json"):
        Assistant.open(SAMPLES / name, llm=None, home=home)
    assert "20 June" in Assistant.open(llm=None, home=home).ask(QUESTION).text
    return home


def _files(home: Path, part: str) -> list[Path]:
    return sorted(file for file in (home / part).rglob("*") if file.is_file())


@pytest.mark.parametrize("turn", range(2))
@pytest.mark.parametrize("part", ["index", "derived", "readings"])
def test_what_can_be_made_again_is_made_again(
    filled: Path, tmp_path: Path, part: str, turn: int
) -> None:
    for place, original in enumerate(_files(filled, part)):
        home = tmp_path / str(place)
        shutil.copytree(filled, home)
        DAMAGES[(place + 2 * turn) % len(DAMAGES)](_files(home, part)[place])
        answer = Assistant.open(llm=None, home=home).ask(QUESTION)
        assert "20 June" in answer.text, original
        shutil.rmtree(home)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_article_is_named_and_the_others_answer(
    filled: Path, tmp_path: Path, damage: Damage
) -> None:
    quarry = next(entry for entry in Library(filled).entries() if "uarry" in (entry.title or ""))
    for place, original in enumerate(_files(filled, f"articles/{quarry.id}")):
        home = tmp_path / str(place)
        shutil.copytree(filled, home)
        damage(_files(home, f"articles/{quarry.id}")[place])
        assert "20 June" in Assistant.open(llm=None, home=home).ask(QUESTION).text, original
        library_check = {c.name: c for c in examine(Settings(home=home))}["library"]
        if original.name == "current" and damage is _deleted:
            # Without its mark a version is a publication that was broken off.
            assert quarry.id not in Library(home).ids()
        else:
            assert not library_check.ok, original
            assert quarry.id in library_check.detail
        shutil.rmtree(home)


TEXT = "The ferry is late\n\nThe ferry left the harbour an hour late on Friday, the crew said.\n"


def _library_search(folder: Path) -> LibrarySearch:
    library_search = LibrarySearch(Library(folder), StaticEmbedder.open())
    for number in range(3):
        library_search.add(read_text(TEXT.replace("ferry", f"ferry {number}")))
    library_search.catch_up()
    return library_search


def test_whichever_file_of_the_index_is_damaged_the_article_is_found(tmp_path: Path) -> None:
    _library_search(tmp_path / "whole")
    files = [f for f in (tmp_path / "whole" / "index").rglob("*") if f.is_file()]
    for number, file in enumerate(files):
        home = tmp_path / str(number)
        shutil.copytree(tmp_path / "whole", home)
        (home / file.relative_to(tmp_path / "whole")).write_bytes(b"\xff" * 900)
        found = LibrarySearch(Library(home), StaticEmbedder.open()).search(
            "When did ferry 2 leave?"
        )
        assert "ferry 2" in found[0].passage.text, file
