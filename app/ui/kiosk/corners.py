"""The secret way to the PIN for a booth without a keyboard: the four corners, clockwise."""

from __future__ import annotations

WITHIN_S = 5.0
# Large enough for a finger that does not see where it goes.
PART, SMALLEST_PX = 0.12, 60


class CornerChord:
    """Upper left, upper right, lower right, lower left, all within 5 s."""

    def __init__(self) -> None:
        self._next = 0
        self._began_s = 0.0

    def press(self, corner: int | None, now_s: float) -> bool:
        """A press at ``corner`` (0..3 clockwise) or elsewhere; whether it was the last one."""
        if self._next and now_s - self._began_s > WITHIN_S:
            self._next = 0
        if corner != self._next:
            self._next = 0
        if corner != self._next:
            return False
        if corner == 0:
            self._began_s = now_s
        self._next = (self._next + 1) % 4
        return self._next == 0


def corner_at(x: float, y: float, width: int, height: int) -> int | None:
    """The corner that a point lies in, 0..3 clockwise from the upper left, or none."""
    side = max(PART * min(width, height), SMALLEST_PX)
    left, right = x < side, x >= width - side
    upper, lower = y < side, y >= height - side
    corners = (left and upper, right and upper, right and lower, left and lower)
    return corners.index(True) if True in corners else None
