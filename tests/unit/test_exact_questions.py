"""Questions that name a verb, a figure or a thing are answered about just that."""

from pathlib import Path

import pytest

from assistant import Assistant
from tests.support.pages import opened

_LINE = {
    "title": "Night trains to return to Velmar station after nine years",
    "language": "en",
    "paragraphs": [
        "Night trains will stop at Velmar again from December, the operator Norlink announced.",
        "The town's mayor, Tomas Rieck, called the decision “a small miracle” and promised that "
        "a bus would meet every train. He said the town would pay 200,000 crowns a year.",
        "Residents' spokeswoman Ines Kolb warned that freight would move to the night hours. "
        "“Nobody asked the people who sleep beside the tracks,” she said.",
        "According to a study, about 18,000 passengers a year would use the line. Norlink itself "
        "expects 30,000.",
        "Norlink's director, Helga Aasen, rejected the criticism: noise barriers had been agreed "
        "in 2019, she said.",
        "Tickets will cost from 39 crowns. Dogs travel free.",
    ],
    "comments": [
        {"number": "1", "author": "Mirka", "text": "Finally! I took that train as a student."},
        {
            "number": "2",
            "author": "P. Lund",
            "text": "30,000 passengers? Never. I was alone in the carriage.",
        },
        {
            "number": "3",
            "author": "Anna B.",
            "text": "39 crowns is the price without a bed. A bed costs 120.",
        },
    ],
}
_POOL = {
    "title": "La piscine de Vaurelle fermera cet hiver",
    "language": "fr",
    "paragraphs": [
        "La piscine de Vaurelle fermera en décembre, a annoncé la maire, Odile Carpentras. La "
        "facture de chauffage aurait atteint 310 000 euros.",
        "Le président du club, Bruno Malherbe, a promis de se battre. Il a dénoncé une décision "
        "« prise sans un mot de concertation ».",
    ],
    "comments": [
        {
            "number": "1",
            "author": "Sylvie",
            "text": "310 000 euros ? Jamais de la vie, la facture est de 190 000.",
        }
    ],
}


@pytest.fixture
def line(tmp_path: Path) -> Assistant:
    return opened(tmp_path, _LINE)


def _quotes(assistant: Assistant, question: str) -> list[tuple[str, str]]:
    answer = assistant.ask(question)
    assert answer.status != "not_in_article", question
    return [(citation.label, citation.quote) for citation in answer.citations]


def test_what_somebody_promised_is_not_all_they_said(line: Assistant) -> None:
    [(label, quote)] = _quotes(line, "What did Rieck promise?")
    assert label == "A2"
    assert "promised that a bus would meet every train" in quote


def test_words_quoted_within_a_shown_sentence_are_not_shown_twice(line: Assistant) -> None:
    quotes = [quote for _, quote in _quotes(line, "What did the mayor say?")]
    assert sum("small miracle" in quote for quote in quotes) == 1
    assert any("200,000 crowns" in quote for quote in quotes)


def test_who_rejects_a_criticism_criticises_nobody(line: Assistant) -> None:
    for question in ("Who criticised Norlink?", "Who criticised the noise barriers?"):
        answer = line.ask(question)
        assert all("rejected" not in citation.quote for citation in answer.citations)


def test_what_somebody_denies_is_what_they_dispute(line: Assistant) -> None:
    labels = [label for label, _ in _quotes(line, "What does P. Lund deny?")]
    assert "C2" in labels


def test_disputed_figures_are_found_by_what_stands_before_them(line: Assistant) -> None:
    labels = [label for label, _ in _quotes(line, "Who disputes the passenger figures?")]
    assert "C2" in labels


def test_the_price_of_one_thing_is_not_that_of_another(line: Assistant) -> None:
    assert {label for label, _ in _quotes(line, "How much does a bed cost?")} == {"C3"}
    assert "A6" in [label for label, _ in _quotes(line, "How much do tickets cost?")]


def test_the_same_in_french(tmp_path: Path) -> None:
    pool = opened(tmp_path, _POOL)
    labels = [label for label, _ in _quotes(pool, "Qui conteste le chiffre du chauffage ?")]
    assert "C1" in labels
    [(label, quote)] = _quotes(pool, "Qu'a promis Bruno Malherbe ?")
    assert (label, "se battre" in quote) == ("A2", True)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who says the town will pay 200,000 crowns a year?", True),
        ("Who says that the town would pay two hundred thousand crowns a year?", True),
        ("Who says the town will pay fifty million crowns a year?", False),
    ],
)
def test_who_says_a_figure_is_who_said_that_figure(
    question: str, names: bool, tmp_path: Path
) -> None:
    answer = opened(tmp_path, _LINE).ask(question)
    assert (answer.status == "answered") is names
    assert ("Tomas Rieck says so" in answer.text) is names
