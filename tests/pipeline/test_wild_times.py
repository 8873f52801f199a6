"""Whatever times a live sensor sends, the way from the guard to the slices stays bounded."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.events import EVENT_DTYPE, EventBatch, Resolution
from app.pipeline.silence import SilenceClock
from app.recognition.slicer import MAX_SILENCE_US, Slicer
from app.sources.guard import EventGuard

LAST_US = 2**63 - 1
SLICE_US = 5_000
BEGINNINGS = st.sampled_from([0, 10**6, 1_764_000_000 * 10**6, 2**61, 2**62, LAST_US - 10**6])
STRAYS = st.sampled_from([-5, 0, 2**61 - 1, 2**62, LAST_US - 12_345, LAST_US])
# Where a batch begins, how many events it has, one that strays, and how long nothing came.
STEPS = st.tuples(BEGINNINGS, st.integers(0, 30), st.none() | STRAYS, st.floats(0.001, 3.0))


def batch_of(begin_us: int, count: int, stray_us: int | None) -> np.ndarray:
    events = np.zeros(count, EVENT_DTYPE)
    events["t"] = [min(begin_us + 10 * step, LAST_US) for step in range(count)]
    if stray_us is not None and count:
        events["t"][count // 2] = stray_us
    return events


@settings(deadline=None, max_examples=60)
@given(st.lists(STEPS, max_size=20))
def test_no_time_makes_slices_without_end(steps: list[tuple[int, int, int | None, float]]) -> None:
    guard, slicer, silence = EventGuard(Resolution(128, 128)), Slicer(SLICE_US), SilenceClock()
    now_s = 0.0
    for begin_us, size, stray_us, wait_s in steps:
        now_s += wait_s
        events, restarted = guard.clean(batch_of(begin_us, size, stray_us))
        batch = EventBatch(events, now_s, restarted=restarted)
        if batch.restarted:
            silence.forget()
        slices = slicer.push(batch)
        if batch.events.size:
            silence.hear(batch.events["t"], now_s)
        elif (now_us := silence.now_us(now_s)) is not None:
            slices += slicer.advance(now_us, now_s)
        assert len(slices) <= 2 * (MAX_SILENCE_US // SLICE_US + 2)
        assert all(0 < slice_.duration_us <= SLICE_US for slice_ in slices)
