"""What may go wrong around us: models, disks, other processes, users. Rows 36 to 60 of the list.

Rows 1 to 35 are in `test_bad_inputs`.
"""

import csv
import errno
import io
import json
import sqlite3
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from typer.testing import CliRunner

from assistant import Assistant
from assistant.cli import app
from assistant.errors import CasesError
from assistant.evaluation.report.pages import in_markdown
from assistant.evaluation.run import evaluate
from assistant.formats.terminal import plain
from index.encoder import StaticEmbedder
from index.errors import (
    ArticleError,
    DamagedArticleError,
    EmbedderError,
)
from index.library.library import Library
from index.library.search import LibrarySearch
from index.reading import read_text
from page import limits
from page.conversations import Conversations
from tests.support.failing_disk import FailingDisk
from tests.support.guarded import ask

SAMPLES = Path(__file__).parent.parent.parent / "samples"
ENGLISH = SAMPLES / "harlow-library.en.json"
QUESTION = "When does the council vote?"
TEXT = "The ferry is late\n\nThe ferry left the harbour an hour late on Friday, the crew said.\n"


class _Broken(StaticEmbedder):
    """Gives numbers that are none, as a broken model does."""

    def encode_documents(self, texts: Sequence[str]) -> Any:
        return np.full((len(texts), self.dimension), np.nan, np.float32)


def test_an_embedder_that_fails_is_refused_and_leaves_no_vectors(tmp_path: Path) -> None:
    broken = StaticEmbedder.open()
    broken.__class__ = _Broken
    with pytest.raises(EmbedderError, match="not numbers"):
        Assistant.open(ENGLISH, llm=None, embedder=broken, home=tmp_path / "library").ask(QUESTION)
    assert not list((tmp_path / "library").rglob("*.np[yz]"))


def test_what_a_power_cut_can_lose_is_made_again(tmp_path: Path) -> None:
    before = Assistant.open(ENGLISH, llm=None, home=tmp_path).ask(QUESTION)
    # Only what was not flushed can be lost: all of it is what can be made again.
    for part in ("derived", "readings", "index"):
        for file in (tmp_path / part).rglob("*"):
            if file.is_file():
                file.write_bytes(b"")
    (tmp_path / "generation").write_bytes(b"")
    assert Assistant.open(ENGLISH, llm=None, home=tmp_path).ask(QUESTION).text == before.text
    assert Library(tmp_path).check() == ()


def test_a_full_disk_loses_no_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(tmp_path)
    library.publish(read_text(ENGLISH.read_text("utf-8")), source=b"first")
    disk = FailingDisk(monkeypatch)
    second = read_text(TEXT)
    for call in (1, 4, 6):
        disk.fail(call, errno.ENOSPC)
        with pytest.raises(ArticleError, match="No space"):
            Library(tmp_path).publish(second, source=TEXT.encode())
    disk.fail(None)
    assert len(Library(tmp_path).ids()) == 1
    assert library.check() == ()


def test_a_lock_of_the_dead_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / ".lock").write_text("")
    (tmp_path / ".lock.holder").write_text("999999")
    assert Library(tmp_path).publish(read_text(TEXT), source=TEXT.encode()).passages > 0


def _library_search(folder: Path) -> LibrarySearch:
    library_search = LibrarySearch(Library(folder), StaticEmbedder.open())
    for number in range(3):
        library_search.add(read_text(TEXT.replace("ferry", f"ferry {number}")))
    library_search.catch_up()
    return library_search


def test_a_damaged_article_is_named_and_the_others_are_found(tmp_path: Path) -> None:
    library_search = _library_search(tmp_path)
    damaged, *others = library_search.library.ids()
    record = (
        tmp_path / "articles" / damaged / library_search.library.version(damaged) / "article.json"
    )
    record.write_bytes(b"{}")
    with pytest.raises(DamagedArticleError, match=damaged):
        Library(tmp_path).article(damaged)
    assert any(damaged in fault for fault in Library(tmp_path).check())
    assert {found.article for found in library_search.search("When did the ferry leave?")} <= set(
        others
    )


def test_a_database_locked_by_a_backup_stops_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.library.vectors.embedded.LOCK_SECONDS", 0.3)
    library_search = _library_search(tmp_path)
    database = next((tmp_path / "index").rglob("chroma.sqlite3"))
    backup = sqlite3.connect(database, isolation_level=None)
    backup.execute("BEGIN EXCLUSIVE")
    fresh = LibrarySearch(Library(tmp_path), StaticEmbedder.open())
    began = time.monotonic()
    assert "ferry 1" in fresh.search("When did ferry 1 leave?")[0].passage.text
    assert time.monotonic() - began < 10
    backup.close()
    library_search.close()


def test_a_library_of_a_newer_format_is_left_alone(tmp_path: Path) -> None:
    Library(tmp_path).publish(read_text(TEXT), source=TEXT.encode())
    (tmp_path / "format").write_text("99")
    with pytest.raises(ArticleError, match="format 99"):
        Library(tmp_path).publish(read_text(TEXT * 2), source=TEXT.encode())
    assert (tmp_path / "format").read_text() == "99"


def test_twenty_users_at_once_get_the_same_answer() -> None:
    assert 1 <= limits.ASKED_AT_ONCE < 20 < limits.MOST_WAITING
    asked = Assistant.open(ENGLISH, llm=None)
    answers: list[str] = []
    users = [
        threading.Thread(target=lambda: answers.append(asked.ask(QUESTION).text)) for _ in range(20)
    ]
    for user in users:
        user.start()
    for user in users:
        user.join()
    assert len(answers) == 20
    assert len(set(answers)) == 1


def test_two_tabs_are_two_conversations() -> None:
    conversations = Conversations()
    one, other = conversations.begin(), conversations.begin()
    assert one != other
    assert conversations.of(one) is not conversations.of(other)
    assert conversations.of("somebody-elses") is None


def test_other_sites_may_neither_post_nor_frame_the_page() -> None:
    assert ask(host="evil.example").status_code == 400
    assert ask("POST", "/conversation", origin="http://evil.example").status_code == 403
    answer: httpx.Response = ask()
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_batch_with_faults_is_refused_or_recorded_case_by_case(tmp_path: Path) -> None:
    good = {"id": "1", "article": str(ENGLISH), "question": QUESTION, "answer_all": [["20 June"]]}
    for faulty in ({**good, "question": " "}, good, {"id": "2"}):
        cases = tmp_path / "cases.jsonl"
        cases.write_text(f"{json.dumps(good)}\n{json.dumps(faulty)}\n")
        with pytest.raises(CasesError, match=r"line 2|twice"):
            evaluate(cases, out=tmp_path / "never")
    missing = {**good, "id": "2", "article": "nowhere.html"}
    cases.write_text(f"{json.dumps(good)}\n{json.dumps(missing)}\n")
    done = CliRunner().invoke(app, ["evaluate", str(cases), "--out", str(tmp_path / "no")])
    assert done.exit_code == 2
    assert "line 2, field article" in done.stderr
    (tmp_path / "empty.html").touch()
    unreadable = {**missing, "article": "empty.html"}
    cases.write_text(f"{json.dumps(unreadable)}\n{json.dumps(good)}\n")
    run = evaluate(cases, out=tmp_path / "run")
    assert [record.status for record in run.folder.records()] == ["failed", "answered"]
    again = evaluate(cases, out=tmp_path / "run", resume=True)
    assert again.summary.cases == 2
    done = CliRunner().invoke(app, ["evaluate", str(tmp_path / "none.jsonl"), "--json"])
    assert done.exit_code == 2
    assert "error" in json.loads(done.stdout)


def test_cells_that_are_programs_are_written_as_text(tmp_path: Path) -> None:
    for cell in ("=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", "a|b", "a\nb", "<b>"):
        assert "\n" not in in_markdown(cell)
        assert "|" not in in_markdown(cell).replace("\\|", "")
        assert "<b>" not in in_markdown(cell).replace("\\<", "")
    assert "\x1b" not in plain("\x1b[31mred\x1b[0m \x9b2J")
    written = io.StringIO()
    csv.writer(written).writerow(["x"])
    case = {"id": "=1+1", "article": str(ENGLISH), "question": "=cmd()", "type": "@x"}
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps(case))
    run = evaluate(cases, out=tmp_path / "run")
    for file in run.folder.path.glob("*.csv"):
        for line in csv.reader(file.open(encoding="utf-8")):
            assert not any(value[:1] in "=+-@\t" for value in line if value)
