"""Whether this machine keeps up with a live stream, said calmly: neither at once nor for long."""

from __future__ import annotations

from app.pipeline.snapshot import Stats

LOOK_S = 1.0
# A stall of a second is none of it, and who has recovered may be short of time once more.
LOOKS_TO_SAY, LOOKS_TO_FORGET = 3, 3


class Slowness:
    """Looks every second whether slices were lost since; the stream is one live source.

    ``sentence`` says so once they were in three seconds one after another while the network took
    longer than the stream, and no longer once they were not for as long. The figure in it stays,
    so that it can be read.
    """

    def __init__(self) -> None:
        self.sentence: str | None = None
        self._looked_s: float | None = None
        self._lost_us = 0
        self._looks = 0  # one after another that say the other thing

    def see(self, stats: Stats, now_s: float) -> None:
        """Take in the newest figures, however often."""
        if stats.realtime_factor is None:
            return  # the network is not there yet, so it cannot be slow
        if self._looked_s is None:
            self._looked_s, self._lost_us = now_s, stats.dropped_us
        if now_s - self._looked_s < LOOK_S:
            return
        loses = stats.dropped_us > self._lost_us and stats.realtime_factor < 1
        self._looked_s, self._lost_us = now_s, stats.dropped_us
        is_said = self.sentence is not None
        self._looks = self._looks + 1 if loses != is_said else 0
        if self._looks >= (LOOKS_TO_FORGET if is_said else LOOKS_TO_SAY):
            self._looks = 0
            self.sentence = None if is_said else _too_slow(stats.realtime_factor)


def _too_slow(factor: float) -> str:
    return (
        f"this machine is too slow: it computes at {factor:.2f}x real time, so much of the stream "
        "is lost, and decisions with it; a smaller system may keep up"
    )
