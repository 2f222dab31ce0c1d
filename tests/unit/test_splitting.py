from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.reading.splitting import LONGEST_PASSAGE, passages_of, split

WORDY = st.text(alphabet=st.sampled_from(list("abc .!?\n«»é")), max_size=4_000)


@given(WORDY)
def test_every_sign_but_spaces_is_in_exactly_one_passage(text: str) -> None:
    spans = list(split(text, 0, len(text)))
    joined = "".join("".join(span.of(text).split()) for span in spans)
    assert joined == "".join(text.split())
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.end - span.start <= LONGEST_PASSAGE for span in spans)
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


def test_a_short_text_is_one_passage() -> None:
    (passage,) = passages_of(
        "Short. Text.", start=0, end=12, label="A1", source="article", kind="paragraph"
    )
    assert (passage.label, passage.text) == ("A1", "Short. Text.")


def test_a_long_text_is_parted_at_ends_of_sentences() -> None:
    sentence = "The mayor of Northwick closed the old bridge on Tuesday. "
    text = (sentence * 60).strip()
    passages = list(
        passages_of(text, start=0, end=len(text), label="C5.1", source="comment", kind="comment")
    )
    assert [passage.label for passage in passages][:2] == ["C5.1", "C5.1~2"]
    assert all(passage.text.endswith("Tuesday.") for passage in passages)


def test_an_endless_word_is_parted_too() -> None:
    text = "x" * 2_000_500
    spans = list(split(text, 0, len(text)))
    assert sum(span.end - span.start for span in spans) == len(text)
