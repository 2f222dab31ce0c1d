"""Reading files of cases: many forms, every fault with its place."""

import json
from pathlib import Path

import pytest

from assistant import CasesError
from assistant.evaluation.cases import data_sets, read_cases, survey
from assistant.evaluation.cases.entries import read_entries


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_holds_the_same_cases_as_json_lines(tmp_path: Path) -> None:
    lines = _file(
        tmp_path,
        "cases.jsonl",
        json.dumps(
            {
                "id": "one",
                "article": "page.txt",
                "question": "Who said it?",
                "answer_all": [["Marit", "the harbour master"], ["1912"]],
                "answer_none": ["Olsen"],
                "cite_any_of": ["a pier; of stone"],
                "refuse": False,
            }
        ),
    )
    table = _file(
        tmp_path,
        "cases.csv",
        "id;article;question;answer_all;answer_none;cite_any_of;refuse\n"
        'one;page.txt;Who said it?;"Marit|the harbour master;1912";Olsen;'
        '"[""a pier; of stone""]";no\n',
    )
    assert list(read_cases(lines)) == list(read_cases(table))


def test_a_squad_file_gives_answers_as_alternatives_and_impossible_questions_as_refusals(
    tmp_path: Path,
) -> None:
    qas = [
        {"id": "a", "question": "How high?", "answers": [{"text": "nine metres"}, {"text": "9 m"}]},
        {"id": "b", "question": "How deep?", "answers": [], "is_impossible": True},
    ]
    entry = {"title": "The_crane", "paragraphs": [{"context": "It is nine metres.", "qas": qas}]}
    path = _file(tmp_path, "crane.json", json.dumps({"data": [entry]}))
    possible, impossible = read_cases(path)
    assert possible.answer_all == (("nine metres", "9 m"),)
    assert possible.article == f"{path}#0"
    assert impossible.refuse
    assert not possible.refuse


def test_an_article_is_found_beside_the_cases_file(tmp_path: Path) -> None:
    page = _file(tmp_path, "page.txt", "A page about cranes and piers.")
    line = '{"id": "1", "article": "page.txt", "question": "What?"}\n'
    case = next(read_cases(_file(tmp_path, "cases.jsonl", line)))
    assert case.article == str(page)


def test_one_article_can_be_asked_instead_of_those_that_cases_name(tmp_path: Path) -> None:
    line = '{"id": "1", "question": "What?"}\n'
    case = next(read_cases(_file(tmp_path, "cases.jsonl", line), article="other.html"))
    assert case.article == "other.html"


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("c.jsonl", '{"id": "1", "article": "a", "question": "?"}\n{broken', "line 2: not JSON"),
        ("c.jsonl", '{"id": "1", "article": "a"}', "line 1, field question"),
        ("c.jsonl", '{"id": "1", "article": "a", "question": " "}', "line 1, field question"),
        ("c.jsonl", '{"id": "1", "article": "a", "question": "?", "x": 1}', "line 1, field x"),
        ("c.jsonl", '{"id": "1", "article": "a", "question": "?"}\n' * 2, "field id"),
        ("c.jsonl", "\n", "no case"),
        ("c.csv", "id,article,question,refuse\n1,a,?,perhaps\n", "line 2, field refuse"),
        ("c.csv", "id,article,question\n1,a,?,too many\n", "line 2: more cells"),
        ("c.csv", 'id,article,question,answer_all\n1,a,?,"[""x"""\n', "line 2, field answer_all"),
        (
            "c.json",
            '{"data": [{"paragraphs": [{"qas": []}]}]}',
            "field data.0.paragraphs.0.context",
        ),
        ("c.json", "[1", "line 1: not JSON"),
    ],
)
def test_a_fault_names_the_file_and_its_place(
    tmp_path: Path, name: str, text: str, place: str
) -> None:
    path = _file(tmp_path, name, text)
    with pytest.raises(CasesError) as caught:
        survey(path)
    assert str(path) in str(caught.value)
    assert place in str(caught.value)


def test_a_missing_file_is_an_error_not_an_empty_run(tmp_path: Path) -> None:
    with pytest.raises(CasesError):
        survey(tmp_path / "nothing.jsonl")


def test_the_turns_of_a_conversation_are_asked_of_one_article_each_after_those_before(
    tmp_path: Path,
) -> None:
    page = _file(tmp_path, "page.txt", "A page about cranes and piers.")
    turns = [
        {"id": "t1", "article": "page.txt", "question": "Who is Marit?"},
        {"article": "elsewhere.txt", "question": "And what does she say?", "sentences": 2},
    ]
    lines = _file(tmp_path, "c.jsonl", json.dumps({"conversation": "talk", "turns": turns}))
    first, second = read_cases(lines)
    assert (first.id, second.id) == ("t1", "talk.2")
    assert first.article == second.article == str(page)
    assert second.before == ("Who is Marit?",)
    assert second.sentences == (2, 2)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "ragas.jsonl",
            '{"user_input": "How high?", "reference": "Nine metres.", "response": "9",'
            ' "retrieved_contexts": ["The crane is nine metres high."]}',
        ),
        (
            "deepeval.json",
            '[{"input": "How high?", "expected_output": "Nine metres.", "actual_output": "9",'
            ' "context": ["The crane is nine metres high."]}]',
        ),
        (
            "ragas.csv",
            "user_input,retrieved_contexts,response,reference\n"
            "How high?,['The crane is nine metres high.'],9,Nine metres.\n",
        ),
    ],
)
def test_a_data_set_of_another_tool_brings_its_contexts_as_the_article(
    tmp_path: Path, name: str, text: str
) -> None:
    (case,) = read_cases(_file(tmp_path, name, text))
    assert (case.question, case.reference, case.answer) == ("How high?", "Nine metres.", "9")
    file, position = data_sets.entry_named(case.article) or (Path(), -1)
    (content,) = (entry.content for entry in read_entries(file) if entry.position == position)
    article = data_sets.carried_article(content, source_key="x")
    assert article.text == "The crane is nine metres high."


def test_the_assertions_of_promptfoo_become_expectations(tmp_path: Path) -> None:
    text = """
tests:
  - vars: {question: "How high is it?", article: page.txt}
    assert:
      - {type: icontains-any, value: [nine metres, 9 m]}
      - {type: not-contains, value: ten}
  - vars: {question: "Whose is it?", article: page.txt}
    assert: [{type: llm-rubric, value: polite}]
"""
    cases = read_cases(_file(tmp_path, "promptfoo.yaml", text))
    case = next(cases)
    assert case.answer_all == (("nine metres", "9 m"),)
    assert case.answer_none == ("ten",)
    with pytest.raises(CasesError, match=r"tests.2, field assert: 'llm-rubric'"):
        next(cases)
