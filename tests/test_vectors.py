import json
from pathlib import Path

import numpy as np
import pytest

from index.vectors import ArticleVectors, DamagedStoreError, VectorStore


def _article(name: str, *, count: int, version: str = "1", seed: int = 0) -> ArticleVectors:
    vectors = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    labels = tuple(f"A{i}" for i in range(count))
    return ArticleVectors(article=name, version=version, labels=labels, vectors=vectors)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index" / "print"


def test_a_built_store_proposes_a_passage_for_its_own_vector(folder: Path) -> None:
    one, two = _article("one", count=20), _article("two", count=20, seed=1)
    with VectorStore(folder) as store:
        store.build([one, two])
        assert store.versions() == {"one": "1", "two": "1"}
        assert store.propose(two.vectors[3], limit=2)[0] == ("two", "A3")


def test_an_update_adds_replaces_and_removes_articles(folder: Path) -> None:
    one, two = _article("one", count=5), _article("two", count=5, seed=1)
    newer = _article("one", count=3, version="2", seed=2)
    with VectorStore(folder) as store:
        store.build([one, two])
    with VectorStore(folder) as store:
        store.update(added=[newer], removed=["two"])
        assert store.versions() == {"one": "2"}
        assert store.propose(two.vectors[0], limit=50) == store.propose(two.vectors[0], limit=3)
        assert store.propose(newer.vectors[1], limit=1) == (("one", "A1"),)


def test_an_untouched_folder_is_sound_without_a_check(folder: Path) -> None:
    with VectorStore(folder) as store:
        store.build([_article("one", count=5)])
        assert store.is_sound()


@pytest.mark.parametrize("damage", ["garbage", "missing", "empty"])
def test_a_damaged_file_is_noticed_without_ending_the_process(folder: Path, damage: str) -> None:
    with VectorStore(folder) as store:
        # Below a thousand rows Chroma answers from SQLite and never reads the HNSW files.
        store.build([_article("one", count=1_500)])
    hnsw, sqlite = next(folder.rglob("data_level0.bin")), folder / "chroma.sqlite3"
    victim = hnsw if damage == "garbage" else sqlite
    if damage == "missing":
        victim.unlink()
    else:
        victim.write_bytes(b"\xff" * 20_000 if damage == "garbage" else b"")
    assert not VectorStore(folder).is_sound()


def test_a_folder_touched_but_whole_passes_its_check(folder: Path) -> None:
    with VectorStore(folder) as store:
        store.build([_article("one", count=40)])
    state = json.loads((folder / "state.json").read_text())
    state["files"] = {}
    (folder / "state.json").write_text(json.dumps(state))
    assert VectorStore(folder).is_sound()


def test_a_store_without_state_is_not_used(folder: Path) -> None:
    with VectorStore(folder) as store:
        store.build([_article("one", count=5)])
    (folder / "state.json").unlink()
    assert not VectorStore(folder).is_sound()
    assert VectorStore(folder).versions() == {}


def test_a_store_that_breaks_while_it_is_searched_is_named_and_counts_as_unsound(
    folder: Path,
) -> None:
    one = _article("one", count=5)
    with VectorStore(folder) as store:
        store.build([one])
    (folder / "chroma.sqlite3").write_bytes(b"\xff" * 20_000)
    with VectorStore(folder) as store, pytest.raises(DamagedStoreError, match="print"):
        store.propose(one.vectors[0], limit=1)
    assert not VectorStore(folder).is_sound()
