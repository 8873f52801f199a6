from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from app.pipeline.clock import Clock
from tests.pipeline.fakes import ENDS_WITHIN_S


class Waiter(threading.Thread):
    """Waits for slices of one length, one after the other, and counts what is released."""

    def __init__(self, clock: Clock, duration_us: int = 1_000, most: int = 10**6) -> None:
        super().__init__(daemon=True)
        self.released = 0
        self._clock = clock
        self._duration_us = duration_us
        self._most = most
        self.start()

    def run(self) -> None:
        while self.released < self._most and self._clock.wait(self._duration_us):
            self.released += 1

    def ended(self) -> bool:
        self.join(ENDS_WITHIN_S)
        return not self.is_alive()


def wait_until(condition: Callable[[], bool]) -> None:
    end_s = time.monotonic() + ENDS_WITHIN_S
    while not condition():
        assert time.monotonic() < end_s
        time.sleep(0.001)


@pytest.mark.parametrize(("speed", "least_s"), [(1.0, 0.1), (2.0, 0.05), (0.5, 0.2)])
def test_sensor_time_takes_its_time(speed: float, least_s: float) -> None:
    clock = Clock(speed)
    began_s = time.monotonic()
    assert all(clock.wait(5_000) for _ in range(20))
    assert time.monotonic() - began_s >= least_s


def test_without_a_speed_nothing_waits() -> None:
    clock = Clock(None)
    began_s = time.monotonic()
    assert all(clock.wait(3_600_000_000) for _ in range(20))
    assert time.monotonic() - began_s < 3_600


def test_a_stall_is_not_made_up_for_by_rushing() -> None:
    clock = Clock(1.0)
    time.sleep(0.15)
    assert clock.wait(5_000)  # was due long ago
    began_s = time.monotonic()
    assert all(clock.wait(5_000) for _ in range(10))
    assert time.monotonic() - began_s >= 0.05


def test_a_faster_speed_is_felt_in_the_middle_of_a_wait() -> None:
    clock = Clock(0.1)
    waiter = Waiter(clock, duration_us=60_000_000, most=1)  # ten minutes
    clock.set_speed(None)
    assert waiter.ended()
    assert waiter.released == 1


def test_a_change_of_speed_keeps_what_has_been_waited_for() -> None:
    clock = Clock(0.5)
    assert clock.wait(1_000)
    time.sleep(0.05)
    clock.set_speed(5.0)  # 50 ms of waiting at half speed are worth 5 ms at five
    began_s = time.monotonic()
    assert all(clock.wait(50_000) for _ in range(10))  # 100 ms, 5 ms of them done
    assert time.monotonic() - began_s >= 0.08


def test_pause_holds_and_a_step_releases_one() -> None:
    clock = Clock(None)
    clock.pause()
    waiter = Waiter(clock)
    clock.step()
    wait_until(lambda: waiter.released == 1)
    clock.step()
    clock.step()
    wait_until(lambda: waiter.released == 3)
    assert clock.paused
    clock.close()
    assert waiter.ended()
    assert waiter.released == 3


def test_resume_goes_on_without_catching_up() -> None:
    clock = Clock(1.0)
    clock.pause()
    waiter = Waiter(clock, duration_us=10_000, most=5)
    time.sleep(0.06)
    assert waiter.released == 0
    began_s = time.monotonic()
    clock.resume()
    assert waiter.ended()
    assert time.monotonic() - began_s >= 0.05


def test_a_step_counts_only_while_paused() -> None:
    clock = Clock(None)
    clock.step()
    clock.pause()
    assert not clock.admits()
    clock.step()
    assert clock.admits()
    assert not clock.admits()
    clock.resume()
    assert clock.admits()


def test_a_seek_interrupts_and_is_taken_once() -> None:
    clock = Clock(0.1)
    waiter = Waiter(clock, duration_us=60_000_000)
    clock.seek(42)
    assert waiter.ended()
    assert waiter.released == 0
    assert clock.seeking
    clock.wait_for_seek()
    assert clock.take_seek() == 42
    assert clock.take_seek() is None
    assert not clock.seeking


def test_a_place_is_a_target_until_it_is_reached() -> None:
    clock = Clock(None)
    assert clock.target_us is None
    clock.seek(42)
    clock.take_seek()
    assert clock.target_us == 42
    clock.seek(43)
    clock.arrive()  # at 42, which nobody wants any more
    assert clock.target_us == 43
    clock.take_seek()
    clock.arrive()
    assert clock.target_us is None


def test_a_seek_forgets_the_steps_before_it() -> None:
    clock = Clock(None)
    clock.pause()
    clock.step()
    clock.seek(42)
    clock.take_seek()
    assert not clock.admits()


def test_close_wakes_who_waits_for_a_seek() -> None:
    clock = Clock(1.0)
    thread = threading.Thread(target=clock.wait_for_seek, daemon=True)
    thread.start()
    clock.close()
    thread.join(ENDS_WITHIN_S)
    assert not thread.is_alive()
    assert not clock.wait(0)
