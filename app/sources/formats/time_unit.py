"""In which unit a table of events counts time, told by its numbers.

Whole numbers are microseconds and others seconds, as Tonic, Metavision and the common data sets
have it, unless that makes the pixels faster or slower than any are. Milliseconds are what some
data sets of Tonic hold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Not all pixels have so many events a second for the length of a recording.
_FASTEST_PIXEL_HZ = 250.0
# Nobody records for so long so little.
_LONG_S, _SLOW_HZ = 600.0, 1000.0


@dataclass(frozen=True, slots=True)
class TimeUnit:
    """``note`` says so if the unit is another than the common one."""

    us: int
    note: str | None = None

    def to_us(self, times: np.ndarray) -> np.ndarray:
        """(N,) int64 microseconds; what is no number becomes a negative time."""
        with np.errstate(invalid="ignore", over="ignore"):
            if times.dtype.kind == "f":
                return np.rint(times.astype(np.float64) * self.us).astype(np.int64)
            return times.astype(np.int64) * self.us


MICROSECONDS = TimeUnit(1)
MILLISECONDS = TimeUnit(1_000, "its times are taken as milliseconds")
SECONDS = TimeUnit(1_000_000, "its times are taken as seconds")


def guess_unit(times: np.ndarray, rows: int, pixels: int) -> TimeUnit:
    """The unit of (N,) ``times``, some of a recording in order, the first and the last included.

    ``rows`` events came from ``pixels``.
    """
    span = float(times[-1]) - float(times[0])
    if rows < 2 or not np.isfinite(span) or span <= 0:
        return MICROSECONDS
    if bool((np.mod(times, 1) == 0).all()):
        is_too_fast = rows / span * 1e6 > _FASTEST_PIXEL_HZ * pixels
        return MILLISECONDS if is_too_fast else MICROSECONDS
    is_too_slow = span > _LONG_S and rows / span < _SLOW_HZ
    return MILLISECONDS if is_too_slow else SECONDS
