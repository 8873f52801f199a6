from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from app.booth.scene import Feed
from app.pipeline.snapshot import PipelineState, Snapshot, Stats
from app.ui.kiosk.live import (
    FIRST_PAUSE_S,
    LONGEST_PAUSE_S,
    REOPEN_S,
    REOPEN_TROUBLED_S,
    SILENT_S,
    TROUBLED_S,
    Live,
    Tally,
)
from tests.ui.fakes import CAMERA, RECORDING, recognition, snapshot

STARTING = snapshot(state=PipelineState.STARTING, info=None, readings=(), loading="source")
LOADING = snapshot(info=CAMERA, readings=(), loading="network")
FAILED = snapshot(state=PipelineState.FAILED, info=None, failure="there is no camera")


@dataclass
class Stream:
    """A pipeline whose snapshots are set by hand, and a clock to go with it."""

    next_snapshot: Snapshot = STARTING
    now_s: float = 100.0
    events: int = 0
    opened: int = 0
    at_once: list[bool] = field(default_factory=list)

    def build(self, open_source: Any) -> Stream:
        return self

    def start(self) -> None:
        self.opened += 1

    def replace_source(self, open_source: Any, *, at_once: bool = False) -> None:
        self.opened += 1
        self.at_once.append(at_once)
        self.events = 0

    def take(self) -> Snapshot:
        stats = replace(self.next_snapshot.stats, events=self.events)
        return replace(self.next_snapshot, stats=stats)

    def stop(self, timeout_s: float) -> bool:
        return True

    def clock(self) -> float:
        return self.now_s


@pytest.fixture
def stream() -> Stream:
    return Stream()


@pytest.fixture
def live(stream: Stream) -> Live:
    made = Live(lambda: None, stream.build, Tally(), stream.clock)
    made.start()
    return made


def pass_time(live: Live, stream: Stream, seconds: float, events: int = 0) -> list[Feed]:
    """Look ten times a second; ``events`` come before every look."""
    feeds = []
    for _ in range(round(10 * seconds)):
        stream.now_s += 0.1
        stream.events += events
        live.take()
        feeds.append(live.feed)
    return feeds


def test_nothing_is_opened_before_the_start(stream: Stream) -> None:
    live = Live(lambda: None, stream.build, Tally(), stream.clock)
    assert live.take() is None
    assert (live.waiting, live.attempts, stream.opened) == ("loading", 0, 0)
    assert live.stop(1.0)


def test_from_loading_to_events(live: Live, stream: Stream) -> None:
    assert set(pass_time(live, stream, 1)) == {Feed.NONE}
    assert live.waiting == "loading"
    stream.next_snapshot = LOADING
    assert set(pass_time(live, stream, 1, events=5)) == {Feed.EVENTS}
    assert live.waiting == "loading"
    stream.next_snapshot = snapshot(info=CAMERA)
    pass_time(live, stream, 1, events=5)
    assert live.waiting is None
    assert live.attempts == stream.opened == 1


def test_a_source_that_cannot_be_opened_is_tried_again_for_ever(
    live: Live, stream: Stream, caplog: pytest.LogCaptureFixture
) -> None:
    stream.next_snapshot = FAILED
    assert set(pass_time(live, stream, 120)) == {Feed.NONE}
    assert live.waiting == "source"
    assert 120 / (LONGEST_PAUSE_S + 0.3) < live.attempts == stream.opened < 40
    assert all(stream.at_once)
    assert caplog.text.count("there is no camera") == 1


def test_the_first_pause_is_short_and_the_others_longer(live: Live, stream: Stream) -> None:
    stream.next_snapshot = FAILED
    opened_s = []
    for _ in range(200):
        before = stream.opened
        pass_time(live, stream, 0.1)
        opened_s += [stream.now_s] * (stream.opened - before)
    pauses = [later - earlier for earlier, later in zip([100.0, *opened_s], opened_s, strict=False)]
    assert pauses[0] == pytest.approx(FIRST_PAUSE_S, abs=0.25)
    assert pauses[-1] == pytest.approx(LONGEST_PAUSE_S, abs=0.25)
    assert pauses == sorted(pauses)


def test_after_events_the_pause_is_short_again(live: Live, stream: Stream) -> None:
    stream.next_snapshot = FAILED
    pass_time(live, stream, 30)
    stream.next_snapshot = snapshot(info=CAMERA)
    pass_time(live, stream, 1, events=1)
    stream.next_snapshot = FAILED
    opened = stream.opened
    assert set(pass_time(live, stream, FIRST_PAUSE_S + 0.2)) == {Feed.LOST}
    assert stream.opened == opened + 1


def test_a_silent_camera_is_lost_and_opened_again_and_again(live: Live, stream: Stream) -> None:
    stream.next_snapshot = snapshot(info=CAMERA)
    pass_time(live, stream, 1, events=9)
    assert set(pass_time(live, stream, SILENT_S - 0.2)) == {Feed.EVENTS}
    pass_time(live, stream, 0.4)
    assert set(pass_time(live, stream, 60)) == {Feed.LOST}, "it must not come back in between"
    assert live.waiting == "source"
    assert live.attempts == pytest.approx(1 + 60 / REOPEN_S, abs=1)
    assert set(pass_time(live, stream, 1, events=1)) == {Feed.EVENTS}


def test_a_camera_that_says_that_it_is_gone_is_lost_sooner(live: Live, stream: Stream) -> None:
    stream.next_snapshot = snapshot(info=CAMERA)
    pass_time(live, stream, 1, events=9)
    stream.next_snapshot = snapshot(info=CAMERA, notice="it is gone; it is being opened again")
    pass_time(live, stream, TROUBLED_S + 0.1)
    assert live.feed is Feed.LOST
    pass_time(live, stream, REOPEN_S + 1)
    assert live.attempts == 1, "its own reader is at it"
    pass_time(live, stream, REOPEN_TROUBLED_S)
    assert live.attempts == 2


def test_a_note_alone_is_no_loss(live: Live, stream: Stream) -> None:
    stream.next_snapshot = snapshot(info=CAMERA, notice="3 events lay outside the picture")
    assert set(pass_time(live, stream, 60, events=1)) == {Feed.EVENTS}


def test_a_still_recording_is_no_loss(live: Live, stream: Stream) -> None:
    stream.next_snapshot = snapshot(info=RECORDING)
    pass_time(live, stream, 1, events=1)
    assert set(pass_time(live, stream, 60)) == {Feed.EVENTS}
    assert live.attempts == 1


def test_a_recording_that_is_damaged_begins_anew(live: Live, stream: Stream) -> None:
    stream.next_snapshot = snapshot(info=RECORDING)
    pass_time(live, stream, 1, events=1)
    stream.next_snapshot = snapshot(
        info=RECORDING, state=PipelineState.FAILED, failure="it is damaged near 2.00 s"
    )
    pass_time(live, stream, 0.1)
    assert live.feed is Feed.LOST
    pass_time(live, stream, 1.1)
    assert live.attempts == 2


def test_what_was_lost_is_summed_over_every_attempt(live: Live, stream: Stream) -> None:
    for dropped in (3, 5):
        stream.next_snapshot = snapshot(info=CAMERA, stats=Stats(dropped_slices=dropped))
        pass_time(live, stream, 1, events=1)
    assert live.dropped == 5
    stream.next_snapshot = replace(FAILED, stats=Stats(dropped_slices=5))
    pass_time(live, stream, 1.2)
    stream.next_snapshot = snapshot(info=CAMERA, stats=Stats(dropped_slices=2))
    pass_time(live, stream, 1, events=1)
    assert live.dropped == 7


def test_decisions_are_counted() -> None:
    tally = Tally()
    live = Live(lambda: None, Stream().build, tally)
    tally([recognition(None), recognition("arm_roll")])
    tally([recognition(None)])
    assert (live.decisions, live.named) == (3, 1)
