"""The command line: JSON and nothing else on standard output, exit codes, one-sentence faults."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parent.parent.parent / "samples"
FRENCH = str(SAMPLES / "port-de-valmer.fr.txt")
ENGLISH = str(SAMPLES / "harlow-library.en.json")


def _assistant(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "assistant", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=120)


def _json(*arguments: str, stdin: bytes = b"") -> dict[str, Any]:
    done = _assistant(*arguments, "--json", stdin=stdin)
    assert done.returncode == 0, done.stderr.decode()
    value = json.loads(done.stdout)
    assert isinstance(value, dict)
    return value


def test_show_prints_the_article_and_its_output_reads_back_the_same(tmp_path: Path) -> None:
    shown = _json("show", FRENCH)
    article = shown["article"]
    assert article["language"] == "fr"
    assert article["reported_comment_count"] == 7
    for passage in article["passages"]:
        assert article["text"][passage["start"] : passage["end"]] == passage["text"]
    for comment in article["comments"]:
        if not comment["deleted"]:
            assert article["text"][comment["start"] : comment["end"]] == comment["text"]
    again = tmp_path / "again.json"
    again.write_text(json.dumps(shown))
    assert _json("show", str(again)) == shown


def test_ask_prints_one_answer() -> None:
    answer = _json("ask", FRENCH, "Quand vote le conseil ?", "--engine", "extractive")
    assert set(answer) == {
        "question",
        "language",
        "status",
        "verdict",
        "text",
        "sentences",
        "citations",
        "nearest",
        "retrieved",
        "warnings",
        "dropped",
        "engine",
        "usage",
        "seconds",
    }
    assert answer["status"] == "answered"
    assert answer["retrieved"][0]["rank"] == 1
    assert answer["citations"][0]["source"] == "article"


def test_ask_reads_an_article_from_standard_input() -> None:
    answer = _json("ask", "-", "Quand vote le conseil ?", stdin=Path(FRENCH).read_bytes())
    assert "22 mars" in answer["text"]


def test_quotes_are_listed_by_speaker() -> None:
    found = _json("quotes", FRENCH, "--speaker", "Orvault")["statements"]
    assert found
    assert {statement["speaker"]["name"] for statement in found} == {"Bastien Orvault"}


def test_disputes_name_both_ends() -> None:
    for dispute in _json("disputes", FRENCH)["disputes"]:
        assert dispute["claim"]["text"]
        assert dispute["contested_by"]
        assert dispute["arguments"]


def test_disputes_are_a_table_with_a_line_for_each_position(tmp_path: Path) -> None:
    page = {
        "title": "Lido",
        "language": "en",
        "paragraphs": ["“Entry costs 5 pounds,” said the manager, Joan Trill."],
        "comments": [{"number": "1", "author": "=A1", "text": "5 pounds? That is a lie."}],
    }
    source = tmp_path / "lido.json"
    source.write_text(json.dumps(page))
    done = _assistant("disputes", str(source), "--csv")
    assert done.returncode == 0, done.stderr.decode()
    (line,) = csv.DictReader(io.StringIO(done.stdout.decode()))
    assert line["claim_passage"] == "A1"
    assert line["relation"] == "denies"
    assert line["by"] == "'=A1"  # a spreadsheet reckons nothing out


def test_a_debate_counts_what_was_read_and_what_was_placed() -> None:
    debate = _json("debate", FRENCH)
    assert debate["claims"]
    assert debate["comments_read"] >= debate["comments_placed"] > 0


@pytest.mark.parametrize(
    ("quote", "speaker", "verdict"),
    [
        ("La mairie invente ses chiffres", "Orvault", "verbatim"),
        ("La mairie invente ses chiffres", "Kovalesk", "other_speaker"),
        ("La mairie n'invente pas ses chiffres", "Orvault", "altered"),
        ("Le port sera transformé en aéroport international", None, "absent"),
    ],
)
def test_a_quotation_gets_its_verdict(quote: str, speaker: str | None, verdict: str) -> None:
    named = ["--speaker", speaker] if speaker else []
    assert _json("check", FRENCH, quote, *named)["verdict"] == verdict


def test_the_library_is_filled_listed_asked_and_emptied() -> None:
    added = _json("add", FRENCH, ENGLISH)["articles"]
    assert [entry["comments"] for entry in added] == [7, 8]
    assert {e["id"] for e in _json("list")["articles"]} == {e["id"] for e in added}
    answer = _json("ask", "--all", "When does the council vote on the library?")
    assert answer["citations"][0]["article"] == added[1]["id"]
    assert _json("ask", added[0]["id"], "Quand vote le conseil ?")["status"] == "answered"
    _json("remove", added[0]["id"])
    assert len(_json("list")["articles"]) == 1


def test_a_filter_leaves_the_articles_of_a_tag_a_language_and_a_day() -> None:
    (added,) = _json("add", ENGLISH, "--tag", "books", "--tag", "council")["articles"]
    assert added["tags"] == ["books", "council"]
    _json("add", FRENCH)
    question = "When does the council vote?"
    for chosen in (
        ("--tag", "Books"),
        ("--language", "en"),
        ("--tag", "books", "--since", "1990-01-01"),
    ):
        answer = _json("ask", "--all", question, *chosen)
        assert {item["article"] for item in answer["retrieved"]} == {added["id"]}
    for chosen in (
        ("--tag", "ports"),
        ("--until", "1990-01-01"),
        ("--outlet", "x"),
        ("--author", "x"),
    ):
        refused = _assistant("ask", "--all", question, *chosen)
        assert refused.returncode == 2
        assert "no article that is asked" in refused.stderr.decode()


def test_an_addition_that_stops_says_what_was_stored_before(tmp_path: Path) -> None:
    broken = tmp_path / "empty.txt"
    broken.write_bytes(b"")
    done = _assistant("add", ENGLISH, str(broken))
    title = _json("list")["articles"][0]["title"]
    assert done.returncode == 2
    assert f"stored before it: {title}" in done.stderr.decode()


def test_adding_a_changed_file_says_what_changed(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    text = Path(FRENCH).read_text()
    page.write_text(text)
    assert _json("add", str(page))["articles"][0]["changes"] is None
    page.write_text(text.replace("42 bateaux", "45 bateaux"))
    changes = _json("add", str(page))["articles"][0]["changes"]
    assert "45" in changes["numbers_added"][0]


def test_the_doctor_finds_everything_in_order() -> None:
    checks = _json("doctor")["checks"]
    assert all(set(check) == {"name", "ok", "detail", "fix"} for check in checks)
    assert all(check["ok"] for check in checks)


def test_a_model_that_is_not_there_is_named_and_the_page_answers() -> None:
    answer = _json("ask", FRENCH, "Quand vote le conseil ?", "--engine", "no-such-model")
    assert "22 mars" in answer["text"]
    assert answer["engine"] == "extractive"
    assert "ollama serve" in answer["warnings"][0]


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (("show", "missing.txt"), "UnreadableArticleError"),
        (("ask", FRENCH, ""), "AssistantError"),
        (("ask", FRENCH), "UsageError"),
        (("ask", FRENCH, "Qui ?", "--surprise"), "UsageError"),
        (("remove", "0123456789ab"), "UnknownArticleError"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(arguments: tuple[str, ...], kind: str) -> None:
    done = _assistant(*arguments, "--json")
    assert done.returncode == 2
    error = json.loads(done.stdout)["error"]
    assert error["type"] == kind
    assert len(error["message"]) > 20
    plain = _assistant(*arguments)
    assert plain.returncode == 2
    assert plain.stdout == b""
    assert b"Traceback" not in plain.stderr


@pytest.mark.parametrize("content", [b"", b"   \n", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8])
def test_an_unreadable_file_is_refused_and_nothing_stored(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(content)
    done = _assistant("ask", str(file), "Qui ?", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["type"] == "UnreadableArticleError"
    assert _json("list")["articles"] == []


def test_control_characters_of_a_comment_do_not_reach_the_terminal(tmp_path: Path) -> None:
    article = json.loads(Path(ENGLISH).read_text())
    article["comments"][3]["text"] += " \u001b[31mred\u001b[0m"
    file = tmp_path / "article.json"
    file.write_text(json.dumps(article))
    assert b"\x1b[31m" not in _assistant("show", str(file)).stdout
