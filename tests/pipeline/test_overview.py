"""The event rate over a whole recording, from a reader of its own."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events import EVENT_DTYPE, Resolution
from app.pipeline.overview import BINS, Overview, Surveyor, empty_overview
from app.sources.contract import FileSpec, SourceError, SourceInfo
from app.sources.formats.aedat4_writer import Aedat4Writer
from app.sources.hosting.host import HostedSource
from app.sources.opening import load_gently
from tests.pipeline.fakes import ENDS_WITHIN_S, SIDE, LiveSource, Recording


def events_at(times_us: list[int]) -> np.ndarray:
    made = np.zeros(len(times_us), EVENT_DTYPE)
    made["t"] = times_us
    made["p"] = np.arange(len(times_us)) % 2
    return made


def surveyed(source: object) -> Overview | None:
    surveyor = Surveyor(lambda: source)
    assert surveyor.join(time.monotonic() + ENDS_WITHIN_S)
    return surveyor.take()


def test_every_event_is_counted_in_its_bin_and_polarity() -> None:
    times_us = list(range(5_000_000, 6_000_000, 250))
    source = Recording(events_at(times_us), batch=333)
    overview = surveyed(source)
    assert overview is not None
    assert overview.is_whole
    assert overview.events == (2_000, 2_000)
    assert (overview.start_us, overview.counted) == (5_000_000, overview.counts.shape[1])
    assert overview.rates.mean() == pytest.approx(4_000, rel=0.01)
    assert source.closed == 1


@given(st.lists(st.integers(0, 10**10), min_size=1, max_size=200))
def test_nothing_is_counted_twice_or_not_at_all(times_us: list[int]) -> None:
    times_us.sort()
    info = SourceInfo(
        "a", Resolution(SIDE, SIDE), False, times_us[0], times_us[-1] - times_us[0] + 1
    )
    overview = empty_overview(info)
    assert 1 <= overview.counts.shape[1] <= BINS
    assert overview.counts.shape[1] * overview.bin_us >= overview.duration_us
    found = surveyed(Recording(events_at(times_us), batch=7))
    assert found is not None
    assert sum(found.events) == len(times_us)


def test_what_was_read_before_a_failure_stays() -> None:
    overview = surveyed(Recording(events_at(list(range(0, 10_000, 10))), batch=100, fail_after=3))
    assert overview is not None
    assert overview.failure == "the recording is damaged"
    assert not overview.is_whole
    assert sum(overview.events) == 300


def test_a_recording_that_cannot_be_opened_has_no_overview() -> None:
    def refuse() -> Recording:
        raise SourceError("no")

    surveyor = Surveyor(refuse)
    assert surveyor.join(time.monotonic() + ENDS_WITHIN_S)
    assert surveyor.take() is None


def test_it_ends_when_nobody_wants_it_any_more() -> None:
    source = LiveSource()
    surveyor = Surveyor(lambda: source)
    assert source.delivered.wait(ENDS_WITHIN_S)
    surveyor.close()
    assert surveyor.join(time.monotonic() + ENDS_WITHIN_S)
    assert source.closed.is_set()


def test_a_gentle_reader_of_its_own_counts_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.aedat4"
    with Aedat4Writer(path, Resolution(SIDE, SIDE)) as writer:
        writer.write(events_at(list(range(1_000, 301_000, 10))))
    surveyor = Surveyor(lambda: HostedSource(FileSpec(str(path)), load_gently))
    assert surveyor.join(time.monotonic() + 6 * ENDS_WITHIN_S)
    overview = surveyor.take()
    assert overview is not None
    assert overview.is_whole
    assert overview.events == (15_000, 15_000)
