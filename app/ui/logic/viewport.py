"""Which part of the sensor is seen: zoomed around a place, moved, never beyond the edge.

Knows no Qt. Lengths are sensor pixels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

LEAST_SIDE = 8.0  # of the shorter side of what is seen


@dataclass(frozen=True, slots=True)
class Viewport:
    """``left``, ``top``, ``width`` and ``height`` are seen of ``across`` x ``down`` pixels."""

    across: int
    down: int
    left: float
    top: float
    width: float
    height: float

    @classmethod
    def whole(cls, across: int, down: int) -> Viewport:
        """All of a sensor."""
        return cls(across, down, 0.0, 0.0, float(across), float(down))

    @property
    def zoom(self) -> float:
        """How much larger than the whole picture everything is, 1 or more."""
        return self.across / self.width

    @property
    def is_whole(self) -> bool:
        return self.width >= self.across

    def zoomed(self, factor: float, x: float, y: float) -> Viewport:
        """``factor`` times larger; the place ``x``, ``y`` of the sensor stays where it is seen."""
        most = max(min(self.across, self.down) / LEAST_SIDE, 1.0)
        zoom = min(max(self.zoom * factor, 1.0), most)
        width, height = self.across / zoom, self.down / zoom
        left = x - (x - self.left) * width / self.width
        top = y - (y - self.top) * height / self.height
        return replace(self, left=left, top=top, width=width, height=height)._inside()

    def moved(self, across: float, down: float) -> Viewport:
        """The part that lies so many pixels further to the right and further down."""
        return replace(self, left=self.left + across, top=self.top + down)._inside()

    def has_low_left(self, x: float, y: float) -> bool:
        """Whether a place of the sensor is seen in the quarter at the lower left."""
        return x < self.left + self.width / 2 and y > self.top + self.height / 2

    def _inside(self) -> Viewport:
        left = min(max(self.left, 0.0), self.across - self.width)
        top = min(max(self.top, 0.0), self.down - self.height)
        return replace(self, left=left, top=top)
