"""Events as a cloud of points in space and time, turned and drawn into an image. Knows no Qt.

The box of the sensor's pixels and the last second stands upright, newest in front. It is seen from
afar, without perspective, turned by ``yaw`` to the side and by ``pitch`` from above.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from app.ui.logic.recent_events import KEPT_US

# More points than these are drawn thinned out, so that the picture keeps up.
MOST_POINTS = 200_000
DEPTH = 1.6  # of a second, where the longer side of the sensor is 1
AGES = 16  # shades from the newest to the oldest
STEEPEST = 89.0
CLOSEST, FARTHEST = 6.0, 0.4


@dataclass(frozen=True, slots=True)
class Stance:
    """Where from the cloud is seen; angles in degrees, ``zoom`` 1 lets all of it be seen."""

    yaw: float = 38.0
    pitch: float = 22.0
    zoom: float = 1.0

    def turned(self, yaw: float, pitch: float) -> Stance:
        """Turned further by so many degrees; never upside down."""
        steep = min(max(self.pitch + pitch, -STEEPEST), STEEPEST)
        return replace(self, yaw=(self.yaw + yaw) % 360.0, pitch=steep)

    def closer(self, factor: float) -> Stance:
        """``factor`` times as large."""
        return replace(self, zoom=min(max(self.zoom * factor, FARTHEST), CLOSEST))

    @property
    def axes(self) -> np.ndarray:
        """(3, 3) rows: what a step right, down and to the newer adds to the right, down, nearer."""
        yaw, pitch = math.radians(self.yaw), math.radians(self.pitch)
        (cy, sy), (cp, sp) = (math.cos(yaw), math.sin(yaw)), (math.cos(pitch), math.sin(pitch))
        return np.array([[cy, -sy * sp, -sy * cp], [0.0, cp, -sp], [sy, cy * sp, cy * cp]])


class Camera:
    """Where places of the box (``width`` x ``height`` pixels) stand in an image of a size."""

    def __init__(self, stance: Stance, width: int, height: int, size: tuple[int, int]) -> None:
        longer = max(width, height)
        self._half = np.array([width / longer, height / longer, DEPTH]) / 2
        self._step = np.array([1 / longer, 1 / longer, DEPTH / KEPT_US])
        self._axes = stance.axes
        radius = float(np.linalg.norm(self._half))
        self._scale = stance.zoom * min(size) / (2 * radius)
        self._centre = size[0] / 2, size[1] / 2

    @property
    def newest_is_nearest(self) -> bool:
        return bool(self._axes[2, 2] >= 0)

    def places(
        self, x: np.ndarray, y: np.ndarray, age_us: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Columns and rows (N,) float32 of pixels (N,) that fired so long ago (N,)."""
        right = self._line(x, y, age_us, 0) + np.float32(self._centre[0])
        down = self._line(x, y, age_us, 1) + np.float32(self._centre[1])
        return right, down

    def _line(self, x: np.ndarray, y: np.ndarray, age_us: np.ndarray, axis: int) -> np.ndarray:
        across, along, newer = (self._axes[:, axis] * self._step * self._scale).astype(np.float32)
        offset = self._axes[:, axis] * self._half * self._scale * (-1, -1, 1)
        return across * x + along * y - newer * age_us + np.float32(offset.sum())

    def corners(self, width: int, height: int) -> np.ndarray:
        """(2, 2, 2, 2) column and row of the box's corners, by x, y and whether old."""
        x, y, age = np.meshgrid((0, width), (0, height), (0, KEPT_US), indexing="ij")
        places = self.places(*(each.ravel().astype(np.float32) for each in (x, y, age)))
        return np.stack(places, axis=-1).reshape(2, 2, 2, 2)

    @property
    def farthest(self) -> tuple[int, int, int]:
        """The corner that all points may cover, by x, y and whether old."""
        right, down, newer = self._axes[:, 2]
        return int(right < 0), int(down < 0), int(newer >= 0)


def shades(
    ground: tuple[int, int, int], off: tuple[int, int, int], on: tuple[int, int, int]
) -> np.ndarray:
    """(2, AGES) uint32 0xffRRGGBB of OFF and ON, from the newest to the oldest."""
    fresh = np.linspace(1.0, 0.35, AGES)[None, :, None]
    colours = np.array([off, on], float)[:, None, :]
    rgb = np.round(np.array(ground) + fresh * (colours - np.array(ground))).astype(np.uint32)
    return (0xFF000000 | rgb[..., 0] << 16 | rgb[..., 1] << 8 | rgb[..., 2]).astype(np.uint32)


def thinned(events: np.ndarray) -> tuple[np.ndarray, int]:
    """Every n-th of the events (N,), at most ``MOST_POINTS`` of them, and n."""
    every = -(-events.size // MOST_POINTS) or 1
    return events[::every], every


def draw(
    image: np.ndarray, events: np.ndarray, now_us: int, camera: Camera, table: np.ndarray, dot: int
) -> None:
    """Put events (N,) in order of time as squares of ``dot`` pixels into ``image`` (H, W) uint32.

    What is newer covers what is older where it is nearer, and the other way round.
    """
    ordered = events if camera.newest_is_nearest else events[::-1]
    age_us = (now_us - ordered["t"]).astype(np.float32)
    x, y = (ordered[name].astype(np.float32) for name in ("x", "y"))
    columns, rows = (np.floor(each).astype(np.int32) for each in camera.places(x, y, age_us))
    shade = np.clip(age_us * np.float32(AGES / KEPT_US), 0, AGES - 1).astype(np.int8)
    colours = table[ordered["p"], shade]
    height, width = image.shape
    inside = (columns >= 0) & (columns <= width - dot) & (rows >= 0) & (rows <= height - dot)
    at = rows[inside] * width + columns[inside]
    colours = colours[inside]
    flat = image.reshape(-1)
    for down in range(dot):
        for right in range(dot):
            flat[at + (down * width + right)] = colours
