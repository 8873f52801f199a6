"""Single wrong times, and clocks that are set back, in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.events import Resolution, join_events
from app.sources.contract import FileSpec, SourceInfo
from app.sources.guard import EventGuard
from app.sources.opening import open_source
from models.data.dvs_gesture.aedat3_writer import write_aedat3
from tests.sources.aedat4_making import jaer_file
from tests.sources.making import aedat2_bytes, in_batches, random_events

SIZE = Resolution(128, 128)
WRITERS: dict[str, Callable[[Path, np.ndarray], object]] = {
    "2.0": lambda path, events: path.write_bytes(aedat2_bytes(events)),
    "3.1": write_aedat3,
    "4": lambda path, events: path.write_bytes(jaer_file(in_batches(events, 1000))),
}


def played(path: Path) -> tuple[np.ndarray, SourceInfo]:
    with open_source(FileSpec(str(path))) as source:
        parts = [batch.events for batch in source.batches()]
        return np.concatenate(parts), source.info


@pytest.mark.parametrize("place", [0, 1, 2999, 4500, 20_000, -2, -1])
@pytest.mark.parametrize("wrong_us", [0, 2**40, 2**62, 1_718_321_489_911_158 - 2**36])
@pytest.mark.parametrize("version", ["3.1", "4"])
def test_a_single_wrong_time_costs_one_event(
    tmp_path: Path, version: str, wrong_us: int, place: int
) -> None:
    if version == "3.1":
        wrong_us = min(wrong_us, 2**61)
    events = random_events(24_000, start_us=1_718_321_489_911_158)
    good = np.delete(events, place)
    events["t"][place] = wrong_us
    WRITERS[version](tmp_path / "tape", events)
    found, info = played(tmp_path / "tape")
    assert np.array_equal(found, good)
    assert info.start_us == good["t"][0]
    assert info.duration_us == good["t"][-1] - good["t"][0] + 1
    assert "events with a wrong time left out: 1" in str(info.note)


@pytest.mark.parametrize("version", WRITERS)
@pytest.mark.parametrize("count", [3000, 40_000, 100_000])
@pytest.mark.parametrize("back_us", [2_000_000, 30_000_000])
def test_a_clock_that_is_set_back_loses_nothing(
    tmp_path: Path, version: str, count: int, back_us: int
) -> None:
    events = random_events(count, span_us=40_000_000, start_us=1000)
    true_times = events["t"].copy()
    middle = int(np.searchsorted(true_times, 35_000_000))
    events["t"][middle:] -= back_us
    WRITERS[version](tmp_path / "tape", events)
    found, info = played(tmp_path / "tape")
    assert len(found) == count
    assert np.array_equal(found["x"], events["x"])
    # How long it took to set the clock nobody knows: time stands still meanwhile.
    stood_us = int(true_times[middle] - true_times[middle - 1])
    assert np.array_equal(
        found["t"], np.append(true_times[:middle], true_times[middle:] - stood_us)
    )
    assert info.duration_us == found["t"][-1] - found["t"][0] + 1
    assert info.note == "new beginnings of the clock: 1"
    with open_source(FileSpec(str(tmp_path / "tape"))) as source:
        for t_us in (36_000_000, 1000, int(found["t"][middle])):
            source.seek(t_us)
            rest = np.concatenate([batch.events for batch in source.batches()])
            assert np.array_equal(rest, found[found["t"] >= t_us])


def test_a_pause_of_hours_is_no_wrong_time(tmp_path: Path) -> None:
    events = random_events(3000)
    events["t"][2995:] += 5 * 3_600_000_000
    events = join_events([events, random_events(3000, start_us=5 * 3_600_000_000 + 2_000_000)])
    WRITERS["4"](tmp_path / "tape", events)
    found, info = played(tmp_path / "tape")
    assert np.array_equal(found, events)
    assert info.note is None


@pytest.mark.parametrize("count", [1, 2, 8, 9])
@pytest.mark.parametrize("version", WRITERS)
def test_recordings_of_a_few_events_are_played(tmp_path: Path, version: str, count: int) -> None:
    events = random_events(count)
    WRITERS[version](tmp_path / "tape", events)
    found, info = played(tmp_path / "tape")
    assert np.array_equal(found, events)
    assert info.note is None


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 2**62), st.integers(1, 40)), max_size=12), st.booleans())
def test_whatever_comes_time_never_goes_back_within_a_clock(
    jumps: list[tuple[int, int]], looks_ahead: bool
) -> None:
    guard = EventGuard(SIZE, looks_ahead=looks_ahead)
    newest_us, total, came = -1, 0, 0
    for start_us, count in jumps:
        events = random_events(count, span_us=50, start_us=start_us)
        came += count
        cleaned, restarted = guard.clean(events)
        total += len(cleaned)
        times = cleaned["t"]
        assert (np.diff(times) >= 0).all()
        if len(times):
            assert restarted or times[0] >= newest_us
            newest_us = int(times[-1])
    total += len(guard.rest())
    assert total <= came


def test_a_live_event_near_the_end_of_time_is_left_out() -> None:
    guard = EventGuard(SIZE)
    batches = in_batches(random_events(900, start_us=10**15), 300)
    wrong = batches[0][-1:].copy()
    wrong["t"] = 2**63 - 1
    cleaned = [guard.clean(part) for part in (batches[0], wrong, *batches[1:])]
    assert sum(len(events) for events, _ in cleaned) == 900
    assert not any(restarted for _, restarted in cleaned)
    assert guard.note() == "events with a wrong time left out: 1"
