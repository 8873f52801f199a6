"""Batches of random windows, cut and changed where the network trains.

The same changes as in ``models.data.sampling``, of the same distributions, but of all windows of a
batch at once: on a GPU the arrays of a processor would take longer than the training step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from models.data.performer_set import Session
from models.data.sampling import SENSOR_SIDE, Augmentation, between, labels_of, shares_of
from models.data.windows import Windows

# An event's place and polarity in 15 bits.
X_BITS, Y_BITS = 7, 7
MASK = (1 << X_BITS) - 1


@dataclass(frozen=True, slots=True)
class _Window:
    """Where a window comes from, where it goes to, and how it is changed.

    ``turn`` (2, 2) and ``shift`` (2,) act on pixels from the middle of the sensor; ``speed`` is
    steps a millisecond, and ``shares`` (2, H, W) what is kept of the events.
    """

    session: int
    start_ms: int
    length_ms: int
    slot: int
    turn: np.ndarray
    shift: np.ndarray
    speed: float
    stretched: bool
    shares: np.ndarray
    swapped: bool
    noise: int


class DeviceSessions:
    """Sessions in the memory of ``device``, four bytes an event."""

    def __init__(self, sessions: list[Session], device: torch.device) -> None:
        self._device = device
        lengths = [len(session.t_ms) for session in sessions]
        self._begins = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        # Of each session, how many events come before each of its milliseconds.
        self._before = [
            np.searchsorted(s.t_ms, np.arange(len(s.label) + 1).astype(s.t_ms.dtype))
            for s in sessions
        ]
        self._sessions = sessions
        self._time = self._moved([s.t_ms.view(np.int16) for s in sessions])
        self._place = self._moved([_packed(s) for s in sessions])
        self._is_quiet = [bool(s.label.max() < 0) for s in sessions]

    def _moved(self, parts: list[np.ndarray]) -> torch.Tensor:
        whole = torch.empty(int(self._begins[-1]), dtype=torch.int16, device=self._device)
        for begin, part in zip(self._begins[:-1], parts, strict=True):
            whole[begin : begin + len(part)] = torch.from_numpy(part).to(self._device)
        return whole

    def draw(
        self, windows: Windows, picked: list[int], rng: np.random.Generator
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Counts (T, B, 2, H, W) float32 and labels (T, B) int64 from the sessions ``picked``.

        See ``Windows.draw``; the same state of ``rng`` gives the same batch on the same device.
        """
        plan, labels = self._plan(windows, picked, rng)
        generator = torch.Generator(self._device).manual_seed(int(rng.integers(2**62)))
        counts = self._counted(windows, plan, generator)
        return counts, torch.from_numpy(np.stack(labels, 1)).to(self._device)

    def _plan(
        self, windows: Windows, picked: list[int], rng: np.random.Generator
    ) -> tuple[list[_Window], list[np.ndarray]]:
        """All windows of a batch, those laid over others included, and each slot's labels."""
        quiet = [number for number in picked if self._is_quiet[number]]
        plan, labels = [], []
        for slot in range(windows.batch):
            window, label = self._drawn(windows, picked, slot, rng)
            plan.append(window)
            labels.append(label)
            if quiet and windows.change.overlay and rng.random() < windows.change.overlay:
                plan.append(self._drawn(windows, quiet, slot, rng)[0])
        return plan, labels

    def _drawn(
        self, windows: Windows, picked: list[int], slot: int, rng: np.random.Generator
    ) -> tuple[_Window, np.ndarray]:
        change, step_ms = windows.change, windows.step_ms
        number = picked[int(rng.integers(len(picked)))]
        session = self._sessions[number]
        start = int(rng.integers(max(1, len(session.label) - windows.window_ms)))
        steps = windows.window_ms // step_ms
        stretch = between(rng, change.stretch)
        mirror = change.mirror and bool(rng.random() < 0.5)
        window = _Window(
            session=number,
            start_ms=start,
            length_ms=round(steps * step_ms / stretch),
            slot=slot,
            turn=_turn(change, mirror, rng),
            shift=rng.uniform(-change.shift_px, change.shift_px, 2),
            speed=stretch / step_ms,
            stretched=stretch != 1.0,
            shares=between(rng, change.keep) * shares_of(change, rng),
            swapped=bool(rng.random() < change.polarity_swap),
            noise=int(rng.poisson(rng.uniform(*change.noise_per_ms) * step_ms * steps)),
        )
        return window, labels_of(session, start, steps, step_ms / stretch, mirror)

    def _counted(
        self, windows: Windows, plan: list[_Window], generator: torch.Generator
    ) -> torch.Tensor:
        steps, side, batch = windows.window_ms // windows.step_ms, windows.side, windows.batch
        group, index = self._events_of(plan)
        place = self._place[index].to(torch.int32)
        x, y, p = place & MASK, (place >> X_BITS) & MASK, place >> (X_BITS + Y_BITS)
        shares = self._tensor([w.shares for w in plan], torch.float32)
        chance = self._random(len(group), generator)
        kept = chance < shares[group, p, y, x]
        group, index, x, y, p = (each[kept] for each in (group, index, x, y, p))
        gx, gy = self._moved_pixels(plan, group, x, y, SENSOR_SIDE // side, generator)
        t = self._steps(plan, group, index, generator)
        p = p ^ self._tensor([w.swapped for w in plan], torch.int32)[group]
        slot = self._tensor([w.slot for w in plan], torch.int64)[group]
        inside = (gx >= 0) & (gx < side) & (gy >= 0) & (gy < side) & (t < steps)
        flat = ((((t * batch + slot) * 2 + p) * side + gy) * side + gx)[inside]
        noise = self._noise(windows, plan, generator)
        size = steps * batch * 2 * side * side
        counts = torch.bincount(torch.cat([flat, noise]), minlength=size)
        return counts.clamp_(max=255).float().view(steps, batch, 2, side, side)

    def _events_of(self, plan: list[_Window]) -> tuple[torch.Tensor, torch.Tensor]:
        """The events of all windows: which window each is of, and where it lies."""
        lows, counts = [], []
        for window in plan:
            before = self._before[window.session]
            edges = np.minimum(
                [window.start_ms, window.start_ms + window.length_ms], len(before) - 1
            )
            low, high = before[edges]
            lows.append(self._begins[window.session] + low)
            counts.append(high - low)
        many = self._tensor(counts, torch.int64)
        group = torch.repeat_interleave(torch.arange(len(plan), device=self._device), many)
        first = self._tensor(lows, torch.int64) - (torch.cumsum(many, 0) - many)
        return group, torch.arange(len(group), device=self._device) + first[group]

    def _moved_pixels(
        self, plan: list[_Window], group: torch.Tensor, x: torch.Tensor, y: torch.Tensor,
        cell: int, generator: torch.Generator,
    ) -> tuple[torch.Tensor, torch.Tensor]:  # fmt: skip
        """Cells of events that lie anywhere in their pixel, turned, scaled and shifted."""
        middle = SENSOR_SIDE / 2
        turn = self._tensor([w.turn for w in plan], torch.float32)[group]
        shift = self._tensor([w.shift for w in plan], torch.float32)[group]
        px = x - middle + self._random(len(x), generator)
        py = y - middle + self._random(len(y), generator)
        moved_x = turn[:, 0, 0] * px + turn[:, 0, 1] * py + shift[:, 0] + middle
        moved_y = turn[:, 1, 0] * px + turn[:, 1, 1] * py + shift[:, 1] + middle
        return (moved_x / cell).floor().long(), (moved_y / cell).floor().long()

    def _steps(
        self, plan: list[_Window], group: torch.Tensor, index: torch.Tensor,
        generator: torch.Generator,
    ) -> torch.Tensor:  # fmt: skip
        """The time step of each event."""
        start = self._tensor([w.start_ms for w in plan], torch.int32)[group]
        late = self._tensor([w.stretched for w in plan], torch.float32)[group]
        late = late * self._random(len(group), generator)
        speed = self._tensor([w.speed for w in plan], torch.float64)[group]
        time = (self._time[index].to(torch.int32) & 0xFFFF) - start
        return ((time + late) * speed).long()

    def _noise(
        self, windows: Windows, plan: list[_Window], generator: torch.Generator
    ) -> torch.Tensor:
        """Cells of events that come from nowhere."""
        steps, batch, area = (
            windows.window_ms // windows.step_ms, windows.batch, 2 * windows.side**2,
        )  # fmt: skip
        many = self._tensor([w.noise for w in plan], torch.int64)
        slot = torch.repeat_interleave(self._tensor([w.slot for w in plan], torch.int64), many)
        spot = torch.randint(steps * area, (len(slot),), generator=generator, device=self._device)
        return ((spot // area) * batch + slot) * area + spot % area

    def _random(self, count: int, generator: torch.Generator) -> torch.Tensor:
        return torch.rand(count, generator=generator, device=self._device)

    def _tensor(self, values: list[object], kind: torch.dtype) -> torch.Tensor:
        return torch.from_numpy(np.array(values)).to(self._device, kind)


def _packed(session: Session) -> np.ndarray:
    x, y, p = (part.astype(np.int16) for part in (session.x, session.y, session.p))
    return np.asarray(x | (y << X_BITS) | (p << (X_BITS + Y_BITS)))


def _turn(change: Augmentation, mirror: bool, rng: np.random.Generator) -> np.ndarray:
    """What mirrors, scales, slants and rotates pixels, (2, 2)."""
    wider = np.sqrt(between(rng, (1 / change.aspect, change.aspect)))
    slant = rng.uniform(-change.shear, change.shear)
    angle, scale = rng.uniform(-change.rotate_rad, change.rotate_rad), between(rng, change.scale)
    c, s = scale * np.cos(angle), scale * np.sin(angle)
    shaped = np.array([[wider, slant], [0.0, 1 / wider]]) @ np.diag([-1.0 if mirror else 1.0, 1.0])
    return np.asarray(np.array([[c, -s], [s, c]]) @ shaped)
