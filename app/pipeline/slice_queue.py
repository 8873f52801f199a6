"""The bounded queue of slices between the reader and the worker.

The bound is sensor time, not a number of slices. A live source ``offer``s and never waits: what
is too much costs the oldest slice. A recording ``put``s and waits until there is room.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from app.events import EventSlice


def close_gap(dropped: EventSlice, following: EventSlice) -> EventSlice:
    """The slice after a dropped one, which takes over the lost time and a restart."""
    if following.restarted:
        return following  # time begins anew there, so nothing before it was lost to it
    lost_us = dropped.gap_us + dropped.duration_us
    return replace(following, gap_us=following.gap_us + lost_us, restarted=dropped.restarted)


class SliceQueue:
    """Slices of at most ``backlog_us`` of sensor time; a single slice always fits.

    One thread puts and one takes; any thread may wake and close. ``interrupted`` says that the
    thread that puts is wanted elsewhere (a seek): then it does not wait for room, nothing that is
    queued comes out, and a recording that was over is not. Whoever makes it true calls ``wake``.
    """

    def __init__(self, backlog_us: int, interrupted: Callable[[], bool] = lambda: False) -> None:
        self._interrupted = interrupted
        self._bound_us = backlog_us
        self._changed = threading.Condition()
        self._slices: deque[EventSlice] = deque()
        self._queued_us = 0
        self._ending = False  # the recording is over once the queue is empty
        self._drained = False  # and the worker has come back for more
        self._in_work = False  # whoever takes has not come back for more
        self._nudged = False  # whoever takes has something else to look at
        self._closed = False
        self._dropped_slices = 0
        self._dropped_us = 0
        self._dropped_events = 0

    def put(self, slice_: EventSlice) -> None:
        """Wait for room and append."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._closed or self._has_room(slice_) or self._interrupted()
            )
            self._append(slice_)

    def offer(self, slice_: EventSlice) -> None:
        """Append without waiting; while that is too much, the oldest slice is dropped."""
        with self._changed:
            self._append(slice_)
            while self._queued_us > self._bound_us and len(self._slices) > 1:
                dropped = self._slices.popleft()
                self._slices[0] = close_gap(dropped, self._slices[0])
                self._queued_us -= dropped.duration_us
                self._dropped_slices += 1
                self._dropped_us += dropped.duration_us
                self._dropped_events += dropped.events.size

    def finish(self) -> None:
        """The recording has no more slices."""
        with self._changed:
            self._ending = True
            self._changed.notify_all()

    def take_all(self, max_us: int) -> list[EventSlice] | None:
        """Wait for slices and take them all, at most ``max_us`` of them but at least one.

        An empty list tells once that the recording is over, or that there was a nudge; none tells
        that the queue is closed. To come back for more is to say that everything taken before is
        done. What is queued at a seek stays, as nobody wants it any more.
        """
        with self._changed:
            self._in_work = False
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed or self._nudged or self._has_work())
            if self._closed:
                return None
            self._nudged = False
            if not self._has_work():
                return []
            taken: list[EventSlice] = []
            taken_us = 0
            while self._slices and (not taken or taken_us + self._slices[0].duration_us <= max_us):
                taken.append(self._slices.popleft())
                taken_us += taken[-1].duration_us
            self._queued_us -= taken_us
            self._in_work = bool(taken)
            if not taken and self._ending:
                self._ending, self._drained = False, True
            self._changed.notify_all()
            return taken

    def nudge(self) -> None:
        """Have whoever takes look up, even if there are no slices."""
        with self._changed:
            self._nudged = True
            self._changed.notify_all()

    def wait_nudged(self) -> bool:
        """Wait for a nudge and leave the slices where they are; false if the queue is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._nudged)
            self._nudged = False
            return not self._closed

    def clear(self) -> None:
        """Forget what is queued, and that the recording was over: it is going to be sought."""
        with self._changed:
            self._slices.clear()
            self._queued_us = 0
            self._ending = self._drained = False
            self._changed.notify_all()

    def wake(self) -> None:
        """Have whoever waits look again."""
        with self._changed:
            self._changed.notify_all()

    def close(self) -> None:
        """Wake everyone; nothing comes out any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait_drained(self, timeout_s: float | None) -> bool:
        """Wait until the worker is done with a whole recording, or the queue is closed."""
        with self._changed:
            return self._changed.wait_for(lambda: self._is_drained() or self._closed, timeout_s)

    def wait_settled(self) -> None:
        """Wait until everything put so far is done, or whoever puts is wanted elsewhere."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._closed or self._interrupted() or not (self._slices or self._in_work)
            )

    @property
    def drained(self) -> bool:
        """Whether the recording is over and the worker has done all of it."""
        with self._changed:
            return self._is_drained()

    @property
    def backlog_us(self) -> int:
        """Sensor time that is waiting for the worker."""
        with self._changed:
            return self._queued_us

    @property
    def dropped(self) -> tuple[int, int]:
        """Slices dropped so far, and their sensor time in microseconds."""
        with self._changed:
            return self._dropped_slices, self._dropped_us

    @property
    def dropped_events(self) -> int:
        """Events in the slices dropped so far."""
        with self._changed:
            return self._dropped_events

    def _is_drained(self) -> bool:
        return self._drained and not self._interrupted()

    def _has_work(self) -> bool:
        return bool(self._slices or self._ending) and not self._interrupted()

    def _has_room(self, slice_: EventSlice) -> bool:
        return not self._slices or self._queued_us + slice_.duration_us <= self._bound_us

    def _append(self, slice_: EventSlice) -> None:
        if self._closed:
            return
        self._slices.append(slice_)
        self._queued_us += slice_.duration_us
        self._ending = self._drained = False
        self._changed.notify_all()
