"""The bundled encoder as an embedder."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.encoder import calibration as calibrations
from index.encoder.model import BUNDLED, EncoderModel
from index.encoder.onnx import OnnxEmbedder
from index.errors import EmbedderError

QUESTION = "How much did the bridge cost?"
ANSWER, OTHER = "Der Neubau hat vier Millionen Euro verschlungen.", "Der Bürgermeister hat Hunde."


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    return OnnxEmbedder()


def test_a_question_is_nearer_to_its_answer_in_another_language(embedder: OnnxEmbedder) -> None:
    question = embedder.encode_queries([QUESTION])[0]
    answer, other = embedder.encode_documents([ANSWER, OTHER]) @ question
    assert answer > other + 0.2


def test_vectors_have_length_1_whatever_the_text(embedder: OnnxEmbedder) -> None:
    rows = embedder.encode_documents(["", "…", "Ա", "word " * 2_000, "😀 選挙"])
    assert rows.shape == (5, embedder.dimension)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_vector_does_not_depend_on_what_else_is_encoded() -> None:
    alone = OnnxEmbedder().encode_documents([ANSWER])
    together = OnnxEmbedder().encode_documents([OTHER * 5, ANSWER, "short"])
    assert np.array_equal(alone[0], together[1])


def test_a_question_in_capitals_is_the_same_question(embedder: OnnxEmbedder) -> None:
    shouted, plain = embedder.encode_queries([QUESTION.upper(), QUESTION.lower()])
    assert np.array_equal(shouted, plain)


def test_what_was_read_is_not_read_again(embedder: OnnxEmbedder) -> None:
    rows = embedder.model.hidden(QUESTION, most_tokens=8)
    assert rows.shape == (8, embedder.dimension)
    assert embedder.model.hidden(QUESTION, most_tokens=8) is rows
    whole = embedder.model.hidden(QUESTION)
    assert len(whole) > len(rows)
    assert embedder.model.hidden(QUESTION, most_tokens=64) is whole


def test_unrelated_texts_have_a_cosine_about_zero(embedder: OnnxEmbedder) -> None:
    rows = embedder.encode_documents([ANSWER, "Rain is expected in Lisbon.", "Il a signé hier."])
    cosines = (rows @ rows.T)[np.triu_indices(3, 1)]
    assert np.abs(cosines).max() < 0.35


@pytest.mark.parametrize("letter", [*"aßçğıñþžАяёіїґєЖδΩէՍعي79%€«—"])
def test_no_letter_of_our_scripts_is_unknown(embedder: OnnxEmbedder, letter: str) -> None:
    assert "<unk>" not in embedder.model.pieces(letter)


def test_the_fingerprint_changes_with_the_calibration(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BUNDLED, tmp_path / "encoder"))
    before = OnnxEmbedder(folder).fingerprint
    read = calibrations.read(folder)
    heavier = calibrations.Calibration(
        questions=read.questions,
        passages=read.passages,
        weight_beside_words=read.weight_beside_words + 1,
    )
    calibrations.write(heavier, folder)
    assert OnnxEmbedder(folder).fingerprint != before


def test_another_process_opens_the_same_embedder(embedder: OnnxEmbedder) -> None:
    assert embedder.opener()().fingerprint == embedder.fingerprint


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match=r"model\.onnx"):
        EncoderModel(tmp_path)


@pytest.mark.parametrize("name", ["lower.onnx", "pieces.safetensors", "calibration.safetensors"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(BUNDLED, tmp_path / "encoder"))
    (folder / name).write_bytes(b"damaged")
    with pytest.raises(EmbedderError, match=name):
        OnnxEmbedder(folder).encode_queries([QUESTION])


def test_the_encoder_is_opened_once_in_a_process() -> None:
    assert OnnxEmbedder().model is OnnxEmbedder().model
