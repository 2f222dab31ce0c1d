"""A quick form of each benchmark, so that they never rot."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


def _run(*command: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    value = json.loads(done.stdout.strip().splitlines()[-1])
    assert isinstance(value, dict)
    return value


@pytest.fixture(scope="module")
def squad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles of two paragraphs with one question each, in SQuAD form."""
    paragraphs = {
        "Phare": [
            ("Le phare de Valmer a été construit en 1862 par Anselme Roy.", "1862"),
            ("Le gardien du phare habite une maison de granit rose.", "granit rose"),
        ],
        "Fromagerie": [
            ("La fromagerie d'Ossec produit douze tonnes de tomme par an.", "douze tonnes"),
            ("Le lait vient de quarante fermes de la vallée.", "quarante fermes"),
        ],
    }
    questions = {
        "1862": "En quelle année le phare de Valmer a-t-il été construit ?",
        "granit rose": "Où habite le gardien du phare ?",
        "douze tonnes": "Combien de tomme la fromagerie d'Ossec produit-elle ?",
        "quarante fermes": "De combien de fermes vient le lait ?",
    }
    data = [
        {
            "title": title,
            "paragraphs": [
                {
                    "context": text,
                    "qas": [
                        {
                            "id": answer,
                            "question": questions[answer],
                            "answers": [{"text": answer, "answer_start": text.index(answer)}],
                        }
                    ],
                }
                for text, answer in entries
            ],
        }
        for title, entries in paragraphs.items()
    ]
    file = tmp_path_factory.mktemp("squad") / "tiny.json"
    file.write_text(json.dumps({"data": data}), "utf-8")
    return file


def test_the_samples_are_answered_with_exact_quotations() -> None:
    figures = _run("benchmarks.answers", *map(str, sorted(ROOT.glob("samples/*.cases.jsonl"))))
    assert figures["citations_exact"] == figures["citations"] > 40
    # Two of the cases ask, in the page's own words, for something it does not say.
    assert figures["refused"] >= figures["refusals"] - 2
    assert figures["right"] >= 0.9 * figures["cases"]


def test_the_real_article_is_answered(shared_data: Path) -> None:
    figures = _run("benchmarks.answers", str(shared_data / "gold" / "karabakh.jsonl"))
    assert figures["right"] >= 31
    assert figures["refused"] == figures["refusals"]
    assert figures["foreign_language"] - figures["foreign_language_right"] <= 2
    assert figures["citations_exact"] == figures["citations"]


def test_retrieval_and_abstention_run_on_a_file_in_squad_form(squad: Path) -> None:
    assert _run("benchmarks.retrieval", "--piaf", str(squad))
    figures = _run("benchmarks.abstention", "--squad", str(squad))["tiny.json"]
    assert figures["answer_hit"] == 1.0
    assert figures["refused_on_other_article"] == 1.0


def test_the_quote_court_calls_no_altered_quotation_verbatim() -> None:
    assert _run("benchmarks.quote_court", "--cases", "20")


def test_statements_of_invented_french_news_are_found() -> None:
    folder = ROOT / "tests" / "data" / "french_news"
    figures = _run("benchmarks.quotes", "--gold", f"{folder}/gold.jsonl", "--text", str(folder))
    assert figures["gold"]["precision"] >= 0.85
    assert figures["gold"]["f1"] >= 0.75


def test_planted_disputes_are_found() -> None:
    figures = _run("benchmarks.disputes", "--texts", str(ROOT / "tests" / "data" / "disputes"))
    assert figures["texts"]["precision"] >= 0.85


def test_the_stock_pipeline_imports_nothing_of_ours() -> None:
    source = (ROOT / "benchmarks" / "stock_pipeline.py").read_text("utf-8")
    assert "import index" not in source
    assert "assistant" not in source


def test_reading_is_measured_beside_trafilatura(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    paragraphs = "".join(
        f"<p>The harbour of Lindau was closed on day {day} of the storm, the mayor said.</p>"
        for day in range(1, 8)
    )
    comments = (ROOT / "tests" / "data" / "pages" / "wordpress.html").read_text("utf-8")
    article = f"<article><h1>Harbour closed</h1>{paragraphs}</article>"
    page.write_text(f"<html><body>{article}{comments}</body></html>")
    gold = {
        "https://lindau.example/": {
            "file": "page.html",
            "with": ["The harbour of Lindau was closed on day 3"],
            "without": ["Reply"],
            "comments": ["It was never profitable."],
        }
    }
    data = tmp_path / "evaldata.json"
    data.write_text(json.dumps(gold))
    assert _run("benchmarks.reading", "--evaldata", str(data), "--html", str(tmp_path))


def test_a_killed_writer_loses_nothing() -> None:
    figures = _run("benchmarks.faults", "--kills", "3", "--aimed", "2")
    assert (figures["lost"], figures["partial"], figures["unanswered"]) == (0, 0, 0)
    assert figures["kills"] == 3
