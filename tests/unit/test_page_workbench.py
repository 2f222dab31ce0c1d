"""The thread as a workbench: what a wish leaves, in which order, with which numbers."""

import csv
import io
import json
from typing import Any

import pytest

from assistant.locale.page import words_of
from index.article import Article
from index.disputes import debate_of, find_disputes
from index.reading import read_article, read_bytes
from index.statements import find_statements
from page.views.workbench import Wish, Workbench, as_csv, as_records, workbench

WORDS = words_of("en")
CLAIM = "The pier will be open in June and costs nobody a cent"
STORY = {
    "title": "The pier of Ossby",
    "language": "en",
    "paragraphs": [f"Mayor Ida Krenn said: “{CLAIM}.”"],
    "comments": [
        {"id": "1", "author": "Gull", "score": 3, "text": "=2+2 The pier is a fine thing."},
        {"id": "2", "author": "Crab", "score": 9, "text": f"“{CLAIM}” That is false."},
        {"id": "3", "author": "Gull", "score": -4, "parent": "2", "text": "I agree with you."},
        {"id": "4", "score": 0, "text": "Le port est fermé depuis que la tempête est passée."},
        {"id": "5", "author": "Eel", "deleted": True, "text": ""},
    ],
}

THREAD = {
    "title": "The pier of Ossby",
    "paragraphs": ["The pier is shut."],
    "comments": [
        {"id": "a", "author": "Gull", "text": "Since when?"},
        {"id": "b", "author": "Crab", "text": "Since May.", "parent": "a"},
        {"id": "c", "author": "Eel", "text": "Deep water damaged it.", "parent": "b"},
        {"id": "d", "author": "Gull", "text": "Nobody told us.", "parent": "a"},
        {"id": "e", "author": "Crab", "text": "What does it cost?"},
        {"id": "f", "author": "Gull", "text": "A lot.", "parent": "e"},
    ],
}


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Article:
    file = tmp_path_factory.mktemp("story") / "story.json"
    file.write_text(json.dumps(STORY), "utf-8")
    return read_article(file)


@pytest.fixture(scope="module")
def bench(article: Article) -> Workbench:
    disputes = find_disputes(article, find_statements(article))
    return workbench(article, disputes, debate_of(article, disputes, ()))


def _numbers(bench: Workbench, **query: str) -> list[str]:
    return [row.comment.number for row in bench.found(Wish.from_query(query))]


def test_a_search_finds_words_authors_and_numbers_in_any_case(bench: Workbench) -> None:
    assert _numbers(bench, search="FINE THING") == ["1"]
    assert "2" in _numbers(bench, search="crab")


@pytest.mark.parametrize(
    ("sort", "first"), [("best", "2"), ("worst", "2.1"), ("answered", "2"), ("thread", "1")]
)
def test_an_order_puts_its_own_first(bench: Workbench, sort: str, first: str) -> None:
    assert _numbers(bench, sort=sort)[0] == first


def test_filters_are_counted_beside_each_other(bench: Workbench) -> None:
    wish = Wish.from_query({"author": "Gull"})
    authors = {c.value: c.number for c in bench.choices(wish, WORDS)["author"]}
    assert authors == {"Gull": 2, "Crab": 1, "Eel": 1, " ": 1}
    kinds = {c.value: c.number for c in bench.choices(wish, WORDS)["state"]}
    assert kinds == {"opening": 1, "reply": 1}
    for name, choices in bench.choices(wish, WORDS).items():
        for choice in choices:
            both = Wish.from_query({"author": "Gull", name: choice.value})
            assert len(bench.found(both)) == choice.number, (name, choice)


def test_anonymous_deleted_and_foreign_comments_can_be_chosen(bench: Workbench) -> None:
    assert _numbers(bench, author=" ") == ["3"]
    assert _numbers(bench, state="deleted") == ["4"]
    assert _numbers(bench, language="fr") == ["3"]


def test_who_objects_is_found_by_stance_and_claim(bench: Workbench) -> None:
    assert _numbers(bench, stance="against") == ["2", "2.1"]  # who agrees with 2 objects as well
    assert _numbers(bench, stance="against", claim="1") == ["2", "2.1"]


def test_arguments_can_be_chosen_once_a_claim_is(bench: Workbench) -> None:
    assert "argument" not in bench.choices(Wish.from_query({}), WORDS)
    choices = bench.choices(Wish.from_query({"claim": "1"}), WORDS)["argument"]
    assert choices
    for choice in choices:
        assert _numbers(bench, claim="1", argument=choice.value)
        assert len(_numbers(bench, argument=choice.value)) == choice.number


def test_replies_are_folded_away_one_by_one_or_all_but_one() -> None:
    bench = workbench(read_bytes(json.dumps(THREAD).encode()))
    below = {row.comment.number: row.below for row in bench.rows}
    assert below == {"1": 3, "1.1": 1, "1.1.1": 0, "1.2": 0, "2": 1, "2.1": 0}
    assert _numbers(bench, turned="1.1") == ["1", "1.1", "1.2", "2", "2.1"]
    assert _numbers(bench, turned="1,1.1") == ["1", "2", "2.1"]
    assert _numbers(bench, folded="all") == ["1", "2"]
    assert _numbers(bench, folded="all", turned="1") == ["1", "1.1", "1.2", "2"]


@pytest.mark.parametrize("query", [{"search": "deep"}, {"author": "Eel"}, {"only": "1.1.1"}])
def test_what_is_wished_for_is_found_in_a_folded_thread_too(query: dict[str, str]) -> None:
    bench = workbench(read_bytes(json.dumps(THREAD).encode()))
    assert _numbers(bench, folded="all", **query) == ["1.1.1"]


def test_without_disputes_no_stance_is_claimed(article: Article) -> None:
    early = workbench(article)
    assert not early.has_stances
    assert {row.counts_as["stance"] for row in early.rows} <= {frozenset({"neither"}), frozenset()}


@pytest.mark.parametrize("query", [{"sort": "x"}, {"only": ","}, {"first": "9"}, {"claim": ""}])
def test_a_query_that_means_nothing_shows_everything(
    bench: Workbench, query: dict[str, Any]
) -> None:
    assert len(_numbers(bench, **query)) == 5


def test_a_table_holds_no_formula_and_the_records_every_comment(bench: Workbench) -> None:
    rows = bench.found(Wish.from_query({}))
    table = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert [line["number"] for line in table] == ["1", "2", "2.1", "3", "4"]
    assert table[0]["text"].startswith("'=2+2")
    assert table[2]["score"] == "-4"
    assert as_records(rows)[1]["stances"] == "against"
