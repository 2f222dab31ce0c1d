"""Questions as people ask them: each kind is answered, in any dress, and facts are looked up."""

import json
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.extractive import answers_of
from assistant.intents import INTENTS
from assistant.locale import languages, phrases
from index.reading import read_text
from tests.support.pages import opened

_PAGE = {
    "title": "Lido of Wexcombe reopens after repairs",
    "language": "en",
    "author": "Nora Ashby",
    "published_at": "2024-05-14T07:00:00+00:00",
    "paragraphs": [
        "The lido of Wexcombe will reopen on 3 May after repairs billed at £240,000.",
        "Mayor Julie Harrow said the pool was safe. “No tile is loose,” she told reporters.",
        "Engineer Piet Zander, who measured the basin, disagreed: the pool is not safe, he said.",
        "Correction: an earlier version of this article gave the cost as £420,000.",
    ],
    "comments": [
        {
            "number": "1",
            "author": "Gull_on_the_mast",
            "posted_at": "2024-05-14T08:02:00+00:00",
            "score": 12,
            "text": "Harrow is wrong, the pool is not safe. I cut my foot on a loose tile.",
        },
        {
            "number": "1.1",
            "author": "Tansy",
            "posted_at": "2024-05-14T09:45:00+00:00",
            "score": -4,
            "text": "That was last year, before the repairs.",
        },
        {"number": "2", "author": "old swimmer", "score": 3, "text": "At last! See you in May."},
    ],
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("kinds"), _PAGE)


def _labels(answer: Answer) -> list[str]:
    return [citation.label for citation in answer.citations]


def test_every_kind_of_question_has_its_words_and_somebody_who_answers() -> None:
    for intent in INTENTS:
        assert callable(answers_of(intent))
        if intent.recognised == "words":
            assert phrases("en").asks[intent.name], intent.name


@pytest.mark.parametrize("language", languages())
def test_every_language_has_a_sentence_for_whatever_is_said_in_english(language: str) -> None:
    english = phrases("en")
    assert english.frames.keys() <= phrases(language).frames.keys()
    assert english.filters.keys() <= phrases(language).filters.keys()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who wrote this article?", "Nora Ashby"),
        ("When was this article published?", "14 May 2024"),
        ("Quel est le titre de l'article ?", "Lido of Wexcombe reopens"),
        ("Wann wurde der Artikel veröffentlicht?", "14. Mai 2024"),
    ],
)
def test_what_the_page_says_of_itself_is_looked_up(
    page: Assistant, question: str, told: str
) -> None:
    answer = page.ask(question)
    assert told in answer.text
    assert not answer.citations


def test_what_the_page_does_not_say_of_itself_is_said_to_be_missing(page: Assistant) -> None:
    answer = page.ask("Which newspaper is this from?")
    assert answer.status == "not_in_article"
    assert "no outlet" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What did Julie Harrow say?",
        "hi, what did Julie Harrow say?",
        "can you tell me: what did Julie Harrow say please?",
        "WHAT DID JULIE HARROW SAY?",
        "what did julie harrow say thanks",
        "What did Julie Harow say?",
    ],
)
def test_a_question_is_the_same_in_any_dress(page: Assistant, question: str) -> None:
    answer = page.ask(question)
    assert {citation.speaker for citation in answer.citations if citation.label == "A2"} == {
        "Julie Harrow"
    }


def test_a_first_name_that_is_not_theirs_names_nobody(page: Assistant) -> None:
    answer = page.ask("What did Paul Harrow say?")
    assert answer.status == "not_in_article"
    assert "Julie Harrow" in answer.text


def test_a_filter_of_comments_is_told_with_what_it_leaves(page: Assistant) -> None:
    answer = page.ask("List all comments with a negative score")
    assert "score below zero" in answer.text
    assert _labels(answer) == ["C1.1"]


def test_the_record_of_a_comment_is_told_with_its_words(page: Assistant) -> None:
    answer = page.ask("When was comment 1.1 posted?")
    assert "14 May 2024, 09:45" in answer.text
    assert "-4" in answer.text


def test_what_one_reader_replied_to_another_is_what_answers_it(page: Assistant) -> None:
    assert _labels(page.ask("What did Tansy reply to Gull_on_the_mast?")) == ["C1.1"]
    silent = page.ask("What did old swimmer reply to Tansy?")
    assert "did not reply" in silent.text


def test_two_who_are_compared_are_quoted_one_after_the_other(page: Assistant) -> None:
    answer = page.ask("Compare what Harrow and Zander say")
    assert {"A2", "A3"} <= set(_labels(answer))


def test_the_stand_of_readers_begins_with_their_verdict(page: Assistant) -> None:
    answer = page.ask("Do readers agree with the mayor?")
    assert "C1" in _labels(answer)
    assert {citation.source for citation in answer.citations if citation.label == "C1"} == {
        "comment"
    }


def test_an_earlier_version_is_not_the_answer(page: Assistant) -> None:
    answer = page.ask("What did the repairs cost?")
    assert "£240,000" in answer.text
    assert "£420,000" not in answer.text


def test_why_something_happened_that_did_not_is_refused_and_named(page: Assistant) -> None:
    answer = page.ask("Why did the mayor resign?")
    assert answer.status == "not_in_article"
    assert "resign" in answer.text


def test_a_refusal_offers_what_is_nearest_and_cites_nothing(page: Assistant) -> None:
    answer = page.ask("How old is Piet Zander?")
    assert answer.status == "not_in_article"
    assert not answer.citations
    assert answer.nearest
    assert all(offered.quote in offered.passage_text for offered in answer.nearest)


def test_a_request_is_no_question_about_the_page(page: Assistant) -> None:
    answer = page.ask("Translate the title into Polish")
    assert answer.status == "not_in_article"
    assert "no question about this page" in answer.text


def test_a_conversation_keeps_its_subject_over_a_question_about_the_page(page: Assistant) -> None:
    talk = page.conversation()
    talk.ask("What did Julie Harrow say?")
    talk.ask("Who wrote this article?")
    answer = talk.ask("Did she say that the pool was safe?")
    assert "Julie Harrow" in {citation.speaker for citation in answer.citations}


def test_short_questions_are_answered_in_their_own_language(page: Assistant) -> None:
    assert page.ask("Byline?").language == "en"
    assert page.ask("top comment?").language == "en"
    assert page.ask("Was fordert Piet Zander?").language == "de"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("What is the name of the mayor?", "A2"),
        ("Wie heißt der Ingenieur?", "A3"),
        ("Who is Piet Zander?", "A3"),
    ],
)
def test_who_bears_an_office_is_read_where_the_name_stands(
    page: Assistant, question: str, label: str
) -> None:
    assert _labels(page.ask(question))[0] == label


@pytest.mark.parametrize(
    "question", ["What is the name of the plumber?", "¿Cómo se llama el ministro?"]
)
def test_a_name_that_the_page_does_not_give_is_refused(page: Assistant, question: str) -> None:
    answer = page.ask(question)
    assert answer.status == "not_in_article"
    assert not answer.citations


@pytest.mark.parametrize(
    "question", ["How deep are the foundations?", "How many cooks work there?"]
)
def test_a_number_of_what_the_page_does_not_know_is_refused(page: Assistant, question: str) -> None:
    assert page.ask(question).status == "not_in_article"


def test_what_readers_say_is_about_what_was_quoted_last(page: Assistant) -> None:
    talk = page.conversation()
    talk.ask("What did Julie Harrow say?")
    assert _labels(talk.ask("And the readers?"))[0] == "C1"


def test_he_who_denies_is_who_he_means_from_then_on(page: Assistant) -> None:
    talk = page.conversation()
    talk.ask("What did Julie Harrow say?")
    talk.ask("Who denies that?")
    assert "A3" in _labels(talk.ask("What did he measure?"))


def test_what_else_he_says_is_told_in_his_words(page: Assistant) -> None:
    talk = page.conversation()
    talk.ask("What did Julie Harrow say?")
    talk.ask("Who denies that?")
    assert "A3" in _labels(talk.ask("What else does he say?"))


@pytest.mark.parametrize(
    ("language", "paragraphs", "question", "quoted"),
    [
        (
            "en",
            ["The board meets in May about the quay.", "Agnes Tolley, 61, a net mender, is angry."],
            "How old is Agnes Tolley?",
            "Agnes Tolley, 61",
        ),
        (
            "de",
            ["Der Rat tagt im Mai zur Brücke.", "Horst Malchau (58) lehnte den Plan ab."],
            "Wie alt ist Horst Malchau?",
            "Horst Malchau (58)",
        ),
        (
            "de",
            ["Der Rat tagt im Mai zur Brücke.", "Horst Malchau (58) lehnte den Plan ab."],
            "Wie alt ist die Brücke?",
            None,
        ),
    ],
)
def test_an_age_stands_behind_a_name_and_is_nobody_elses(
    language: str, paragraphs: list[str], question: str, quoted: str | None
) -> None:
    page = {"title": "T", "language": language, "paragraphs": paragraphs, "comments": []}
    answer = Assistant.open(read_text(json.dumps(page)), llm=None).ask(question)
    assert (answer.status == "answered") == (quoted is not None)
    assert quoted is None or quoted in answer.text


def test_a_question_for_what_somebody_is_tells_nothing_of_the_page_itself(
    page: Assistant,
) -> None:
    answer = page.ask("What nationality has George Eliott?")

    assert answer.status == "not_in_article"


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Quand le conseil municipal doit-il voter ?", "answered"),
        ("Quand le conseil municipal doit-il voter avec Kamui Kobayashi ?", "not_in_article"),
    ],
)
def test_a_name_that_the_page_does_not_have_is_not_answered_by_what_is_like_it(
    tmp_path: Path, question: str, status: str
) -> None:
    harbour = Path(__file__).parents[2] / "samples" / "port-de-valmer.fr.txt"
    assert Assistant.open(harbour, home=tmp_path).ask(question).status == status
