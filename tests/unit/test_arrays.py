from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import arrays
from index.retrieval.packing import packed

KEPT = {"rows": np.arange(6, dtype=np.float32).reshape(2, 3), "told": packed({"quay": [1, None]})}


def test_arrays_come_back_as_they_were_kept_all_or_some(tmp_path: Path) -> None:
    arrays.save(tmp_path / "kept", KEPT)
    kept = arrays.load(tmp_path / "kept")
    assert kept is not None
    assert {name: array.tolist() for name, array in kept.items()} == {
        name: array.tolist() for name, array in KEPT.items()
    }
    some = arrays.load(tmp_path / "kept", ["rows"])
    assert some is not None
    assert list(some) == ["rows"]
    assert arrays.load(tmp_path / "kept", ["others"]) is None
    assert arrays.load(tmp_path / "missing") is None


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("arrays") / "whole"
    arrays.save(file, KEPT)
    return file


@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), is_cut=st.booleans())
def test_whichever_bit_is_damaged_no_other_numbers_are_read(
    whole: Path, share: float, bit: int, is_cut: bool
) -> None:
    content = bytearray(whole.read_bytes())
    place = int(share * len(content))
    content[place] ^= 1 << bit
    damaged = whole.with_name("damaged")
    damaged.write_bytes(content[:place] if is_cut else content)
    kept = arrays.load(damaged, KEPT)
    assert kept is None or all(np.array_equal(kept[name], KEPT[name]) for name in KEPT)
