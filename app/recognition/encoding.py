"""Events of a slice to what a network takes in: counts per tick, polarity and input cell.

The sensor is cropped to a region (the largest centred square unless told otherwise), and the
region is laid on the input grid by whole-number division, so a sensor may be larger or smaller
than the input. Counts come as float32, though they are whole numbers: the network computes in
float32, and one conversion here is cheaper than one to uint8 here and another there.
"""

from __future__ import annotations

import numpy as np

from app.events import EventSlice, Resolution
from app.recognition.slicer import TICK_US

Region = tuple[int, int, int, int]


def centred_square(resolution: Resolution) -> Region:
    """The largest centred square of a sensor as x, y, width, height in pixels."""
    side = min(resolution.width, resolution.height)
    return (resolution.width - side) // 2, (resolution.height - side) // 2, side, side


class Encoder:
    """Counts events per tick on the network's input grid.

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
        # cell_of_pixel[y, x] is the flat index on the input grid, -1 outside the region.
        self._cell_of_pixel = np.full((resolution.height, resolution.width), -1, np.int64)
        self._cell_of_pixel[y : y + height, x : x + width] = (
            row_of_y[:, None] * columns + column_of_x
        )

    def encode(self, slice_: EventSlice) -> np.ndarray:
        """The slice's events as counts, (T, 2, H, W) float32 with T ticks.

        Raises:
            ValueError: the slice is not a whole number of ticks.
        """
        ticks, rest_us = divmod(slice_.duration_us, self.tick_us)
        if rest_us:
            raise ValueError(
                f"expected a slice of whole {self.tick_us} us ticks, got {slice_.duration_us} us"
            )
        events = slice_.events
        polarities, rows, columns = self.input_shape
        cell = self._cell_of_pixel[events["y"], events["x"]]
        tick = (events["t"] - slice_.t_start_us) // self.tick_us
        flat = (tick * polarities + events["p"]) * (rows * columns) + cell
        counts = np.bincount(flat[cell >= 0], minlength=ticks * polarities * rows * columns)
        return counts.astype(np.float32).reshape(ticks, polarities, rows, columns)
