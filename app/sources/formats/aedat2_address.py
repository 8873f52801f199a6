"""What the 32 bits of an address in AEDAT 2.0 mean, which depends on the chip.

DVS128 address      bit 0 polarity, 1-7 x, 8-14 y; bit 15 external and bit 31 special events
DAVIS address       bit 10 special, 11 polarity, 12-21 x, 22-30 y; bit 31 picture or IMU samples

Chips of jAER that are several cameras keep the number of the camera in bits that are free.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from app.sources.formats.sensors import Sensor, sensor_named_in

# The class of the chip; hundreds of other lines name classes of other chips.
_CHIP = re.compile(r"^# *AEChip: *(?:[^\r\n]*[ .])?(\w+)[ \r]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Address:
    """Shifts and masks, and the bits that must be zero in an event.

    ``camera_mask`` is 0 where there is one camera only.
    """

    polarity: int
    x: int
    x_mask: int
    y: int
    y_mask: int
    foreign: int
    camera: int = 0
    camera_mask: int = 0

    def xs(self, addresses: np.ndarray) -> np.ndarray:
        """x of (N,) uint32 addresses, from the right, as int32."""
        return (addresses >> self.x & self.x_mask).view(np.int32)

    def ys(self, addresses: np.ndarray) -> np.ndarray:
        """y of (N,) uint32 addresses, from below, as int32."""
        return (addresses >> self.y & self.y_mask).view(np.int32)

    def are_events(self, addresses: np.ndarray) -> np.ndarray:
        return (addresses & self.foreign) == 0

    def cameras(self, addresses: np.ndarray) -> np.ndarray:
        return addresses >> self.camera & self.camera_mask


DVS128 = Address(polarity=0, x=1, x_mask=0x7F, y=8, y_mask=0x7F, foreign=0xFFFF8000)
DAVIS = Address(polarity=11, x=12, x_mask=0x3FF, y=22, y_mask=0x1FF, foreign=0x80000400)
# The right eye of a pair has bit 15.
_SEVERAL = (
    ("stereo|binocular", replace(DVS128, foreign=0xFFFF0000, camera=15, camera_mask=1)),
    ("multi.*dvs128", replace(DVS128, foreign=0x00FF8000, camera=24, camera_mask=0xFF)),
    ("multi", replace(DAVIS, camera=0, camera_mask=0xF)),
)


def chip_in(header: str) -> str:
    """The class that the chip's line names, without its package, or nothing."""
    chip = _CHIP.search(header)
    return chip[1] if chip else ""


def address_of(chip: str, sensor: Sensor | None, sample: np.ndarray) -> Address:
    """How addresses are made up: by the chip, by the ``sensor`` that somebody said, or, if these
    say nothing, by the (N,) uint32 addresses of some events."""
    several = next((each for kind, each in _SEVERAL if re.search(kind, chip, re.IGNORECASE)), None)
    if several is not None:
        return several
    name = sensor_named_in(chip) if sensor is None else sensor.name
    if name is not None:
        return DVS128 if name == "DVS128" else DAVIS
    above = np.count_nonzero(sample & 0x7FFF8000)
    return DAVIS if 2 * above > sample.size else DVS128
