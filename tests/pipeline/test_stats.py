from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pipeline.snapshot import Stats
from app.pipeline.stats import RATE_WINDOW_US, WINDOW_S, Meter
from app.pipeline.systems import System
from tests.recognition.streams import CountingNetwork, make_events, make_slice

FIRST, SECOND = (
    System(Path(name), CountingNetwork) for name in ("first.safetensors", "second.safetensors")
)


def stats(meter: Meter) -> Stats:
    return meter.stats(backlog_us=15_000, dropped_slices=2, dropped_us=10_000, lost_events=7)


def saw(meter: Meter, slices: int, events: int) -> None:
    for _ in range(slices):
        meter.saw(make_slice(0, 5_000, make_events(np.zeros(events, np.int64))))


def test_nothing_measured_is_none() -> None:
    assert stats(Meter()) == Stats(
        backlog_us=15_000, dropped_slices=2, dropped_us=10_000, lost_events=7
    )


def test_the_rate_is_per_second_of_sensor_time() -> None:
    meter = Meter()
    saw(meter, slices=10, events=7)
    assert stats(meter).event_rate == pytest.approx(70 / 0.05)
    assert stats(meter).events == 70


def test_the_rate_forgets_and_the_total_does_not() -> None:
    meter = Meter()
    saw(meter, slices=100, events=50)
    saw(meter, slices=RATE_WINDOW_US // 5_000, events=0)
    assert stats(meter).event_rate == 0
    assert stats(meter).events == 5_000


def test_latency_is_from_arrival_to_decision() -> None:
    meter = Meter()
    arrived_s = [10.0 - ms / 1e3 for ms in range(101)]  # 0, 1, ... 100 ms ago
    meter.decided(arrived_s, sensor_us=505_000, busy_s={FIRST: 0.1}, done_s=10.0)
    assert stats(meter).latency_ms_p50 == pytest.approx(50)
    assert stats(meter).latency_ms_p99 == pytest.approx(99)


def test_realtime_factor_counts_only_the_time_spent_computing() -> None:
    meter = Meter()
    meter.decided([1.0], sensor_us=5_000, busy_s={FIRST: 0.001}, done_s=1.001)
    meter.decided([2.0], sensor_us=15_000, busy_s={FIRST: 0.003}, done_s=2.003)
    assert stats(meter).realtime_factor == pytest.approx(5.0)


def test_old_latencies_are_forgotten() -> None:
    meter = Meter()
    meter.decided([0.0], sensor_us=5_000, busy_s={FIRST: 0.1}, done_s=1.0)
    meter.decided([2.0 + WINDOW_S], sensor_us=5_000, busy_s={FIRST: 0.002}, done_s=2.002 + WINDOW_S)
    assert stats(meter).latency_ms_p99 == pytest.approx(2.0)


def test_the_load_is_told_for_each_system_and_the_headroom_for_all() -> None:
    meter = Meter()
    for done_s in (1.0, 2.0):
        meter.decided([done_s], 10_000, {FIRST: 0.001, SECOND: 0.004}, done_s)
    assert stats(meter).loads == pytest.approx((0.1, 0.4))
    assert stats(meter).realtime_factor == pytest.approx(2.0)


def test_the_figures_are_those_of_the_systems_at_work() -> None:
    meter = Meter()
    meter.decided([0.0], 10_000, {FIRST: 0.008}, 1.0)
    meter.decided([1.998], 10_000, {SECOND: 0.002}, 2.0)
    assert stats(meter).loads == pytest.approx((0.2,))
    assert stats(meter).latency_ms_p99 == pytest.approx(2.0)


@given(
    st.lists(
        st.tuples(st.integers(1, 3_000), st.integers(1, 4), st.integers(1, 40)), min_size=1
    )
)  # fmt: skip
def test_the_figures_are_those_of_the_last_seconds(chunks: list[tuple[int, int, int]]) -> None:
    """Chunks of (pause before in ms, slices, busy in ms)."""
    meter, now_s, done = Meter(), 0.0, []
    for pause_ms, slices, busy_ms in chunks:
        now_s += pause_ms / 1e3
        late_s = [busy_ms / 1e3 * (each + 1) for each in range(slices)]
        meter.decided(
            [now_s - each for each in late_s], 5_000 * slices, {FIRST: busy_ms / 1e3}, now_s
        )
        done.append((now_s, late_s, busy_ms))
    recent = [each for each in done if each[0] >= now_s - WINDOW_S]
    late_ms = [1e3 * late for _, late_s, _ in recent for late in late_s]
    sensor_ms = sum(5 * len(late_s) for _, late_s, _ in recent)
    seen = stats(meter)
    assert seen.latency_ms_p50 == pytest.approx(np.percentile(late_ms, 50))
    assert seen.latency_ms_p99 == pytest.approx(np.percentile(late_ms, 99))
    assert seen.loads == pytest.approx((sum(busy for *_, busy in recent) / sensor_ms,))


def test_operations_are_per_second_of_sensor_time_while_they_are_counted() -> None:
    meter = Meter()
    for done_s in (1.0, 2.0):
        meter.decided([done_s], 500_000, {FIRST: 0.1}, done_s, operations=300)
    assert stats(meter).operations_rate == pytest.approx(600)
    later_s = 2.0 + WINDOW_S + 1
    meter.decided([later_s], 500_000, {FIRST: 0.1}, later_s, operations=50)
    assert stats(meter).operations_rate == pytest.approx(100)
    meter.decided([later_s], 500_000, {FIRST: 0.1}, later_s)
    assert stats(meter).operations_rate is None


def test_another_system_has_operations_of_its_own() -> None:
    meter = Meter()
    meter.decided([1.0], 500_000, {FIRST: 0.1}, 1.0, operations=300)
    meter.decided([1.0], 500_000, {SECOND: 0.1}, 1.0, operations=10)
    assert stats(meter).operations_rate == pytest.approx(20)
