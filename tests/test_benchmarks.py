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
    assert figures["refused"] == figures["refusals"]
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


def test_the_quote_court_runs() -> None:
    assert _run("benchmarks.quote_court", "--cases", "20")
