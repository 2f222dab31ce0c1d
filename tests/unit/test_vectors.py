from pathlib import Path

import numpy as np
import pytest

from index.errors import VectorsError
from index.library.vectors import ArticleVectors
from index.library.vectors.embedded import UNSTEADY, EmbeddedVectors, write


def _article(name: str, *, count: int, version: str = "1", seed: int = 0) -> ArticleVectors:
    vectors = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    labels = tuple(f"A{i}" for i in range(count))
    return ArticleVectors(article=name, version=version, labels=labels, vectors=vectors)


def test_a_passage_is_proposed_for_its_own_vector(tmp_path: Path) -> None:
    one, two = _article("one", count=20), _article("two", count=20, seed=1)
    write(tmp_path / "v", [one, two])
    store = EmbeddedVectors(tmp_path / "v")
    best = store.propose(two.vectors[3], limit=2)[0]
    store.close()
    assert (best.article, best.version, best.label) == ("two", "1", "A3")
    assert best.similarity == pytest.approx(1.0)


@pytest.mark.parametrize("count", [1, 2, 7, 6_000])
def test_searching_changes_no_file_of_the_vectors(tmp_path: Path, count: int) -> None:
    one = _article("one", count=count)
    write(tmp_path, [one])

    def steady() -> dict[str, tuple[int, int]]:
        files = (path for path in tmp_path.rglob("*") if path.is_file())
        return {
            str(path): (path.stat().st_size, path.stat().st_mtime_ns)
            for path in files
            if path.name not in UNSTEADY
        }

    before = steady()
    assert any(path.endswith("data_level0.bin") for path in before)
    for _ in range(2):
        store = EmbeddedVectors(tmp_path)
        assert store.propose(one.vectors[0], limit=5)[0].label == "A0"
        store.close()
    assert steady() == before


def test_no_vector_at_all_is_no_fault(tmp_path: Path) -> None:
    write(tmp_path / "v", [_article("one", count=0)])
    assert EmbeddedVectors(tmp_path / "v").propose(np.ones(8, np.float32), limit=3) == ()


@pytest.mark.parametrize("damage", ["missing", "empty", "garbage"])
def test_a_damaged_database_is_refused_when_it_is_opened(tmp_path: Path, damage: str) -> None:
    write(tmp_path, [_article("one", count=5)])
    database = tmp_path / "chroma.sqlite3"
    if damage == "missing":
        database.unlink()
    else:
        database.write_bytes(b"\xff" * 20_000 if damage == "garbage" else b"")
    with pytest.raises(VectorsError, match=str(tmp_path)):
        EmbeddedVectors(tmp_path)


def test_a_database_locked_by_another_program_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    write(tmp_path, [_article("one", count=5)])
    monkeypatch.setattr("index.library.vectors.embedded.LOCK_SECONDS", 0.2)
    backup = sqlite3.connect(tmp_path / "chroma.sqlite3", isolation_level=None)
    backup.execute("BEGIN EXCLUSIVE")
    with pytest.raises(VectorsError, match="locked"):
        EmbeddedVectors(tmp_path)
    backup.close()
