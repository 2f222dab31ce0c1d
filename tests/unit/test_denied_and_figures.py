"""What somebody denies is no admission; which figures are contested is told with both."""

import pytest

from assistant import Answer, Assistant
from tests.support.pages import opened

_PAGE = {
    "title": "Village bell sold? The priest under suspicion",
    "language": "en",
    "paragraphs": [
        "The bell of Saint Oda, known as Griet, is gone from the tower of Halmer since March.",
        "The heritage club's chairwoman, Ina Vorst, accuses the priest of having sold the bell to "
        "pay for the roof. Father Joris Tack rejects that. “I have not sold so much as a "
        "candle,” he said.",
        "The diocese puts the repair of the roof at 240,000 euros. The heritage club disputes the "
        "figure: a carpenter whom it asked speaks of 90,000 euros.",
        "The council will meet in June and hear both sides. Tea will be served.",
    ],
    "comments": [{"number": "1", "author": "ropewalker", "text": "I miss the sound of it."}],
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("bell"), _PAGE)


def _quoted(answer: Answer) -> str:
    return " ".join(citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Did Father Tack really admit that he gave the bell away to pay for the roof?",
        "is it true that tack owned up to flogging the bell?",
    ],
)
def test_who_denies_is_told_with_the_denial(page: Assistant, question: str) -> None:
    answer = page.ask(question)
    assert answer.verdict != "yes"
    assert "rejects that" in _quoted(answer)
    assert "candle" in _quoted(answer)


@pytest.mark.parametrize(
    "question",
    ["Which figures are contested?", "which numbers are they fighting over"],
)
def test_a_contested_figure_is_told_with_the_one_it_is_held_against(
    page: Assistant, question: str
) -> None:
    answer = page.ask(question)
    assert "240,000" in _quoted(answer)
    assert "90,000" in _quoted(answer)


def test_who_is_described_is_not_who_fits_what_they_are_said_to_admit(page: Assistant) -> None:
    answer = page.ask("so the priest admitted that he sold it to pay for the roof?")
    assert answer.verdict == "no"
    assert "rejects that" in _quoted(answer)
