"""Connected regions of a small grid of cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# A region that keeps within this part of the width at one side, or of the height at the top, is at
# the edge of the picture.
EDGE_PART = 0.2


@dataclass(frozen=True, slots=True)
class Region:
    """Cells (row, column) that touch each other, at a side or a corner, and their centre."""

    places: tuple[tuple[int, int], ...]
    centre: tuple[float, float]
    at_edge: bool

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.places)


def regions_of(cells: np.ndarray) -> list[Region]:
    """The regions of set ``cells`` (R, C) bool."""
    labels = _labelled(cells)
    return [
        _region(np.argwhere(labels == label), cells.shape) for label in np.unique(labels[cells])
    ]


def _labelled(cells: np.ndarray) -> np.ndarray:
    """(R, C) int: 0 where nothing is set, else the largest number in the cell's region."""
    labels = np.where(cells, np.arange(1, cells.size + 1).reshape(cells.shape), 0)
    while True:
        padded = np.pad(labels, 1)
        rows, columns = cells.shape
        shifted = [padded[i : i + rows, j : j + columns] for i in range(3) for j in range(3)]
        spread = np.where(cells, np.max(shifted, axis=0), 0)
        if np.array_equal(spread, labels):
            return labels
        labels = spread


def _region(places: np.ndarray, shape: tuple[int, ...]) -> Region:
    rows, columns = shape
    low, high = places.min(0), places.max(0)
    at_edge = (
        high[1] < EDGE_PART * columns
        or low[1] >= (1 - EDGE_PART) * columns
        or high[0] < EDGE_PART * rows
    )
    centre = places.mean(0)
    cells = tuple((int(row), int(column)) for row, column in places)
    return Region(cells, (float(centre[0]), float(centre[1])), bool(at_edge))
