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

from models.data.events import EVENT_DTYPE, join_events
from models.data.performer.comparator import MOST_EVENTS, STEPS, compare

LINEAR_BELOW = 20.0
NOISE_PAIRS, PAIR_DELAY_S = 0.4, 0.001
# The background of a real DVS128 has an ON share of about 0.4.
NOISE_ON = 0.4
# As bright as a bright lamp makes anything, in grey levels.
TABLE_GREY = 512


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


def draw_pixel(rng: np.random.Generator, varied: bool, faint: bool = False) -> PixelParameters:
    """A camera of its own: thresholds, bandwidth and noise differ from one to the next.

    A ``faint`` one hardly sees the person: high thresholds, and noise that is not drowned.
    """
    if faint:
        return PixelParameters(
            threshold=float(rng.uniform(0.25, 0.5)),
            threshold_spread=float(rng.uniform(0.02, 0.06)),
            on_to_off=float(rng.uniform(0.8, 1.2)),
            jitter_s=float(rng.uniform(0.0, 0.012)),
            cutoff_hz=float(np.exp(rng.uniform(np.log(15), np.log(60)))),
            leak_hz=float(rng.uniform(0, 0.1)),
            shot_noise_hz=float(np.exp(rng.uniform(np.log(0.08), np.log(0.4)))),
            refractory_s=float(rng.uniform(0.0002, 0.004)),
            hot_pixels=float(rng.uniform(0, 0.001)),
        )
    if varied:
        return PixelParameters(
            threshold=float(rng.uniform(0.06, 0.25)),
            threshold_spread=float(rng.uniform(0.01, 0.05)),
            on_to_off=float(rng.uniform(0.8, 1.2)),
            jitter_s=float(rng.uniform(0.0, 0.012)),
            cutoff_hz=float(np.exp(rng.uniform(np.log(15), np.log(200)))),
            leak_hz=float(rng.uniform(0, 0.2)),
            shot_noise_hz=float(np.exp(rng.uniform(np.log(0.05), np.log(1.2)))),
            refractory_s=float(rng.uniform(0.0002, 0.002)),
            hot_pixels=float(rng.uniform(0, 0.001)),
        )
    return PixelParameters(
        threshold=float(rng.uniform(0.11, 0.17)),
        on_to_off=float(rng.uniform(0.88, 1.0)),
        jitter_s=float(rng.uniform(0.002, 0.008)),
        refractory_s=float(rng.uniform(0.001, 0.004)),
        cutoff_hz=float(np.exp(rng.uniform(np.log(30), np.log(80)))),
        shot_noise_hz=float(rng.uniform(0.1, 0.25)),
        leak_hz=float(rng.uniform(0.02, 0.08)),
    )


def lin_log(grey: np.ndarray) -> np.ndarray:
    """v2e's lin-log compression of grey levels 0..255; continuous at ``LINEAR_BELOW``."""
    slope = math.log(LINEAR_BELOW) / LINEAR_BELOW
    return np.where(grey < LINEAR_BELOW, grey * slope, np.log(np.maximum(grey, 1.0)))


LIN_LOG = lin_log(np.arange(STEPS * TABLE_GREY + 1) / STEPS).astype(np.float32)

Found = tuple[np.ndarray, np.ndarray, np.ndarray]  # pixel indices, times in seconds, rises


class PixelArray:
    """Turns grey-level frames into events and carries the pixels' state from call to call."""

    def __init__(
        self, shape: tuple[int, int], parameters: PixelParameters, rng: np.random.Generator
    ) -> None:
        self._p = parameters
        self._rng = rng
        self._width = shape[1]
        size = shape[0] * shape[1]
        spread = parameters.threshold_spread
        on = parameters.threshold * parameters.on_to_off
        self._on = _single(np.maximum(on + spread * rng.normal(size=size), 0.02))
        self._off = _single(np.maximum(parameters.threshold + spread * rng.normal(size=size), 0.02))
        leak = parameters.leak_hz * 10.0 ** (0.1 * rng.normal(size=size))
        self._leak = _single(leak * self._on)
        self._hot = np.flatnonzero(rng.random(size) < parameters.hot_pixels)
        self._hot_hz = parameters.hot_pixel_hz * rng.random(len(self._hot))
        self._low: np.ndarray | None = None
        self._base = np.zeros(size, np.float32)
        self._last_s = np.full(size, -1.0)
        self._late = np.empty(0, EVENT_DTYPE)

    def expose(self, frames: np.ndarray, t_start_s: float, dt_s: float) -> np.ndarray:
        """Events of frames (F, H, W), frame k seen at the end of ``[t + k dt, t + (k + 1) dt)``.

        Returns an ``EVENT_DTYPE`` array in time order. Events whose delay takes them past the last
        frame come with the next call.
        """
        grey = _single(frames.reshape(len(frames), -1))
        found = [
            self._signal(grey, t_start_s, dt_s),
            self._shot_noise(grey, t_start_s, dt_s),
            self._hot_noise(len(grey), t_start_s, dt_s),
        ]
        events = join_events([self._late, self._assemble(found)])
        now = int(np.searchsorted(events["t"], round((t_start_s + len(frames) * dt_s) * 1e6)))
        self._late = events[now:]
        return events[:now]

    def _signal(self, grey: np.ndarray, t_s: float, dt_s: float) -> Found:
        """Events of pixels whose level has moved by one threshold or more."""
        if self._low is None:
            self._low = _single(lin_log(grey[0]))
            # Pixels start somewhere between two events, not all at their last one.
            start = self._low - (self._rng.random(len(self._low)) - 0.5) * self._on
            self._base = _single(start)
        most = MOST_EVENTS * grey.size
        pixel, time, rise = np.empty(most, np.int32), np.empty(most), np.empty(most, bool)
        speed = 2 * math.pi * self._p.cutoff_hz * dt_s / 275.0
        count = compare(
            grey, LIN_LOG, self._low, self._base, self._last_s, self._on, self._off, self._leak,
            speed, t_s, dt_s, self._p.refractory_s, pixel, time, rise,
        )  # fmt: skip
        return pixel[:count], time[:count], rise[:count]

    def _shot_noise(self, grey: np.ndarray, t_s: float, dt_s: float) -> Found:
        """Shot noise, four times rarer in the brightest pixels."""
        span = len(grey) * dt_s
        count = self._rng.poisson(self._p.shot_noise_hz * grey.shape[1] * span)
        pixel, time = self._rng.integers(grey.shape[1], size=count), self._rng.random(count)
        brightness = grey[(time * len(grey)).astype(int), pixel] / 255.0
        kept = self._rng.random(count) < 1.0 - 0.75 * brightness
        pixel, time = pixel[kept], t_s + span * time[kept]
        return self._with_pairs(pixel, time, self._rng.random(len(pixel)) < NOISE_ON)

    def _hot_noise(self, frames: int, t_s: float, dt_s: float) -> Found:
        """ON events of the pixels that never rest."""
        span = frames * dt_s
        pixel = np.repeat(self._hot, self._rng.poisson(self._hot_hz * span))
        time = t_s + span * self._rng.random(len(pixel))
        return self._with_pairs(pixel, time, np.ones(len(pixel), bool))

    def _with_pairs(self, pixel: np.ndarray, time: np.ndarray, rise: np.ndarray) -> Found:
        """A noise event moves the remembered level, and the way back is often an event too."""
        back = self._rng.random(len(pixel)) < NOISE_PAIRS
        return (
            np.concatenate([pixel, pixel[back]]),
            np.concatenate([time, time[back] + PAIR_DELAY_S]),
            np.concatenate([rise, ~rise[back]]),
        )

    def _assemble(self, found: list[Found]) -> np.ndarray:
        pixel, time, rise = (np.concatenate(column) for column in zip(*found, strict=True))
        time = time + self._p.jitter_s * self._rng.random(len(time))
        events = np.empty(len(time), EVENT_DTYPE)
        events["t"] = (time * 1e6).astype(np.int64)
        events["x"], events["y"] = pixel % self._width, pixel // self._width
        events["p"] = rise
        return events


def _single(values: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(values, np.float32)
