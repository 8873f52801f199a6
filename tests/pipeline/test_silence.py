from __future__ import annotations

import numpy as np
import pytest

from app.pipeline.silence import MAX_LAG_US, MIN_LAG_US, SilenceClock


def hear(clock: SilenceClock, t_us: list[int], arrived_s: float) -> None:
    clock.hear(np.array(t_us, np.int64), arrived_s)


def test_before_the_first_event_there_is_no_sensor_time() -> None:
    assert SilenceClock().now_us(100.0) is None


def test_time_goes_on_from_the_last_event_a_little_behind() -> None:
    clock = SilenceClock()
    hear(clock, [7_000, 9_000], arrived_s=100.0)
    assert clock.now_us(100.5) == 9_000 + 500_000 - MIN_LAG_US


def test_silence_alone_makes_nobody_late() -> None:
    clock = SilenceClock()
    hear(clock, [0], arrived_s=100.0)
    hear(clock, [5_000_000], arrived_s=105.0)
    assert clock.now_us(105.1) == 5_100_000 - MIN_LAG_US


def test_a_source_in_bursts_is_given_more_time() -> None:
    clock = SilenceClock()
    hear(clock, [0, 100_000], arrived_s=100.0)
    hear(clock, [101_000, 200_000], arrived_s=100.1)  # its first event is 99 ms old
    assert clock.now_us(100.2) == pytest.approx(300_000 - 99_000, abs=1)


def test_a_single_stall_is_forgotten_in_time() -> None:
    clock = SilenceClock()
    hear(clock, [0], arrived_s=100.0)
    hear(clock, [1_000], arrived_s=109.0)
    assert clock.now_us(109.0) == 1_000 - MAX_LAG_US
    for number in range(1, 500):
        hear(clock, [1_000 + number * 1_000], arrived_s=109.0 + number * 0.001)
    assert clock.now_us(109.499) == 500_000 - MIN_LAG_US


def test_a_new_sensor_clock_is_not_compared_with_the_old() -> None:
    clock = SilenceClock()
    hear(clock, [9_000_000], arrived_s=100.0)
    clock.forget()
    assert clock.now_us(100.0) is None
    hear(clock, [0], arrived_s=100.1)
    assert clock.now_us(100.2) == 100_000 - MIN_LAG_US
