from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events import EVENT_DTYPE, EventBatch, Resolution
from app.pipeline import showreel
from app.pipeline.showreel import LONGEST_FRAME_US, Performance, Showreel
from app.sources.bundled import bundled_recordings
from app.sources.contract import FileSpec, SourceError, SourceInfo

SIZE = Resolution(4, 3)
WAVE, ROLL = FileSpec("/b/right_hand_wave_7.aedat4"), FileSpec("/b/arm_roll_7.aedat4")
EVENTS = 1_000  # one a millisecond


def events_of(count: int = EVENTS) -> np.ndarray:
    events = np.zeros(count, EVENT_DTYPE)
    events["t"] = 7_000_000 + 1_000 * np.arange(count)
    events["x"] = np.arange(count) % SIZE.width
    events["y"] = np.arange(count) % SIZE.height
    events["p"] = np.arange(count) % 2
    return events


class Recording:
    """A second of events in ten batches; some recordings are damaged, some never end."""

    opened: list[Recording]

    def __init__(self, spec: FileSpec) -> None:
        self.spec = spec
        self.closed = False
        self.info = SourceInfo(spec.path, SIZE, False, 7_000_000, 1_000_000)
        Recording.opened.append(self)

    def batches(self) -> Iterator[EventBatch]:
        if "damaged" in self.spec.path:
            raise SourceError("the recording damaged_1.aedat4 is damaged")
        while "endless" in self.spec.path and not self.closed:
            time.sleep(0.001)
            yield EventBatch(events_of(0), 0.0)
        for part in np.split(events_of(0 if "empty" in self.spec.path else EVENTS), 10):
            yield EventBatch(part, 0.0)

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def _none_opened() -> None:
    Recording.opened = []


def read(*specs: FileSpec) -> Showreel:
    reel = Showreel(specs, Recording)
    reel.start()
    assert reel._thread is not None
    reel._thread.join(5.0)
    return reel


def test_nothing_is_shown_before_something_is_read() -> None:
    assert Showreel([WAVE], Recording).frame(0.0) is None
    assert Recording.opened == []


def test_every_event_is_shown_once_where_and_when_it_is() -> None:
    reel = read(WAVE)
    frames = [reel.frame(10.0 + number * 0.05) for number in range(20)]
    assert [frame.restarted for frame in frames] == [True] + [False] * 19
    assert [int(frame.counts.sum()) for frame in frames] == [0] + [50] * 19
    assert frames[10].position == pytest.approx(0.5, abs=0.01)
    third = frames[1].counts
    assert third.shape == (2, 3, 4)
    assert third.dtype == np.uint16
    assert third[0, 0, 0] == 5  # of 50 events those at x = y = p = 0: every twelfth


def test_it_begins_anew_at_its_end() -> None:
    reel = read(WAVE)
    reel.frame(0.0)
    assert reel.frame(1.01).restarted
    assert not reel.frame(1.05).restarted


def test_without_a_wish_all_play_in_turn() -> None:
    reel = read(WAVE, ROLL)
    seen = [reel.frame(1.01 * number).gesture for number in range(4)]
    assert seen == ["right_hand_wave", "arm_roll"] * 2


def test_a_wish_plays_at_once_and_stays() -> None:
    reel = read(WAVE, ROLL)
    assert reel.frame(0.0, "right_hand_wave").gesture == "right_hand_wave"
    changed = reel.frame(0.1, "arm_roll")
    assert (changed.gesture, changed.restarted) == ("arm_roll", True)
    assert reel.frame(1.2, "arm_roll").gesture == "arm_roll"


def test_a_wish_without_a_recording_lets_the_one_that_plays_go_on() -> None:
    reel = read(WAVE, ROLL)
    reel.frame(0.0, "arm_roll")
    frame = reel.frame(0.1, "air_guitar")
    assert (frame.gesture, frame.restarted) == ("arm_roll", False)


def test_after_a_pause_only_the_last_moment_is_shown() -> None:
    reel = read(WAVE)
    reel.frame(0.0)
    assert reel.frame(0.9).counts.sum() == LONGEST_FRAME_US // 1_000


def test_what_cannot_be_read_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    reel = read(FileSpec("/b/damaged_1.aedat4"), FileSpec("/b/empty_1.aedat4"), ROLL)
    assert reel.gestures == ("arm_roll",)
    assert caplog.text.count("is damaged; it is not shown") == 1
    assert all(source.closed for source in Recording.opened)


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showreel, "MOST_EVENTS", 250)
    (performance,) = read(WAVE)._ready.values()
    assert len(performance.t_us) == 300
    assert performance.t_us.itemsize + performance.cell.itemsize == 8


def test_stopping_ends_a_reading_that_would_go_on() -> None:
    reel = Showreel([FileSpec("/b/endless_1.aedat4"), ROLL], Recording)
    reel.start()
    while not Recording.opened:
        time.sleep(0.001)
    assert reel.stop(5.0)
    assert all(source.closed for source in Recording.opened)
    assert len(Recording.opened) == 1
    assert reel.stop()


@given(st.lists(st.integers(0, 400_000), max_size=30))
def test_stretches_that_follow_each_other_hold_every_event(marks: list[int]) -> None:
    t_us = np.arange(0, 400_000, 1_000, dtype=np.uint32)
    performance = Performance("a", SIZE, t_us, t_us // 1_000 % 24, 400_000)
    edges = [0, *sorted(marks), 400_000]
    total = sum(performance.counts(*pair).sum() for pair in pairwise(edges))
    assert total == len(t_us)


def test_a_bundled_recording_is_read_by_a_real_child() -> None:
    reel = Showreel(bundled_recordings()[:1])
    reel.start()
    reel._thread.join(30.0)
    (gesture,) = reel.gestures
    frames = [reel.frame(number / 20) for number in range(59)]
    assert frames[-1].gesture == gesture
    assert sum(int(frame.counts.sum()) for frame in frames) > 10_000
    assert reel.stop()
