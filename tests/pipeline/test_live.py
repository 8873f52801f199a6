"""Live sources: what is too much is dropped and counted, and silence is data."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from app.events import EventBatch, Resolution
from app.pipeline.pipeline import Pipeline
from app.pipeline.snapshot import PipelineState, Snapshot
from app.recognition.decision import Recognition
from app.settings import Settings, VoteSettings
from models.spec import TickEvents, TickOutput
from tests.pipeline.fakes import ENDS_WITHIN_S, SIDE, LiveSource, SlowNetwork, until
from tests.recognition.streams import CountingNetwork, make_events, random_events

SETTINGS = Settings(vote=VoteSettings(min_share=0.5, min_count=2, warm_up_ms=0))
STREAM = random_events(20_000, 2_000_000, SIDE)


def batches(events: np.ndarray, size: int = 100) -> Iterator[EventBatch]:
    for begin in range(0, len(events), size):
        yield EventBatch(events[begin : begin + size], time.monotonic())


def test_a_slow_worker_costs_the_oldest_slices_and_leaves_gaps() -> None:
    network, source = SlowNetwork(), LiveSource(batches(STREAM))
    decisions: list[Recognition] = []
    pipeline = Pipeline(lambda: source, lambda: network, SETTINGS, on_recognitions=decisions.extend)
    pipeline.start()
    assert source.delivered.wait(ENDS_WITHIN_S)
    network.entered.wait(ENDS_WITHIN_S)
    held = pipeline.take()
    assert held.stats.backlog_us <= 80_000
    assert held.stats.dropped_us >= 1_800_000  # two seconds, less the queue and the first chunk
    assert held.stats.dropped_slices >= 360
    network.gate.set()
    until(pipeline.take, lambda s: decisions and decisions[-1].t_us > 2_000_000, "the newest")
    assert pipeline.stop()

    ticks = sum(count for name, count in network.calls if name == "run")
    skipped_us = sum(time_us for name, time_us in network.calls if name == "skip")
    assert len(decisions) == ticks
    assert ticks * 1_000 + skipped_us == decisions[-1].t_us  # the first event is in tick zero
    assert pipeline.take().stats.dropped_us == skipped_us


def test_what_the_source_lost_and_what_the_queue_gave_up_are_one_figure() -> None:
    network, source = SlowNetwork(), LiveSource(batches(STREAM))
    source.info = replace(source.info, lost_events=1_000_000)
    pipeline = Pipeline(lambda: source, lambda: network, SETTINGS)
    pipeline.start()
    assert source.delivered.wait(ENDS_WITHIN_S)
    network.entered.wait(ENDS_WITHIN_S)
    stats = pipeline.take().stats
    network.gate.set()
    assert pipeline.stop()
    # Of two seconds, the queue and the first chunk are kept.
    assert 1_000_000 + 0.9 * len(STREAM) <= stats.lost_events < 1_000_000 + len(STREAM)


def test_a_source_that_comes_back_with_another_sensor_goes_on() -> None:
    source = LiveSource()
    network = CountingNetwork(SIDE)
    other = Resolution(3 * SIDE, 2 * SIDE)

    def stream() -> Iterator[EventBatch]:
        yield from batches(STREAM)
        source.info = replace(source.info, resolution=other)
        events = make_events([5_000_000, 5_001_000, 6_000_000], other.width - 1, other.height - 1)
        yield EventBatch(events, time.monotonic(), gap_us=1_000, restarted=True)

    source._batches = stream()
    pipeline = Pipeline(lambda: source, lambda: network, SETTINGS)
    pipeline.start()
    assert source.delivered.wait(ENDS_WITHIN_S)
    seen = until(pipeline.take, lambda s: s.position_us and s.position_us >= 6_000_000, "the end")
    later = until(pipeline.take, lambda s: s.recognition and s.recognition.t_us > 5_900_000, "work")
    assert pipeline.stop()
    assert seen.info is not None
    assert seen.info.resolution == other
    assert seen.counts is not None
    assert seen.counts.shape == (2, other.height, other.width)
    assert later.failure is None


def test_every_event_shows_even_if_it_is_dropped() -> None:
    network, source = SlowNetwork(), LiveSource(batches(STREAM))
    pipeline = Pipeline(lambda: source, lambda: network, SETTINGS)
    pipeline.start()
    assert source.delivered.wait(ENDS_WITHIN_S)
    shown = []

    def add(snapshot: Snapshot) -> int:
        shown.append(0 if snapshot.counts is None else int(snapshot.counts.sum()))
        return sum(shown)

    until(pipeline.take, lambda s: add(s) == len(STREAM), "every event")
    network.gate.set()
    assert pipeline.stop()


def test_silence_on_the_wall_clock_clears_the_label() -> None:
    wave = make_events(np.arange(0, 200_000, 100), x=1, y=1)
    source = LiveSource(batches(wave))
    pipeline = Pipeline(lambda: source, lambda: CountingNetwork(SIDE), SETTINGS)
    pipeline.start()
    until(pipeline.take, lambda s: s.recognition and s.recognition.gesture == 0, "the label")
    cleared = until(
        pipeline.take, lambda s: s.recognition and s.recognition.gesture is None, "no label"
    )
    assert cleared.state is PipelineState.PLAYING
    assert cleared.recognition is not None
    assert cleared.recognition.t_us >= 270_000
    assert cleared.stats.events == 2_000
    assert pipeline.stop()


def test_a_camera_that_begins_anew_resets_the_network() -> None:
    late = make_events(np.arange(9_000_000, 9_050_000, 100))
    early = make_events(np.arange(0, 50_000, 100))
    now_s = time.monotonic()
    source = LiveSource([EventBatch(late, now_s), EventBatch(early, now_s, restarted=True)])
    network = CountingNetwork(SIDE)
    decisions: list[Recognition] = []
    pipeline = Pipeline(lambda: source, lambda: network, SETTINGS, on_recognitions=decisions.extend)
    pipeline.start()
    snapshot = until(
        pipeline.take, lambda s: s.recognition and s.recognition.t_us < 9_000_000, "the new clock"
    )
    assert snapshot.restarted
    assert pipeline.stop()
    assert network.calls.count(("reset", 0)) == 2
    times = [decision.t_us for decision in decisions]
    assert times.index(1_000) == sum(t > 9_000_000 for t in times)


def test_a_paused_live_source_skips_and_resumes_with_a_gap() -> None:
    source, network = LiveSource(batches(STREAM[:1_000])), CountingNetwork(SIDE)
    decisions: list[Recognition] = []
    pipeline = Pipeline(lambda: source, lambda: network, SETTINGS, on_recognitions=decisions.extend)
    pipeline.start()
    until(pipeline.take, lambda s: s.recognition and s.recognition.t_us > 90_000, "the events")
    pipeline.pause()
    until(pipeline.take, lambda s: s.stats.backlog_us == 0)
    held_us = pipeline.take().position_us
    time.sleep(0.05)
    assert pipeline.take().position_us == held_us
    assert pipeline.take().state is PipelineState.PAUSED
    pipeline.seek(0)  # there is no other time than now
    pipeline.step()
    stepped = until(pipeline.take, lambda s: s.position_us != held_us, "one slice")
    assert held_us is not None
    assert stepped.position_us is not None
    assert stepped.position_us > held_us + 5_000
    pipeline.resume()
    until(pipeline.take, lambda s: s.position_us > stepped.position_us, "going on")
    assert pipeline.stop()
    ticks = sum(count for name, count in network.calls if name == "run")
    skipped_us = sum(time_us for name, time_us in network.calls if name == "skip")
    assert skipped_us > 0
    assert ticks * 1_000 + skipped_us == decisions[-1].t_us


def test_what_is_held_still_performs_what_it_did() -> None:
    source = LiveSource(batches(STREAM[:1_000]))
    source.info = replace(source.info, performing="arm_roll")
    pipeline = Pipeline(lambda: source, lambda: CountingNetwork(SIDE), SETTINGS)
    pipeline.start()
    until(pipeline.take, lambda s: s.recognition, "the events")
    pipeline.pause()
    source.info = replace(source.info, performing="rest", note="a cloud came")
    held = until(pipeline.take, lambda s: s.notice, "the note")
    assert held.info is not None
    assert held.info.performing == "arm_roll"
    pipeline.resume()
    until(pipeline.take, lambda s: s.info and s.info.performing == "rest", "what it does now")
    assert pipeline.stop()


def test_a_live_source_that_ends_is_finished() -> None:
    class Ending(LiveSource):
        def batches(self) -> Iterator[EventBatch]:
            yield from self._batches

    source = Ending(batches(STREAM[:1_000]))
    pipeline = Pipeline(lambda: source, lambda: CountingNetwork(SIDE), SETTINGS)
    pipeline.start()
    assert pipeline.wait(ENDS_WITHIN_S)
    assert pipeline.take().finished
    assert source.closed.is_set()
    assert pipeline.stop()


@pytest.mark.parametrize("speed", [0.1, None])
def test_speed_is_nothing_to_a_live_source(speed: float | None) -> None:
    source = LiveSource(batches(STREAM[:1_000]))
    pipeline = Pipeline(lambda: source, lambda: CountingNetwork(SIDE), SETTINGS, speed=speed)
    pipeline.start()
    until(pipeline.take, lambda s: s.stats.events >= 990, "all events")
    assert pipeline.stop()


class Sluggish(CountingNetwork):
    """Takes twice as long as its ticks last."""

    def run(self, ticks: TickEvents) -> TickOutput:
        time.sleep(2e-3 * len(ticks))
        return super().run(ticks)


def endless(events: np.ndarray) -> Iterator[EventBatch]:
    """A sensor at its own pace."""
    for begin_us in range(0, 60_000_000, 10_000):
        part = events[(events["t"] >= begin_us % 2_000_000)]
        part = part[part["t"] < begin_us % 2_000_000 + 10_000].copy()
        part["t"] += begin_us - begin_us % 2_000_000
        time.sleep(0.01)
        yield EventBatch(part, time.monotonic())


def test_a_machine_that_is_too_slow_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.pipeline.slowness.LOOK_S", 0.1)
    source = LiveSource(endless(STREAM))
    pipeline = Pipeline(lambda: source, lambda: Sluggish(SIDE), SETTINGS)
    pipeline.start()
    assert pipeline.take().too_slow is None
    slow = until(pipeline.take, lambda s: s.too_slow, "the sentence")
    assert slow.notice is None
    assert "too slow" in (slow.too_slow or "")
    assert pipeline.stop()
