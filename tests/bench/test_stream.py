"""Streams to measure with have the rate that they are asked for, in order, on their sensor."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench.pipeline import BATCH_US, RATE, SENSOR, batches_of
from app.bench.stream import as_input, enlarged, pieces, stream

SHAPE = (2, 32, 32)


@settings(max_examples=15, deadline=None)
@given(per_second=st.integers(1, 600_000), ticks=st.integers(1, 200))
def test_a_stream_has_its_rate(per_second: int, ticks: int) -> None:
    events = stream(per_second, ticks)
    assert len(events) == per_second * ticks // 1000
    assert (np.diff(events["t"]) >= 0).all()
    if len(events):
        assert events["t"][0] >= 0
        assert events["t"][-1] < 1000 * ticks


def test_a_stream_is_the_same_every_time() -> None:
    assert (stream(100_000, 50) == stream(100_000, 50)).all()


def test_a_stream_longer_than_the_recordings_is_refused() -> None:
    with pytest.raises(ValueError, match="expected at most"):
        stream(1_000, 10_000)


@pytest.mark.parametrize("length", [1, 7, 40])
def test_pieces_are_the_whole(length: int) -> None:
    ticks = as_input(stream(50_000, 60), 60, SHAPE)
    cut = pieces(ticks, length)
    assert [len(piece) for piece in cut[:-1]] == [length] * (len(cut) - 1)
    assert (np.concatenate([piece.counts() for piece in cut]) == ticks.counts()).all()


def test_a_larger_sensor_is_filled() -> None:
    events = enlarged(stream(200_000, 100), SENSOR)
    assert events["x"].min() >= 0
    assert SENSOR.width * 0.8 < events["x"].max() < SENSOR.width
    assert SENSOR.height * 0.8 < events["y"].max() < SENSOR.height


def test_a_flood_goes_on_in_order() -> None:
    batches = list(batches_of(0.6))
    events = np.concatenate([batch["t"] for batch in batches])
    assert len(batches) == 120
    assert abs(len(events) / 0.6 / RATE - 1) < 0.2
    assert (np.diff(events) >= 0).all()
    for number, batch in enumerate(batches):
        inside = (batch["t"] >= number * BATCH_US) & (batch["t"] < (number + 1) * BATCH_US)
        assert inside.all()
