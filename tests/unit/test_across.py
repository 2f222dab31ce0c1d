"""Questions to a library of twelve articles in six languages, half of them with comments."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from index.library.library import Library

DATA = Path(__file__).parent.parent / "data" / "library_of_twelve"


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("twelve")
    tags = json.loads((DATA / "tags.json").read_text("utf-8"))
    library = Library(home)
    for number, article in enumerate(_lines("articles.jsonl")):
        source = home / f"{number}.json"
        source.write_text(json.dumps(article), "utf-8")
        opened = Assistant.open(source, home=home, llm=None).article
        library.tag(opened.id, tags.get(opened.title, ()))
    return Assistant.open(home=home, llm=None)


def _cases() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["question"],
            marks=pytest.mark.xfail(reason=case["open"]) if "open" in case else (),
        )
        for case in _lines("questions.jsonl")
    ]


@pytest.mark.parametrize("case", _cases())
def test_the_articles_that_tell_something_are_named_and_no_other(
    twelve: Assistant, case: dict[str, Any]
) -> None:
    answer = twelve.ask(case["question"])
    titles = [article["title"] for article in _lines("articles.jsonl")]
    if case.get("refused"):
        assert answer.status == "not_in_article"
        assert not answer.citations
        return
    assert [t for t in titles if t in answer.text] == [t for t in titles if t in case["named"]]
    assert all(words in answer.text for words in case.get("said", ()))
    assert not any(words in answer.text for words in case.get("unsaid", ()))
