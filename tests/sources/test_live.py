from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from app.events import EventBatch, Resolution
from app.sources.contract import SourceError
from app.sources.devices.live import Device, LiveSource
from tests.sources.fakes import Clock
from tests.sources.making import events_of

Step = np.ndarray | None | SourceError


@dataclass
class FakeDevice:
    """Answers each read with the next step; alive until the steps are used up."""

    steps: list[Step]
    name: str = "toy"
    resolution: Resolution = field(default_factory=lambda: Resolution(128, 128))
    stays_alive: bool = False
    is_closed: bool = False

    def read(self) -> np.ndarray | None:
        step = self.steps.pop(0) if self.steps else None
        if isinstance(step, SourceError):
            raise step
        return step

    def is_alive(self) -> bool:
        return bool(self.steps) or self.stays_alive

    def close(self) -> None:
        self.is_closed = True


def connecting(*outcomes: Device | SourceError | None) -> Callable[[], Device | None]:
    """A connect function with these outcomes in turn, and the last one for ever."""
    left = list(outcomes)

    def connect() -> Device | None:
        outcome = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(outcome, SourceError):
            raise outcome
        return outcome

    return connect


def event_at(t_us: int) -> np.ndarray:
    return events_of((t_us, 1, 2, 1))


def live(connect: Callable[[], Device | None], **options: float) -> tuple[LiveSource, Clock]:
    clock = Clock()
    return LiveSource(connect, clock=clock, sleep=clock.sleep, **options), clock


def with_events(batches: Iterator[EventBatch], count: int) -> list[EventBatch]:
    """The next ``count`` batches that hold events."""
    found: list[EventBatch] = []
    while len(found) < count:
        batch = next(batches)
        if len(batch.events):
            found.append(batch)
    return found


def test_events_come_through_and_silence_is_said_every_20_ms() -> None:
    device = FakeDevice([event_at(5), event_at(6)], stays_alive=True)
    source, clock = live(connecting(device))
    batches = source.batches()
    assert [int(b.events["t"][0]) for b in with_events(batches, 2)] == [5, 6]
    began_s = clock.now_s
    silences = [next(batches) for _ in range(50)]
    assert all(len(batch.events) == 0 for batch in silences)
    assert clock.now_s - began_s == pytest.approx(50 * 0.02, rel=0.1)


def test_what_a_vanished_device_still_held_is_read() -> None:
    device = FakeDevice([event_at(5), None, event_at(6)])
    source, _ = live(connecting(device, SourceError("gone")))
    assert [int(b.events["t"][0]) for b in with_events(source.batches(), 2)] == [5, 6]


def test_a_lost_device_is_tried_again_every_second_until_it_is_back() -> None:
    lost = FakeDevice([event_at(5_000_000)])
    back = FakeDevice([event_at(7)], stays_alive=True)
    absent = SourceError("nobody there")
    source, clock = live(connecting(lost, absent, absent, absent, None, back))
    batches = source.batches()
    with_events(batches, 1)
    heard_s = clock.now_s
    silent = next(batches)
    assert not silent.restarted
    batch = next(b for b in batches if b.restarted)
    # Tried at once and after 1, 2 and 3 seconds; the fourth attempt took two steps.
    assert clock.now_s - heard_s == pytest.approx(3, abs=0.1)
    assert batch.gap_us == round((batch.arrived_s - heard_s) * 1e6)
    assert lost.is_closed
    following = batch if len(batch.events) else with_events(batches, 1)[0]
    assert int(following.events["t"][0]) == 7


def test_the_trouble_stands_in_the_note_until_it_is_over() -> None:
    back = FakeDevice([event_at(9)], stays_alive=True)
    source, _ = live(connecting(FakeDevice([event_at(5)]), SourceError("nobody there"), back))
    batches = source.batches()
    assert source.info.note is None
    with_events(batches, 1)
    next(batches)
    assert source.info.note == "nobody there"
    with_events(batches, 1)
    assert source.info.note is None


def test_an_error_while_reading_counts_as_lost() -> None:
    broken = FakeDevice([event_at(5), SourceError("broke off"), event_at(6)])
    back = FakeDevice([event_at(7)], stays_alive=True)
    source, _ = live(connecting(broken, back))
    assert [int(b.events["t"][0]) for b in with_events(source.batches(), 2)] == [5, 7]


def test_a_silent_device_is_opened_again_every_five_seconds() -> None:
    frozen = FakeDevice([event_at(5)], stays_alive=True)
    still_frozen = FakeDevice([], stays_alive=True)
    back = FakeDevice([event_at(8)], stays_alive=True)
    source, clock = live(connecting(frozen, still_frozen, back))
    began_s = clock.now_s
    silent = [next(b for b in source.batches() if b.restarted) for _ in range(2)]
    assert clock.now_s - began_s == pytest.approx(10, abs=0.1)
    assert [batch.gap_us for batch in silent] == pytest.approx([5_000_000] * 2, abs=100_000)
    assert frozen.is_closed
    assert still_frozen.is_closed
    assert not back.is_closed


def test_silence_is_told_until_it_ends_whether_or_not_it_is_opened_again() -> None:
    device = FakeDevice([event_at(5)], stays_alive=True)
    source, clock = live(connecting(device))
    batches = source.batches()
    with_events(batches, 1)
    began_s = clock.now_s
    while clock.now_s - began_s < 1.9:
        next(batches)
    assert source.info.note is None
    while clock.now_s - began_s < 20:
        next(batches)
        assert source.info.note in (None, "toy has sent no events for 2 s")
        assert source.info.note is not None or clock.now_s - began_s < 2.1
    device.steps.append(event_at(9))
    with_events(batches, 1)
    assert source.info.note is None


def test_a_clock_that_begins_anew_is_said_so() -> None:
    device = FakeDevice([event_at(9_000_000), event_at(10), event_at(20)], stays_alive=True)
    source, _ = live(connecting(device))
    batches = with_events(source.batches(), 3)
    assert [batch.restarted for batch in batches] == [False, True, False]


def test_another_sensor_size_after_reconnecting_is_an_error() -> None:
    other = FakeDevice([], resolution=Resolution(346, 260))
    source, _ = live(connecting(FakeDevice([event_at(5)]), other))
    with pytest.raises(SourceError, match="toy came back with 346x260 pixels instead of 128x128"):
        list(source.batches())


def test_a_device_that_cannot_be_opened_at_first_is_an_error() -> None:
    with pytest.raises(SourceError, match="nobody there"):
        live(connecting(None, None, SourceError("nobody there")))


def test_closing_ends_the_batches_and_the_device() -> None:
    device = FakeDevice([event_at(5)], stays_alive=True)
    source, _ = live(connecting(device))
    batches = source.batches()
    next(batches)
    source.close()
    source.close()
    assert list(batches) == []
    assert device.is_closed


def test_a_live_source_cannot_seek() -> None:
    source, _ = live(connecting(FakeDevice([], stays_alive=True)))
    with pytest.raises(SourceError, match="is live"):
        source.seek(0)
