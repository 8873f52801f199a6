"""What is watched drives four neurons; what is drawn of them; what people look at."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events import Resolution
from app.recognition.watching import Neuron, Patch, Watched
from app.ui.logic.bench import KEPT_MS, KINDS, Bench
from app.ui.logic.membrane import HH_RANGE, course_lines, peaks, runs, scale, trace_lines
from app.ui.logic.target import Layers, Of, Target, busiest, patch_at, watch_of
from models.neurons.single import Hh, If, Lif, at_rest, walk
from models.probe import NeuronTrace

PATCH = Patch(3, 4, 5, 5)
RANDOM = np.random.default_rng(1)
LAYERS = Layers("output", 11, 4, "hidden", 64)


def piece(t_us: int, charge: np.ndarray, watch: object = PATCH, tick_us: int = 1_000) -> Watched:
    return Watched(watch, t_us, tick_us, np.asarray(charge, float))


def test_parts_are_one_walk() -> None:
    bench, charge = Bench(), RANDOM.poisson(0.6, 900).astype(float)
    bench.add(piece(0, charge[:45]))
    bench.set_gain(2.0)
    for begin in range(45, 900, 45):
        bench.add(piece(1_000 * begin, charge[begin : begin + 45]))
    assert bench.gain == 2.0
    for kind in KINDS:
        whole = walk(charge * 2.0, 1.0, kind(), at_rest())
        np.testing.assert_allclose(bench.kept.courses[kind].v, whole.v, atol=1e-9)
        np.testing.assert_array_equal(bench.kept.courses[kind].spikes, whole.spikes)


def test_no_more_is_kept_than_can_be_seen() -> None:
    bench = Bench()
    for begin in range(0, 3_000, 500):
        bench.add(piece(1_000 * begin, np.ones(500)))
    assert len(bench.kept.charge) == KEPT_MS
    assert all(len(bench.kept.courses[kind].v) == KEPT_MS for kind in KINDS)


@pytest.mark.parametrize(
    "other", [piece(500_000, np.ones(5)), piece(100_000, np.ones(5), Patch(0, 0, 5, 5))]
)
def test_another_time_or_thing_begins_anew(other: Watched) -> None:
    bench = Bench()
    bench.add(piece(0, np.ones(100)))
    bench.add(other)
    assert bench.watch == other.watch
    assert len(bench.kept.charge) == 5


def test_the_gain_fits_itself_once_and_leaves_a_chosen_one() -> None:
    charge = np.zeros(500)
    charge[::5] = 1.0
    bench = Bench()
    bench.add(piece(0, charge))
    fitted = bench.gain
    # A kick in 5 ms of at most a third of the threshold.
    assert 3.0 < fitted < 15 / 3 + 0.5
    assert bench.kept.courses[Lif].spikes.any()
    bench.add(piece(500_000, 10 * charge))
    assert bench.gain == fitted
    bench.add(piece(0, 10 * charge))  # the recording begins anew
    assert bench.gain == fitted
    bench.add(piece(0, 10 * charge, Neuron("hidden", 1)))
    assert bench.gain != fitted
    bench.set_gain(7.0)
    bench.add(piece(500_000, charge, Neuron("hidden", 1)))
    assert bench.gain == 7.0
    assert not Bench().fit()


def test_other_constants_have_seen_the_same_and_can_be_reset() -> None:
    bench, charge = Bench(), RANDOM.poisson(0.6, 500).astype(float)
    bench.add(piece(0, charge))
    before = bench.kept.courses
    bench.set_constants(Lif(threshold_mv=60.0))
    assert bench.kept.courses[Lif].spikes.sum() < before[Lif].spikes.sum()
    np.testing.assert_array_equal(bench.kept.courses[If].v, before[If].v)
    bench.reset()
    np.testing.assert_array_equal(bench.kept.courses[Lif].v, before[Lif].v)


def test_the_trace_of_a_neuron_goes_on_with_the_pieces() -> None:
    bench, neuron, flags = Bench(), Neuron("hidden", 2), np.zeros(3, np.uint8)
    for begin in (0, 3):
        v = np.arange(begin, begin + 3.0)
        trace = NeuronTrace(np.ones(3), v, np.ones(3), flags, flags)
        bench.add(Watched(neuron, 1_000 * begin, 1_000, np.ones(3), trace))
    assert bench.kept.trace.v.tolist() == [0, 1, 2, 3, 4, 5]
    bench.add(Watched(neuron, 6_000, 1_000, np.zeros(3)))
    assert bench.kept.trace is None


def test_lines_of_a_leaky_neuron() -> None:
    course = walk(np.full(100, 3.0), 1.0, Lif(), at_rest())
    lines = course_lines(course, Lif(), 1.0)
    (times, ends), fired = lines.spikes, np.flatnonzero(course.spikes)
    np.testing.assert_allclose(times[::2], (fired + 1 - 100) / 1000)
    assert set(ends[::2]) == {15.0}
    assert lines.rate == pytest.approx(10 * len(fired))
    assert lines.times[-1] == 0
    rests = lines.resting[0]
    np.testing.assert_allclose(rests[1::2] - rests[::2], 0.002)
    np.testing.assert_allclose(rests[::2][: len(fired) - 1], times[::2][: len(fired) - 1])


def test_lines_of_hodgkin_huxley_show_its_own_spikes() -> None:
    course = walk(np.full(50, 12.0), 1.0, Hh(), at_rest())
    lines = course_lines(course, Hh(), 1.0)
    assert lines.threshold is None
    assert len(lines.spikes[0]) == 0
    assert HH_RANGE[0] < lines.v.min() < lines.v.max() < HH_RANGE[1]
    assert lines.times[0] == pytest.approx(-0.050 + 0.00025)


def test_lines_of_a_networks_neuron_and_of_nothing() -> None:
    nothing = np.zeros(0)
    lines = trace_lines(NeuronTrace(*[nothing] * 5), 1.0)
    assert lines.rate == 0
    assert lines.low < 0 < lines.top
    flags = np.array([0, 1, 1, 0, 1], np.uint8)
    begins, ends = runs(flags, np.arange(5.0), 1.0)
    assert (begins.tolist(), ends.tolist()) == ([0, 3], [2, 4])


@given(v=st.lists(st.floats(-1e6, 1e6), max_size=20), theta=st.floats(0.01, 100))
def test_every_membrane_is_on_its_scale(v: list[float], theta: float) -> None:
    low, top = scale(np.array(v), theta)
    assert low < 0 < theta < top
    assert not v or low <= min(v) <= max(v) <= top


def test_what_a_target_is_on_a_sensor_and_in_a_network() -> None:
    sensor = Resolution(128, 96)
    assert watch_of(Target(), sensor, None) == Patch(62, 46, 4, 4)
    assert watch_of(Target(Of.PIXELS, 0, 95, 9), sensor, None) == Patch(0, 87, 9, 9)
    assert watch_of(Target(Of.OUTPUT, class_=3, number=1), sensor, LAYERS) == Neuron("output", 13)
    assert watch_of(Target(Of.OUTPUT, class_=99, number=99), sensor, LAYERS) == Neuron("output", 43)
    assert watch_of(Target(Of.HIDDEN, number=99), sensor, LAYERS) == Neuron("hidden", 63)
    assert watch_of(Target(Of.HIDDEN), sensor, None) is None


@given(
    x=st.integers(-5, 200), y=st.integers(-5, 200), side=st.integers(1, 300),
    width=st.integers(1, 128), height=st.integers(1, 128),
)  # fmt: skip
def test_a_patch_is_inside_its_sensor(x: int, y: int, side: int, width: int, height: int) -> None:
    patch = patch_at(Target(Of.PIXELS, x, y, side), Resolution(width, height))
    assert 0 <= patch.x < patch.x + patch.width <= width
    assert 0 <= patch.y < patch.y + patch.height <= height


def test_the_busiest_place() -> None:
    levels = RANDOM.random((2, 96, 128)).astype(np.float32)
    levels[:, 41:44, 81:84] = 50
    target = busiest(levels)
    patch = patch_at(target, Resolution(128, 96))
    assert patch.x <= 82 < patch.x + patch.width
    assert patch.y <= 42 < patch.y + patch.height


def test_the_newest_part_of_what_is_kept() -> None:
    bench, charge = Bench(), RANDOM.poisson(0.6, 900).astype(float)
    bench.add(piece(0, charge))
    newest = bench.newest(0.2)
    np.testing.assert_array_equal(newest.charge, charge[-200:])
    for kind in KINDS:
        np.testing.assert_array_equal(newest.courses[kind].v, bench.kept.courses[kind].v[-200:])


@given(st.integers(0, 3000), st.integers(20, 400))
def test_peaks_keep_what_can_be_seen(points: int, columns: int) -> None:
    times, values = (
        np.arange(points, dtype=float),
        np.random.default_rng(points).normal(size=points),
    )
    some_times, some = peaks(times, values, columns)
    assert len(some) <= max(4 * columns + 4, 2)
    assert (np.diff(some_times) >= 0).all()
    np.testing.assert_array_equal(some, values[some_times.astype(int)])
    if points:
        stretch = max(len(values) // (2 * columns) * 2, 1)
        recent = values[points % stretch :] if stretch >= 4 else values
        assert (some.min(), some.max()) == (recent.min(), recent.max())
