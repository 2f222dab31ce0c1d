"""What may go wrong around us: models, disks, other processes, users. Rows 36 to 60 of the list.

Rows 1 to 35 are in `test_bad_inputs`.
"""

import csv
import errno
import io
import json
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from typer.testing import CliRunner

from assistant import Answer, Assistant
from assistant.cli import app
from assistant.errors import CasesError
from assistant.evaluation.report.pages import in_markdown
from assistant.evaluation.run import evaluate
from assistant.formats.terminal import plain
from index.encoder import SentenceEmbedder, StaticEmbedder
from index.errors import (
    ArticleError,
    DamagedArticleError,
    EmbedderError,
    LibraryLockedError,
)
from index.library.library import Library
from index.library.search import LibrarySearch
from index.reading import read_text
from page import limits
from page.conversations import Conversations
from tests.support.failing_disk import FailingDisk
from tests.support.guarded import ask
from tests.support.ollama_fake import ollama_fake

SAMPLES = Path(__file__).parent.parent.parent / "samples"
ENGLISH = SAMPLES / "harlow-library.en.json"
QUESTION = "When does the council vote?"
TEXT = "The ferry is late\n\nThe ferry left the harbour an hour late on Friday, the crew said.\n"
Case = Callable[[Path, pytest.MonkeyPatch], None]
ROWS: dict[int, Case] = {}


def row(number: int) -> Callable[[Case], Case]:
    def listed(case: Case) -> Case:
        assert number not in ROWS
        ROWS[number] = case
        return case

    return listed


@pytest.mark.parametrize("number", range(36, 61))
def test_a_row_of_the_bad_times(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ROWS[number](tmp_path, monkeypatch)


def _asked(monkeypatch: pytest.MonkeyPatch, fault: str, *, model: str = "gemma4") -> Answer:
    """Ask through a server that goes wrong; the page's own words must answer, and say why."""
    with ollama_fake(fault=fault) as server:
        monkeypatch.setenv("ASSISTANT_OLLAMA", server.host)
        monkeypatch.setenv("ASSISTANT_FIRST_TOKEN_SECONDS", "0.8")
        monkeypatch.setenv("ASSISTANT_BETWEEN_TOKENS_SECONDS", "0.6")
        monkeypatch.setenv("ASSISTANT_REPLY_SECONDS", "2")
        began = time.monotonic()
        answer = Assistant.open(ENGLISH, llm=model).ask(QUESTION)
        assert time.monotonic() - began < 6
    assert "20 June" in answer.text
    assert answer.warnings
    assert "Empty Response" not in answer.text
    return answer


def _warned(answer: Answer, *words: str) -> None:
    said = " ".join(answer.warnings)
    assert any(word in said for word in words), said


@row(36)
def _a_server_that_is_down_or_dies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Assistant.open(ENGLISH, llm="gemma4").ask(QUESTION)
    assert answer.engine == "extractive"
    _warned(answer, "no model server", "Ollama", "ollama")
    _warned(_asked(monkeypatch, "cut"), "broke off", "cut")


@row(37)
def _a_model_that_is_not_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = _asked(monkeypatch, "none", model="nosuchmodel")
    _warned(answer, "assistant pull nosuchmodel")


@row(38)
def _short_of_memory_or_busy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _warned(_asked(monkeypatch, "no_memory"), "memory")
    _warned(_asked(monkeypatch, "503"), "busy")


@row(39)
def _stalls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for fault, words in (("silent", "begin"), ("stalled", "mid-reply"), ("drip", "not done")):
        _warned(_asked(monkeypatch, fault), words)


@row(40)
def _broken_replies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for fault in ("garbage", "html_200", "empty_body"):
        _asked(monkeypatch, fault)


@row(41)
def _replies_that_only_look_complete(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for fault, words in (("no_end", "broke off"), ("length", "cut"), ("nothing_said", "nothing")):
        _warned(_asked(monkeypatch, fault), words)


@row(42)
def _a_reply_without_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(_asked(monkeypatch, "endless").text) < 5_000


@row(43)
def _redirects_and_proxies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    _warned(_asked(monkeypatch, "redirect"), "elsewhere")


@row(44)
def _a_server_of_another_kind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from llama_index.llms.openai_like import OpenAILike

    llm = OpenAILike(
        model="m", api_base="http://127.0.0.1:9/v1", api_key="canary", is_chat_model=True,
        context_window=8192, max_retries=0, timeout=5,
    )  # fmt: skip
    began = time.monotonic()
    answer = Assistant.open(ENGLISH, llm=llm).ask(QUESTION)
    assert time.monotonic() - began < 10
    assert "20 June" in answer.text
    assert len(answer.warnings) == 1
    assert "canary" not in str(answer)


class _Broken(StaticEmbedder):
    """Gives numbers that are none, as a broken model does."""

    def encode_documents(self, texts: Sequence[str]) -> Any:
        return np.full((len(texts), self.dimension), np.nan, np.float32)


@row(45)
def _embedders_that_fail(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EmbedderError, match="nowhere"):
        SentenceEmbedder(str(folder / "nowhere"))
    broken = StaticEmbedder.open()
    broken.__class__ = _Broken
    with pytest.raises(EmbedderError, match="not numbers"):
        Assistant.open(ENGLISH, llm=None, embedder=broken, home=folder / "library").ask(QUESTION)
    assert not list((folder / "library").rglob("*.npy"))


@row(46)
def _weights_that_are_programs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "config.json").write_text('{"model_type": "bert", "auto_map": {"AutoModel": "x.Y"}}')
    (folder / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'touch ran'\ntR.")
    with pytest.raises(EmbedderError):
        SentenceEmbedder(str(folder))
    assert not Path("ran").exists()


@row(47)
def _killed_while_adding(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A program of its own: it forks, which a process with Chroma's threads must not.
    command = [sys.executable, "-m", "benchmarks.faults", "--kills", "4", "--aimed", "3"]
    done = subprocess.run(
        command, cwd=SAMPLES.parent, capture_output=True, text=True, check=True, timeout=120
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["lost"], found["partial"], found["unanswered"]) == (0, 0, 0)
    assert found["kills"] == 4


@row(48)
def _power_gone_before_the_disk_had_it_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Assistant.open(ENGLISH, llm=None, home=folder).ask(QUESTION)
    # Only what was not flushed can be lost: all of it is what can be made again.
    for part in ("derived", "readings", "index"):
        for file in (folder / part).rglob("*"):
            if file.is_file():
                file.write_bytes(b"")
    (folder / "generation").write_bytes(b"")
    assert Assistant.open(ENGLISH, llm=None, home=folder).ask(QUESTION).text == before.text
    assert Library(folder).check() == ()


@row(49)
def _a_disk_that_refuses(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(folder)
    library.publish(read_text(ENGLISH.read_text("utf-8")), source=b"first")
    disk = FailingDisk(monkeypatch)
    second = read_text(TEXT)
    for call in (1, 4, 6):
        disk.fail(call, errno.ENOSPC)
        with pytest.raises(ArticleError, match="No space"):
            Library(folder).publish(second, source=TEXT.encode())
    disk.fail(None)
    assert len(Library(folder).ids()) == 1
    assert library.check() == ()


@row(50)
def _a_second_writer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(folder)
    known = library.publish(read_text(TEXT), source=TEXT.encode())
    program = (
        "import sys, time; from pathlib import Path; from index.library.library import Library\n"
        "with Library(Path(sys.argv[1])).writing(): print('held', flush=True); time.sleep(30)"
    )
    command = [sys.executable, "-c", program, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        began = time.monotonic()
        with pytest.raises(LibraryLockedError, match=str(holder.pid)), library.writing():
            pass
        assert time.monotonic() - began < 3
        assert library.article(known.id).title == "The ferry is late"
        holder.kill()


@row(51)
def _a_lock_of_the_dead(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".lock").write_text("")
    (folder / ".lock.holder").write_text("999999")
    assert Library(folder).publish(read_text(TEXT), source=TEXT.encode()).passages > 0


def _library_search(folder: Path) -> LibrarySearch:
    library_search = LibrarySearch(Library(folder), StaticEmbedder.open())
    for number in range(3):
        library_search.add(read_text(TEXT.replace("ferry", f"ferry {number}")))
    library_search.catch_up()
    return library_search


@row(52)
def _damaged_indexes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _library_search(folder / "whole")
    files = [f for f in (folder / "whole" / "index").rglob("*") if f.is_file()]
    for number, file in enumerate(files):
        home = folder / str(number)
        shutil.copytree(folder / "whole", home)
        (home / file.relative_to(folder / "whole")).write_bytes(b"\xff" * 900)
        found = LibrarySearch(Library(home), StaticEmbedder.open()).search(
            "When did ferry 2 leave?"
        )
        assert "ferry 2" in found[0].passage.text, file


@row(53)
def _a_damaged_article(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library_search = _library_search(folder)
    damaged, *others = library_search.library.ids()
    record = (
        folder / "articles" / damaged / library_search.library.version(damaged) / "article.json"
    )
    record.write_bytes(b"{}")
    with pytest.raises(DamagedArticleError, match=damaged):
        Library(folder).article(damaged)
    assert any(damaged in fault for fault in Library(folder).check())
    assert {found.article for found in library_search.search("When did the ferry leave?")} <= set(
        others
    )


@row(54)
def _a_database_that_is_being_backed_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.library.vectors.embedded._LOCK_SECONDS", 0.3)
    library_search = _library_search(folder)
    database = next((folder / "index").rglob("chroma.sqlite3"))
    backup = sqlite3.connect(database, isolation_level=None)
    backup.execute("BEGIN EXCLUSIVE")
    fresh = LibrarySearch(Library(folder), StaticEmbedder.open())
    began = time.monotonic()
    assert "ferry 1" in fresh.search("When did ferry 1 leave?")[0].passage.text
    assert time.monotonic() - began < 10
    backup.close()
    library_search.close()


@row(55)
def _a_library_of_the_future(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Library(folder).publish(read_text(TEXT), source=TEXT.encode())
    (folder / "format").write_text("99")
    with pytest.raises(ArticleError, match="format 99"):
        Library(folder).publish(read_text(TEXT * 2), source=TEXT.encode())
    assert (folder / "format").read_text() == "99"


@row(56)
def _many_users(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


@row(57)
def _two_tabs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    conversations = Conversations()
    one, other = conversations.begin(), conversations.begin()
    assert one != other
    assert conversations.of(one) is not conversations.of(other)
    assert conversations.of("somebody-elses") is None


@row(58)
def _other_sites(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(host="evil.example").status_code == 400
    assert ask("POST", "/conversation", origin="http://evil.example").status_code == 403
    answer: httpx.Response = ask()
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@row(59)
def _batches_with_faults(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = {"id": "1", "article": str(ENGLISH), "question": QUESTION, "answer_all": [["20 June"]]}
    for faulty in ({**good, "question": " "}, good, {"id": "2"}):
        cases = folder / "cases.jsonl"
        cases.write_text(f"{json.dumps(good)}\n{json.dumps(faulty)}\n")
        with pytest.raises(CasesError, match=r"line 2|twice"):
            evaluate(cases, out=folder / "never")
    missing = {**good, "id": "2", "article": "nowhere.html"}
    cases.write_text(f"{json.dumps(missing)}\n{json.dumps(good)}\n")
    run = evaluate(cases, out=folder / "run")
    assert [record.status for record in run.folder.records()] == ["failed", "answered"]
    again = evaluate(cases, out=folder / "run", resume=True)
    assert again.summary.cases == 2
    done = CliRunner().invoke(app, ["evaluate", str(folder / "none.jsonl"), "--json"])
    assert done.exit_code == 2
    assert "error" in json.loads(done.stdout)


@row(60)
def _cells_that_are_programs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for cell in ("=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", "a|b", "a\nb", "<b>"):
        assert "\n" not in in_markdown(cell)
        assert "|" not in in_markdown(cell).replace("\\|", "")
        assert "<b>" not in in_markdown(cell).replace("\\<", "")
    assert "\x1b" not in plain("\x1b[31mred\x1b[0m \x9b2J")
    written = io.StringIO()
    csv.writer(written).writerow(["x"])
    case = {"id": "=1+1", "article": str(ENGLISH), "question": "=cmd()", "type": "@x"}
    cases = folder / "cases.jsonl"
    cases.write_text(json.dumps(case))
    run = evaluate(cases, out=folder / "run")
    for file in run.folder.path.glob("*.csv"):
        for line in csv.reader(file.open(encoding="utf-8")):
            assert not any(value[:1] in "=+-@\t" for value in line if value)
