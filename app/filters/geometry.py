"""Another part, turn or size of the picture, and with it another size of the sensor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.events import EVENT_DTYPE, Resolution
from app.settings import FilterSettings

Box = tuple[int, int, int, int]


def fits(crop: Box, sensor: Resolution) -> bool:
    """Whether a crop (x, y, width, height) lies inside the sensor."""
    x, y, width, height = crop
    return x + width <= sensor.width and y + height <= sensor.height


def copied(events: np.ndarray) -> np.ndarray:
    """A copy of (N,) events, as opaque bytes: field by field it takes many times longer."""
    return events.view("V16").copy().view(EVENT_DTYPE)


@dataclass(frozen=True, slots=True)
class Geometry:
    """Crop, then flip, then turn clockwise, then merge squares of pixels into one.

    A flip left-right makes a mirror's picture: the right hand looks like a left one, and is
    recognised as one. A crop that does not fit is left out.
    """

    sensor: Resolution
    crop: Box | None = None
    flip: str = "none"
    rotate: int = 0
    downscale: int = 1

    @staticmethod
    def of(settings: FilterSettings, sensor: Resolution) -> Geometry:
        """What the settings say, on this sensor."""
        crop = settings.crop
        if crop is not None and not fits(crop, sensor):
            crop = None
        return Geometry(sensor, crop, settings.flip, settings.rotate, settings.downscale)

    @property
    def box(self) -> Box:
        """What is seen of the sensor."""
        return self.crop or (0, 0, self.sensor.width, self.sensor.height)

    @property
    def resolution(self) -> Resolution:
        """The size of the picture that comes of it; a last, narrower square counts as a pixel."""
        _, _, width, height = self.box
        if self.rotate in (90, 270):
            width, height = height, width
        return Resolution(-(-width // self.downscale), -(-height // self.downscale))

    @property
    def moves(self) -> bool:
        """Whether an event gets another place."""
        x, y, *_ = self.box
        return (x, y, self.flip, self.rotate, self.downscale) != (0, 0, "none", 0, 1)

    def inside(self, events: np.ndarray) -> np.ndarray:
        """(N,) bool: which of (N,) events lie inside the crop."""
        x, y, width, height = self.box
        # Side by side in memory, they are compared many at once.
        across, down = events["x"].copy(), events["y"].copy()
        seen: np.ndarray = (across >= x) & (across < x + width) & (down >= y) & (down < y + height)
        return seen

    def placed(self, events: np.ndarray) -> np.ndarray:
        """A copy of events inside the crop, each at its new place."""
        x0, y0, width, height = self.box
        x, y = events["x"] - np.int16(x0), events["y"] - np.int16(y0)
        if self.flip in ("x", "both"):
            x = width - 1 - x
        if self.flip in ("y", "both"):
            y = height - 1 - y
        x, y = self._turned(x, y, width, height)
        if self.downscale > 1:
            x, y = x // np.int16(self.downscale), y // np.int16(self.downscale)
        moved = copied(events)
        moved["x"], moved["y"] = x, y
        return moved

    def shown_by(self, seen: Box) -> Box:
        """The part of the sensor that a part of the picture shows: ``placed``, the other way."""
        x0, y0, width, height = self.box
        left, top, right, bottom = self._turned_back(*self._enlarged(seen))
        if self.flip in ("x", "both"):
            left, right = width - right, width - left
        if self.flip in ("y", "both"):
            top, bottom = height - bottom, height - top
        return x0 + left, y0 + top, right - left, bottom - top

    def _enlarged(self, seen: Box) -> Box:
        """The first pixels and those after the last ones, before squares of them became one."""
        _, _, width, height = self.box
        if self.rotate in (90, 270):
            width, height = height, width
        x, y, across, down = (length * self.downscale for length in seen)
        return x, y, min(x + across, width), min(y + down, height)

    def _turned_back(self, left: int, top: int, right: int, bottom: int) -> Box:
        _, _, width, height = self.box
        if self.rotate == 90:
            return top, height - right, bottom, height - left
        if self.rotate == 180:
            return width - right, height - bottom, width - left, height - top
        if self.rotate == 270:
            return width - bottom, left, width - top, right
        return left, top, right, bottom

    def _turned(
        self, x: np.ndarray, y: np.ndarray, width: int, height: int
    ) -> tuple[np.ndarray, np.ndarray]:
        if self.rotate == 90:
            return height - 1 - y, x
        if self.rotate == 180:
            return width - 1 - x, height - 1 - y
        if self.rotate == 270:
            return y, width - 1 - x
        return x, y
