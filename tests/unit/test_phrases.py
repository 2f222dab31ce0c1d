import pytest

from assistant.locale import Pattern, matches, phrases
from index.language.words import folded_words


def test_a_language_without_phrases_is_answered_in_english() -> None:
    assert phrases("ja").language == "en"


def test_a_missing_value_of_a_frame_is_an_error() -> None:
    with pytest.raises(KeyError):
        phrases("en").say("who_said")


@pytest.mark.parametrize(
    ("pattern", "question", "fits"),
    [
        ("qui ... dit|affirm*", "Qui donc l'affirmait ?", True),
        ("^ ou", "Où est-ce ?", True),
        ("^ ou", "Est-ce ou non ?", False),
        ("wer ... gesagt $", "Wer hat das gesagt?", True),
        ("wer ... gesagt $", "Wer hat gesagt, dass er kommt?", False),
        ("a ... b", "a 1 2 3 4 5 6 b", True),
        ("a ... b", "a 1 2 3 4 5 6 7 b", False),
    ],
)
def test_a_pattern_is_read_as_documented(pattern: str, question: str, fits: bool) -> None:
    assert matches([Pattern(pattern)], folded_words(question)) is fits


def test_a_pattern_takes_linear_time_on_a_long_question() -> None:
    words = ["qui"] * 2_000
    assert not matches([Pattern("qui ... dit ... que ... fin")], words)


def test_french_words_that_hold_guillemets_are_quoted_in_guillemets_all_the_same() -> None:
    words = "« Non », dit-elle."
    assert phrases("fr").quoted(words) == f"«\u00a0{words}\u00a0»"
