"""A DVS pixel array after v2e's published model (Hu, Liu, Delbruck, CVPR Workshops 2021).

Brightness I (grey levels 0..255) is compressed by y = I ln(20)/20 below 20 and ln I above, goes
through a first-order low-pass whose bandwidth falls with brightness (a photoreceptor is slow in the
dark), and is compared with the level remembered at the pixel's last event. Each pixel has ON and
OFF thresholds of its own; a pixel rests for the refractory period after an event. Junction leak
drifts towards ON events, shot noise adds events of both signs, more of them in the dark.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch

from models.data.events import EVENT_DTYPE, join_events

LINEAR_BELOW = 20.0
NOISE_PAIRS = 0.4


@dataclass(frozen=True, slots=True)
class PixelParameters:
    """Thresholds in log intensity, rates in events per second and pixel, times in seconds.

    ``threshold`` is the OFF threshold's mean, ``on_to_off`` the ratio of the ON threshold to it;
    an event is up to ``jitter_s`` late.
    """

    threshold: float = 0.10
    threshold_spread: float = 0.03
    on_to_off: float = 1.0
    cutoff_hz: float = 40.0
    leak_hz: float = 0.05
    shot_noise_hz: float = 0.15
    refractory_s: float = 0.0005
    jitter_s: float = 0.0005
    hot_pixels: float = 0.0005
    hot_pixel_hz: float = 30.0


def lin_log(grey: torch.Tensor) -> torch.Tensor:
    """v2e's lin-log compression of grey levels 0..255; continuous at ``LINEAR_BELOW``."""
    slope = math.log(LINEAR_BELOW) / LINEAR_BELOW
    return torch.where(grey < LINEAR_BELOW, grey * slope, torch.log(grey.clamp_min(1.0)))


class PixelArray:
    """Turns grey-level frames into events and carries the pixels' state from call to call."""

    def __init__(
        self,
        shape: tuple[int, int],
        parameters: PixelParameters,
        generator: torch.Generator,
        device: torch.device,
    ) -> None:
        self._p = parameters
        self._random = generator
        self._device = device
        self._width = shape[1]
        size = shape[0] * shape[1]
        spread = parameters.threshold_spread
        on = parameters.threshold * parameters.on_to_off
        self._on = (on + spread * self._normal(size)).clamp_min(0.02)
        self._off = (parameters.threshold + spread * self._normal(size)).clamp_min(0.02)
        leak = parameters.leak_hz * 10.0 ** (0.1 * self._normal(size))
        self._leak = leak * self._on
        hot = self._uniform(size) < parameters.hot_pixels
        self._hot = hot * parameters.hot_pixel_hz * self._uniform(size)
        self._low: torch.Tensor | None = None
        self._base = torch.zeros(size, device=device)
        self._last_s = torch.full((size,), -1.0, device=device, dtype=torch.float64)
        self._late = np.empty(0, EVENT_DTYPE)

    def _normal(self, size: int) -> torch.Tensor:
        return torch.randn(size, generator=self._random, device=self._device)

    def _uniform(self, size: int) -> torch.Tensor:
        return torch.rand(size, generator=self._random, device=self._device)

    def expose(self, frames: torch.Tensor, t_start_s: float, dt_s: float) -> np.ndarray:
        """Events of frames (F, H, W), frame k seen at the end of ``[t + k dt, t + (k + 1) dt)``.

        Returns an ``EVENT_DTYPE`` array in time order. Events whose delay takes them past the last
        frame come with the next call.
        """
        grey = frames.reshape(len(frames), -1)
        level = lin_log(grey)
        tau = 1.0 / (2 * math.pi * self._p.cutoff_hz)
        share = ((grey + 20.0) * (dt_s / (275.0 * tau))).clamp_max_(1.0)
        if self._low is None:
            self._low = level[0].clone()
            # Pixels start somewhere between two events, not all at their last one.
            self._base = level[0] - (self._uniform(level.shape[1]) - 0.5) * self._on
        found = [
            self._step(level[k], share[k], grey[k], t_start_s + k * dt_s, dt_s)
            for k in range(len(frames))
        ]
        fresh = self._assemble([f for f in found if f is not None])
        events = join_events([self._late, fresh])
        now = int(np.searchsorted(events["t"], round((t_start_s + len(frames) * dt_s) * 1e6)))
        self._late = events[now:]
        return events[:now]

    def _step(
        self, level: torch.Tensor, share: torch.Tensor, grey: torch.Tensor, t_s: float, dt_s: float
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor] | None:
        """One frame: pixel indices, times and polarities of its events."""
        assert self._low is not None
        self._low = torch.lerp(self._low, level, share)
        self._base -= dt_s * self._leak
        change = self._low - self._base
        active = torch.nonzero((change >= self._on) | (change <= -self._off)).squeeze(1)
        parts = [self._signal(active, change, t_s, dt_s), self._noise(grey, t_s, dt_s)]
        parts = [p for p in parts if len(p[0])]
        if not parts:
            return None
        pixel, time, sign = (torch.cat(column) for column in zip(*parts, strict=True))
        return pixel, time, sign

    def _signal(
        self, active: torch.Tensor, change: torch.Tensor, t_s: float, dt_s: float
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Events of pixels whose level has moved by one threshold or more."""
        moved, rise = change[active], change[active] > 0
        threshold = torch.where(rise, self._on[active], self._off[active])
        count = torch.floor(moved.abs() / threshold)
        self._base[active] += torch.where(rise, count, -count) * threshold
        repeat = count.long().clamp_max(8)
        pixel, sign = active.repeat_interleave(repeat), rise.repeat_interleave(repeat)
        total, start = int(repeat.sum()), torch.cumsum(repeat, 0) - repeat
        rank = torch.arange(total, device=self._device) - start.repeat_interleave(repeat)
        step = dt_s / (count.repeat_interleave(repeat) + 1)
        time = t_s + (rank + 1) * step.double()
        keep = time - self._last_s[pixel] >= self._p.refractory_s
        pixel, time, sign = pixel[keep], time[keep], sign[keep]
        self._last_s[pixel] = time
        return pixel, time, sign

    def _noise(
        self, grey: torch.Tensor, t_s: float, dt_s: float
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Shot noise, four times rarer in the brightest pixels, and hot pixels (ON)."""
        rate = self._p.shot_noise_hz * (1.0 - 0.75 * (grey / 255.0))
        draw = self._uniform(len(grey))
        shot = dt_s * rate
        pixel = torch.nonzero(draw < shot + dt_s * self._hot).squeeze(1)
        time = t_s + dt_s * self._uniform(len(pixel)).double()
        # The background of a real DVS128 has an ON share of about 0.4.
        sign = (draw[pixel] < 0.4 * shot[pixel]) | (draw[pixel] >= shot[pixel])
        # A noise event moves the remembered level, and the way back is often an event too.
        back = torch.nonzero(self._uniform(len(pixel)) < NOISE_PAIRS).squeeze(1)
        return (
            torch.cat([pixel, pixel[back]]),
            torch.cat([time, time[back] + 0.001]),
            torch.cat([sign, ~sign[back]]),
        )

    def _assemble(self, found: list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]) -> np.ndarray:
        if not found:
            return np.empty(0, EVENT_DTYPE)
        pixel, time, sign = (torch.cat(column) for column in zip(*found, strict=True))
        time = time + self._p.jitter_s * self._uniform(len(time)).double()
        events = np.empty(len(time), EVENT_DTYPE)
        where = pixel.cpu().numpy()
        events["t"] = (time * 1e6).long().cpu().numpy()
        events["x"], events["y"] = where % self._width, where // self._width
        events["p"] = sign.cpu().numpy()
        return events
