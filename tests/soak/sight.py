"""What the supervisor hears of the kiosk, read from its trace."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path

_LOOK_S = 0.02
# What was on its way when the fault came is still recognised.
STILL_S = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """One beat: when (monotonic, seconds), of which kiosk, how many ticks had been named."""

    t: float
    kiosk: int
    named: int


class Sight:
    """Follows a trace; ``reasons`` tells why kiosks ended until now.

    ``kiosk`` is the process of the newest one, ``started_s`` when it was started and ``well_s``
    when it first named a gesture, if it has.
    """

    def __init__(self, path: Path) -> None:
        self.reasons: list[str] = []
        self.kiosk: int | None = None
        self.started_s = float("-inf")
        self.well_s: float | None = None
        self._path = path
        self._place = 0
        self._last: Seen | None = None
        self._rest = ""

    def look(self) -> list[float]:
        """Read on; when gestures were named since the last look."""
        if not self._path.exists():
            return []
        with open(self._path, encoding="utf-8") as file:
            file.seek(self._place)
            text = self._rest + file.read()
            self._place = file.tell()
        *lines, self._rest = text.split("\n")
        return [named_s for line in lines if (named_s := self._take(json.loads(line)))]

    def wait_for_gesture(self, after_s: float, limit_s: float) -> float | None:
        """When a gesture is named for the first time after ``after_s``, or none in time."""
        end_s = after_s + limit_s
        while time.monotonic() < end_s:
            for named_s in self.look():
                if named_s > after_s:
                    return named_s
            time.sleep(_LOOK_S)
        return None

    def _take(self, line: dict) -> float | None:
        if "started" in line:
            self.kiosk, self.started_s, self.well_s = line["started"], line["t"], None
            self._last = None
        elif "ended" in line:
            self.reasons.append(line["ended"])
        else:
            return self._hear(Seen(line["t"], line["kiosk"], line["named"]))
        return None

    def _hear(self, seen: Seen) -> float | None:
        before, self._last = self._last, seen
        if seen.named <= (before.named if before else 0):
            return None
        self.well_s = self.well_s or seen.t
        return seen.t
