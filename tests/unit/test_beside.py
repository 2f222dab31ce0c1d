"""What stands beside a disputed thing, and readers as a question describes them."""

import json
from collections.abc import Sequence

import pytest

from assistant import Assistant
from assistant.learned import _Reading
from index.reading import read_bytes

PAGE = {
    "title": "Brindle Cove counts its limpets and falls out over them",
    "language": "en",
    "paragraphs": [
        "The harbour trust says 4,200 limpets were lost when the slipway was dredged in March. "
        "Oona Farrant, a marine biologist who surveyed the cove, puts the loss at 900.",
        "“A limpet does not vote, so nobody counted,” said Farrant.",
        "Harbour master Silas Quenby denied that the dredging went ahead without a licence. "
        "“The paper hangs in my office,” he said.",
        "The trust, chaired by Dilys Moffat, wants the slipway finished by September because the "
        "lifeboat can launch only at high water.",
    ],
    "comments": [
        {
            "number": "1",
            "author": "kelp_fan",
            "text": "Four thousand? I walk there daily and never saw half of that.",
        },
        {
            "number": "1.1",
            "author": "dredger_dan",
            "text": "@kelp_fan I drove the dredger until I retired and we lifted mud, not limpets.",
        },
        {"number": "2", "author": "kelp_fan", "text": "Also bring back the ice cream hut."},
    ],
}


@pytest.fixture(scope="module")
def page() -> Assistant:
    return Assistant.open(read_bytes(json.dumps(PAGE).encode()), llm=None)


@pytest.mark.parametrize(
    "question",
    [
        "do they all agree on how many limpets were lost?",
        "is the number of limpets lost contested, and by whom",
        "wie viele Napfschnecken gingen verloren, sind sich da alle einig?",
    ],
)
def test_two_figures_for_one_thing_stand_beside_each_other(page: Assistant, question: str) -> None:
    answer = page.ask(question)
    assert "4,200" in answer.text
    assert "900" in answer.text


@pytest.mark.parametrize(
    "question", ["which figures are disputed?", "welche Zahlen sind umstritten?"]
)
def test_who_asks_for_figures_hears_of_figures(page: Assistant, question: str) -> None:
    assert "licence" in page.ask("which claims are disputed?").text
    answer = page.ask(question)
    assert "4,200" in answer.text or "Four thousand" in answer.text
    assert "licence" not in answer.text


def test_readers_are_shown_with_those_who_answer_them(page: Assistant) -> None:
    answer = page.ask("do the readers agree with each other about the limpets?")
    assert {"C1", "C1.1"} <= {citation.label for citation in answer.citations}


@pytest.mark.parametrize(
    "question",
    ["which bits are people fighting about", "quelles affirmations sont contestées ici ?"],
)
def test_the_list_of_what_is_disputed_needs_no_topic(page: Assistant, question: str) -> None:
    answer = page.ask(question)
    assert answer.status != "not_in_article"
    assert answer.citations


def test_reasons_are_those_of_the_one_who_is_named(page: Assistant) -> None:
    text = page.ask("what are the trust's reasons for finishing the slipway?").text
    assert "lifeboat can launch only at high water" in text


def test_comments_of_one_author_are_counted(page: Assistant) -> None:
    answer = page.ask("how many comments did kelp_fan leave?")
    assert "kelp_fan: 2" in answer.text


def test_whom_a_reader_answers_is_told(page: Assistant) -> None:
    answer = page.ask("who does dredger_dan reply to?")
    assert "kelp_fan" in answer.text
    assert {"C1.1", "C1"} & {citation.label for citation in answer.citations}


def test_a_reader_is_found_by_what_they_say_of_themselves(page: Assistant) -> None:
    answer = page.ask("there is a retired dredger driver in the comments, what do they say?")
    assert {citation.author for citation in answer.citations} == {"dredger_dan"}


@pytest.mark.parametrize(
    "question",
    [
        "who came up with the line about a vote",
        "what does the retired driver say?",
        "do they all agree on how many limpets were lost?",
        "there is a nurse in the comments, what does she say?",
    ],
)
def test_of_a_long_thread_only_the_nearest_comments_are_compared(
    monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    many = [
        {
            "number": str(n),
            "author": f"walker{n}",
            "text": f"Day {n}: mud, wind and a limpet or two.",
        }
        for n in range(1, 401)
    ]
    long = Assistant.open(read_bytes(json.dumps(PAGE | {"comments": many}).encode()), llm=None)
    read: set[str] = set()
    nearness = _Reading.nearness

    def counted(self: _Reading, question: str, sentences: Sequence[str]) -> tuple[float, ...]:
        read.update(sentences)
        return nearness(self, question, sentences)

    monkeypatch.setattr(_Reading, "nearness", counted)
    long.ask(question)
    assert len(read) < 200
