"""The pace of a recording: when its next slice may go."""

from __future__ import annotations

import threading
import time

# A stall longer than this (the worker is too slow, the network is loading) is not caught up by
# rushing through the recording; shorter ones are, so that the pace holds on average.
MAX_LAG_S = 0.1


class Clock:
    """Releases slices at the pace of their sensor time, a metronome rather than a watch.

    Each slice is due one duration after the slice before it, whatever their time stamps say; so
    gaps, loops, seeks, pauses and changes of speed need no correction. Controlled from any
    thread, waited on by the reader.
    """

    def __init__(self, speed: float | None) -> None:
        self._changed = threading.Condition()
        self._speed = speed  # sensor seconds per second; none is as fast as possible
        self._last_due_s = time.monotonic()
        self._paused = False
        self._steps = 0
        self._seek_us: int | None = None  # asked for and not yet taken
        self._target_us: int | None = None  # asked for and not yet arrived at
        self._closed = False

    def wait(self, duration_us: int) -> bool:
        """Sleep until the next slice of this length is due.

        False if the reader has to look up first: a seek is asked for or the clock is closed.
        """
        with self._changed:
            while not self._closed and self._seek_us is None:
                if self._paused:
                    if self._take_step():
                        return True
                    self._changed.wait()
                    continue
                rest_s = self._due_s(duration_us) - time.monotonic()
                if rest_s <= 0:
                    self._last_due_s = self._due_s(duration_us)
                    if rest_s < -MAX_LAG_S:
                        self._last_due_s = time.monotonic()
                    return True
                self._changed.wait(rest_s)
            return False

    def admits(self) -> bool:
        """Whether the next slice of a live source may go; never waits."""
        with self._changed:
            return not self._paused or self._take_step()

    def _take_step(self) -> bool:
        if not self._steps:
            return False
        self._steps -= 1
        return True

    def _due_s(self, duration_us: int) -> float:
        if self._speed is None:
            return self._last_due_s
        return self._last_due_s + duration_us / 1e6 / self._speed

    def pause(self) -> None:
        with self._changed:
            self._paused = True
            self._changed.notify_all()

    def resume(self) -> None:
        with self._changed:
            self._paused = False
            self._steps = 0
            self._last_due_s = time.monotonic()
            self._changed.notify_all()

    def step(self) -> None:
        """While paused, let one slice go."""
        with self._changed:
            if self._paused:
                self._steps += 1
                self._changed.notify_all()

    def set_speed(self, speed: float | None) -> None:
        """Change the pace; the part of a slice that has been waited for stays waited for."""
        with self._changed:
            now_s = time.monotonic()
            if self._speed is None or speed is None:
                self._last_due_s = now_s
            else:
                self._last_due_s = now_s - (now_s - self._last_due_s) * self._speed / speed
            self._speed = speed
            self._changed.notify_all()

    def seek(self, t_us: int) -> None:
        """Ask the reader to go to ``t_us``, instead of anywhere it was going."""
        with self._changed:
            self._seek_us = self._target_us = t_us
            self._steps = 0
            self._changed.notify_all()

    def wait_for_seek(self) -> None:
        """Sleep until a position is asked for or the clock is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._seek_us is not None)

    def take_seek(self) -> int | None:
        """The position that was asked for since the last time, if any."""
        with self._changed:
            seek_us, self._seek_us = self._seek_us, None
            return seek_us

    def arrive(self) -> None:
        """What was sought is reached, unless another place has been asked for meanwhile."""
        with self._changed:
            if self._seek_us is None:
                self._target_us = None

    @property
    def target_us(self) -> int | None:
        """The position that was asked for last, until it is reached."""
        with self._changed:
            return self._target_us

    @property
    def seeking(self) -> bool:
        """Whether a position was asked for and not yet taken."""
        with self._changed:
            return self._seek_us is not None

    def close(self) -> None:
        """Wake the reader; nothing is released any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def paused(self) -> bool:
        with self._changed:
            return self._paused

    @property
    def closed(self) -> bool:
        with self._changed:
            return self._closed
