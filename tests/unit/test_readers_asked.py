"""Questions for what readers write, in whatever words, and the comments that come nearest."""

import pytest

from assistant import Assistant
from assistant.learned import Learned
from assistant.settings import Settings
from tests.support.pages import opened

_PAGE = {
    "title": "Harbour town sells its winter ferry",
    "language": "en",
    "paragraphs": [
        "The council sold the winter ferry on Tuesday for two million crowns. The villagers of "
        "Skerry Holm protested on the quay with lanterns.",
        "The mayor, Ola Brandt, said the boat had run empty since October.",
    ],
    "comments": [
        {"number": "1", "author": "tidewatch", "score": 3, "text": "Lovely lanterns, though."},
        {
            "number": "2",
            "author": "Runa",
            "score": 1,
            "text": "I clean the cabins on that boat. It carried forty people on every crossing I "
            "worked, so empty is simply not true.",
        },
        {"number": "3", "author": "Piet", "score": 9, "text": "My cat is called Ferry."},
        {
            "number": "4",
            "author": "kelp",
            "score": 2,
            "text": "Two million is a joke, the engine alone cost three the year before last.",
        },
    ],
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("ferry"), _PAGE)


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("what do the folks below the article think of the price", True),
        ("die leute da unten im thread, sind die eher wütend?", True),
        ("ils en disent quoi les gens sous l'article", True),
        ("what do the villagers say about the price", False),
        ("was sagt die bürgermeisterin zum preis?", False),
        ("how much did the ferry cost", False),
    ],
)
def test_readers_are_asked_in_whatever_words(question: str, is_asked: bool) -> None:
    classifier = Learned.open(Settings.from_environment()).classifier
    assert classifier is not None
    assert classifier.asks_readers(question) is is_asked


def test_the_comments_nearest_to_what_is_asked_are_told(page: Assistant) -> None:
    answer = page.ask("what do the folks below the article grumble about when it comes to money?")
    assert any("engine alone" in citation.quote for citation in answer.citations)
    assert all(citation.author for citation in answer.citations)


def test_a_stand_is_shown_by_what_is_written_about_it(page: Assistant) -> None:
    answer = page.ask("do the people in the thread believe the boat ran empty?")
    assert any("forty people" in citation.quote for citation in answer.citations)


def test_readers_are_not_asked_for_somebody_the_page_does_not_know(page: Assistant) -> None:
    answer = page.ask("What do readers say about Valentina Orsini?")
    assert answer.status == "not_in_article"


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("What do readers say about zebras?", "partly_answered"),
        ("What do readers say?", "answered"),
    ],
)
def test_what_readers_say_of_something_no_comment_has_is_told_as_a_guess(
    page: Assistant, question: str, status: str
) -> None:
    assert page.ask(question).status == status


def test_behind_a_comment_another_topic_is_none_of_its_authors(page: Assistant) -> None:
    talk = page.conversation()
    talk.ask("What did Runa write?")
    assert talk.ask("What is the capital of Mongolia?").status == "not_in_article"
    talk.ask("What did Runa write?")
    assert any(c.author == "Runa" for c in talk.ask("Did she count the people?").citations)
