"""Runs: what is written, what a resumed run asks, what reports, gates and comparisons say."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant, AssistantError, CasesError
from assistant.evaluation.cases import read_cases
from assistant.evaluation.comparing import compare
from assistant.evaluation.folder import RunFolder
from assistant.evaluation.gate import read_gates, shortfalls
from assistant.evaluation.record import Record
from assistant.evaluation.report import write_comparison
from assistant.evaluation.run import Run, evaluate
from assistant.evaluation.selftest import examine

SAMPLES = Path(__file__).parent.parent.parent / "samples"
VALMER = SAMPLES / "port-de-valmer.cases.jsonl"
HARLOW = SAMPLES / "harlow-library.cases.jsonl"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run over the cases of a sample, which no test changes."""
    return evaluate(VALMER, out=tmp_path_factory.mktemp("runs") / "valmer")


def _without_cost(run: Run) -> list[dict[str, Any]]:
    return [record.model_dump(exclude={"cost"}) for record in run.folder.records()]


def test_a_run_says_what_asking_one_by_one_says(finished: Run) -> None:
    for record, case in zip(finished.folder.records(), read_cases(VALMER), strict=True):
        answer = Assistant.open(case.article).ask(case.question)
        assert record.text == answer.text
        assert record.status == answer.status
        assert [c.quote for c in record.citations] == [c.quote for c in answer.citations]


def test_a_run_goes_on_after_a_line_that_was_cut(finished: Run, tmp_path: Path) -> None:
    begun = evaluate(VALMER, out=tmp_path / "run")
    results = begun.folder.path / "results.jsonl"
    lines = results.read_bytes().splitlines(keepends=True)
    results.write_bytes(b"".join(lines[:6]) + lines[6][: len(lines[6]) // 2])
    asked: list[int] = []

    def watch(records: Iterator[Record], *, done: int, total: int) -> Iterator[Record]:
        assert (done, total) == (6, len(lines))
        for record in records:
            asked.append(record.position)
            yield record

    resumed = evaluate(VALMER, out=tmp_path / "run", resume=True, watcher=watch)
    assert asked == list(range(6, len(lines)))
    assert _without_cost(resumed) == _without_cost(finished)


def test_lines_that_are_not_those_of_the_first_cases_are_not_gone_on_with(tmp_path: Path) -> None:
    begun = evaluate(VALMER, out=tmp_path / "run")
    results = begun.folder.path / "results.jsonl"
    lines = results.read_bytes().splitlines(keepends=True)
    results.write_bytes(b"".join([*lines[:3], *lines[2:4]]))
    with pytest.raises(AssistantError, match="line 4 is not the answer to case 4"):
        evaluate(VALMER, out=tmp_path / "run", resume=True)


def test_two_runs_cannot_share_a_folder_at_once(finished: Run) -> None:
    with (
        finished.folder.held(),
        pytest.raises(AssistantError, match="another process"),
    ):
        evaluate(VALMER, out=finished.folder.path, resume=True)


def test_an_article_that_is_missing_is_an_error_with_its_line(tmp_path: Path) -> None:
    first, second = list(read_cases(VALMER))[:2]
    missing = second.model_copy(update={"article": "nowhere.html"})
    cases = tmp_path / "cases.jsonl"
    cases.write_text("".join(c.model_dump_json() + "\n" for c in (first, missing)))
    with pytest.raises(CasesError, match=r"line 2, field article: there is no file 'nowhere.html'"):
        evaluate(cases, out=tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_folder_with_a_run_is_not_written_over(finished: Run) -> None:
    with pytest.raises(AssistantError, match="--resume"):
        evaluate(VALMER, out=finished.folder.path)


def test_a_run_of_other_cases_cannot_be_resumed(finished: Run) -> None:
    with pytest.raises(AssistantError, match="cases sha256"):
        evaluate(HARLOW, out=finished.folder.path, resume=True)


def test_a_case_that_fails_is_recorded_and_the_run_goes_on(tmp_path: Path) -> None:
    first, second = list(read_cases(VALMER))[:2]
    (tmp_path / "empty.html").touch()
    missing = first.model_copy(update={"article": "empty.html"})
    cases = tmp_path / "cases.jsonl"
    cases.write_text("".join(c.model_dump_json() + "\n" for c in (missing, second)))
    run = evaluate(cases, out=tmp_path / "run")
    failed, answered = run.folder.records()
    assert failed.status == "failed"
    assert failed.failure is not None
    assert "empty" in failed.failure
    assert answered.is_right
    assert run.summary.right == 1


def test_every_figure_has_an_interval_and_a_count(finished: Run) -> None:
    assert finished.summary.figures
    for figure in finished.summary.figures.values():
        assert figure.low <= figure.value <= figure.high
        assert 0 < figure.count <= finished.summary.cases


def test_the_groups_of_a_run_cover_all_its_cases(finished: Run) -> None:
    for groups in finished.summary.by.values():
        sizes = [figures["right"].count for figures in groups.values()]
        assert sum(sizes) == finished.summary.cases


def test_the_report_asks_nothing_of_the_network_and_runs_no_words_of_others(
    tmp_path: Path,
) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> | `x`"
    case = {"id": hostile, "article": "none", "question": hostile, "type": hostile}
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps(case))
    (tmp_path / "none").touch()
    run = evaluate(cases, out=tmp_path / "run")
    page = (run.folder.path / "report.html").read_text("utf-8")
    assert "<img" not in page
    assert page.count("<script") == 1
    tags = re.findall(r"<[a-zA-Z][^<>]*>", re.sub(r'"[^"]*"', '""', page))
    assert not [tag for tag in tags if re.search(r"\b(?:src|href|on\w+)\s*=", tag)]
    assert not re.search(r"https?://|@import|url\(", page)
    text = (run.folder.path / "report.md").read_text("utf-8")
    assert "<img" not in text.replace("\\<img", "")


def test_a_gate_names_what_falls_short_and_what_was_not_measured(
    finished: Run, tmp_path: Path
) -> None:
    gate = tmp_path / "gate.toml"
    gate.write_text(
        "right = 0.5\n[minimum]\njudged_faithful = 0.1\nanswer_hit = 1.1\n"
        "[maximum]\nwrongly_answered = 0.2\n"
    )
    missed = shortfalls(read_gates([str(gate)]), finished.summary)
    assert sorted(item.bound.name for item in missed) == ["answer_hit", "judged_faithful"]
    assert "not measured" in str(next(i for i in missed if i.bound.name == "judged_faithful"))


@pytest.mark.parametrize(
    "content", ['{"rihgt": 0.5}', '{"right": "high"}', "[1]", "{", '{"right[colour=x]": 1}']
)
def test_a_gate_that_cannot_be_meant_is_refused(tmp_path: Path, content: str) -> None:
    gate = tmp_path / "gate.json"
    gate.write_text(content)
    with pytest.raises(AssistantError):
        read_gates([str(gate)])


def test_a_comparison_counts_wins_losses_and_ties_case_by_case(
    finished: Run, tmp_path: Path
) -> None:
    worse = tmp_path / "worse"
    worse.mkdir()
    RunFolder(worse).start(finished.settings)
    for record in list(finished.folder.records())[::-1]:
        changed = record.position in (2, 5)
        measures = {**record.measures, **({"right": 0.0} if changed else {})}
        update: dict[str, Any] = {"measures": measures}
        update |= {"faults": ("misses it",), "sentences": ()} if changed else {}
        RunFolder(worse).add([record.model_copy(update=update)])
    found = compare(finished.folder, RunFolder(worse))
    right = found.differences[0]
    assert (right.name, right.wins, right.losses) == ("right", 0, 2)
    assert right.ties == finished.summary.cases - 2
    assert right.difference.value == pytest.approx(-2 / finished.summary.cases)
    assert right.difference.low < right.difference.value < right.difference.high
    assert 0.2 < right.p_value <= 1.0
    assert [change.outcome for change in found.changes] == ["loss", "loss"]
    page, text = write_comparison(found, tmp_path / "out")
    assert "2 changed answers" in page.read_text("utf-8")
    assert "2 changed answers" in text.read_text("utf-8")


def test_runs_without_a_case_in_common_are_not_compared(finished: Run, tmp_path: Path) -> None:
    other = evaluate(HARLOW, out=tmp_path / "run", limit=1)
    with pytest.raises(AssistantError, match="in common"):
        compare(finished.folder, other.folder)


def test_a_page_is_asked_every_kind_of_question_it_allows(tmp_path: Path) -> None:
    found = examine(SAMPLES / "port-de-valmer.fr.txt", out=tmp_path / "cases.jsonl")
    written = list(read_cases(tmp_path / "cases.jsonl", article="x"))
    assert len(written) == found.asked
    assert not found.untested
    assert {kind.name for kind in found.kinds} == {
        "speaker",
        "author",
        "number",
        "date",
        "trap",
        "dispute",
        "reply",
        "absent",
    }
    assert found.right + len(found.faults) == found.asked
    assert found.right >= found.asked * 0.8
