"""Events of a slice to what a network takes in: for every tick, the events' places on the input.

The sensor is cropped to a region (the largest centred square unless told otherwise), and the
region is laid on the input grid by whole-number division, so a sensor may be larger or smaller
than the input. Nothing is counted here, as a network that goes by events asks for no more.
"""

from __future__ import annotations

import numpy as np

from app.events import EventSlice, Resolution
from app.recognition.slicer import TICK_US
from models.spec import TickEvents

Region = tuple[int, int, int, int]


def centred_square(resolution: Resolution) -> Region:
    """The largest centred square of a sensor as x, y, width, height in pixels."""
    side = min(resolution.width, resolution.height)
    return (resolution.width - side) // 2, (resolution.height - side) // 2, side, side


class Encoder:
    """Lays the events of each tick on the network's input grid.

    Args:
        resolution: size of the sensor.
        input_shape: (2, H, W) of the network, polarity 0 = OFF and 1 = ON.
        region: x, y, width, height in sensor pixels; none for the largest centred square.
        tick_us: length of a tick.

    Raises:
        ValueError: the region is empty or leaves the sensor.
    """

    def __init__(
        self,
        resolution: Resolution,
        input_shape: tuple[int, int, int],
        region: Region | None = None,
        tick_us: int = TICK_US,
    ) -> None:
        x, y, width, height = self.region = region or centred_square(resolution)
        fits = 0 <= x < x + width <= resolution.width and 0 <= y < y + height <= resolution.height
        if not fits:
            raise ValueError(
                f"expected a region (x, y, width, height) inside the {resolution} sensor, "
                f"got {self.region}"
            )
        self.input_shape = input_shape
        self.tick_us = tick_us
        _, rows, columns = input_shape
        row_of_y = np.arange(height) * rows // height
        column_of_x = np.arange(width) * columns // width
        # Twice the flat index on the input grid, so that the polarity can be added; -1 outside.
        place = np.full((resolution.height, resolution.width), -1, np.int32)
        place[y : y + height, x : x + width] = 2 * (row_of_y[:, None] * columns + column_of_x)
        self._place_of_pixel = place.ravel()
        self._pixels_across = resolution.width
        self._whole = bool((place >= 0).all())

    def encode(self, slice_: EventSlice) -> TickEvents:
        """The events of the slice's ticks, each at its place on the input grid.

        Raises:
            ValueError: the slice is not a whole number of ticks.
        """
        ticks, rest_us = divmod(slice_.duration_us, self.tick_us)
        if rest_us:
            raise ValueError(
                f"expected a slice of whole {self.tick_us} us ticks, got {slice_.duration_us} us"
            )
        events = slice_.events
        places = self._place_of_pixel[events["y"] * np.int32(self._pixels_across) + events["x"]]
        times, polarities = events["t"], events["p"]
        if not self._whole:
            inside = places >= 0
            places, times, polarities = places[inside], times[inside], polarities[inside]
        ends = slice_.t_start_us + self.tick_us * np.arange(ticks + 1)
        return TickEvents(np.searchsorted(times, ends), places + polarities, self.input_shape)
