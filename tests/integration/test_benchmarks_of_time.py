"""A quick form of the benchmarks that take the time, or start many processes: they run alone."""

import json
import subprocess
import sys
from pathlib import Path

from tests.support.figures import ROOT, figures_of


def test_an_evaluation_that_is_killed_ends_as_if_undisturbed() -> None:
    cases = str(ROOT / "samples" / "harlow-library.cases.jsonl")
    kill = ("--cases", cases, "--limit", "6", "--kills", "2", "--rounds", "1")
    figures = figures_of("tests.support.evaluation_kills", *kill)
    assert figures["kill"]["runs_identical"] == figures["kill"]["runs"]
    assert figures["jobs"]["same_results"]


def test_the_overhead_before_the_first_word_is_measured() -> None:
    figures = figures_of("benchmarks.overhead", "--rounds", "3")
    assert figures["first_word_ms"] > 0
    assert figures["overhead_ms"] < 1000


def test_the_page_is_measured_with_a_few_users() -> None:
    figures = figures_of("benchmarks.page", "--only", "users", "--seconds", "1.5", "--users", "3")
    users = figures["page"]["users"]
    assert users["questions"] == users["arrived"] == users["own"] > 2


def test_a_killed_writer_loses_nothing() -> None:
    figures = figures_of("tests.support.faults", "--kills", "3", "--aimed", "2")
    assert (figures["lost"], figures["partial"], figures["unanswered"]) == (0, 0, 0)
    assert figures["kills"] == 3


def test_speed_is_measured_part_by_part_and_written_down(tmp_path: Path) -> None:
    parts = ("start", "search", "questions")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.speed", "--quick", "--only", *parts],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    assert set(figures["parts"]) == set(parts)
    bars = [bar for part in figures["parts"].values() for bar in part["bars"]]
    assert len(bars) >= 6
    assert all(bar["measured"] >= 0 for bar in bars)
    assert figures["parts"]["search"]["figures"]["memory_megabytes_per_million"] > 0
    (tmp_path / "run.txt").write_text(done.stdout)
    run = str(tmp_path / "run.txt")
    assert figures_of("benchmarks.performance_report", run, "--into", str(tmp_path / "docs"))
    page = (tmp_path / "docs" / "performance.md").read_text("utf-8")
    assert "| assistant --help |" in page
    chart = (tmp_path / "docs" / "images" / "performance.svg").read_text("utf-8")
    assert "prefers-color-scheme: dark" in chart
    assert chart.count("<circle") == 2


def test_a_reader_is_right_while_another_process_adds_articles() -> None:
    figures = figures_of("benchmarks.speed", "--quick", "--only", "processes")
    assert figures["parts"]["processes"]["figures"]["wrong"] == 0


def test_two_writers_and_two_readers_miss_nothing() -> None:
    figures = figures_of("tests.support.sharing", "--seconds", "4")
    assert figures["missed"] == 0
    assert figures["added"] > 0
    assert figures["asked"] > 0


def test_libraries_of_growing_size_are_asked(tmp_path: Path) -> None:
    page = tmp_path / "scaling.md"
    row = "| 1,000,000 | 9 | 1 | 2 | 3 | 4 | 5 | 6 |"
    page.write_text(f"Before\n\n| what |\n|---|---|---|---|---|---|---|---|\n{row}\n\nAfter\n")
    into = ("--into", str(page))
    figures = figures_of("benchmarks.archive", "--sizes", "100", "300", "--questions", "5", *into)
    assert figures["sizes"]["300"]["passages"] >= 300
    assert figures["sizes"]["300"]["p50_ms"] > 0
    lines = page.read_text().splitlines()
    assert [line.split("|")[1].strip() for line in lines[4:7]] == ["100", "300", "1,000,000"]
    assert lines[6] == row
    assert lines[-1] == "After"


def test_workers_make_the_library_that_one_process_makes() -> None:
    figures = figures_of("benchmarks.workers", "--articles", "20", "--by", "alone", "processes")
    assert figures["processes"]["articles"] == 20
    assert figures["processes"]["differ"] == 0
