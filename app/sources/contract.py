"""What every source of events promises, and how one is asked for.

A ``SourceSpec`` says which source is wanted; it is plain data that travels to the child
process, where the source itself is opened. The parent holds a ``HostedSource`` that keeps the
same promise (see ``host.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from app.events import EventBatch, Resolution


class SourceError(Exception):
    """A source that cannot go on; the message is one sentence for the user."""


@dataclass(frozen=True, slots=True)
class FileSpec:
    """A recording of any format that we read, told apart by its first bytes.

    ``stream`` is one of several cameras in the file by number or name, none for the first that has
    events; ``sensor`` a name or a size that is taken instead of what the file says.
    """

    path: str
    stream: str | None = None
    sensor: str | None = None
    # Public documents disagree on bit 0 of a DVS128 address in AEDAT 1 and 2; jAER writes ON as 0.
    aedat2_on_is_zero: bool = True


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """A dv-processing event server. ``ip`` is an IP literal, never a name.

    ``sensor`` is a name or a size that is taken instead of what the server says.
    """

    ip: str
    port: int
    sensor: str | None = None


@dataclass(frozen=True, slots=True)
class CameraSpec:
    """A DVS camera by serial number; none takes the first camera found.

    ``sensor`` is a name or a size that is taken instead of what the camera says; ``biases`` are
    set in their order whenever it is opened, each ``NAME=VALUE``. ``own`` are those of some cameras
    by serial number, which get them instead.
    """

    serial: str | None = None
    sensor: str | None = None
    biases: tuple[str, ...] = ()
    own: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def biases_for(self, serial: str) -> tuple[str, ...]:
        """What is set on the camera with this serial number."""
        return dict(self.own).get(serial, self.biases)


@dataclass(frozen=True, slots=True)
class PerformerSpec:
    """A synthetic person before a simulated DVS; gesture none plays all in turn, for ever."""

    gesture: str | None = None
    seed: int = 0


SourceSpec = FileSpec | NetworkSpec | CameraSpec | PerformerSpec


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known once a source is open.

    ``start_us`` and ``duration_us`` are none for a live source. ``note`` says what the source got
    over (a half-written last packet, a camera that is gone at the moment), or none; ``performing``
    is the gesture that a synthetic person does at this moment, or ``rest``. Both may change while
    the source plays, as may ``lost_events``: how many of a live source came while nobody took
    them. ``streams`` are the cameras in a recording and ``stream`` the one that plays. A live
    source that ``is_opening`` may say nothing for as long as that takes.
    """

    name: str
    resolution: Resolution
    is_live: bool
    start_us: int | None = None
    duration_us: int | None = None
    note: str | None = None
    performing: str | None = None
    lost_events: int = 0
    streams: tuple[str, ...] = ()
    stream: str = ""
    is_opening: bool = False


@runtime_checkable
class EventSource(Protocol):
    """A stream of events. Recordings also have ``seek``."""

    @property
    def info(self) -> SourceInfo: ...

    def batches(self) -> Iterator[EventBatch]:
        """Yield batches in time order until the recording ends or the source is closed.

        A live source yields an empty batch at least every 50 ms while nothing happens. After the
        end of a recording, ``seek`` and another call play on.

        Raises:
            SourceError: the source cannot go on.
        """
        ...

    def seek(self, t_us: int) -> None:
        """Go on at the first event at or after ``t_us``; the next batch says ``restarted``.

        Raises:
            SourceError: the source is live.
        """
        ...

    def close(self) -> None:
        """Release everything; safe to call twice."""
        ...

    def __enter__(self) -> EventSource: ...

    def __exit__(self, *exc_info: object) -> None: ...
