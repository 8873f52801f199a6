from __future__ import annotations

import itertools
import threading

from hypothesis import given
from hypothesis import strategies as st

from app.events import EventSlice
from app.pipeline.slice_queue import SliceQueue
from tests.pipeline.fakes import ENDS_WITHIN_S
from tests.recognition.streams import make_slice

ALL_US = 10**9


def ms_slice(start_ms: int, ms: int = 5, gap_ms: int = 0, restarted: bool = False) -> EventSlice:
    start_us = start_ms * 1_000
    return make_slice(start_us, start_us + ms * 1_000, gap_us=gap_ms * 1_000, restarted=restarted)


def taken(queue: SliceQueue, max_us: int = ALL_US) -> list[tuple[int, int]]:
    """Start and gap in ms of everything that is taken."""
    slices = queue.take_all(max_us)
    assert slices is not None
    return [(s.t_start_us // 1_000, s.gap_us // 1_000) for s in slices]


def test_slices_come_out_in_order() -> None:
    queue = SliceQueue(80_000)
    for start in (0, 5, 10):
        queue.offer(ms_slice(start))
    assert queue.backlog_us == 15_000
    assert taken(queue) == [(0, 0), (5, 0), (10, 0)]
    assert queue.backlog_us == 0


def test_one_take_is_bounded_but_never_empty() -> None:
    queue = SliceQueue(80_000)
    for start in range(0, 50, 10):
        queue.offer(ms_slice(start, ms=10))
    assert taken(queue, max_us=25_000) == [(0, 0), (10, 0)]
    assert taken(queue, max_us=1_000) == [(20, 0)]
    assert taken(queue, max_us=20_000) == [(30, 0), (40, 0)]


def test_over_the_bound_the_oldest_goes_and_leaves_its_length_as_a_gap() -> None:
    queue = SliceQueue(10_000)
    for start in (0, 5, 10, 15):
        queue.offer(ms_slice(start))
    assert queue.dropped == (2, 10_000)
    assert taken(queue) == [(10, 10), (15, 0)]


def test_a_gap_of_a_dropped_slice_is_kept() -> None:
    queue = SliceQueue(5_000)
    queue.offer(ms_slice(0))
    queue.offer(ms_slice(12, gap_ms=7))
    queue.offer(ms_slice(20, gap_ms=3))
    assert queue.dropped == (2, 10_000)  # only what was there to be dropped
    assert taken(queue) == [(20, 20)]


def test_a_dropped_restart_is_handed_on() -> None:
    queue = SliceQueue(5_000)
    queue.offer(ms_slice(0, restarted=True))
    queue.offer(ms_slice(5))
    slices = queue.take_all(ALL_US)
    assert slices is not None
    assert slices[0].restarted


def test_a_restart_has_lost_nothing_of_the_time_before_it() -> None:
    queue = SliceQueue(5_000)
    queue.offer(ms_slice(500))
    queue.offer(ms_slice(0, restarted=True))
    assert taken(queue) == [(0, 0)]


def test_a_slice_longer_than_the_bound_still_fits() -> None:
    queue = SliceQueue(10_000)
    queue.offer(ms_slice(0, ms=50))
    assert taken(queue) == [(0, 0)]
    queue.put(ms_slice(50, ms=50))
    assert taken(queue) == [(50, 0)]


def test_put_waits_for_room_and_loses_nothing() -> None:
    queue = SliceQueue(10_000)
    writer = threading.Thread(
        target=lambda: [queue.put(ms_slice(start)) for start in range(0, 500, 5)]
    )
    writer.start()
    starts: list[int] = []
    while len(starts) < 100:
        assert queue.backlog_us <= 10_000
        starts += [start for start, _ in taken(queue)]
    writer.join(ENDS_WITHIN_S)
    assert starts == list(range(0, 500, 5))
    assert queue.dropped == (0, 0)


def test_an_interruption_lets_a_waiting_put_go() -> None:
    interrupted = threading.Event()
    queue = SliceQueue(5_000, interrupted.is_set)
    queue.put(ms_slice(0))
    writer = threading.Thread(target=lambda: queue.put(ms_slice(5)))
    writer.start()
    interrupted.set()
    queue.wake()
    writer.join(ENDS_WITHIN_S)
    assert not writer.is_alive()


def test_the_end_is_told_once_after_everything_else() -> None:
    queue = SliceQueue(80_000)
    queue.put(ms_slice(0))
    queue.finish()
    assert taken(queue) == [(0, 0)]
    assert not queue.drained  # the slice may still be in work
    assert queue.take_all(ALL_US) == []
    assert queue.drained
    assert queue.wait_drained(0)


def test_what_is_put_after_the_end_makes_it_no_end() -> None:
    queue = SliceQueue(80_000)
    queue.finish()
    queue.put(ms_slice(0))
    assert taken(queue) == [(0, 0)]
    queue.finish()
    assert queue.take_all(ALL_US) == []
    queue.clear()
    assert not queue.drained
    assert not queue.wait_drained(0)


def test_a_sought_recording_is_not_over() -> None:
    interrupted = threading.Event()
    queue = SliceQueue(80_000, interrupted.is_set)
    queue.finish()
    queue.take_all(ALL_US)
    interrupted.set()
    assert not queue.drained


def test_what_was_queued_at_a_seek_does_not_come_out() -> None:
    interrupted = threading.Event()
    queue = SliceQueue(80_000, interrupted.is_set)
    queue.put(ms_slice(0))
    interrupted.set()
    queue.nudge()
    assert queue.take_all(ALL_US) == []
    assert queue.backlog_us == 5_000
    interrupted.clear()
    assert taken(queue) == [(0, 0)]


def test_clear_makes_room() -> None:
    queue = SliceQueue(5_000)
    queue.put(ms_slice(0))
    queue.clear()
    queue.put(ms_slice(90))
    assert taken(queue) == [(90, 0)]


def test_close_wakes_everyone() -> None:
    queue = SliceQueue(5_000)
    queue.put(ms_slice(0))
    threads = [
        threading.Thread(target=lambda: queue.put(ms_slice(5))),
        threading.Thread(target=lambda: queue.wait_drained(None)),
    ]
    other = SliceQueue(5_000)
    threads.append(threading.Thread(target=lambda: other.take_all(ALL_US)))
    for thread in threads:
        thread.start()
    queue.close()
    other.close()
    for thread in threads:
        thread.join(ENDS_WITHIN_S)
    assert not any(thread.is_alive() for thread in threads)
    assert queue.take_all(ALL_US) is None


lengths_ms = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 9)), min_size=1, max_size=40)


@given(lengths_ms, st.integers(1, 60), st.sets(st.integers(0, 39)))
def test_no_time_is_lost_without_a_trace(
    lengths: list[tuple[int, int]], bound_ms: int, takes: set[int]
) -> None:
    queue = SliceQueue(bound_ms * 1_000)
    out: list[EventSlice] = []
    now_ms = 0
    for number, (ms, gap_ms) in enumerate(lengths):
        now_ms += gap_ms
        queue.offer(ms_slice(now_ms, ms, gap_ms))
        now_ms += ms
        assert queue.backlog_us <= max(bound_ms, ms) * 1_000
        if number in takes:
            out += queue.take_all(ALL_US) or []
    queue.finish()
    out += queue.take_all(ALL_US) or []

    assert sum(s.gap_us + s.duration_us for s in out) == now_ms * 1_000
    for before, after in itertools.pairwise(out):
        assert after.t_start_us == before.t_end_us + after.gap_us
    dropped_slices, dropped_us = queue.dropped
    assert dropped_slices == len(lengths) - len(out)
    kept_us = sum(s.duration_us for s in out)
    assert dropped_us == 1_000 * sum(ms for ms, _ in lengths) - kept_us
