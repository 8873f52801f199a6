"""Sensors by the names that recordings and people give them, or by how far their events reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from app.events import MAX_SIDE_PX, Resolution
from app.sources.contract import SourceError

# In the order of the search: "DAVIS346blue" and "eu.seebetter...Davis346B" both hold "DAVIS346".
SENSOR_SIZES: dict[str, Resolution] = {
    "DVS128": Resolution(128, 128),
    "DAVIS128": Resolution(128, 128),
    "DAVIS208": Resolution(208, 192),
    "DAVIS240": Resolution(240, 180),
    "DAVIS346": Resolution(346, 260),
    "DAVIS640": Resolution(640, 480),
    "DVXPLORERLITE": Resolution(320, 240),
    "DVXPLORER": Resolution(640, 480),
}
# Older chips of the same kinds, and a misspelling that a common script writes.
_ALIASES = {"TMPDIFF128": "DVS128", "SBRET10": "DAVIS240", "DAVI346": "DAVIS346"}
# Events of other sensors, whose names say nothing about where things stand in an address.
_OTHER_SIZES = (Resolution(304, 240), Resolution(1280, 720))
_SIZE = re.compile(r"(\d{1,4})\s*[x×X]\s*(\d{1,4})")
# So few events may have a wrong place.
_STRAY_SHARE = 0.001
# So many blocks of a recording tell how far its events reach.
SAMPLED_BLOCKS = 64


@dataclass(frozen=True, slots=True)
class Sensor:
    """``name`` is one of ``SENSOR_SIZES``, or none if only the size is known."""

    name: str | None
    size: Resolution


def parse_sensor(text: str) -> Sensor:
    """A sensor as people say it: a name such as DAVIS346, or a size such as 346x260.

    Raises:
        SourceError: it is neither.
    """
    name = text.strip().upper()
    if name in SENSOR_SIZES:
        return Sensor(name, SENSOR_SIZES[name])
    if size := _SIZE.fullmatch(text.strip()):
        try:
            return Sensor(None, Resolution(int(size[1]), int(size[2])))
        except ValueError as error:
            raise SourceError(str(error)) from error
    raise SourceError(
        f"expected a sensor out of {', '.join(SENSOR_SIZES)} or a size such as 346x260, "
        f"got {text!r}"
    )


def sensor_named_in(text: str) -> str | None:
    """The sensor whose name stands anywhere in ``text``, in any case, or none."""
    upper = text.upper()
    names = {name: name for name in SENSOR_SIZES} | _ALIASES
    return next((name for called, name in names.items() if called in upper), None)


def smallest_sensor_holding(x: int, y: int) -> Resolution | None:
    """The smallest known sensor that has a pixel (x, y), or none."""
    sizes = (*SENSOR_SIZES.values(), *_OTHER_SIZES)
    fitting = [size for size in sizes if x < size.width and y < size.height]
    return min(fitting, key=lambda size: size.width * size.height, default=None)


@dataclass(slots=True)
class Extent:
    """How far events reach, a few strays apart. Counts by coordinate, from 0 to MAX_SIDE_PX."""

    x: np.ndarray = field(default_factory=lambda: np.zeros(MAX_SIDE_PX + 1, np.int64))
    y: np.ndarray = field(default_factory=lambda: np.zeros(MAX_SIDE_PX + 1, np.int64))

    def add_events(self, events: np.ndarray) -> None:
        self.add(events["x"], events["y"])

    def add(self, x: np.ndarray, y: np.ndarray) -> None:
        """Two (N,) arrays of whole numbers; what no sensor has counts as being far off."""
        for counts, values in ((self.x, x), (self.y, y)):
            known = np.where((values >= 0) & (values < MAX_SIDE_PX), values, MAX_SIDE_PX)
            counts += np.bincount(known.astype(np.int64), minlength=counts.size)

    @property
    def farthest(self) -> tuple[int, int]:
        return _farthest(self.x), _farthest(self.y)


def sized_by_events(source: str, why: str, extent: Extent) -> tuple[Resolution, str]:
    """The smallest known sensor that holds the events, else just as large as they need.

    Also a note for the user that begins with ``why`` the size is not known. ``source`` begins the
    sentence if there is no answer.

    Raises:
        SourceError: no sensor can be as large.
    """
    x, y = extent.farthest
    if max(x, y) >= MAX_SIDE_PX:
        raise SourceError(
            f"{source} names no sensor that we know, and its events reach "
            f"pixel ({x}, {y}) or beyond"
        )
    size = smallest_sensor_holding(x, y) or Resolution(x + 1, y + 1)
    return size, f"{why}, taken as {size} by its events (--sensor says it)"


def _farthest(counts: np.ndarray) -> int:
    """The coordinate beyond which there are only strays."""
    beyond = counts.sum() - np.cumsum(counts)
    return int(np.argmax(beyond <= _STRAY_SHARE * counts.sum()))


def sized_by_blocks(
    name: str, blocks: int, decode: Callable[[int], np.ndarray]
) -> tuple[Resolution, str | None]:
    """``sized_by_events`` of a recording whose file names no sensor, from blocks all over it.

    Raises:
        SourceError: as ``sized_by_events``.
    """
    extent = Extent()
    for block in np.linspace(0, blocks - 1, min(blocks, SAMPLED_BLOCKS)).astype(int).tolist():
        extent.add_events(decode(block))
    return sized_by_events(f"the recording {name}", "it names no sensor", extent)
