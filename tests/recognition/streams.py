"""Short synthetic streams and a network in whole numbers, so that results are exact."""

from __future__ import annotations

import numpy as np

from app.events import EVENT_DTYPE, EventBatch, EventSlice
from models.spec import LayerSpikes, ModelSpec, TickEvents, TickOutput

CLASSES = ("up", "down", "left", "right")


def make_events(
    t_us: list[int] | np.ndarray, x: object = 0, y: object = 0, p: object = 1
) -> np.ndarray:
    """Events at the given times; x, y and p are one value for all or one each."""
    events = np.empty(len(t_us), EVENT_DTYPE)
    for name, value in (("t", t_us), ("x", x), ("y", y), ("p", p)):
        events[name] = value
    return events


def random_events(count: int, duration_us: int, side: int = 16, seed: int = 0) -> np.ndarray:
    """Events in time order, anywhere on a square sensor."""
    rng = np.random.default_rng(seed)
    return make_events(
        np.sort(rng.integers(0, duration_us, count)),
        rng.integers(0, side, count),
        rng.integers(0, side, count),
        rng.integers(0, 2, count),
    )


def make_batch(t_us: list[int] | np.ndarray, **fields: object) -> EventBatch:
    return EventBatch(make_events(t_us), arrived_s=1.0, **fields)  # type: ignore[arg-type]


def make_slice(
    t_start_us: int,
    t_end_us: int,
    events: np.ndarray | None = None,
    gap_us: int = 0,
    restarted: bool = False,
) -> EventSlice:
    events = make_events([]) if events is None else events
    return EventSlice(t_start_us, t_end_us, events, 1.0, gap_us, restarted)


class CountingNetwork:
    """Four classes, one for each quarter of the input, each a leaky integrator in integers.

    A tick adds the quarter's events to the class's potential, fires once for every 4 in it, and
    keeps seven eighths of the rest. ``calls`` remembers what was asked for, in order.
    """

    def __init__(self, side: int = 16) -> None:
        self.spec = ModelSpec("counting", "test", CLASSES, (2, side, side))
        self.calls: list[tuple[str, int]] = []
        self._potential = np.zeros(4, np.int64)

    def run(self, ticks: TickEvents) -> TickOutput:
        counts = ticks.counts()
        self.calls.append(("run", len(counts)))
        half = counts.shape[-1] // 2
        quarters = counts.sum(axis=1).reshape(len(counts), 2, half, 2, half)
        drive = quarters.sum(axis=(2, 4)).reshape(len(counts), 4).astype(np.int64)
        output = np.array([self._tick(row) for row in drive], np.int32).reshape(-1, 4)
        hidden = (drive > 0).astype(np.uint8)
        layers = (
            LayerSpikes("hidden", hidden),
            LayerSpikes("output", (output > 0).astype(np.uint8)),
        )
        return TickOutput(output, layers, drive.sum(axis=1))

    def _tick(self, drive: np.ndarray) -> np.ndarray:
        self._potential = self._potential * 7 // 8 + drive
        spikes, self._potential = np.divmod(self._potential, 4)
        return spikes

    def skip(self, duration_us: int) -> None:
        self.calls.append(("skip", duration_us))
        for _ in range(min(duration_us // self.spec.tick_us, 100)):
            self._potential = self._potential * 7 // 8

    def reset(self) -> None:
        self.calls.append(("reset", 0))
        self._potential = np.zeros(4, np.int64)
