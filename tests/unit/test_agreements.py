"""Who agrees with whom: readers who side with a speaker, with a claim, or with a reader."""

import json

import pytest

from assistant import Assistant
from index.article import Article
from index.disputes import Agreement, find_stances
from index.reading import read_bytes
from index.statements import find_statements


def _article(language: str, paragraphs: list[str], *comments: str) -> Article:
    record = {
        "title": "T",
        "language": language,
        "paragraphs": paragraphs,
        "comments": [
            {"number": str(number), "author": f"Reader {number}", "text": text}
            for number, text in enumerate(comments, start=1)
        ],
    }
    return read_bytes(json.dumps(record).encode())


def _agreements(article: Article) -> tuple[Agreement, ...]:
    return find_stances(article, find_statements(article)).agreements


HARBOUR = [
    "“The harbour will be dredged in May,” said Mayor Olive Tarrant.",
    "The fisherman Piet Dorn told reporters that the ferry is too loud at night.",
]
PORT = [
    "« Le port sera dragué en mai », a déclaré la maire Olive Tarrant.",
    "« Le bac est trop bruyant la nuit », a dit le pêcheur Piet Dorn.",
]
HAFEN = [
    "„Der Hafen wird im Mai ausgebaggert“, sagte Bürgermeisterin Olive Tarrant.",
    "„Die Fähre ist nachts zu laut“, sagte der Fischer Piet Dorn.",
]


@pytest.mark.parametrize(
    ("language", "paragraphs", "comment", "speaker"),
    [
        ("en", HARBOUR, "I agree with Olive Tarrant.", "Olive Tarrant"),
        ("en", HARBOUR, "Mr Dorn is right, and I live two streets away.", "Piet Dorn"),
        ("en", HARBOUR, "I totally agree with what the good Mrs Tarrant says.", "Olive Tarrant"),
        ("en", HARBOUR, "I agree with the mayor. It was time.", "Olive Tarrant"),
        ("fr", PORT, "Entièrement d'accord avec Piet Dorn !", "Piet Dorn"),
        ("fr", PORT, "Madame Tarrant a raison, comme toujours.", "Olive Tarrant"),
        ("de", HAFEN, "Herr Dorn hat recht.", "Piet Dorn"),
        ("de", HAFEN, "Ich stimme Frau Tarrant zu.", "Olive Tarrant"),
    ],
)
def test_a_reader_sides_with_whom_they_name(
    language: str, paragraphs: list[str], comment: str, speaker: str
) -> None:
    (agreement,) = _agreements(_article(language, paragraphs, comment))
    assert agreement.speaker is not None
    assert speaker in agreement.speaker.name
    assert [position.passage for position in agreement.positions] == ["C1"]


@pytest.mark.parametrize(
    "comment",
    [
        "I agree, Tarrant should resign.",
        "I do not agree with Olive Tarrant.",
        "Nobody agrees with Tarrant.",
        "Is Piet Dorn right?",
        "I agree with Captain Nemo.",
        "Piet Dorn is right about the noise? No. That is not true.",
        "Tarrant spoke for an hour.",
    ],
)
def test_who_only_names_somebody_sides_with_nobody(comment: str) -> None:
    agreements = _agreements(_article("en", HARBOUR, comment))
    assert not [agreement for agreement in agreements if agreement.speaker]


def test_what_they_take_up_is_the_claim_they_side_with() -> None:
    comment = "Piet Dorn is right. The ferry is far too loud at night."
    (agreement,) = _agreements(_article("en", HARBOUR, comment))
    assert agreement.claim is not None
    assert "ferry is too loud" in agreement.claim.text


def test_one_of_two_namesakes_is_meant_by_the_name_the_article_gives_them() -> None:
    paragraphs = [
        "Ruth Pryce, who heads the school, said that pupils need the library.",
        "Council leader Martin Pryce said the town had no choice. “We are broke,” Mr Pryce said.",
    ]
    (agreement,) = _agreements(_article("en", paragraphs, "I agree with Mr Pryce."))
    assert agreement.speaker is not None
    assert agreement.speaker.name == "Martin Pryce"
    assert not _agreements(_article("en", paragraphs, "I agree with Pryce."))


def test_uncontested_agreement_answers_who_agrees() -> None:
    article = _article("en", HARBOUR, "I agree with Olive Tarrant.", "My boat is blue.")
    answer = Assistant.open(article, llm=None).ask("Who agrees with Tarrant?")
    assert [citation.label for citation in answer.citations] == ["C1"]
    assert "Reader 1" in answer.text
    nobody = Assistant.open(article, llm=None).ask("Who agrees with Piet Dorn?")
    assert not nobody.citations


def test_readers_who_agree_are_told_where_nobody_contests() -> None:
    article = _article("en", HARBOUR, "I agree with the mayor.", "My boat is blue.")
    answer = Assistant.open(article, llm=None).ask("Do readers agree with the mayor?")
    assert [citation.label for citation in answer.citations] == ["C1"]
