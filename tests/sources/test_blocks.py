from __future__ import annotations

import numpy as np

from app.sources.clock import without_outliers


def test_ordered_marks_stay_as_they_are() -> None:
    marks = np.array([3, 9, 9, 20, 21], np.int64)
    assert without_outliers(marks).tolist() == [3, 9, 9, 20, 21]


def test_a_single_outlier_takes_the_nearer_neighbour() -> None:
    marks = np.array([10, 20, 10**12, 40, 0, 60], np.int64)
    assert without_outliers(marks).tolist() == [10, 20, 40, 40, 40, 60]


def test_a_wrap_is_no_outlier() -> None:
    marks = np.array([2**32 - 900, 2**32 - 100, 700, 1500], np.uint32)
    assert np.array_equal(without_outliers(marks), marks)
