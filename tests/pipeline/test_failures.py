"""Whatever goes wrong: one sentence, no hang, and the next recording plays."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from app.pipeline.pipeline import Pipeline
from app.pipeline.snapshot import PipelineState, Snapshot
from app.settings import Settings, StreamSettings
from app.sources.contract import EventSource, SourceError
from models.spec import ModelError, ModelSpec, NetworkSession, TickEvents, TickOutput
from tests.pipeline.fakes import (
    ENDS_WITHIN_S,
    SIDE,
    BrokenNetwork,
    HungSource,
    ImmortalSource,
    LiveSource,
    Recording,
    SlowNetwork,
    until,
)
from tests.recognition.streams import CLASSES, CountingNetwork, random_events

STREAM = random_events(4_000, 300_000, SIDE)
STOPS_WITHIN_S = 3.0


def make_pipeline(
    open_source: Callable[[], EventSource] = lambda: Recording(STREAM),
    load_network: Callable[[], NetworkSession] = lambda: CountingNetwork(SIDE),
    settings: Settings | None = None,
    speed: float | None = None,
    **kwargs: object,
) -> Pipeline:
    pipeline = Pipeline(
        open_source,
        load_network,
        settings or Settings(),
        speed=speed,
        **kwargs,  # type: ignore[arg-type]
    )
    pipeline.start()
    return pipeline


def outcome(pipeline: Pipeline) -> Snapshot:
    assert pipeline.wait(ENDS_WITHIN_S)
    return pipeline.take()


def assert_plays_the_next(pipeline: Pipeline) -> None:
    following = Recording(STREAM)
    pipeline.replace_source(lambda: following)
    end = outcome(pipeline)
    assert (end.state, end.failure) == (PipelineState.FINISHED, None)
    assert end.position_us == 300_000
    assert pipeline.stop()
    assert following.closed == 1


def refuse() -> EventSource:
    raise SourceError("there is no such file")


def stumble() -> EventSource:
    raise ZeroDivisionError("oops")


def test_a_source_that_cannot_be_opened() -> None:
    pipeline = make_pipeline(refuse)
    failed = outcome(pipeline)
    assert (failed.state, failed.failure) == (PipelineState.FAILED, "there is no such file")
    assert failed.loading is None
    assert not failed.failure_is_ours
    assert_plays_the_next(pipeline)


def test_a_source_that_fails_in_the_middle() -> None:
    recording = Recording(STREAM, fail_after=5)
    pipeline = make_pipeline(lambda: recording)
    failed = outcome(pipeline)
    assert (failed.state, failed.failure) == (PipelineState.FAILED, "the recording is damaged")
    assert failed.info is not None
    assert_plays_the_next(pipeline)
    assert recording.closed == 1


def test_a_mistake_of_our_own_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    pipeline = make_pipeline(stumble)
    failed = outcome(pipeline)
    assert failed.failure == "reading the source stopped unexpectedly (ZeroDivisionError: oops)"
    assert failed.failure_is_ours
    assert "Traceback" in caplog.text
    assert_plays_the_next(pipeline)


def test_a_network_that_cannot_be_loaded_is_tried_again_with_the_next_source() -> None:
    loads: list[int] = []

    def load() -> NetworkSession:
        loads.append(1)
        if len(loads) == 1:
            raise ModelError("the checkpoint is not readable")
        return CountingNetwork(SIDE)

    recording = Recording(STREAM)
    pipeline = make_pipeline(lambda: recording, load)
    failed = outcome(pipeline)
    assert (failed.state, failed.failure) == (
        PipelineState.FAILED,
        "the checkpoint is not readable",
    )
    assert_plays_the_next(pipeline)
    assert recording.closed == 1


@pytest.mark.parametrize(
    ("error", "sentence", "is_ours"),
    [
        (ModelError("the input does not fit"), "the input does not fit", False),
        (
            RuntimeError("out of memory"),
            "recognition stopped unexpectedly (RuntimeError: out of memory)",
            True,
        ),
    ],
)
def test_a_network_that_fails_is_loaded_anew(
    error: Exception, sentence: str, is_ours: bool
) -> None:
    networks: list[CountingNetwork] = [BrokenNetwork(error), CountingNetwork(SIDE)]
    pipeline = make_pipeline(load_network=lambda: networks.pop(0))
    failed = outcome(pipeline)
    assert (failed.failure, failed.failure_is_ours) == (sentence, is_ours)
    assert_plays_the_next(pipeline)
    assert networks == []


def test_a_failing_network_closes_a_source_that_hangs() -> None:
    source = HungSource()

    def load() -> NetworkSession:
        source.delivered.wait(ENDS_WITHIN_S)
        raise ModelError("no network")

    pipeline = make_pipeline(lambda: source, load)
    assert outcome(pipeline).failure == "no network"
    assert source.closed.wait(ENDS_WITHIN_S)
    assert pipeline.stop()


def test_a_receiver_that_fails_is_a_failure_too() -> None:
    def refuse_decisions(_: object) -> None:
        raise BrokenPipeError("nobody reads")

    pipeline = make_pipeline(on_recognitions=refuse_decisions)
    failure = outcome(pipeline).failure
    assert failure == "recognition stopped unexpectedly (BrokenPipeError: nobody reads)"
    assert pipeline.stop()


def test_a_region_outside_the_sensor_is_a_failure_in_one_sentence() -> None:
    settings = Settings(stream=StreamSettings(region=(0, 0, 640, 480)))
    pipeline = make_pipeline(settings=settings)
    assert outcome(pipeline).failure == (
        "expected a region (x, y, width, height) inside the 16x16 sensor, got (0, 0, 640, 480)"
    )
    assert pipeline.stop()


def test_a_network_with_ticks_that_slices_do_not_hold() -> None:
    network = CountingNetwork(SIDE)
    network.spec = ModelSpec("odd", "test", CLASSES, (2, SIDE, SIDE), tick_us=1_500)
    pipeline = make_pipeline(load_network=lambda: network)
    assert outcome(pipeline).failure == "expected a tick that divides 1000 us, got 1500 us"
    assert pipeline.stop()


def test_a_source_that_fails_to_close_holds_nobody_up() -> None:
    class Stubborn(LiveSource):
        def close(self) -> None:
            super().close()
            raise SourceError("the camera does not answer")

    pipeline = make_pipeline(Stubborn)
    until(pipeline.take, lambda s: s.info, "open source")
    assert pipeline.stop()
    assert pipeline.take().failure is None


# Stopping always ends, in every state.


def stop_in_time(pipeline: Pipeline) -> None:
    began_s = time.monotonic()
    assert pipeline.stop(STOPS_WITHIN_S)
    assert time.monotonic() - began_s < STOPS_WITHIN_S
    assert pipeline.take().state is PipelineState.STOPPED
    assert pipeline.wait(0)
    with pytest.raises(RuntimeError, match="stopped"):
        pipeline.replace_source(lambda: Recording(STREAM))


@pytest.mark.parametrize("speed", [None, 0.1])
def test_stop_while_playing(speed: float | None) -> None:
    recording = Recording(STREAM)
    pipeline = make_pipeline(lambda: recording, speed=speed, loop=True)
    until(pipeline.take, lambda s: s.recognition, "a decision")
    stop_in_time(pipeline)
    assert recording.closed == 1


def test_stop_while_paused() -> None:
    pipeline = make_pipeline(speed=0.1)
    until(pipeline.take, lambda s: s.position_us)
    pipeline.pause()
    stop_in_time(pipeline)


def test_stop_after_the_end() -> None:
    pipeline = make_pipeline()
    outcome(pipeline)
    stop_in_time(pipeline)


def test_stop_after_a_failure() -> None:
    pipeline = make_pipeline(refuse)
    outcome(pipeline)
    stop_in_time(pipeline)
    assert pipeline.take().failure == "there is no such file"


def test_stop_while_the_source_is_opening() -> None:
    opening, opened = threading.Event(), threading.Event()
    recording = Recording(STREAM)

    def open_slowly() -> EventSource:
        opening.set()
        opened.wait(ENDS_WITHIN_S)
        return recording

    pipeline = make_pipeline(open_slowly)
    assert opening.wait(ENDS_WITHIN_S)
    assert pipeline.take().loading == "source"
    assert pipeline.take().state is PipelineState.STARTING
    assert not pipeline.stop(0.05)  # nothing can interrupt it, and it says so
    opened.set()
    stop_in_time(pipeline)
    assert recording.closed == 1


def test_stop_while_the_network_is_loading() -> None:
    loading, loaded = threading.Event(), threading.Event()

    def load() -> NetworkSession:
        loading.set()
        loaded.wait(ENDS_WITHIN_S)
        return CountingNetwork(SIDE)

    pipeline = make_pipeline(load_network=load)
    assert loading.wait(ENDS_WITHIN_S)
    assert not pipeline.stop(0.05)
    loaded.set()
    stop_in_time(pipeline)


def test_stop_while_the_source_hangs() -> None:
    source = HungSource()
    pipeline = make_pipeline(lambda: source)
    assert source.delivered.wait(ENDS_WITHIN_S)
    stop_in_time(pipeline)


def test_stop_while_the_worker_is_busy() -> None:
    class Busy(SlowNetwork):
        def run(self, ticks: TickEvents) -> TickOutput:
            self.entered.set()
            time.sleep(1.0)
            return CountingNetwork.run(self, ticks)

    network = Busy()
    pipeline = make_pipeline(load_network=lambda: network)
    assert network.entered.wait(ENDS_WITHIN_S)
    stop_in_time(pipeline)


def test_a_source_that_never_lets_go_is_told() -> None:
    source = ImmortalSource()
    pipeline = make_pipeline(lambda: source)
    assert source.delivered.wait(ENDS_WITHIN_S)
    assert not pipeline.stop(0.05)
    source.closed.set()
    stop_in_time(pipeline)


def test_replacing_a_hung_source_does_not_wait_for_it() -> None:
    source = ImmortalSource()
    pipeline = make_pipeline(lambda: source)
    assert source.delivered.wait(ENDS_WITHIN_S)
    following = Recording(STREAM)
    pipeline.replace_source(lambda: following)
    assert outcome(pipeline).state is PipelineState.FINISHED
    assert not pipeline.stop(0.05)  # the hung one is still known
    source.closed.set()
    stop_in_time(pipeline)
