from __future__ import annotations

import multiprocessing
from collections import deque
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.events import EVENT_DTYPE, EventBatch, empty_events
from app.sources.hosting.ring import (
    RING_EVENTS,
    SLOT_EVENTS,
    SLOTS,
    RingMemory,
    RingReader,
    RingWriter,
    Slot,
    SlotKind,
    Vitals,
)
from tests.sources.making import random_events

Ends = tuple[RingWriter, RingReader]


@pytest.fixture
def memory() -> RingMemory:
    return RingMemory.allocate(multiprocessing.get_context("spawn"))


@pytest.fixture
def ring(memory: RingMemory) -> Ends:
    return RingWriter(memory), RingReader(memory)


def slot(events: np.ndarray, **fields: int) -> Slot:
    return Slot(SlotKind.EVENTS, 7, EventBatch(events, 12.5, **fields))


def test_a_slot_comes_out_as_it_went_in(ring: Ends) -> None:
    writer, reader = ring
    events = random_events(SLOT_EVENTS)
    assert writer.wait_for_room(SLOT_EVENTS, 0)
    writer.put(slot(events, gap_us=2**40, restarted=True))
    taken = reader.take(0)
    assert taken is not None
    assert taken.kind is SlotKind.EVENTS
    assert taken.generation == 7
    assert np.array_equal(taken.batch.events, events)
    assert (taken.batch.arrived_s, taken.batch.gap_us) == (12.5, 2**40)
    assert taken.batch.restarted is True


def test_an_empty_ring_gives_none(ring: Ends) -> None:
    assert ring[1].take(0.01) is None


def test_a_full_ring_has_no_room_until_a_slot_is_taken(ring: Ends) -> None:
    writer, reader = ring
    for _ in range(SLOTS):
        assert writer.wait_for_room(0, 0)
        writer.put(slot(empty_events()))
    assert not writer.wait_for_room(0, 0.01)
    assert reader.take(0) is not None
    assert writer.wait_for_room(0, 0)


def test_a_ring_full_of_events_has_room_for_small_batches_only(ring: Ends) -> None:
    writer, reader = ring
    large = random_events(SLOT_EVENTS - 10)
    for _ in range(RING_EVENTS // SLOT_EVENTS):
        assert writer.wait_for_room(len(large), 0)
        writer.put(slot(large))
    assert not writer.wait_for_room(len(large), 0.01)
    assert writer.wait_for_room(10, 0)
    assert reader.take(0) is not None
    assert writer.wait_for_room(len(large), 0)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, SLOT_EVENTS), st.integers(0, 40)), max_size=300))
def test_every_batch_arrives_whole_whoever_is_ahead(
    memory: RingMemory, steps: list[tuple[int, int]]
) -> None:
    """Each step puts a batch, if there is room, and takes so many of those that wait."""
    context = multiprocessing.get_context("spawn")
    memory = replace(memory, filled=context.Semaphore(0), free=context.Semaphore(SLOTS))
    writer, reader = RingWriter(memory), RingReader(memory)
    waiting: deque[np.ndarray] = deque()
    for number, (count, takes) in enumerate(steps):
        events = np.full(count, number, "<i8").repeat(2).view(EVENT_DTYPE)
        if writer.wait_for_room(count, 0):
            writer.put(slot(events))
            waiting.append(events)
        for _ in range(min(takes, len(waiting))):
            taken = reader.take(0)
            assert taken is not None
            assert taken.batch.events.tobytes() == waiting.popleft().tobytes()
    while (taken := reader.take(0)) is not None:
        assert taken.batch.events.tobytes() == waiting.popleft().tobytes()
    assert not waiting
    assert writer.wait_for_room(SLOT_EVENTS, 0)


def test_order_is_kept_over_several_rounds(ring: Ends) -> None:
    writer, reader = ring
    for number in range(3 * SLOTS + 5):
        assert writer.wait_for_room(3, 0)
        writer.put(slot(random_events(3, start_us=number, span_us=1)))
        taken = reader.take(0)
        assert taken is not None
        assert taken.batch.events["t"].tolist() == [number] * 3


def test_what_was_taken_is_not_written_again(ring: Ends) -> None:
    writer, reader = ring
    first = random_events(10)
    for seed in range(2 * SLOTS):
        assert writer.wait_for_room(10, 0)
        writer.put(slot(first if seed == 0 else random_events(10, seed=seed)))
        taken = reader.take(0)
        assert taken is not None
        if seed == 0:
            kept = taken.batch.events
    assert np.array_equal(kept, first)


def test_events_that_are_not_contiguous(ring: Ends) -> None:
    writer, reader = ring
    events = random_events(100)[::3]
    assert writer.wait_for_room(len(events), 0)
    writer.put(slot(events))
    taken = reader.take(0)
    assert taken is not None
    assert np.array_equal(taken.batch.events, events)


def test_vitals_are_seen_from_both_sides(memory: RingMemory) -> None:
    child, parent = Vitals(memory), Vitals(memory)
    child.beat()
    child.beat()
    child.count_dropped(5)
    parent.request_stop()
    assert (parent.beats, parent.dropped) == (2, 5)
    assert child.stop_requested
