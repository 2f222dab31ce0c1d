"""The bundled reader of pairs of texts."""

from pathlib import Path

import pytest

from index.encoder.model import BUNDLED, EncoderModel
from index.encoder.reader import Reader
from index.errors import EmbedderError

PASSAGE = "The council turned the skate park down on Tuesday by one vote."
QUESTION = "When did the council vote on the skate park?"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.open()


def test_a_sentence_that_answers_is_told_from_one_that_does_not(reader: Reader) -> None:
    right, wrong = reader.answers(QUESTION, [PASSAGE, "Many trees were felled in the storm."])
    assert right > wrong


def test_a_sentence_is_told_from_one_with_another_number(reader: Reader) -> None:
    passage = "The bridge cost 40 million euros, the mayor said."
    right, wrong = reader.supports(
        [(passage, "The bridge cost 40 million euros."), (passage, "It was built by the Romans.")]
    )
    assert right > wrong


def test_a_pair_is_judged_alike_whatever_else_is_asked(reader: Reader) -> None:
    alone = reader.answers(QUESTION, [PASSAGE])
    among = reader.answers(QUESTION, ["x " * 300, PASSAGE, "", "Short."])
    assert among[1] == alone[0]


def test_no_sentence_has_no_probability(reader: Reader) -> None:
    assert reader.answers(QUESTION, []) == ()
    assert reader.supports([]) == ()


def test_texts_without_words_are_judged_too(reader: Reader) -> None:
    assert 0 <= reader.answers("", [""])[0] <= 1


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="reader"):
        Reader(EncoderModel(BUNDLED), tmp_path).answers(QUESTION, [PASSAGE])
