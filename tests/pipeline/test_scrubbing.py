"""Going to and fro while a recording is held: what is seen is what playing would show there."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest

from app.events import join_events
from app.pipeline.snapshot import PipelineState, Snapshot
from app.pipeline.way import Way
from tests.pipeline.fakes import Recording, SlowNetwork
from tests.pipeline.test_pipeline import EXPECTED, STREAM, Harness, paused_at_the_start, play
from tests.recognition.streams import make_events

__all__ = ["play"]
LEAD_US = 120_000
FADING_US = 60_000


@pytest.fixture(autouse=True)
def _short_lead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.pipeline.way.LEAD_US", LEAD_US)


def arrived(harness: Harness) -> Snapshot:
    return harness.until(lambda s: s.seeking_us is None, "the place")


def decided(snapshot: Snapshot) -> tuple[object, ...]:
    made = snapshot.recognition
    return (made.t_us, made.winner, made.gesture, made.share, *made.votes.tolist())


def expected_at(t_us: int) -> tuple[object, ...]:
    """The decision that playing from the beginning shows when it gets to ``t_us``."""
    (row,) = [row for row in EXPECTED if row[0] == t_us]
    return row


@pytest.mark.parametrize("t_us", [50_000, 152_000, 200_000, 283_000])
def test_a_place_shows_what_playing_up_to_it_would_show(
    play: Callable[..., Harness], t_us: int
) -> None:
    harness = paused_at_the_start(play)
    harness.pipeline.seek(t_us)
    snapshot = arrived(harness)
    assert (snapshot.state, snapshot.position_us) == (PipelineState.PAUSED, t_us)
    assert decided(snapshot) == expected_at(t_us)
    (reading,) = snapshot.readings
    spikes = sum(len(chunk.output) for chunk in reading.raster)
    assert spikes == pytest.approx(min(LEAD_US, t_us) / 1000, abs=1)
    times = STREAM["t"]
    lately = np.count_nonzero((times >= t_us - FADING_US) & (times < t_us))
    assert snapshot.counts.sum() == pytest.approx(lately, abs=80)


def test_a_step_forward_from_a_place_goes_on_exactly(play: Callable[..., Harness]) -> None:
    harness = paused_at_the_start(play)
    harness.pipeline.seek(200_000)
    arrived(harness)
    harness.rows.clear()
    harness.pipeline.step()
    harness.until(lambda s: len(harness.rows) == 5, "a slice")
    assert harness.rows == EXPECTED[200:205]
    harness.pipeline.resume()
    harness.to_the_end()
    assert harness.rows == EXPECTED[200:]


def test_until_a_place_is_reached_the_one_before_it_is_seen(play: Callable[..., Harness]) -> None:
    network = SlowNetwork()
    network.gate.set()
    harness = play(Recording(STREAM), network, speed=0.1)
    harness.until(lambda s: s.recognition)
    harness.pipeline.pause()
    harness.until(lambda s: s.state is PipelineState.PAUSED)
    before = harness.pipeline.take()
    network.gate.clear()
    harness.pipeline.seek(250_000)
    network.entered.clear()
    assert network.entered.wait(10)
    still = harness.pipeline.take()
    assert (still.seeking_us, still.place_us) == (250_000, 250_000)
    assert still.position_us == before.position_us
    assert still.recognition == before.recognition or decided(still) == decided(before)
    assert not still.restarted
    assert not still.counts.any()
    assert still.readings[0].raster == ()
    network.gate.set()
    after = arrived(harness)
    assert after.restarted
    assert decided(after) == expected_at(250_000)


def test_the_newest_of_quick_seeks_wins(play: Callable[..., Harness]) -> None:
    harness = paused_at_the_start(play)
    for t_us in range(20_000, 280_000, 10_000):
        harness.pipeline.seek(t_us)
        assert harness.pipeline.take().place_us == t_us
    snapshot = arrived(harness)
    assert snapshot.position_us == 270_000
    assert decided(snapshot) == expected_at(270_000)


def test_the_beginning_shows_its_first_slice(play: Callable[..., Harness]) -> None:
    harness = paused_at_the_start(play)
    harness.pipeline.seek(200_000)
    arrived(harness)
    harness.pipeline.seek(0)
    snapshot = arrived(harness)
    assert snapshot.position_us == 5_000
    assert snapshot.restarted


def test_playing_on_before_the_place_is_reached_loses_nothing(
    play: Callable[..., Harness],
) -> None:
    harness = paused_at_the_start(play)
    harness.pipeline.seek(100_000)
    harness.pipeline.resume()
    harness.to_the_end()
    # It may have played on before the way began; then state and vote fill within 100 ms.
    assert harness.rows[-80:] == EXPECTED[-80:]


def test_a_place_in_a_long_gap_is_reached(play: Callable[..., Harness]) -> None:
    late = STREAM.copy()
    late["t"] += 30_000_000
    opened = threading.Event()
    harness = play(Recording(join_events([STREAM, late])), opened=opened)
    harness.pipeline.pause()
    opened.set()
    harness.until(lambda s: s.state is PipelineState.PAUSED)
    harness.pipeline.seek(320_000)  # just after the first part
    snapshot = arrived(harness)
    assert snapshot.position_us == 300_000
    assert decided(snapshot) == expected_at(300_000)
    harness.pipeline.seek(15_000_000)  # nothing before it, so what follows is shown
    assert arrived(harness).position_us == pytest.approx(30_005_000, abs=1_000)


def test_a_place_after_the_last_event_is_empty(play: Callable[..., Harness]) -> None:
    recording = Recording(STREAM)
    object.__setattr__(recording.info, "duration_us", 10**15)  # as a damaged file may say
    opened = threading.Event()
    harness = play(recording, opened=opened)
    harness.pipeline.pause()
    opened.set()
    harness.until(lambda s: s.state is PipelineState.PAUSED)
    harness.pipeline.seek(200_000)
    arrived(harness)
    harness.pipeline.seek(10**14)
    snapshot = arrived(harness)
    assert snapshot.position_us == 10**14
    assert snapshot.restarted
    assert snapshot.recognition is None
    assert not snapshot.counts.any()


def test_an_empty_recording_can_be_sought(play: Callable[..., Harness]) -> None:
    harness = play(Recording(make_events([])))
    harness.to_the_end()
    harness.pipeline.seek(0)
    assert harness.until(lambda s: s.seeking_us is None).recognition is None


def test_the_way_begins_no_earlier_than_the_recording() -> None:
    assert Way.to(50_700, 10_000, led=True) == Way(10_000, 50_000)
    assert Way.to(500_700, 10_000, led=True) == Way(500_000 - LEAD_US, 500_000)
    assert Way.to(500_700, 10_000, led=False) == Way(500_700, 500_700)


def test_seeking_to_and_fro_while_playing_arrives(play: Callable[..., Harness]) -> None:
    harness = play(Recording(STREAM), speed=0.1)
    harness.until(lambda s: s.position_us)
    for t_us in (100_000, 200_000, 150_000):
        harness.pipeline.seek(t_us)
    snapshot = arrived(harness)
    assert snapshot.state is PipelineState.PLAYING
    assert 150_000 < snapshot.position_us < 200_000
