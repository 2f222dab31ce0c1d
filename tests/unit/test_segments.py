from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library.search import segments
from index.library.search.segments import (
    Member,
    Plan,
    Segment,
    is_whole,
    plan,
    published,
    retire,
)


def _member(article: str, passages: int = 10, version: str = "1") -> Member:
    return Member(article=article, version=version, passages=passages)


def _segment(name: str, *members: Member) -> Segment:
    return Segment(folder=Path(name), members=members)


def _published(index: Path, member: Member) -> Segment:
    with segments.publishing(index, [member], unsteady=("restless",)) as folder:
        _write(folder)
    return next(one for one in published(index) if member in one.members)


def _write(folder: Path) -> None:
    (folder / "part").mkdir()
    (folder / "part" / "words").write_text("harbour")
    (folder / "steady").write_text("quay")
    (folder / "restless").write_text("tide")


def test_segments_in_step_need_nothing() -> None:
    one = _member("one")
    first = _segment("s", one)
    assert plan([first], [one]) == Plan(members=(), kept=(first,))


def test_a_small_new_article_is_written_beside_a_large_segment() -> None:
    large, new = _member("large", 1_000), _member("new", 10)
    first = _segment("s", large)
    assert plan([first], [large, new]) == Plan(members=(new,), kept=(first,))


def test_a_small_segment_is_made_anew_with_what_is_new() -> None:
    large, small, new = _member("large", 1_000), _member("small", 20), _member("new", 10)
    first, second = _segment("s", large), _segment("t", small)
    todo = plan([first, second], [large, small, new])
    assert todo == Plan(members=(new, small), kept=(first,))


def test_a_replaced_version_counts_no_more_and_too_many_of_them_are_thrown_out() -> None:
    kept, old, new = _member("kept", 100), _member("a", 10), _member("a", 10, version="2")
    first = _segment("s", kept, old)
    assert plan([first], [kept, new]) == Plan(members=(new,), kept=(first,))
    much = _member("a", 100)
    todo = plan([_segment("s", kept, much)], [kept, new])
    assert todo == Plan(members=(new, kept), kept=())


def test_an_article_left_in_two_segments_by_a_kill_is_kept_in_one() -> None:
    one, two = _member("one", 50), _member("two", 10)
    larger, smaller = _segment("s", one, two), _segment("t", one)
    assert plan([smaller, larger], [one, two]) == Plan(members=(), kept=(larger,))


@given(st.lists(st.integers(1, 500), min_size=1, max_size=60))
def test_however_articles_come_all_are_held_once_in_few_segments(sizes: list[int]) -> None:
    present: list[Segment] = []
    wanted: dict[str, Member] = {}
    for number, size in enumerate(sizes):
        wanted[str(number)] = _member(str(number), size)
        todo = plan(present, wanted.values())
        present = [*todo.kept, Segment(folder=Path(str(number)), members=todo.members)]
        held = [member for segment in present for member in segment.members]
        assert sorted(held, key=str) == sorted(wanted.values(), key=str)
    assert len(present) <= 8


def test_a_published_segment_is_whole_until_a_steady_file_changes(tmp_path: Path) -> None:
    segment = _published(tmp_path / "index", _member("one"))
    assert segment.members == (_member("one"),)
    (segment.folder / "restless").write_text("ebb")
    (segment.folder / "steady").touch()
    assert is_whole(segment)
    (segment.folder / "part" / "words").write_text("harbouR")
    assert not is_whole(segment)
    (segment.folder / "part" / "words").unlink()
    assert not is_whole(segment)


def test_a_segment_whose_making_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with segments.publishing(tmp_path, [_member("one")]) as folder:
            _write(folder)
            raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_what_is_removed_is_gone_and_a_damaged_manifest_hides_a_segment(tmp_path: Path) -> None:
    one, two = _published(tmp_path, _member("one")), _published(tmp_path, _member("two"))
    segments.forget(tmp_path, "one")
    assert published(tmp_path) == (two,)
    assert not one.folder.exists()
    (two.folder / "manifest.json").write_text("{")
    assert published(tmp_path) == ()
    assert segments.paths(tmp_path) == [two.folder]
    retire(two.folder)
    assert segments.paths(tmp_path) == []
