"""What counts as the same word."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from index.language.words import fold, split_words, word_spans


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_are_folded_as_all_others_are(text: str) -> None:
    # A letter with an accent takes the long way; what comes before it must not differ.
    assert fold(f"{text}é") == f"{fold(text)}e"
    assert fold(text) == unicodedata.normalize("NFKD", text.casefold()).replace("`", "'")


@given(st.text())
def test_split_words_are_those_of_the_spans(text: str) -> None:
    assert split_words(text) == [span.of(text) for span in word_spans(text)]


def test_every_kind_of_apostrophe_parts_words() -> None:
    assert {tuple(split_words(f"п{mark}ять")) for mark in "'’ʼ"} == {("п", "ять")}
