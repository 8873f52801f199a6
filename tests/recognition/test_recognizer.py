from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.events import EventBatch, EventSlice, Resolution
from app.recognition.decision import Recognition, SlidingWindow
from app.recognition.encoding import Encoder
from app.recognition.recognizer import Recognizer, Stretch, unbroken_runs
from app.recognition.slicer import Slicer
from tests.recognition.streams import CountingNetwork, make_events, make_slice, random_events


def make_recognizer(network: CountingNetwork, min_count: int = 1) -> Recognizer:
    encoder = Encoder(Resolution(16, 16), network.spec.input_shape)
    return Recognizer(network, encoder, SlidingWindow(4, 80, 0.5, min_count))


def burst(t_us: int, quarter: int) -> np.ndarray:
    """Four events at one time in one quarter of the sensor: one output spike of its class."""
    return make_events([t_us] * 4, x=quarter % 2 * 8, y=quarter // 2 * 8)


def rows(recognitions: list[Recognition]) -> list[tuple[object, ...]]:
    """Recognitions as plain tuples, to compare them whole."""
    return [(r.t_us, r.winner, r.gesture, r.share, *r.votes.tolist()) for r in recognitions]


def test_one_decision_a_tick() -> None:
    recognizer = make_recognizer(CountingNetwork())
    events = np.concatenate([burst(1_000, 2), burst(3_500, 1)])
    recognitions, output = recognizer.process(make_slice(0, 5_000, events))
    assert [r.t_us for r in recognitions] == [1_000, 2_000, 3_000, 4_000, 5_000]
    assert [r.winner for r in recognitions] == [None, 2, None, 1, None]
    assert [r.gesture for r in recognitions] == [None, 2, 2, None, None]
    assert output.output.sum(axis=0).tolist() == [0, 1, 1, 0]


def test_the_state_is_carried_from_slice_to_slice() -> None:
    recognizer = make_recognizer(CountingNetwork())
    three = make_events([4_000] * 3)
    recognizer.process(make_slice(0, 5_000, three))
    # 3 * 7 // 8 = 2 is left, so two more events fire where two alone would not.
    recognitions, _ = recognizer.process(make_slice(5_000, 6_000, make_events([5_000] * 2)))
    assert recognitions[0].winner == 0


def test_a_gap_lets_the_state_decay_and_clears_the_vote() -> None:
    network = CountingNetwork()
    recognizer = make_recognizer(network)
    first, _ = recognizer.process(make_slice(0, 1_000, burst(0, 3)))
    assert first[0].gesture == 3
    after, _ = recognizer.process(make_slice(9_000, 10_000, gap_us=8_000))
    assert network.calls == [("run", 1), ("skip", 8_000), ("run", 1)]
    assert after[0].gesture is None
    assert not after[0].votes.any()


def test_a_restart_resets_the_network_and_clears_the_vote() -> None:
    network = CountingNetwork()
    recognizer = make_recognizer(network)
    recognizer.process(make_slice(5_000, 6_000, burst(5_000, 3)))
    after, _ = recognizer.process(make_slice(0, 1_000, gap_us=4_000, restarted=True))
    assert network.calls == [("run", 1), ("reset", 0), ("run", 1)]
    assert not after[0].votes.any()


def test_slices_are_joined_up_to_a_gap_or_a_restart() -> None:
    slices = [
        make_slice(0, 5_000), make_slice(5_000, 10_000),
        make_slice(20_000, 25_000, gap_us=10_000), make_slice(25_000, 30_000),
        make_slice(0, 5_000, restarted=True),
    ]  # fmt: skip
    assert [len(run) for run in unbroken_runs(slices)] == [2, 2, 1]
    assert unbroken_runs([]) == []


def test_a_stretch_says_where_it_begins() -> None:
    stretches = make_recognizer(CountingNetwork()).process_many(
        [make_slice(0, 5_000), make_slice(9_000, 14_000, restarted=True)]
    )
    assert [(s.t_start_us, s.restarted) for s in stretches] == [(0, False), (9_000, True)]


def test_encoder_and_network_must_agree() -> None:
    with pytest.raises(ValueError, match="expected input shape and tick"):
        Recognizer(
            CountingNetwork(side=16),
            Encoder(Resolution(16, 16), (2, 8, 8)),
            SlidingWindow(4, 80, 0.5, 8),
        )


def gappy_slices(seed: int) -> list[EventSlice]:
    """Busy slices with gaps and a restart among them."""
    slicer = Slicer(5_000)
    slices = slicer.push(EventBatch(random_events(3_000, 300_000, seed=seed), 1.0))
    marks = np.random.default_rng(seed).integers(0, 8, len(slices))
    return [
        dataclasses.replace(s, gap_us=3_000 * int(mark == 0), restarted=bool(mark == 1))
        for s, mark in zip(slices, marks, strict=True)
    ]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1 << 30), st.integers(1, 8))
def test_chunks_give_exactly_what_single_slices_give(seed: int, chunk: int) -> None:
    slices = gappy_slices(seed)
    single, chunked = make_recognizer(CountingNetwork()), make_recognizer(CountingNetwork())
    one_by_one = [single.process(s) for s in slices]
    stretches: list[Stretch] = []
    for begin in range(0, len(slices), chunk):
        stretches += chunked.process_many(slices[begin : begin + chunk])

    expected = [row for recognitions, _ in one_by_one for row in rows(recognitions)]
    assert [row for stretch in stretches for row in rows(stretch.recognitions)] == expected
    assert any(row[2] is not None for row in expected)
    np.testing.assert_array_equal(
        np.concatenate([stretch.output.output for stretch in stretches]),
        np.concatenate([output.output for _, output in one_by_one]),
    )
