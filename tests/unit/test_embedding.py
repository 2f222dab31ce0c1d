"""The bundled embedder and sentence-transformers models: what callers may rely on."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.encoder import StaticEmbedder, open_embedder
from index.encoder.features import character_ngrams, latin_spelling, split_words
from index.encoder.static import BUNDLED, CONFIG, TABLE, TOKENIZER
from index.errors import EmbedderError


@pytest.fixture(scope="module")
def static() -> StaticEmbedder:
    return StaticEmbedder.open()


def cosine(embedder: StaticEmbedder, first: str, second: str) -> float:
    left, right = embedder.encode_words([first, second])
    return float(left @ right)


def test_the_bundled_embedder_is_opened_when_none_is_named() -> None:
    embedder = open_embedder()
    assert embedder.name == "static"
    assert embedder.dimension == 256
    assert embedder.fingerprint == open_embedder("static").fingerprint


def test_the_bundled_files_match_their_checksums(static: StaticEmbedder) -> None:
    static.verify()
    assert sum(file.stat().st_size for file in BUNDLED.iterdir()) <= 17_000_000


def test_rows_have_length_one(static: StaticEmbedder) -> None:
    rows = static.encode_documents(["Das Parlament tagt.", "Парламент заседает."])
    assert rows.shape == (2, 256)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_a_text_without_a_word_has_a_row_of_zeros(static: StaticEmbedder) -> None:
    rows = static.encode_documents(["", " … !?", "word"])
    assert not rows[:2].any()
    assert rows[2].any()
    assert static.encode_queries([]).shape == (0, 256)


def test_a_row_does_not_depend_on_the_texts_beside_it(static: StaticEmbedder) -> None:
    texts = [f"Sentence number {number} about boats" for number in range(150)]
    together = static.encode_documents(texts)
    assert np.allclose(together[77], static.encode_documents([texts[77]])[0], atol=1e-6)


def test_case_does_not_matter(static: StaticEmbedder) -> None:
    assert cosine(static, "CESSEZ-LE-FEU", "cessez-le-feu") == pytest.approx(1, abs=1e-5)
    assert cosine(static, "İstanbul", "istanbul") == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("first", "second", "other"),
    [
        ("нефть", "pétrole", "école"),
        ("stabil", "stable", "table"),
        ("Waffenruhe", "cessez-le-feu", "météo"),
        ("commentaire", "yorum", "köprü"),
        ("Libye", "Libya", "Liban"),
        ("Обама", "Obama", "banane"),
        ("hükümet", "government", "garden"),
    ],
)
def test_a_word_is_nearest_to_its_translation(
    static: StaticEmbedder, first: str, second: str, other: str
) -> None:
    assert cosine(static, first, second) > 0.45
    assert cosine(static, first, second) > cosine(static, first, other) + 0.15


def test_telling_words_weigh_more_than_function_words(static: StaticEmbedder) -> None:
    the, of, ceasefire, nothing = static.word_weights(["the", "of", "ceasefire", "?"])
    assert 0 < the < ceasefire / 2
    assert 0 < of < ceasefire / 2
    assert nothing == 0


def test_words_share_their_latin_spelling_across_scripts() -> None:
    assert latin_spelling("обама") == "obama"
    assert character_ngrams("обама", shortest=3, longest=5) == character_ngrams(
        "obama", shortest=3, longest=5
    )
    assert split_words("L’été, 2020 — ÇA VA?") == ["l", "été", "2020", "ça", "va"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUNDLED, tmp_path / "weights"))


def test_damaged_weights_are_noticed_by_verify(copy: Path) -> None:
    table = bytearray((copy / TABLE).read_bytes())
    table[-5] ^= 1
    (copy / TABLE).write_bytes(table)
    with pytest.raises(EmbedderError, match="damaged"):
        StaticEmbedder.open(copy).verify()


def test_a_missing_or_unreadable_file_says_what_to_do(copy: Path) -> None:
    (copy / TABLE).write_bytes(b"nothing")
    with pytest.raises(EmbedderError, match="install the package again"):
        StaticEmbedder.open(copy)
    (copy / TOKENIZER).write_text("{}")
    with pytest.raises(EmbedderError, match="install the package again"):
        StaticEmbedder.open(copy)
    with pytest.raises(EmbedderError, match="install the package again"):
        StaticEmbedder.open(copy / "nowhere")


def test_weights_of_another_format_are_refused(copy: Path) -> None:
    config = json.loads((copy / CONFIG).read_text())
    (copy / CONFIG).write_text(json.dumps(config | {"format": 0}))
    with pytest.raises(EmbedderError, match="format 0"):
        StaticEmbedder.open(copy)
