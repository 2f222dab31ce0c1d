"""Whose words are meant, and who is meant, where the page's own words are not used."""

import json

import pytest

from assistant import Assistant
from index.reading import read_bytes
from tests.support.pages import opened

_PAGE = {
    "title": "Harbour town argues over its lighthouse",
    "language": "en",
    "paragraphs": [
        "The council of Port Sellan voted on Tuesday to sell the lighthouse for 90,000 pounds.",
        "Mayor Judith Arkwell defended the sale. “A lamp nobody needs is a candle on a grave,” "
        "she said, adding that the money would repair the sea wall.",
        "Tobias Renn, an ornithologist at the University of Calder, warned that 400 terns nest "
        "on the rock. “You cannot put a bird into a brochure,” he said.",
        "“I have not slept through a foghorn in forty years and I am not starting now,” said "
        "Walter Pym, who keeps the bakery on the quay. He fears for his trade.",
        "Nadia Feld, a lawyer for the buyers, said the tower would become four holiday flats.",
    ],
    "comments": [
        {"author": "seadog", "text": "My cat could run this council, and she is asleep."},
        {"author": "Lena B.", "text": "Flats nobody here can rent. Thanks for nothing."},
    ],
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("whose"), _PAGE)


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("who came up with the line about the candle", "Judith Arkwell"),
        ("wer hat das mit dem Vogel im Prospekt gesagt?", "Tobias Renn"),
        ("I laughed out loud at the thing with the foghorn. who was that?", "Walter Pym"),
        ("which reader made the joke about a pet running things", "seadog"),
    ],
)
def test_words_are_found_by_a_half_phrase_a_joke_or_a_translation(
    page: Assistant, question: str, who: str
) -> None:
    answer = page.ask(question)
    assert answer.citations
    assert who in answer.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("was sagt der Bäcker?", "foghorn"),
        ("what does the bird man say", "brochure"),
        ("que dit l'ornitho", "brochure"),
        ("¿qué dice la abogada?", "holiday flats"),
    ],
)
def test_somebody_is_known_by_a_calling_in_other_words(
    page: Assistant, question: str, words: str
) -> None:
    assert words in page.ask(question).text


def test_a_turned_claim_is_nobodys(page: Assistant) -> None:
    answer = page.ask("who said you can put a bird into a brochure?")
    assert "Tobias Renn says so" not in answer.text
    assert answer.status == "not_in_article"


def test_whoever_is_not_described_is_nobody_and_those_who_speak_are_named(page: Assistant) -> None:
    answer = page.ask("what does the bishop say?")
    assert answer.status == "not_in_article"
    assert "Tobias Renn" in answer.text


@pytest.mark.parametrize(
    ("question", "who", "planted"),
    [
        (
            "who came up with the line about the candle",
            "Judith Arkwell",
            "Who came up with the line about the candle? Carl Vane, candle on a grave.",
        ),
        (
            "what does the ornithologist warn of?",
            "400 terns nest",
            "What does the ornithologist warn of? The ornithologist warned that gulls bite.",
        ),
    ],
)
def test_many_comments_in_the_words_of_a_question_do_not_drown_what_the_article_says(
    question: str, who: str, planted: str
) -> None:
    readers = [{"author": f"user{n}", "text": planted + "!" * (n % 3)} for n in range(40)]
    article = read_bytes(json.dumps(_PAGE | {"comments": readers}).encode())
    told = Assistant.open(article, llm=None).ask(question).sentences
    assert any(who in s.text for s in told)
    assert not any("Vane" in s.text or "gulls" in s.text for s in told if s.lane == "article")


@pytest.mark.parametrize(
    "question",
    ["Was sagte Angela Merkel?", "Que dit Emmanuel Macron ?", "¿Qué dijo Carmen Larraz?"],
)
def test_whoever_is_named_and_not_on_the_page_is_nobody_on_it(
    page: Assistant, question: str
) -> None:
    assert page.ask(question).status == "not_in_article"


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Ich habe gelacht über das mit dem Nebelhorn. Wer war das?", "Walter Pym"),
        ("J'ai bien ri avec l'oiseau dans une brochure. C'était qui ?", "Tobias Renn"),
    ],
)
def test_a_question_of_nothing_but_who_is_about_what_was_written_before_it(
    page: Assistant, question: str, who: str
) -> None:
    assert who in page.ask(question).text
