"""Recordings through the whole pipeline: the same decisions always, and every control."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from app.events import EventBatch, Resolution
from app.pipeline.pipeline import Pipeline
from app.pipeline.snapshot import PipelineState, Snapshot
from app.recognition.decision import Recognition, SlidingWindow
from app.recognition.encoding import Encoder
from app.recognition.recognizer import Recognizer
from app.recognition.slicer import Slicer
from app.settings import Settings, VoteSettings
from tests.pipeline.fakes import ENDS_WITHIN_S, SIDE, Recording, SlowNetwork, reaches, until
from tests.recognition.streams import CountingNetwork, make_events, random_events

SETTINGS = Settings(vote=VoteSettings(min_share=0.5, min_count=2, warm_up_ms=0))


def make_stream() -> np.ndarray:
    """300 ms of noise, and one quarter after the other busier than the rest."""
    events = random_events(4_000, 300_000, SIDE)
    quarter = events["t"] // 75_000
    drawn = np.random.default_rng(1).random(len(events)) < 0.2
    events["x"] = np.where(drawn, quarter % 2 * 8 + events["x"] % 8, events["x"])
    events["y"] = np.where(drawn, quarter // 2 * 8 + events["y"] % 8, events["y"])
    return events


STREAM = make_stream()
Row = tuple[object, ...]


class Harness:
    """A pipeline, and what it decided."""

    def __init__(
        self,
        recording: Recording,
        network: CountingNetwork | None = None,
        speed: float | None = None,
        loop: bool = False,
        opened: threading.Event | None = None,
    ) -> None:
        def open_source() -> Recording:
            if opened is not None:
                opened.wait(ENDS_WITHIN_S)
            return recording

        self.network = network or CountingNetwork(SIDE)
        self.rows: list[Row] = []
        self.pipeline = Pipeline(
            open_source,
            lambda: self.network,
            SETTINGS,
            on_recognitions=lambda recognitions: self.rows.extend(as_rows(recognitions)),
            speed=speed,
            loop=loop,
        )

    def until(self, condition: Callable[[Snapshot], object], what: str = "") -> Snapshot:
        return until(self.pipeline.take, condition, what)

    def at(self, t_us: int) -> Snapshot:
        """Wait until the screen shows this position."""
        return self.until(lambda s: s.position_us == t_us, f"position {t_us}")

    def to_the_end(self) -> Snapshot:
        assert self.pipeline.wait(ENDS_WITHIN_S)
        return self.pipeline.take()


@pytest.fixture
def play() -> Iterator[Callable[..., Harness]]:
    harnesses: list[Harness] = []

    def start(*args: object, **kwargs: object) -> Harness:
        harness = Harness(*args, **kwargs)  # type: ignore[arg-type]
        harnesses.append(harness)
        harness.pipeline.start()
        return harness

    yield start
    for harness in harnesses:
        assert harness.pipeline.stop()


def as_rows(recognitions: list[Recognition]) -> list[Row]:
    return [(r.t_us, r.winner, r.gesture, r.share, *r.votes.tolist()) for r in recognitions]


def slice_by_slice(events: np.ndarray) -> list[Row]:
    """The decisions without any thread, one slice after the other."""
    network = CountingNetwork(SIDE)
    encoder = Encoder(Resolution(SIDE, SIDE), network.spec.input_shape)
    recognizer = Recognizer(network, encoder, SlidingWindow(4, 80, 0.5, 2))
    slicer = Slicer(5_000)
    slices = slicer.push(EventBatch(events, 1.0)) + slicer.flush()
    return [row for slice_ in slices for row in as_rows(recognizer.process(slice_)[0])]


EXPECTED = slice_by_slice(STREAM)


def test_the_reference_is_worth_comparing_with() -> None:
    assert len(EXPECTED) == 300
    assert {row[2] for row in EXPECTED} == {None, 0, 1, 2, 3}


@pytest.mark.parametrize("speed", [None, 10.0, 1.0])
def test_decisions_are_the_same_at_every_speed(
    play: Callable[..., Harness], speed: float | None
) -> None:
    harness = play(Recording(STREAM), speed=speed)
    assert harness.to_the_end().state is PipelineState.FINISHED
    assert harness.rows == EXPECTED


@pytest.mark.parametrize("batch", [1, 37, 100_000])
def test_decisions_do_not_depend_on_how_events_are_batched(
    play: Callable[..., Harness], batch: int
) -> None:
    harness = play(Recording(STREAM, batch))
    harness.to_the_end()
    assert harness.rows == EXPECTED


def test_a_recording_waits_for_a_slow_worker_and_loses_nothing(
    play: Callable[..., Harness],
) -> None:
    network = SlowNetwork()
    harness = play(Recording(STREAM), network)
    held = harness.until(lambda s: s.stats.backlog_us == 80_000, "full queue")
    assert held.position_us is not None
    assert held.position_us <= 80_000 + 2 * 40_000  # the queue, the chunk in work, one to come
    network.gate.set()
    stats = harness.to_the_end().stats
    assert harness.rows == EXPECTED
    assert (stats.dropped_slices, stats.dropped_us, stats.backlog_us) == (0, 0, 0)
    assert max(ticks for _, ticks in network.calls) == 40  # chunks, not slices


def test_a_recording_waits_for_the_network_while_its_events_show() -> None:
    loaded = threading.Event()

    def load() -> CountingNetwork:
        loaded.wait(ENDS_WITHIN_S)
        return CountingNetwork(SIDE)

    rows: list[Row] = []
    pipeline = Pipeline(
        lambda: Recording(STREAM), load, SETTINGS, speed=None,
        on_recognitions=lambda recognitions: rows.extend(as_rows(recognitions)),
    )  # fmt: skip
    pipeline.start()
    seen = until(pipeline.take, lambda s: s.counts is not None and s.counts.any(), "events")
    assert (seen.loading, seen.model_name, seen.recognition) == ("network", None, None)
    loaded.set()
    assert pipeline.wait(ENDS_WITHIN_S)
    assert rows == EXPECTED
    assert pipeline.take().loading is None
    assert pipeline.stop()


def test_snapshots_add_up_to_the_recording(play: Callable[..., Harness]) -> None:
    harness = play(Recording(STREAM), speed=2.0)
    snapshots: list[Snapshot] = []
    harness.until(
        lambda s: snapshots.append(s) or s.state is PipelineState.FINISHED, "end of recording"
    )
    snapshots.append(harness.pipeline.take())
    counts = sum(s.counts.astype(int) for s in snapshots if s.counts is not None)
    expected = np.zeros((2, SIDE, SIDE), int)
    np.add.at(expected, (STREAM["p"], STREAM["y"], STREAM["x"]), 1)
    np.testing.assert_array_equal(counts, expected)
    chunks = [chunk for s in snapshots for reading in s.readings for chunk in reading.raster]
    assert sum(len(chunk.output) for chunk in chunks) == 300
    assert all(len(chunk.hidden) == len(chunk.output) for chunk in chunks)
    last = snapshots[-1]
    assert (last.position_us, last.stats.events) == (300_000, 4_000)
    assert last.classes == harness.network.spec.classes
    assert last.stats.latency_ms_p99 is not None
    assert last.stats.realtime_factor is not None


def test_before_the_start_there_is_nothing(play: Callable[..., Harness]) -> None:
    pipeline = Harness(Recording(STREAM)).pipeline
    assert pipeline.take().state is PipelineState.IDLE
    assert pipeline.info is None
    assert not pipeline.wait(0)
    pipeline.pause()
    pipeline.seek(0)
    pipeline.resume()
    pipeline.step()
    assert pipeline.stop()
    with pytest.raises(RuntimeError, match="stopped"):
        pipeline.start()


def test_a_pipeline_starts_once(play: Callable[..., Harness]) -> None:
    with pytest.raises(RuntimeError, match="started before"):
        play(Recording(STREAM)).pipeline.start()


def paused_at_the_start(play: Callable[..., Harness]) -> Harness:
    """A recording that is paused before its first slice."""
    opened = threading.Event()
    harness = play(Recording(STREAM), opened=opened)
    harness.pipeline.pause()
    opened.set()
    harness.until(reaches(PipelineState.PAUSED))
    return harness


def test_steps_go_one_slice_each_and_end_up_with_the_same_decisions(
    play: Callable[..., Harness],
) -> None:
    harness = paused_at_the_start(play)
    for number in range(1, 6):
        harness.pipeline.step()
        assert harness.at(number * 5_000).state is PipelineState.PAUSED
    harness.pipeline.resume()
    harness.to_the_end()
    assert harness.rows == EXPECTED


def test_pause_holds_the_recording(play: Callable[..., Harness]) -> None:
    harness = play(Recording(STREAM), speed=0.1)
    harness.until(lambda s: s.position_us)
    harness.pipeline.pause()
    held = harness.until(reaches(PipelineState.PAUSED))
    assert not harness.pipeline.wait(0.12)  # two slices long at this speed
    assert harness.pipeline.take().position_us == held.position_us
    harness.pipeline.set_speed(None)
    harness.pipeline.resume()
    harness.to_the_end()
    assert harness.rows == EXPECTED


def test_a_seek_starts_anew_from_there(play: Callable[..., Harness]) -> None:
    recording = Recording(STREAM)
    harness = play(recording)
    harness.to_the_end()
    harness.rows.clear()
    harness.pipeline.seek(150_000)
    end = harness.to_the_end()
    assert recording.seeks == [int(STREAM["t"][0])]  # what leads there is read first
    assert end.restarted
    assert harness.network.calls.count(("reset", 0)) == 2  # at the start and at the seek
    assert harness.rows == EXPECTED


def test_a_seek_in_the_middle_leaves_what_was_queued(play: Callable[..., Harness]) -> None:
    network = SlowNetwork()
    harness = play(Recording(STREAM), network)
    harness.until(lambda s: s.stats.backlog_us == 80_000, "full queue")
    harness.pipeline.seek(250_000)
    network.gate.set()
    harness.until(lambda s: s.position_us is not None and s.position_us > 250_000, "sought")
    harness.to_the_end()
    assert harness.rows[-300:] == EXPECTED  # what leads there is the whole
    assert len(harness.rows) - 300 <= 40  # no more than the chunk in work


def test_a_seek_beyond_the_end_finishes_without_what_was_left_behind(
    play: Callable[..., Harness],
) -> None:
    harness = paused_at_the_start(play)
    harness.pipeline.step()
    harness.until(lambda s: len(harness.rows) == 5, "the first slice recognised")
    harness.pipeline.seek(10**9)
    end = harness.to_the_end()
    assert (end.state, end.position_us) == (PipelineState.FINISHED, 300_000)
    assert harness.rows == EXPECTED[:5] + EXPECTED


def test_a_seek_beyond_the_end_of_a_loop_goes_to_its_start(play: Callable[..., Harness]) -> None:
    recording = Recording(STREAM)
    harness = play(recording, speed=0.1, loop=True)
    harness.until(lambda s: s.position_us)
    harness.pipeline.set_speed(None)
    harness.pipeline.seek(10**9)
    harness.until(lambda s: len(recording.seeks) > 1, "the start")
    start_us = int(STREAM["t"][0])
    assert recording.seeks[:2] == [start_us, start_us]  # the lead is longer than the recording


def test_a_finished_recording_plays_again_on_resume(play: Callable[..., Harness]) -> None:
    harness = play(Recording(STREAM))
    harness.to_the_end()
    harness.pipeline.resume()
    harness.to_the_end()
    assert harness.rows == EXPECTED * 2


def test_a_loop_starts_everything_anew(play: Callable[..., Harness]) -> None:
    harness = play(Recording(STREAM), loop=True)
    harness.until(lambda s: len(harness.rows) > 700, "third round")
    assert harness.pipeline.take().state is PipelineState.PLAYING
    harness.pipeline.set_loop(False)
    end = harness.to_the_end()
    assert end.state is PipelineState.FINISHED
    rounds, rest = divmod(len(harness.rows), 300)
    assert rest == 0
    assert harness.rows == EXPECTED * rounds


def test_a_loop_over_nothing_ends(play: Callable[..., Harness]) -> None:
    end = play(Recording(make_events([])), loop=True).to_the_end()
    assert end.state is PipelineState.FINISHED
    assert end.recognition is None


def test_another_source_uses_the_same_network() -> None:
    loads: list[CountingNetwork] = []

    def load() -> CountingNetwork:
        loads.append(CountingNetwork(SIDE))
        return loads[-1]

    rows: list[Row] = []
    first, second = Recording(STREAM), Recording(STREAM[:2_000])
    pipeline = Pipeline(
        lambda: first, load, SETTINGS, speed=0.1,
        on_recognitions=lambda recognitions: rows.extend(as_rows(recognitions)),
    )  # fmt: skip
    pipeline.start()
    until(pipeline.take, lambda s: s.recognition, "a decision")
    pipeline.set_speed(None)
    pipeline.replace_source(lambda: second)
    assert pipeline.wait(ENDS_WITHIN_S)
    snapshot = pipeline.take()
    assert pipeline.stop()
    after = slice_by_slice(STREAM[:2_000])
    assert rows[-len(after) :] == after
    assert snapshot.position_us == after[-1][0]
    assert len(loads) == 1
    assert (first.closed, second.closed) == (1, 1)
