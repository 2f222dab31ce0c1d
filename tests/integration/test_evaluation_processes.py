"""Runs in several processes, by a model server, killed, and by the command line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.run import Run, evaluate
from tests.support.ollama_fake import ollama_fake

SAMPLES = Path(__file__).parent.parent.parent / "samples"


VALMER = SAMPLES / "port-de-valmer.cases.jsonl"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run over the cases of a sample, which no test changes."""
    return evaluate(VALMER, out=tmp_path_factory.mktemp("runs") / "valmer")


def _without_cost(run: Run) -> list[dict[str, Any]]:
    return [record.model_dump(exclude={"cost"}) for record in run.folder.records()]


def test_two_processes_find_what_one_finds_in_the_same_order(finished: Run, tmp_path: Path) -> None:
    both = evaluate(VALMER, out=tmp_path / "run", jobs=2)
    assert _without_cost(both) == _without_cost(finished)


def test_a_run_that_is_killed_ends_as_if_nothing_had_happened(
    finished: Run, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    command = [sys.executable, "-m", "assistant", "evaluate", str(VALMER), "--out", str(out)]
    process = subprocess.Popen([*command, "--resume"], stdout=subprocess.DEVNULL)
    results = out / "results.jsonl"
    while process.poll() is None and not (results.exists() and results.stat().st_size > 5_000):
        pass
    process.kill()
    process.wait()
    resumed = evaluate(VALMER, out=out, resume=True)
    assert _without_cost(resumed) == _without_cost(finished)


def _assistant(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "assistant", *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=120)


def test_the_command_line_ends_with_1_below_the_gate_and_2_on_bad_cases(tmp_path: Path) -> None:
    gate, cases = tmp_path / "gate.json", tmp_path / "bad.jsonl"
    gate.write_text('{"right": 1.01}')
    cases.write_text('{"id": "1"}')
    out = str(tmp_path / "run")
    limited = ("evaluate", str(VALMER), "--limit", "3", "--out", out)
    done = _assistant(*limited, "--gate", str(gate), "--json")
    assert done.returncode == 1
    printed = json.loads(done.stdout)
    assert printed["cases"] == 3
    assert [item["name"] for item in printed["shortfalls"]] == ["right"]
    assert b"below the gate: right" in done.stderr
    assert _assistant("evaluate", str(cases), "--out", str(tmp_path / "other")).returncode == 2


def test_a_run_by_a_model_with_a_judge_counts_its_failures_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = {"id": "1", "article": str(SAMPLES / "harlow-library.en.json"), "lang": "en"}
    question = {"question": "When does the council vote on the library?"}
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps({**case, **question}))
    with ollama_fake(reply="no verdict") as server:
        monkeypatch.setenv("ASSISTANT_OLLAMA", server.host)
        run = evaluate(cases, out=tmp_path / "run", engine="gemma4", judge="gemma4")
    figures = run.summary.figures
    assert figures["judge_failures"].value == 1.0
    assert "judged_faithful" not in figures
    assert "by_model" in figures
