"""What the operator is told: written by the supervisor, read by ``kiosk --status``."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil

STATUS_FILE = "status.json"
MOST_REASONS = 20
_SAME_S = 1.0  # how exactly the start of a process is told


@dataclass(frozen=True, slots=True)
class Restart:
    """When (seconds since 1970) and why the kiosk was started again."""

    at: float
    reason: str


@dataclass(frozen=True, slots=True)
class Status:
    """How the booth does.

    ``pid`` and ``born`` tell the supervisor's process. ``since`` is when it began and ``written``
    when this was written, in seconds since 1970. ``waiting`` is what the kiosk waits for, by its
    last beat. Visitors to misses are of ``day``; ``best`` is the most points of a round.
    """

    pid: int
    born: float
    since: float
    written: float
    restarts: int = 0
    reasons: tuple[Restart, ...] = ()
    waiting: str | None = None
    memory_mb: float | None = None
    temperature_c: float | None = None
    faults: tuple[str, ...] = ()
    day: str = ""
    visitors: int = 0
    rounds: int = 0
    best: int = 0
    dropped: int = 0
    hits: dict[str, int] = field(default_factory=dict)
    misses: dict[str, int] = field(default_factory=dict)

    @property
    def is_running(self) -> bool:
        """Whether that supervisor still lives, and not another process with its number."""
        try:
            return abs(psutil.Process(self.pid).create_time() - self.born) < _SAME_S
        except (psutil.Error, ValueError, OverflowError):
            return False


def read(folder: Path) -> Status | None:
    """What the last supervisor wrote into its state folder, or none if there is nothing of use."""
    try:
        fields = json.loads((folder / STATUS_FILE).read_text(encoding="utf-8"))
        reasons = tuple(Restart(float(one["at"]), str(one["reason"])) for one in fields["reasons"])
        status = Status(**{**fields, "reasons": reasons, "faults": tuple(fields["faults"])})
        as_text(status)  # whatever cannot be told has not been written by us
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None
    return status


def as_dict(status: Status) -> dict[str, Any]:
    """For JSON; times are local ones with their zone."""
    return {
        **asdict(status),
        "running": status.is_running,
        "since": _time(status.since),
        "written": _time(status.written),
        "reasons": [{"at": _time(one.at), "reason": one.reason} for one in status.reasons],
    }


def as_text(status: Status) -> str:
    """Some lines for a person."""
    since = f"since {_time(status.since)}"
    if status.is_running:
        lines = [f"The kiosk runs {since} (process {status.pid})."]
    else:
        lines = [f"The kiosk does not run; it ran {since}, until {_time(status.written)} or later."]
    if status.waiting:
        lines.append(f"It waits: {status.waiting}.")
    lines.append(f"Restarts: {status.restarts}")
    lines += [f"  {_time(one.at)}  {one.reason}" for one in status.reasons]
    lines.append(f"Visitors: {status.visitors} on {status.day}")
    best = f", the best with {status.best} points" if status.rounds else ""
    lines.append(f"Rounds: {status.rounds}{best}")
    lines += _by_gesture(status)
    lines.append(f"Drops: {status.dropped} slices")
    if status.memory_mb is not None:
        lines.append(f"Memory: {status.memory_mb:.0f} MB")
    if status.temperature_c is not None:
        lines.append(f"Temperature: {status.temperature_c:.0f} °C")
    return "\n".join([*lines, *(f"Note: {fault}" for fault in status.faults)])


def _by_gesture(status: Status) -> list[str]:
    gestures = sorted({*status.hits, *status.misses})
    if not gestures:
        return []
    width = max(map(len, gestures))
    return ["Hits and misses:"] + [
        f"  {name:{width}}  {status.hits.get(name, 0):5}  {status.misses.get(name, 0):5}"
        for name in gestures
    ]


def _time(since_1970_s: float) -> str:
    return datetime.fromtimestamp(since_1970_s).astimezone().isoformat(" ", "seconds")
