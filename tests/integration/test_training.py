"""Making the bundled weights again, on a handful of sentences."""

import gzip
from pathlib import Path

import pytest

from index.encoder import StaticEmbedder
from training.pairs import make_batches, read_glossary, read_pairs

torch = pytest.importorskip("torch")

NOUNS = {"boat": "bateau", "moon": "lune", "bread": "pain", "door": "porte", "river": "fleuve"}
PLACES = {"here": "ici", "there": "là-bas", "outside": "dehors", "inside": "dedans"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [
        f"{number} {noun} {place}.\t{number} {NOUNS[noun]} {PLACES[place]}.\n"
        for number in range(40)
        for noun in NOUNS
        for place in PLACES
    ]
    with gzip.open(tmp_path / "tatoeba-small.eng-fra.tsv.gz", "wt", encoding="utf-8") as file:
        file.writelines(lines)
    (tmp_path / "wmt-news.eng-fra.tsv").write_text("not\tallowed\n")
    return tmp_path


def test_only_files_that_may_be_shipped_are_read(folder: Path) -> None:
    (corpus,) = read_pairs(folder)
    assert (corpus.first, corpus.second) == ("eng", "fra")
    assert len(corpus.pairs) == 800
    assert ("not", "allowed") not in corpus.pairs


def test_a_folder_without_pairs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="tatoeba"):
        read_pairs(tmp_path)


def test_no_text_stands_twice_in_a_batch_and_a_seed_repeats_the_batches(folder: Path) -> None:
    corpora = read_pairs(folder)
    batches = make_batches(corpora, epochs=2, size=300, seed=7)
    assert batches == make_batches(corpora, epochs=2, size=300, seed=7)
    assert batches != make_batches(corpora, epochs=2, size=300, seed=8)
    assert all(len(set(batch.firsts)) == len(batch.firsts) for batch in batches)


def test_the_glossary_has_every_cell_in_every_language() -> None:
    glossary = read_glossary()
    assert set(glossary) == {"de", "en", "es", "fr", "it", "ru", "tr", "uk"}
    assert len({len(cells) for cells in glossary.values()}) == 1
    assert all(cell.strip() for cells in glossary.values() for cell in cells)


def test_a_trained_table_is_read_back_and_has_learned_its_pairs(
    folder: Path, tmp_path: Path
) -> None:
    from training.embedding import train_pieces, train_table
    from training.weights import write_weights

    corpora = read_pairs(folder)
    reader = train_pieces(corpora, pieces=2_000, buckets=512)
    batches = make_batches(corpora, epochs=12, size=300, seed=0)
    table = train_table(reader, batches, seed=0, dimension=32)
    written = tmp_path / "weights"
    written.mkdir()
    write_weights(written, reader=reader, table=table)
    embedder = StaticEmbedder.open(written)
    embedder.verify()
    nouns = embedder.encode_words(list(NOUNS)) @ embedder.encode_words(list(NOUNS.values())).T
    assert nouns.argmax(axis=1).tolist() == list(range(len(NOUNS)))
