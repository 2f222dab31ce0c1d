"""What is asked of somebody is told by what the page says of them, and of nobody else."""

import pytest

from assistant import Assistant
from index.statements import NamedPerson
from tests.support.pages import opened

_PAGE = {
    "title": "Ferry to Ardle is cut to two sailings a week",
    "language": "en",
    "paragraphs": [
        "The ferry to Ardle will sail twice a week from May, the council said.",
        "Mary Pell, 44, who chairs the council and is known on the pier as the Heron, defended "
        'the timetable. "We counted every ticket," she said. She works for the port as well.',
        'The survey of passengers was flawed, critics say. "They asked in November," said Angus '
        'Brodie, a baker. "Nobody travels in November."',
        "Two ports were closed in winter. Ruth Lang, a teacher, has lived there for 31 years. "
        "She is against the new timetable.",
    ],
    "comments": [
        {"number": "1", "author": "tern_42", "score": 5, "text": "I worked at the pier till 2019."},
        {"number": "1.1", "author": "Mo", "score": 2, "text": "@tern_42 and what a pier it was."},
    ],
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("somebody"), _PAGE)


def test_everybody_is_known_by_name_who_says_nothing(page: Assistant) -> None:
    people: tuple[NamedPerson, ...] = page._pages.only.people
    assert "Ruth Lang" in {person.name for person in people}


def test_somebody_is_meant_by_what_they_are_called_besides(page: Assistant) -> None:
    answer = page.ask("What did the Heron say?")
    assert "We counted every ticket" in answer.text
    assert {citation.speaker for citation in answer.citations} == {"Mary Pell"}


def test_the_articles_own_sentence_tells_how_somebody_stands_to_a_topic(page: Assistant) -> None:
    answer = page.ask("What does Ruth Lang think of the timetable?")
    assert "She is against the new timetable." in answer.text
    assert "We counted" not in answer.text


def test_words_are_about_what_their_paragraph_is_about(page: Assistant) -> None:
    assert "They asked in November" in page.ask("What does Angus Brodie say about the survey?").text


def test_what_is_asked_of_somebody_may_stand_behind_their_name(page: Assistant) -> None:
    assert "for the port" in page.ask("Who does Mary Pell work for?").text


@pytest.mark.parametrize(
    "question",
    [
        "How old is Ruth Lang?",  # 31 years are no age
        "How old is Angus Brodie?",
        "Where does tern_42 live?",
        "Which two ports were closed in winter?",
        "How much does a flight to Lisbon cost?",
    ],
)
def test_what_the_page_does_not_tell_of_them_is_refused(page: Assistant, question: str) -> None:
    answer = page.ask(question)
    assert (answer.status, answer.citations) == ("not_in_article", ())


def test_what_a_reader_tells_of_themselves_answers(page: Assistant) -> None:
    assert "till 2019" in page.ask("Until when did tern_42 work at the pier?").text


def test_that_reply_is_the_one_that_was_quoted_last(page: Assistant) -> None:
    talk = page.conversation()
    talk.ask("Who replied to tern_42?")
    assert "+2" in talk.ask("And how many likes has that reply?").text


@pytest.mark.parametrize(
    "question",
    [
        "What does the plumber say?",  # nobody on the page is one
        "What does Mr Pell say?",
        "What did the former baker say?",
    ],
)
def test_the_words_of_another_than_who_is_meant_are_refused(page: Assistant, question: str) -> None:
    answer = page.ask(question)
    assert answer.status == "not_in_article"
    assert not answer.citations


def test_who_is_not_on_the_page_is_answered_with_who_speaks(page: Assistant) -> None:
    assert "Mary Pell" in page.ask("What does the plumber say?").text


def test_only_readers_answer_what_is_asked_of_readers(page: Assistant) -> None:
    answer = page.ask("Which reader used to work there?")
    assert {citation.source for citation in answer.citations} <= {"comment"}


def test_the_first_letter_of_a_word_is_no_slip(page: Assistant) -> None:
    spelling = page._pages.only.spelling
    assert spelling.meant_by("pasengers") == "passengers"
    assert spelling.meant_by("massengers") is None
