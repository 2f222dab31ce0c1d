"""What a question counts is shown in the thread: the filter it opens with, in every language."""

from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from page.views.counting import counted
from page.views.workbench import Wish, Workbench, workbench

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "harlow-library.en.json"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return Assistant.open(SAMPLE, llm=None, home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def bench(assistant: Any) -> Workbench:
    return workbench(assistant.article, assistant.disputes(), assistant.debate())


def _counted(assistant: Any, bench: Workbench, *questions: str) -> Any:
    talk = assistant.conversation()
    for question in questions:
        talk.ask(question)
    return counted(talk.before.question, bench)


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("How many are against?", {"stance": "against"}),
        ("How many readers don't agree?", {"stance": "against"}),
        ("How many readers agree?", {"stance": "for"}),
        ("How many are for or against?", {"sort": "disputed"}),
        ("Combien ne sont pas d'accord ?", {"stance": "against"}),
        ("Combien sont contre ?", {"stance": "against"}),
        ("Wie viele sind dagegen?", {"stance": "against"}),
        ("¿Cuántos están en contra?", {"stance": "against"}),
        ("Quanti sono contrari?", {"stance": "against"}),
        ("Quantos são contra?", {"stance": "against"}),
        ("Сколько читателей против?", {"stance": "against"}),
        ("Kaç okur karşı?", {"stance": "against"}),
        ("How many comments were deleted?", {"state": "deleted"}),
        ("How many comments did Grant write?", {"author": "Grant"}),
        ("How many comments are there?", {}),
        ("When does the council vote?", None),
        ("How many books does the library hold?", None),
        ("Are the readers against it?", None),
    ],
)
def test_a_question_that_counts_names_the_filter_of_what_it_counts(
    assistant: Any, bench: Workbench, question: str, query: dict[str, str] | None
) -> None:
    assert _counted(assistant, bench, question) == query


def test_an_author_of_an_earlier_question_is_not_counted(assistant: Any, bench: Workbench) -> None:
    asked = ("What does Grant write?", "How many comments are there?")
    assert _counted(assistant, bench, *asked) == {}


def test_the_number_of_an_answer_is_that_of_the_comments_it_opens(
    assistant: Any, bench: Workbench
) -> None:
    answer = assistant.ask("How many comments were deleted?")
    assert f"{len(bench.found(Wish.from_query({'state': 'deleted'})))} (4.1)" in answer.text


def test_no_stance_is_counted_before_disputes_are_known(assistant: Any) -> None:
    early = workbench(assistant.article)
    assert _counted(assistant, early, "How many are against?") is None
