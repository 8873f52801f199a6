from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pipeline.snapshot import RasterChunk, Stats
from app.pipeline.systems import system_at
from app.ui.logic.rate_history import BIN_US, BINS, CARRIED_BINS, RateHistory
from tests.ui.fakes import CAMERA, chunk, reading, snapshot

TICKS_A_BIN = BIN_US // 1000
NO_SPIKES = np.zeros((0, 11), np.int32), np.zeros((0, 4), np.uint8)


def spiking(t_us: int, ticks: int, output: int = 1, hidden: int = 2) -> RasterChunk:
    """Every tick has ``output`` spikes a class and ``hidden`` of four neurons fire."""
    fires = np.zeros((ticks, 4), np.uint8)
    fires[:, :hidden] = 1
    return chunk(t_us, np.full((ticks, 11), output, np.int32), fires)


def at(bins: float, *chunks: RasterChunk, **fields: object):
    """A snapshot when so many bins of sensor time have passed."""
    stats = fields.pop("stats", Stats(event_rate=1000.0 * bins))
    return snapshot(position_us=int(bins * BIN_US), raster=tuple(chunks), stats=stats, **fields)


def known(values: np.ndarray) -> list[float]:
    return values[np.isfinite(values)].tolist()


def test_spikes_a_second_are_those_of_all_neurons_over_the_time_of_their_ticks() -> None:
    history = RateHistory()
    history.show_snapshot(at(2, spiking(0, 2 * TICKS_A_BIN)))
    (layers,) = history.layers
    assert known(layers.output) == pytest.approx([11_000.0] * 2)
    assert known(layers.hidden) == pytest.approx([2_000.0] * 2)
    assert np.isnan(layers.output[:-2]).all()


def test_a_bin_that_is_not_whole_is_not_shown_yet() -> None:
    history = RateHistory()
    history.show_snapshot(at(1.5, spiking(0, TICKS_A_BIN * 3 // 2)))
    (layers,) = history.layers
    assert known(layers.output) == pytest.approx([11_000.0])


def test_ticks_that_are_missing_leave_a_gap_and_no_lower_rate() -> None:
    history = RateHistory()
    lost = spiking(0, TICKS_A_BIN), spiking(2 * BIN_US, TICKS_A_BIN // 2)
    history.show_snapshot(at(3, *lost))
    output = history.layers[0].output[-3:]
    assert output[[0, 2]] == pytest.approx([11_000.0, 11_000.0])
    assert np.isnan(output[1])


def test_the_event_rate_stands_for_the_bins_that_were_passed() -> None:
    history = RateHistory()
    for bins in (1, 2, 5):
        history.show_snapshot(at(bins))
    assert known(history.events) == [1000.0, 2000.0, 5000.0, 5000.0, 5000.0]


def test_a_longer_leap_leaves_a_gap() -> None:
    history = RateHistory()
    history.show_snapshot(at(1))
    history.show_snapshot(at(CARRIED_BINS + 2))
    assert known(history.events) == [1000.0, 1000.0 * (CARRIED_BINS + 2)]


def test_latency_is_unknown_until_something_was_decided() -> None:
    history = RateHistory()
    history.show_snapshot(at(1))
    history.show_snapshot(at(2, stats=Stats(latency_ms_p50=3.0, latency_ms_p99=8.0)))
    assert [known(each) for each in history.latencies_ms] == [[3.0], [8.0]]


def test_a_pause_holds_what_is_there() -> None:
    history = RateHistory()
    history.show_snapshot(at(2, spiking(0, 2 * TICKS_A_BIN)))
    before = history.events, history.layers[0].output
    for _ in range(5):
        history.show_snapshot(at(2, stats=Stats(event_rate=0.0)))
    np.testing.assert_array_equal(history.events, before[0])
    np.testing.assert_array_equal(history.layers[0].output, before[1])


@pytest.mark.parametrize("fields", [{"restarted": True}, {"info": CAMERA}])
def test_a_seek_and_another_source_begin_anew(fields: dict[str, object]) -> None:
    history = RateHistory()
    history.show_snapshot(at(20, spiking(0, 20 * TICKS_A_BIN)))
    history.show_snapshot(at(8, spiking(7 * BIN_US, TICKS_A_BIN), **fields))
    assert known(history.events) == [8000.0]
    assert len(known(history.layers[0].output)) == 1
    assert history.bins == 1


def test_each_system_has_rates_of_its_own_and_keeps_them_when_the_order_changes() -> None:
    history = RateHistory()
    first, second = system_at(Path("a.safetensors")), system_at(Path("b.safetensors"))
    quiet = reading(system=first, raster=(spiking(0, TICKS_A_BIN, output=0),))
    busy = reading(system=second, raster=(spiking(0, TICKS_A_BIN, output=3),))
    history.show_snapshot(snapshot(position_us=BIN_US, readings=(quiet, busy)))
    silent = reading(system=second), reading(system=first)
    history.show_snapshot(snapshot(position_us=BIN_US, readings=silent))
    assert [known(each.output) for each in history.layers] == [[33_000.0], [0.0]]


def test_a_system_without_a_hidden_layer_that_spikes_has_no_such_rate() -> None:
    history = RateHistory()
    bare = chunk(0, np.ones((TICKS_A_BIN, 11), np.int32), np.zeros((TICKS_A_BIN, 0), np.uint8))
    history.show_snapshot(at(1, bare))
    assert history.layers[0].hidden is None


def test_what_is_older_than_the_window_goes() -> None:
    history = RateHistory()
    for bins in range(1, BINS + 11):
        history.show_snapshot(at(bins))
    assert history.bins == BINS
    assert known(history.events) == [1000.0 * bins for bins in range(11, BINS + 11)]


def test_no_ticks_at_all_add_nothing() -> None:
    history = RateHistory()
    history.show_snapshot(at(1, chunk(0, *NO_SPIKES)))
    assert known(history.layers[0].output) == []


@given(cuts=st.lists(st.integers(1, 400), min_size=1, max_size=12), seed=st.integers(0, 99))
def test_how_the_stream_is_cut_into_chunks_changes_nothing(cuts: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    ticks = sum(cuts)
    output = random.poisson(0.5, (ticks, 11)).astype(np.int32)
    hidden = random.integers(0, 2, (ticks, 5)).astype(np.uint8)
    whole, cut = RateHistory(), RateHistory()
    whole.show_snapshot(snapshot(position_us=1000 * ticks, raster=(chunk(0, output, hidden),)))
    begin = 0
    for length in cuts:
        part = slice(begin, begin + length)
        piece = chunk(1000 * begin, output[part], hidden[part])
        begin += length
        cut.show_snapshot(snapshot(position_us=1000 * begin, raster=(piece,)))
    np.testing.assert_allclose(whole.layers[0].output, cut.layers[0].output)
    np.testing.assert_allclose(whole.layers[0].hidden, cut.layers[0].hidden)
