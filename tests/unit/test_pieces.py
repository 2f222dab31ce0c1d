"""The pieces a text is cut into."""

from pathlib import Path

import pytest

from index.encoder import pieces
from index.encoder.model import BUNDLED
from training.encoder_vocabulary import tokenizer_of

SCORED = {"<s>": 0.0, "<pad>": 0.0, "</s>": 0.0, "<unk>": 0.0, "▁": -3.0, "▁the": -4.0}
SCORED |= {"▁th": -5.0, "e": -3.5, "▁then": -8.0, "n": -3.75, "t": -4.5, "h": -4.25, "a": -3.25}


@pytest.fixture
def small(tmp_path: Path) -> pieces.Pieces:
    pieces.write(tmp_path / pieces.FILE, list(SCORED), list(SCORED.values()))
    return pieces.Pieces(tmp_path / pieces.FILE)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the then", ["<s>", "▁the", "▁the", "n", "</s>"]),
        ("", ["<s>", "</s>"]),
        ("  ", ["<s>", "▁", "</s>"]),
        ("the\n\u200bthe", ["<s>", "▁the", "▁the", "</s>"]),
        ("a漢字a", ["<s>", "▁", "a", "<unk>", "a", "</s>"]),
    ],
)
def test_a_word_is_cut_the_most_probable_way(
    small: pieces.Pieces, text: str, names: list[str]
) -> None:
    assert small.names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "the then", "hat  tea ", "\tthe\x01 ten", "ﬁne ½ Ⅷ 漢字 the", "▁the a▁", "é" * 40,
        "tha" * 30, "the\u2028then\ufeff", "😀😀 the",
    ],
)  # fmt: skip
def test_the_library_cuts_in_the_same_way(small: pieces.Pieces, text: str) -> None:
    library = tokenizer_of(list(SCORED.items()))
    assert small.numbers(text) == library.encode(text).ids


def test_a_mark_written_in_a_text_ends_nothing() -> None:
    bundled = pieces.Pieces(BUNDLED / pieces.FILE)
    begin, *inside, end = bundled.numbers("a </s> b <pad> <s>")
    assert {begin, 1, end}.isdisjoint(inside)
