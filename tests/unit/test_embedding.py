"""The bundled embedder and sentence-transformers models: what callers may rely on."""

import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.disputes import CrossEncoderJudge
from index.encoder import SentenceEmbedder, StaticEmbedder, open_embedder
from index.encoder.features import character_ngrams, latin_spelling, split_words
from index.encoder.static import BUNDLED, CONFIG, TABLE, TOKENIZER
from index.encoder.weights import refuse_pickles
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


def test_a_sentence_model_is_asked_with_its_own_prompts(tiny_model: Path) -> None:
    embedder = open_embedder(str(tiny_model))
    assert embedder.dimension == 8
    question, document = embedder.encode_queries(["boat"]), embedder.encode_documents(["boat"])
    half = np.sqrt(0.5)
    assert np.allclose(question[0, :4], [0, half, 0, half])
    assert np.allclose(document[0, :4], [0, 0, half, half])


def test_another_table_has_another_fingerprint(tiny_model: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(tiny_model, tmp_path / "other"))
    assert SentenceEmbedder(str(other)).fingerprint == SentenceEmbedder(str(tiny_model)).fingerprint
    weights = next(other.rglob("*.safetensors"))
    changed = bytearray(weights.read_bytes())
    changed[-1] ^= 1
    weights.write_bytes(changed)
    assert SentenceEmbedder(str(other)).fingerprint != SentenceEmbedder(str(tiny_model)).fingerprint


def test_a_model_that_gives_no_numbers_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    broken = Path(shutil.copytree(tiny_model, tmp_path / "broken"))
    weights = next(broken.rglob("*.safetensors"))
    tensors = {name: np.full_like(rows, np.nan) for name, rows in load_file(weights).items()}
    save_file(tensors, weights)
    with pytest.raises(EmbedderError, match="not numbers"):
        SentenceEmbedder(str(broken)).encode_documents(["boat"])


def test_a_model_that_is_not_here_is_not_fetched() -> None:
    with pytest.raises(EmbedderError, match="hf download nobody/no-such-model"):
        open_embedder("nobody/no-such-model")


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="not a usable embedding model"):
        open_embedder(str(tmp_path))


class Payload:
    """Writes a file when it is unpickled."""

    def __init__(self, canary: Path) -> None:
        self.canary = canary

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.canary,)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "weights.PKL"])
def test_weights_that_only_a_pickle_holds_are_refused_unread(
    name: str, tiny_model: Path, tmp_path: Path
) -> None:
    model = Path(shutil.copytree(tiny_model, tmp_path / "model"))
    weights = next(model.rglob("*.safetensors"))
    canary = tmp_path / "canary"
    (weights.parent / name).write_bytes(pickle.dumps({"weights": Payload(canary)}))
    assert SentenceEmbedder(str(model)).dimension == 8
    weights.unlink()
    with pytest.raises(EmbedderError, match="can run code"):
        SentenceEmbedder(str(model))
    with pytest.raises(EmbedderError, match="can run code"):
        CrossEncoderJudge(str(model))
    assert not canary.exists()


def test_a_cached_model_is_judged_by_its_files_too(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    repository = tmp_path / "models--somebody--boats"
    snapshot = repository / "snapshots" / ("a" * 40)
    shutil.copytree(tiny_model, snapshot)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("a" * 40)
    refuse_pickles("somebody/boats")
    weights = next(snapshot.rglob("*.safetensors"))
    weights.rename(weights.with_suffix(".bin"))
    with pytest.raises(EmbedderError, match="can run code"):
        refuse_pickles("somebody/boats")


def test_code_that_comes_with_a_model_is_not_run(tiny_model: Path, tmp_path: Path) -> None:
    model = Path(shutil.copytree(tiny_model, tmp_path / "model"))
    canary = tmp_path / "canary"
    (model / "evil.py").write_text(f"open({str(canary)!r}, 'w').close()\nclass Evil: pass\n")
    modules = json.loads((model / "modules.json").read_text())
    modules[0]["type"] = "evil.Evil"
    (model / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(EmbedderError):
        SentenceEmbedder(str(model))
    assert not canary.exists()


def test_a_folder_without_a_model_of_inference_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="not a usable model of inference"):
        CrossEncoderJudge(str(tmp_path))
