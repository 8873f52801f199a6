from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.sources.contract import FileSpec
from app.sources.formats import blocks
from app.sources.formats.clock import without_outliers
from app.sources.opening import open_source
from tests.sources.making import aedat1_bytes, aedat2_bytes, random_events
from tests.sources.prophesee_making import dat_bytes


def test_ordered_marks_stay_as_they_are() -> None:
    marks = np.array([3, 9, 9, 20, 21], np.int64)
    assert without_outliers(marks).tolist() == [3, 9, 9, 20, 21]


def test_a_single_outlier_takes_the_nearer_neighbour() -> None:
    marks = np.array([10, 20, 10**12, 40, 0, 60], np.int64)
    assert without_outliers(marks).tolist() == [10, 20, 40, 40, 40, 60]


def test_a_wrap_is_no_outlier() -> None:
    marks = np.array([2**32 - 900, 2**32 - 100, 700, 1500], np.uint32)
    assert np.array_equal(without_outliers(marks), marks)


@pytest.mark.parametrize("make", [aedat1_bytes, aedat2_bytes, dat_bytes])
def test_a_long_recording_has_larger_blocks(
    tmp_path: Path, make: Callable[[np.ndarray], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "BLOCK_EVENTS", 100)
    monkeypatch.setattr(blocks, "_MOST_BLOCKS", 7)
    events = random_events(5_000, span_us=5_000_000)
    (tmp_path / "tape").write_bytes(make(events))
    with open_source(FileSpec(str(tmp_path / "tape"))) as source:
        batches = [batch.events for batch in source.batches()]
        assert len(batches) == 7
        assert np.array_equal(np.concatenate(batches), events)
        source.seek(3_000_000)
        late = np.concatenate([batch.events for batch in source.batches()])
    assert np.array_equal(late, events[events["t"] >= 3_000_000])
