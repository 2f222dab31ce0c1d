"""Pages that are no report: essays, interviews, headings, lists, long comments."""

import json
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.locale import phrases
from assistant.question.plain import two_questions
from index.reading import read_bytes
from index.statements import find_statements
from tests.support.pages import opened

_ESSAY = {
    "title": "I gave up my car and found the pavement",
    "author": "Marta Oldfield",
    "language": "en",
    "paragraphs": [
        "I sold my car in March, after nineteen years of driving to a school that is a mile away. "
        "My neighbours thought I had lost my job.",
        "Parking is the cheapest rent in town. I paid forty pounds a year for ten square metres, "
        "and the bakery next door pays that in a day.",
        "The council's head of streets, Dev Anand, said: “We will not take away a single space.”",
        "What the bus taught me",
        "It is late by six minutes on a good day. On a bad one I walk, and I have never once "
        "regretted the walk. My daughter counts foxes on the way.",
        "Three things I would ask of the council:",
        "Benches on the hill. A crossing at the chapel. Lamps behind the library.",
    ],
    "comments": [
        {
            "number": "1",
            "author": "dev",
            "text": "I read this on the night shift with a cup of tea gone cold, as one does in "
            "February when the whole town is asleep and the gritters have not been seen since "
            "Sunday, and my first thought was that my own street is no better than yours, with "
            "cars on both kerbs and a skip that nobody owns. The crossing at the chapel was "
            "promised in 2019 and never painted.",
        },
        {"number": "2", "author": "Paul", "text": "The bus is on time where I live."},
    ],
}
_INTERVIEW = {
    "title": "“Nobody retires from a lighthouse”: a talk with Runa Falk",
    "language": "en",
    "paragraphs": [
        "Runa Falk kept the light on Skerry Holm for three decades. We met her in her kitchen.",
        "Why is it so hard to find people for the station?",
        "The island has no school and the boat comes on Thursdays. Most applicants ask about the "
        "pay and then about the boat, in that order.",
        "What did the storm of 2011 change?",
        "It took the jetty. Since then everything is lifted in by crane.",
    ],
}


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("essay"), _ESSAY)


def _quoted(answer: Answer) -> str:
    return " ".join(citation.quote for citation in answer.citations)


def test_what_an_essay_tells_is_said_by_its_writer(essay: Assistant) -> None:
    answer = essay.ask("Who says parking is the cheapest rent in town?")
    assert {citation.speaker for citation in answer.citations} == {"Marta Oldfield"}
    said = essay.ask("What does Oldfield say about parking?")
    assert "cheapest rent" in _quoted(said)
    assert {citation.speaker for citation in said.citations} == {"Marta Oldfield"}


def test_the_writer_says_nothing_of_what_the_page_has_not(essay: Assistant) -> None:
    assert essay.ask("What does Marta Oldfield say about submarines?").status == "not_in_article"


def test_whom_an_essay_quotes_keeps_their_words(essay: Assistant) -> None:
    answer = essay.ask("Who said they will not take away a single space?")
    assert {citation.speaker for citation in answer.citations} == {"Dev Anand"}


def test_a_report_is_not_put_down_to_its_writer(tmp_path: Path) -> None:
    report = {
        "title": "Ferry to run on Sundays",
        "author": "Jo Tarn",
        "language": "en",
        "paragraphs": [
            "The ferry to Skerry Holm will run on Sundays from May. Tickets stay at four crowns.",
            "The harbour master, Ola Vik, said the crew had agreed to it.",
        ],
    }
    answer = opened(tmp_path, report).ask("Who said tickets stay at four crowns?")
    assert all(citation.speaker is None for citation in answer.citations)


def test_two_who_answer_in_turn_keep_their_words() -> None:
    paragraphs = [
        "La Lettre du Port : Pourquoi racheter ce moulin ?",
        "Aude Kerven : Parce que personne n'en voulait.",
        "Loïc Kerven : Moi, j'étais contre, et je le reste un peu.",
        "La Lettre du Port : Que disait votre mère du métier ?",
        "Loïc Kerven : Pas grand-chose.",
        "Aude Kerven : Tu exagères. Elle parlait beaucoup la nuit.",
    ]
    page = {"title": "Un moulin, deux meuniers", "language": "fr", "paragraphs": paragraphs}
    article = read_bytes(json.dumps(page).encode())
    said = {s.text[:12]: s.speaker and s.speaker.name for s in find_statements(article)}
    assert said["Parce que pe"] == said["Tu exagères."] == "Aude Kerven"
    assert said["Moi, j'étais"] == said["Pas grand-ch"] == "Loïc Kerven"


_LECTURE = {
    "title": "Coins do not land as they should",
    "author": "Thea Brandt",
    "language": "en",
    "paragraphs": [
        "In my lectures I tell students that true chance exists in quantum physics alone. A coin "
        "that is thrown lands on the side it started from a little more often.",
        "The paper counted 350,000 throws by fifty people. It appeared last week.",
    ],
}


_WHO = "Who says true chance exists in quantum physics alone?"


def test_one_sentence_in_the_first_person_is_its_writers(tmp_path: Path) -> None:
    answer = opened(tmp_path, _LECTURE).ask("Who says true chance exists in quantum physics alone?")
    assert {citation.speaker for citation in answer.citations} == {"Thea Brandt"}


def test_nobody_who_is_quoted_with_i_is_taken_for_the_writer(tmp_path: Path) -> None:
    quoted = "“I had no idea,” said the janitor, Bo Lund."
    page = {**_LECTURE, "paragraphs": [*_LECTURE["paragraphs"], quoted]}
    answer = opened(tmp_path, page).ask(_WHO)
    assert "Thea Brandt" not in {citation.speaker for citation in answer.citations}


def test_the_papers_question_is_answered_by_what_follows_it(tmp_path: Path) -> None:
    page = opened(tmp_path, _INTERVIEW)
    answer = page.ask("Why is it so hard to find people for the station?")
    assert "no school" in _quoted(answer)
    assert "?" not in _quoted(answer)


def test_a_list_is_told_behind_the_words_that_announce_it(essay: Assistant) -> None:
    assert "Benches" in _quoted(essay.ask("Which things would the writer ask of the council?"))


def test_a_bare_name_answers_nothing(tmp_path: Path) -> None:
    page = {
        "title": "The ten best voices of the coast",
        "language": "en",
        "paragraphs": [
            "We asked the choirs of the coast for their favourites.",
            "Runa Falk",
            "Ola",
        ],
    }
    answer = opened(tmp_path, page).ask("What did Runa Falk say about being second?")
    assert "Runa Falk" not in _quoted(answer)


def test_a_long_comment_is_quoted_where_it_answers(essay: Assistant) -> None:
    assert "never painted" in _quoted(essay.ask("What does dev write about the chapel crossing?"))


def test_a_reader_of_a_first_name_is_meant_before_a_surname_elses(tmp_path: Path) -> None:
    page = dict(_ESSAY)
    page["paragraphs"] = [*_ESSAY["paragraphs"], "Paul Weir, a driver, said: “The road is mine.”"]
    answer = opened(tmp_path, page).ask("what did paul say about the bus?")
    assert [citation.author for citation in answer.citations] == ["Paul"]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "how long was the walk home and what did she count on it", 2),
        ("de", "wann wurde das Auto verkauft und wie kam sie dann hin?", 2),
        ("fr", "qui a vendu sa voiture en mars et comment", 2),
        ("en", "what do readers and what does the mayor say", 1),
        ("en", "what did the mayor and the union say", 1),
        ("en", "Which claims are disputed and by whom?", 1),
        ("fr", "quelles affirmations sont contestées et par qui ?", 1),
        ("de", "Welche Aussagen sind umstritten und von wem?", 1),
        ("it", "quali affermazioni sono contestate e da chi?", 1),
        ("ru", "Какие утверждения оспаривают и кто?", 1),
        ("en", "how long is the line and who pays for it?", 2),
    ],
)
def test_two_questions_in_one_are_told_apart(language: str, text: str, count: int) -> None:
    assert len(two_questions(text, phrases(language))) == count


def test_function_words_are_not_missed_on_a_page(tmp_path: Path) -> None:
    page = {
        "title": "Der Steg ist weg",
        "language": "de",
        "paragraphs": ["Der Sturm nahm den Steg von Holm mit. Niemand wurde verletzt."],
    }
    answer = opened(tmp_path, page).ask("kann man irgendwo Pralinen kaufen?")
    assert answer.status == "not_in_article"
    assert "irgendwo" not in answer.text


def test_a_name_of_nothing_but_a_function_word_is_a_name(tmp_path: Path) -> None:
    page = {
        "title": "Two crews share the harbour",
        "language": "en",
        "paragraphs": [
            "The pilot boat was late again. Captain Ben told the crew to wait, and Will Will, the "
            "cook, said the soup was ready. “We sail at six,” said Captain Ben.",
        ],
    }
    assert "sail at six" in _quoted(opened(tmp_path, page).ask("Who said “We sail at six”?"))


_TALK = [
    "Dora Lindqvist has baked for the prison for twenty years. On Friday she hangs up her apron.",
    "Ms Lindqvist, who taught you to bake?",
    "My aunt Hanna did. She told me: “Salt first, talk later.” I still do it that way.",
    "The governor says you fed him stale bread.",
    "Once, and he asked for it. I gave him what was left of the Sunday loaf.",
    "The ovens are never cold before noon.",
    "Will you miss it?",
    "The smell at four in the morning. Nothing else.",
    "The prison service, asked about the bread, said it kept no record of loaves.",
    "Lindqvist laughs and folds her apron into a square.",
]


def _said(paragraphs: list[str], language: str, title: str) -> list[tuple[str | None, str]]:
    article = {"title": title, "language": language, "paragraphs": paragraphs}
    found = find_statements(read_bytes(json.dumps(article).encode()))
    return [(item.speaker.name if item.speaker else None, item.text) for item in found]


def test_the_answers_of_an_interview_are_whose_the_head_names() -> None:
    said = _said(_TALK, "en", "The last loaf")
    theirs = [text for name, text in said if name == "Dora Lindqvist"]
    assert [text.split()[0] for text in theirs] == ["My", "Once,", "The", "The"]
    assert not any(text.startswith(("The governor", "Lindqvist")) for _, text in said)
    assert ("the prison service", "it kept no record of loaves") in [
        (name and name.lower(), text) for name, text in said
    ]


def test_of_paragraphs_behind_dashes_every_other_answers() -> None:
    said = _said(
        [
            "Клуб «Бриз» вышел в финал. Мы поговорили с тренером Олегом Савиным.",
            "— Олег Петрович, как вам это удалось?",
            "— Работой. Бегали по песку каждое утро.",
            "— Болельщики жаловались на погоду.",
            "— Пусть жалуются. Песок не замерзает.",
            "— Что дальше?",
            "— Отпуск.",
        ],
        "ru",
        "Бриз в финале",
    )
    assert [text.strip("— ") for name, text in said if name and "Савин" in name] == [
        "Работой. Бегали по песку каждое утро.",
        "Пусть жалуются. Песок не замерзает.",
        "Отпуск.",
    ]


def test_advice_to_the_reader_is_no_interview() -> None:
    said = _said(
        [
            "The village keeps one sourdough for everybody. It is older than the mill.",
            "How do you feed it?",
            "You weigh the starter and add the same of flour.",
            "Can you freeze it?",
            "You can, in a jar with a loose lid.",
            "How do you wake it again?",
            "You leave it on the table for a day.",
        ],
        "en",
        "Sourdough for beginners",
    )
    assert said == []
