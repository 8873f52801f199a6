"""Other systems while the stream runs, and two side by side: no slice is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from app.events import EventBatch, Resolution
from app.pipeline.pipeline import Pipeline
from app.pipeline.snapshot import PipelineState, Snapshot
from app.pipeline.systems import System
from app.recognition.decision import Recognition
from app.recognition.encoding import Encoder
from app.recognition.slicer import Slicer
from app.settings import Settings, VoteSettings
from app.sources.contract import EventSource
from models.spec import ModelError, ModelSpec, NetworkSession, TickEvents, TickOutput
from tests.pipeline.fakes import (
    ENDS_WITHIN_S,
    SIDE,
    BrokenNetwork,
    LiveSource,
    Recording,
    SlowNetwork,
    until,
)
from tests.recognition.streams import CLASSES, CountingNetwork, random_events

SETTINGS = Settings(vote=VoteSettings(min_share=0.5, min_count=2, warm_up_ms=0))
STREAM = random_events(8_000, 600_000, SIDE)
TICKS = 600


class SeeingNetwork(CountingNetwork):
    """Keeps what it was given."""

    def __init__(self, side: int = SIDE) -> None:
        super().__init__(side)
        self.seen: list[np.ndarray] = []

    def run(self, ticks: TickEvents) -> TickOutput:
        self.seen.append(ticks.counts())
        return super().run(ticks)

    @property
    def ticks(self) -> int:
        return sum(len(counts) for counts in self.seen)

    def count(self, name: str) -> int:
        return sum(call == name for call, _ in self.calls)


class FailingLater(SeeingNetwork):
    """Has a mistake that shows after a while."""

    def run(self, ticks: TickEvents) -> TickOutput:
        if self.ticks > 100:
            raise ZeroDivisionError("oops")
        return super().run(ticks)


def system(name: str, load: Callable[[], NetworkSession]) -> System:
    return System(Path(f"/models/{name}.safetensors"), load)


def batches(events: np.ndarray, size: int = 100) -> Iterator[EventBatch]:
    for begin in range(0, len(events), size):
        yield EventBatch(events[begin : begin + size], time.monotonic())


def refuse() -> NetworkSession:
    raise ModelError("the model file is damaged")


def whole(side: int = SIDE) -> np.ndarray:
    """All of the stream as a network of this size has to see it."""
    encoder = Encoder(Resolution(SIDE, SIDE), (2, side, side))
    slicer = Slicer(5_000)
    slices = slicer.push(EventBatch(STREAM, 1.0)) + slicer.flush()
    return np.concatenate([encoder.encode(slice_).counts() for slice_ in slices])


class Stage:
    """A pipeline on ``STREAM`` with networks that keep what they see."""

    def __init__(self, speed: float | None = 2.0) -> None:
        self.first, self.second = SeeingNetwork(), SeeingNetwork()
        self.loads: list[str] = []
        self.a = system("a", self._loading("a", self.first))
        self.b = system("b", self._loading("b", self.second))
        self.recording = Recording(STREAM)
        self.opened = 0
        self.decisions: list[Recognition] = []
        self.speed = speed
        self.pipeline: Pipeline | None = None

    def _loading(self, name: str, network: SeeingNetwork) -> Callable[[], NetworkSession]:
        def load() -> NetworkSession:
            self.loads.append(name)
            return network

        return load

    def _open(self) -> EventSource:
        self.opened += 1
        return self.recording

    def play(self, *systems: System, **options: object) -> Stage:
        self.pipeline = Pipeline(
            self._open, systems, SETTINGS, on_recognitions=self.decisions.extend,
            speed=self.speed, **options,
        )  # fmt: skip
        self.pipeline.start()
        return self

    def choose(self, *systems: System) -> None:
        assert self.pipeline is not None
        self.pipeline.set_systems(systems)

    def until(self, condition: Callable[[Snapshot], object], what: str = "") -> Snapshot:
        assert self.pipeline is not None
        return until(self.pipeline.take, condition, what)

    def until_decided(self, ticks: int) -> Snapshot:
        return self.until(lambda _: len(self.decisions) >= ticks, f"{ticks} decisions")

    def to_the_end(self) -> Snapshot:
        assert self.pipeline is not None
        assert self.pipeline.wait(ENDS_WITHIN_S)
        snapshot = self.pipeline.take()
        assert self.pipeline.stop()
        return snapshot

    def assert_no_hole(self) -> None:
        assert [each.t_us for each in self.decisions] == [
            1_000 * (tick + 1) for tick in range(TICKS)
        ]
        assert (self.opened, self.recording.seeks) == (1, [])


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    yield made
    if made.pipeline is not None:
        assert made.pipeline.stop()


def at_work(*systems: System) -> Callable[[Snapshot], bool]:
    return lambda snapshot: tuple(reading.system for reading in snapshot.readings) == systems


# Switching


def test_every_slice_is_seen_by_the_one_or_the_other(stage: Stage) -> None:
    stage.play(stage.a).until_decided(100)
    stage.choose(stage.b)
    end = stage.to_the_end()
    stage.assert_no_hole()
    assert stage.first.ticks >= 100
    assert stage.second.ticks > 0
    np.testing.assert_array_equal(np.concatenate([*stage.first.seen, *stage.second.seen]), whole())
    assert (end.state, end.chosen, end.refusal) == (PipelineState.FINISHED, (stage.b,), None)
    assert end.stats.dropped_slices == 0


def test_the_new_system_starts_fresh(stage: Stage) -> None:
    stage.play(stage.a).until_decided(150)
    stage.choose(stage.b)
    shown = stage.until(at_work(stage.b), "the other system")
    assert shown.readings[0].restarted
    assert not shown.restarted  # time goes on, and so does the picture of the events
    stage.to_the_end()
    mine = stage.decisions[-stage.second.ticks :]
    assert mine[0].votes.sum() <= 1
    assert stage.second.calls[0] == ("reset", 0)
    assert stage.second.count("skip") == 0


def test_going_back_and_forth_loads_each_once_and_begins_anew(stage: Stage) -> None:
    stage.play(stage.a)
    for number, wanted in enumerate((stage.b, stage.a, stage.b), start=1):
        stage.until_decided(100 * number)
        stage.choose(wanted)
        stage.until(at_work(wanted), wanted.path.stem)
    stage.to_the_end()
    stage.assert_no_hole()
    assert stage.loads == ["a", "b"]
    assert stage.first.ticks + stage.second.ticks == TICKS
    assert (stage.first.count("reset"), stage.second.count("reset")) == (2, 2)


def test_the_old_system_goes_on_while_the_new_one_is_loading(stage: Stage) -> None:
    gate = threading.Event()

    def load_slowly() -> NetworkSession:
        gate.wait(ENDS_WITHIN_S)
        return stage.second

    slow = system("slow", load_slowly)
    stage.play(stage.a).until_decided(50)
    stage.choose(slow)
    ticks = len(stage.decisions)
    waiting = stage.until_decided(ticks + 150)
    assert at_work(stage.a)(waiting)
    assert waiting.chosen == (slow,)
    gate.set()
    stage.until(at_work(slow), "the new system")
    stage.to_the_end()
    stage.assert_no_hole()


def test_who_changes_their_mind_gets_the_last_wish(stage: Stage) -> None:
    gate = threading.Event()

    def load_slowly() -> NetworkSession:
        gate.wait(ENDS_WITHIN_S)
        return SeeingNetwork()

    stage.play(stage.a).until_decided(50)
    stage.choose(system("slow", load_slowly))
    stage.choose(stage.b)
    stage.until(at_work(stage.b), "the last wish")
    gate.set()
    stage.until_decided(len(stage.decisions) + 50)
    stage.choose(stage.a)
    stage.until(at_work(stage.a), "the first again")
    stage.to_the_end()
    stage.assert_no_hole()


def odd_ticks() -> NetworkSession:
    network = CountingNetwork(SIDE)
    network.spec = ModelSpec("odd", "test", CLASSES, (2, SIDE, SIDE), tick_us=1_500)
    return network


def stumble() -> NetworkSession:
    raise ZeroDivisionError("oops")


@pytest.mark.parametrize(
    ("load", "sentence"),
    [
        (refuse, "the model file is damaged"),
        (odd_ticks, "expected a tick that divides 1000 us, got 1500 us"),
        (stumble, "loading /models/bad.safetensors stopped unexpectedly (ZeroDivisionError: oops)"),
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_a_system_that_cannot_be_used_is_told_and_the_old_one_goes_on(
    stage: Stage, load: Callable[[], NetworkSession], sentence: str, place: int
) -> None:
    bad = system("bad", load)
    stage.play(stage.a).until_decided(100)
    stage.choose(*((bad,) if place == 0 else (stage.a, bad)))
    told = stage.until(lambda s: s.refusal, "refusal")
    assert (told.refusal, told.failure, told.chosen) == (sentence, None, (stage.a,))
    assert stage.to_the_end().state is PipelineState.FINISHED
    stage.assert_no_hole()
    np.testing.assert_array_equal(np.concatenate(stage.first.seen), whole())
    assert stage.first.count("reset") == 1


def test_the_next_choice_forgets_the_refusal_and_asks_anew(stage: Stage) -> None:
    tries: list[int] = []

    def load_at_the_second_try() -> NetworkSession:
        tries.append(1)
        return refuse() if len(tries) == 1 else stage.second

    unsure = system("unsure", load_at_the_second_try)
    stage.play(stage.a).until_decided(10)
    stage.choose(unsure)
    stage.until(lambda s: s.refusal, "refusal")
    stage.choose(unsure)
    assert stage.until(at_work(unsure), "the second try").refusal is None


@pytest.mark.parametrize("finished", [False, True], ids=["paused", "finished"])
def test_a_switch_shows_while_nothing_plays(finished: bool) -> None:
    stage = Stage(speed=None if finished else 2.0)
    stage.play(stage.a).until_decided(TICKS if finished else 50)
    assert stage.pipeline is not None
    if finished:
        assert stage.pipeline.wait(ENDS_WITHIN_S)
    else:
        stage.pipeline.pause()
    state = stage.until(lambda s: s.state in (PipelineState.PAUSED, PipelineState.FINISHED)).state
    stage.choose(stage.b)
    shown = stage.until(at_work(stage.b), "the other system")
    assert (shown.state, shown.recognition) == (state, None)
    stage.pipeline.resume()
    stage.until(lambda s: s.recognition is not None, "a decision of the other system")
    assert stage.pipeline.stop()


def test_the_next_source_plays_with_what_was_chosen_last(stage: Stage) -> None:
    stage.play(stage.a).until_decided(50)
    stage.choose(stage.b)
    stage.until(at_work(stage.b), "the other system")
    assert stage.pipeline is not None
    following = Recording(STREAM)
    stage.pipeline.replace_source(lambda: following)
    stage.until(at_work(stage.b), "the same system")
    assert stage.loads == ["a", "b"]


def test_stopping_waits_for_a_network_that_is_being_loaded(stage: Stage) -> None:
    gate = threading.Event()

    def load_slowly() -> NetworkSession:
        gate.wait(ENDS_WITHIN_S)
        return stage.second

    stage.play(stage.a).until_decided(10)
    stage.choose(system("slow", load_slowly))
    assert stage.pipeline is not None
    stage.until(
        lambda _: any(thread.name == "loading a network" for thread in threading.enumerate()),
        "loading",
    )
    assert not stage.pipeline.stop(0.05)
    gate.set()
    assert stage.pipeline.stop()


# At the start


def test_a_fallback_stands_in_for_a_first_that_cannot_be_loaded(stage: Stage) -> None:
    stage.play(system("bad", refuse), fallback=stage.b)
    end = stage.to_the_end()
    assert (end.state, end.chosen) == (PipelineState.FINISHED, (stage.b,))
    assert end.refusal == "the model file is damaged"
    assert stage.second.ticks == TICKS


def test_a_fallback_leaves_the_second_in_its_place(stage: Stage) -> None:
    end = stage.play(system("bad", refuse), stage.b, fallback=stage.a).to_the_end()
    assert end.chosen == (stage.a, stage.b)
    assert (stage.first.ticks, stage.second.ticks) == (TICKS, TICKS)


def test_a_fallback_that_is_the_second_goes_alone(stage: Stage) -> None:
    end = stage.play(system("bad", refuse), stage.b, fallback=stage.b).to_the_end()
    assert end.chosen == (stage.b,)


def test_without_a_fallback_the_run_fails(stage: Stage) -> None:
    stage.play(system("bad", refuse), stage.b)
    assert stage.pipeline is not None
    assert stage.pipeline.wait(ENDS_WITHIN_S)
    failed = stage.pipeline.take()
    assert (failed.state, failed.failure) == (PipelineState.FAILED, "the model file is damaged")


def test_a_fallback_that_fails_too_is_the_failure() -> None:
    stage = Stage().play(system("bad", refuse), fallback=system("worse", stumble))
    assert stage.pipeline is not None
    assert stage.pipeline.wait(ENDS_WITHIN_S)
    failure = stage.pipeline.take().failure
    assert failure == "recognition stopped unexpectedly (ZeroDivisionError: oops)"
    assert stage.pipeline.stop()


def test_the_first_goes_alone_if_the_second_cannot_be_loaded(stage: Stage) -> None:
    end = stage.play(stage.a, system("bad", refuse)).to_the_end()
    assert (end.chosen, end.refusal) == ((stage.a,), "the model file is damaged")
    stage.assert_no_hole()


@pytest.mark.parametrize("count", [0, 3])
def test_one_or_two_systems(stage: Stage, count: int) -> None:
    others = tuple(system(str(number), CountingNetwork) for number in range(count))
    with pytest.raises(ValueError, match="one or two different systems"):
        Pipeline(lambda: Recording(STREAM), others, SETTINGS)
    stage.play(stage.a)
    with pytest.raises(ValueError, match="one or two different systems"):
        stage.choose(stage.a, stage.a)


# Side by side


def test_two_systems_see_the_same_slices_each_in_its_own_size(stage: Stage) -> None:
    small = SeeingNetwork(8)
    end = stage.play(stage.a, system("small", lambda: small)).to_the_end()
    stage.assert_no_hole()
    assert [len(counts) for counts in small.seen] == [len(each) for each in stage.first.seen]
    np.testing.assert_array_equal(np.concatenate(stage.first.seen), whole())
    np.testing.assert_array_equal(np.concatenate(small.seen), whole(8))
    times = [reading.recognition.t_us for reading in end.readings if reading.recognition]
    assert times == [600_000, 600_000]
    assert len(end.stats.loads) == 2


def test_a_second_joins_and_leaves_and_the_first_does_not_notice(stage: Stage) -> None:
    stage.play(stage.a).until_decided(100)
    stage.choose(stage.a, stage.b)
    stage.until(at_work(stage.a, stage.b), "two systems")
    stage.until_decided(len(stage.decisions) + 100)
    stage.choose(stage.a)
    alone = stage.until(at_work(stage.a), "one system")
    assert not alone.readings[0].restarted
    seen = len(stage.second.seen)
    stage.to_the_end()
    stage.assert_no_hole()
    assert len(stage.second.seen) == seen
    np.testing.assert_array_equal(np.concatenate(stage.first.seen), whole())
    middle = np.concatenate(stage.second.seen)
    starts = [t for t in range(TICKS) if np.array_equal(whole()[t : t + len(middle)], middle)]
    assert len(starts) == 1  # one stretch of the stream without a hole


def test_changing_places_resets_nobody(stage: Stage) -> None:
    stage.play(stage.a, stage.b).until_decided(100)
    stage.choose(stage.b, stage.a)
    stage.until(at_work(stage.b, stage.a), "changed places")
    stage.to_the_end()
    for network in (stage.first, stage.second):
        np.testing.assert_array_equal(np.concatenate(network.seen), whole())
        assert network.count("reset") == 1


@pytest.mark.parametrize(
    ("network", "sentence"),
    [
        (
            FailingLater(),
            "recognition by bad.safetensors stopped unexpectedly (ZeroDivisionError: oops)",
        ),
        (BrokenNetwork(ModelError("the input does not fit")), "the input does not fit"),
    ],
)
def test_a_second_that_fails_does_not_stop_the_first(
    stage: Stage, network: NetworkSession, sentence: str
) -> None:
    end = stage.play(stage.a, system("bad", lambda: network)).to_the_end()
    assert (end.state, end.failure) == (PipelineState.FINISHED, None)
    assert (end.chosen, end.refusal) == ((stage.a,), sentence)
    assert at_work(stage.a)(end)
    stage.assert_no_hole()
    np.testing.assert_array_equal(np.concatenate(stage.first.seen), whole())


def test_a_first_that_fails_is_a_failure(stage: Stage) -> None:
    stage.play(system("bad", lambda: BrokenNetwork(ModelError("no"))), stage.b)
    assert stage.pipeline is not None
    assert stage.pipeline.wait(ENDS_WITHIN_S)
    assert stage.pipeline.take().failure == "no"


def test_a_machine_that_is_too_slow_drops_for_both_alike() -> None:
    first, second = SeeingNetwork(), SlowNetwork()
    source = LiveSource(batches(STREAM))
    systems = (system("a", lambda: first), system("slow", lambda: second))
    pipeline = Pipeline(lambda: source, systems, SETTINGS)
    pipeline.start()
    assert source.delivered.wait(ENDS_WITHIN_S)
    assert second.entered.wait(ENDS_WITHIN_S)
    held = pipeline.take().stats
    assert held.dropped_us >= 400_000
    assert held.backlog_us <= 80_000
    second.gate.set()
    until(
        pipeline.take,
        lambda s: s.recognition is not None and s.recognition.t_us > 600_000,
        "the newest",
    )
    assert pipeline.stop()
    work = [call for call in first.calls if call[0] != "reset"]
    assert work == [call for call in second.calls if call[0] != "reset"]
    assert sum(us for name, us in work if name == "skip") == pipeline.take().stats.dropped_us
