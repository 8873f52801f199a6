"""Whether this machine keeps up with a live stream, said calmly: neither at once nor for long."""

from __future__ import annotations

from app.pipeline.snapshot import Stats

LOOK_S = 1.0
# A stall of a second is none of it, and who has recovered may be short of time once more.
LOOKS_TO_SAY, LOOKS_TO_FORGET = 3, 3
# A source on the same slow machine may pause, so that not every second loses something.
FAR_BEHIND, LOOKS_BETWEEN_LOSSES = 0.8, 10


class Slowness:
    """Looks every second whether slices were lost since; the stream is one live source.

    ``sentence`` says so once they were in three seconds one after another while the network took
    longer than the stream, and no longer once they were not for as long. Far behind the stream, a
    loss now and then will do. The figure in it stays, so that it can be read.
    """

    def __init__(self) -> None:
        self.sentence: str | None = None
        self._looked_s: float | None = None
        self._lost_us = 0
        self._looks = 0  # one after another that say the other thing
        self._since_loss = LOOKS_BETWEEN_LOSSES  # looks

    def see(self, stats: Stats, now_s: float) -> None:
        """Take in the newest figures, however often."""
        if stats.realtime_factor is None:
            return  # the network is not there yet, so it cannot be slow
        if self._looked_s is None:
            self._looked_s, self._lost_us = now_s, stats.dropped_us
        if now_s - self._looked_s < LOOK_S:
            return
        self._since_loss = 0 if stats.dropped_us > self._lost_us else self._since_loss + 1
        self._looked_s, self._lost_us = now_s, stats.dropped_us
        is_said = self.sentence is not None
        self._looks = self._looks + 1 if self._loses(stats.realtime_factor) != is_said else 0
        if self._looks >= (LOOKS_TO_FORGET if is_said else LOOKS_TO_SAY):
            self._looks = 0
            self.sentence = None if is_said else _too_slow(stats.realtime_factor)

    def _loses(self, factor: float) -> bool:
        if factor < FAR_BEHIND:
            return self._since_loss < LOOKS_BETWEEN_LOSSES
        return factor < 1 and self._since_loss == 0


def _too_slow(factor: float) -> str:
    return (
        f"this machine is too slow: it computes at {factor:.2f}x real time, so much of the stream "
        "is lost, and decisions with it; a smaller system may keep up"
    )
