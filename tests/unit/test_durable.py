from pathlib import Path

import pytest

from index.library import durable


def _publish(folder: Path, content: bytes) -> None:
    with durable.publishing(folder, facts={"format": 1}) as place:
        (place / "x.txt").write_bytes(content)


def test_a_published_folder_reads_back_with_its_facts(tmp_path: Path) -> None:
    _publish(tmp_path / "a" / "b", b"words")
    manifest = durable.read_manifest(tmp_path / "a" / "b")
    assert manifest["format"] == 1
    assert durable.read_checked(tmp_path / "a" / "b", "x.txt") == b"words"


@pytest.mark.parametrize("damage", [b"wordz", b"word", b""])
def test_a_changed_file_is_noticed(tmp_path: Path, damage: bytes) -> None:
    _publish(tmp_path / "a", b"words")
    (tmp_path / "a" / "x.txt").write_bytes(damage)
    with pytest.raises(durable.DamagedFolderError):
        durable.read_checked(tmp_path / "a", "x.txt")


def test_a_garbled_manifest_is_noticed(tmp_path: Path) -> None:
    _publish(tmp_path / "a", b"words")
    (tmp_path / "a" / durable.MANIFEST).write_bytes(b"\xff{")
    with pytest.raises(durable.DamagedFolderError):
        durable.read_manifest(tmp_path / "a")


def test_a_failed_write_leaves_the_old_folder_and_no_leftovers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish(tmp_path / "a", b"old")

    def no_space(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        _publish(tmp_path / "a", b"new")
    assert (tmp_path / "a" / "x.txt").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_replacing_a_file_keeps_the_old_one_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    durable.replace_file(tmp_path / "f", b"old")

    def refused(self: Path, target: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OSError, match="Input"):
        durable.replace_file(tmp_path / "f", b"new")
    assert (tmp_path / "f").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_never_takes_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "x").write_text("words")
    with pytest.raises(OSError, match="kept"):
        durable.replace_file(tmp_path / "kept", b"new")
    assert (tmp_path / "kept" / "x").read_text() == "words"
    assert len(list(tmp_path.iterdir())) == 1


def test_sweeping_removes_what_a_killed_writer_left(tmp_path: Path) -> None:
    (tmp_path / "a" / ".tmp-dead").mkdir(parents=True)
    (tmp_path / "a" / ".tmp-dead" / "x").write_text("half")
    (tmp_path / ".tmp-file").write_text("half")
    durable.sweep(tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["a"]
