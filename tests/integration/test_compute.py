"""Adding with several workers: the library is the one that a single process makes."""

import json
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from assistant.evaluation.run import evaluate
from index.encoder import StaticEmbedder
from index.errors import UnreadableArticleError, WorkerError
from index.library.compute import InThisProcess
from index.library.compute.cluster import RayCluster
from index.library.compute.processes import Processes
from index.library.library import Library
from index.library.search import LibrarySearch
from tests.support.doubling import Doubling, Naming
from tests.support.library_sums import added, sums
from tests.support.texts import text_of

SAMPLES = Path(__file__).parent.parent.parent / "samples"


def _files(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    files = [folder / f"{number:02}.txt" for number in range(count)]
    for number, file in enumerate(files):
        file.write_text(text_of(number))
    return files


def test_processes_make_the_library_that_one_process_makes(tmp_path: Path) -> None:
    files = _files(tmp_path / "texts", 12)
    alone = added(tmp_path / "alone", files, InThisProcess())
    assert len(alone) >= 12 * 5
    assert added(tmp_path / "together", files, Processes(2)) == alone


def test_a_cluster_adds_and_evaluates_alike_and_does_again_what_a_dead_worker_had_to_do(
    tmp_path: Path,
) -> None:
    texts, grave, cases = tmp_path / "texts", tmp_path / "grave", tmp_path / "few.jsonl"
    lines = (SAMPLES / "harlow-library.cases.jsonl").read_text().splitlines()[:6]
    named = str(SAMPLES / "harlow-library.en.json")
    cases.write_text("\n".join(json.dumps({**json.loads(one), "article": named}) for one in lines))
    alone = added(tmp_path / "alone", _files(texts, 12), InThisProcess())
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.support.in_ray"),
            *(tmp_path / "cluster", texts, grave, cases, tmp_path / "run"),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    # Ray writes to the same stream, also when all is done.
    lines_out = [line for line in done.stdout.splitlines() if line.startswith("{")]
    result = json.loads(lines_out[-1])
    assert result["sums"] == alone
    assert result["doubled"] == [2 * number for number in range(40)]
    assert grave.exists()
    evaluate(cases, out=tmp_path / "alone-run")
    assert _records(tmp_path / "run") == _records(tmp_path / "alone-run")


def _records(run: Path) -> list[dict[str, object]]:
    """Return what was found, without what it cost."""
    records = map(json.loads, (run / "results.jsonl").read_text().splitlines())
    return [{key: record[key] for key in record if key != "cost"} for record in records]


def test_articles_are_added_in_the_order_in_which_they_were_named(tmp_path: Path) -> None:
    files = _files(tmp_path / "texts", 6)[::-1]
    library_search = LibrarySearch(Library(tmp_path / "library"), StaticEmbedder.open())
    titles = [one.entry.title for one in library_search.add_all(files, workers=Processes(2))]
    assert titles == [text_of(number).splitlines()[0] for number in range(5, -1, -1)]


def test_what_is_asked_of_one_page_goes_to_one_process() -> None:
    pages = "aabbab"
    workers = list(Processes(2).map(Naming, pages, page_of=str))
    assert len(set(zip(pages, workers, strict=True))) == len(set(workers)) == 2


def test_a_process_that_dies_ends_the_work_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="run it again with fewer"):
        list(Processes(2).map(partial(Doubling, tmp_path / "grave"), range(40)))


def test_processes_end_when_the_one_that_started_them_is_killed(tmp_path: Path) -> None:
    program = (
        "import itertools, time\n"
        "from index.library.compute.processes import Processes\n"
        "from tests.support.doubling import Naming\n"
        "if __name__ == '__main__':\n"
        "    for number in Processes(2).map(Naming, itertools.repeat(None)):\n"
        "        print(number, flush=True)\n"
    )
    (tmp_path / "program.py").write_text(program)
    parent = subprocess.Popen(
        [sys.executable, str(tmp_path / "program.py")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert parent.stdout is not None
    workers = {int(next(parent.stdout)) for _ in range(8)}
    parent.kill()
    parent.wait(10)
    parent.stdout.close()
    deadline = time.monotonic() + 30
    while any(_is_alive(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(_is_alive(worker) for worker in workers)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_broken_file_is_named_by_whoever_reads_it_and_what_came_before_stays(
    tmp_path: Path,
) -> None:
    files = _files(tmp_path / "texts", 3)
    files[2].write_bytes(b"")
    library_search = LibrarySearch(Library(tmp_path / "library"), StaticEmbedder.open())
    with pytest.raises(UnreadableArticleError, match="empty"):
        list(library_search.add_all(files, workers=Processes(2)))
    assert len(library_search.library.ids()) == 2


def test_an_unchanged_file_is_not_read_again_and_its_bytes_are_kept(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><body><article><p>{text_of(1)}</p></article></body></html>")
    library_search = LibrarySearch(Library(tmp_path / "library"), StaticEmbedder.open())
    first = library_search.add(page)[0].entry
    stored = library_search.library.home / "articles" / first.id / first.version / "source.html"
    assert stored.read_bytes() == page.read_bytes()
    before = sums(library_search.library.home)
    assert library_search.add(page)[0].entry == first
    assert sums(library_search.library.home) == before


def test_the_command_adds_with_several_processes(tmp_path: Path, home: Path) -> None:
    files = _files(tmp_path / "texts", 4)
    command = [sys.executable, "-m", "assistant", "add", *files, "--workers", "2", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [entry["title"] for entry in json.loads(done.stdout)["articles"]] == [
        text_of(number).splitlines()[0] for number in range(4)
    ]
    assert sums(home) == added(tmp_path / "alone", files, InThisProcess())


def test_no_cluster_at_an_address_is_said() -> None:
    code = (
        "from index.library.compute.cluster import RayCluster\n"
        "from index.errors import WorkerError\n"
        "try: RayCluster('127.0.0.1:9')\n"
        "except WorkerError as error: print(error)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "no Ray cluster at 127.0.0.1:9" in done.stdout


def test_without_ray_one_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(WorkerError, match="pip install"):
        RayCluster()
