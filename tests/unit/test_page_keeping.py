"""Conversations and notes in the library: the later version of an entry holds."""

import json
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from page.keeping import Kept


def _given(*entries: dict[str, object]) -> bytes:
    return json.dumps(entries).encode()


def test_what_one_browser_keeps_another_finds(tmp_path: Path) -> None:
    turns = [{"question": "Who?", "engine": "extractive"}]
    entry = {"id": "a", "at": 1, "article": "x", "name": "Who?", "turns": turns}
    Kept(tmp_path).merged("conversations", _given(entry))
    assert Kept(tmp_path).merged("conversations", b"[]") == [entry]
    assert Kept(tmp_path).merged("notes", b"[]") == []


def test_of_two_versions_the_later_holds_in_whatever_order_they_come(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    early = {"id": "a", "at": 1, "text": "early"}
    late = {"id": "a", "at": 2, "text": "late"}
    assert kept.merged("notes", _given(late, early)) == [late]
    assert kept.merged("notes", _given({"id": "a", "at": 3, "gone": True}))[0]["gone"]
    assert kept.merged("notes", _given(late))[0]["gone"]


@pytest.mark.parametrize(
    "given",
    [
        b"{}",
        b"[",
        b"\xff",
        _given({"id": "a"}),
        _given({"id": "", "at": 1}),
        _given({"id": "a", "at": 1, "html": "<b>"}),
        _given({"id": "a", "at": 1, "text": "x" * 10_001}),
        _given({"id": "a", "at": -1}),
    ],
)
def test_what_is_no_entry_is_refused_and_changes_nothing(tmp_path: Path, given: bytes) -> None:
    kept = Kept(tmp_path)
    kept.merged("notes", _given({"id": "a", "at": 1}))
    with pytest.raises(AssistantError):
        kept.merged("notes", given)
    assert kept.merged("notes", b"[]") == [{"id": "a", "at": 1}]


def test_what_is_kept_is_bounded_and_nobody_elses_to_read(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    many = [{"id": str(number), "at": number} for number in range(2_100)]
    assert len(kept.merged("notes", _given(*many))) == 2_000
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0
