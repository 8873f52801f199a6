"""Cameras that are there, and what can be set on them. Knows no dv-processing.

These travel from the process that looks for cameras to the one that lists them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from app.sources.contract import SourceError
from app.sources.devices.usb import UsbCamera


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Something that can be set on a camera: whole numbers up to ``highest``, or one of ``words``.

    ``counts`` says how many numbers it takes, of which there may be several kinds of a name: a bias
    is one number on one chip and two, coarse and fine, on another.
    """

    name: str
    counts: tuple[int, ...] = (1,)
    words: tuple[str, ...] = ()
    highest: int | None = None

    def parse(self, value: str) -> tuple[int, ...] | str:
        """The numbers, or the word as the camera spells it.

        Raises:
            SourceError: the value does not fit.
        """
        if self.words:
            known = {plain(word): word for word in self.words}
            if plain(value) in known:
                return known[plain(value)]
            raise SourceError(f"expected {self.name} out of {', '.join(self.words)}, got {value!r}")
        parts = value.split(":")
        whole = all(part.removeprefix("-").isdecimal() and part.isascii() for part in parts)
        if len(parts) in self.counts and whole:
            return self._within(tuple(int(part) for part in parts))
        form = "a whole number" if 1 in self.counts else "coarse and fine, such as 4:200"
        raise SourceError(f"expected {form}, for the bias {self.name}, got {value!r}")

    def _within(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        if self.highest is not None and not all(0 <= each <= self.highest for each in numbers):
            got = ":".join(map(str, numbers))
            raise SourceError(f"expected 0 to {self.highest}, for the bias {self.name}, got {got}")
        return numbers


@dataclass(frozen=True, slots=True)
class FoundCamera:
    """A camera that dv-processing finds, and where on USB; 0 where nobody says."""

    model: str
    serial: str
    bus: int = field(default=0, compare=False)
    device: int = field(default=0, compare=False)
    adjustments: tuple[Adjustment, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"{self.model} {self.serial}"


class CameraState(Enum):
    """Whether a camera can be opened."""

    FREE = "free"
    BLOCKED = "blocked"  # this user may not
    BUSY = "busy"  # a program has it


@dataclass(frozen=True, slots=True)
class ListedCamera:
    """A camera as somebody chooses it; the serial is empty where this user may not read it."""

    model: str
    serial: str
    state: CameraState = CameraState.FREE
    adjustments: tuple[Adjustment, ...] = ()


def listed(found: Sequence[FoundCamera], present: Sequence[UsbCamera]) -> tuple[ListedCamera, ...]:
    """What dv-processing has found, and what is on USB but closed to this user."""
    at = {(usb.bus, usb.device): usb for usb in present}
    cameras = [
        ListedCamera(one.model, one.serial, _state(at.get((one.bus, one.device))), one.adjustments)
        for one in found
    ]
    seen = {(one.bus, one.device) for one in found}
    closed = [usb for usb in present if usb.is_blocked and (usb.bus, usb.device) not in seen]
    return (
        *cameras,
        *(ListedCamera(usb.product or usb.id, usb.serial, CameraState.BLOCKED) for usb in closed),
    )


def plain(name: str) -> str:
    """A name without what does not matter in it: capitals and underscores."""
    return name.replace("_", "").casefold()


def _state(usb: UsbCamera | None) -> CameraState:
    if usb is None:
        return CameraState.FREE
    if usb.is_blocked:
        return CameraState.BLOCKED
    return CameraState.BUSY if usb.is_busy else CameraState.FREE
