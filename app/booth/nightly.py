"""When the kiosk is started afresh at night."""

from __future__ import annotations

from datetime import datetime, timedelta

# A visitor who plays is not disturbed for so long; after that nobody waits any more.
LONGEST_DELAY = timedelta(minutes=30)
# A clock that was put right has jumped over the night: then the next one will do.
LATEST = timedelta(hours=1)
# Nor twice, though the clock may be set back.
LEAST_BETWEEN_S = 4 * 3600.0


class Nightly:
    """Once a day at ``restart_at`` ("04:00", local time), never if that is none."""

    def __init__(self, restart_at: str | None, now: datetime) -> None:
        self._at = None if restart_at is None else tuple(map(int, restart_at.split(":")))
        self._due = self._next(now)
        self._last_s = float("-inf")

    def is_due(self, now: datetime, now_s: float, *, playing: bool) -> bool:
        """Whether to restart now, said once; ``now_s`` on the monotonic clock."""
        if self._at is None:
            return False
        late = now - self._due
        if late < timedelta(days=-1) or late > LATEST:  # the clock was set
            self._due = self._next(now)
            return False
        if late < timedelta(0) or (playing and late < LONGEST_DELAY):
            return False
        self._due = self._next(now)
        if now_s - self._last_s < LEAST_BETWEEN_S:
            return False
        self._last_s = now_s
        return True

    def _next(self, now: datetime) -> datetime:
        """The next time of day after now."""
        if self._at is None:
            return now
        hour, minute = self._at
        due = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return due if due > now else due + timedelta(days=1)
