"""Models of sentence-transformers, which load torch: how they are asked, what is refused unread."""

import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant
from index.disputes import CrossEncoderJudge
from index.encoder import SentenceEmbedder, open_embedder
from index.encoder.weights import refuse_pickles
from index.errors import (
    EmbedderError,
)


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
    with pytest.raises(EmbedderError, match="--embedder nobody/no-such-model"):
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


SAMPLES = Path(__file__).parent.parent.parent / "samples"


@pytest.fixture
def valmer() -> Assistant:
    return Assistant.open(SAMPLES / "port-de-valmer.fr.txt")


def test_another_embedder_indexes_again_and_the_first_one_is_kept(
    home: Path, valmer: Assistant, tiny_model: Path
) -> None:
    question = "Quand vote le conseil ?"
    assert valmer.ask(question).status == "answered"
    sample = SAMPLES / "port-de-valmer.fr.txt"
    other = Assistant.open(sample, embedder=str(tiny_model))
    citations = other.ask(question).citations
    assert citations
    assert all(other.article.text[c.start : c.end] == c.quote for c in citations)
    derived = next((home / "derived").glob("*/*"))
    assert len(list(derived.iterdir())) == 2


def test_weights_that_are_programs_are_not_run(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(
        '{"model_type": "bert", "auto_map": {"AutoModel": "x.Y"}}'
    )
    (tmp_path / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'touch ran'\ntR.")
    with pytest.raises(EmbedderError):
        SentenceEmbedder(str(tmp_path))
    assert not Path("ran").exists()
    with pytest.raises(EmbedderError, match="nowhere"):
        SentenceEmbedder(str(tmp_path / "nowhere"))
