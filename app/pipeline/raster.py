"""Spikes for the screen: what fired since the last take, as far back as the screen reaches."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

import numpy as np

from app.pipeline.snapshot import RasterChunk
from models.spec import LayerSpikes, TickOutput

KEPT_US = 2_000_000


class Raster:
    """Spikes since they were last taken, about ``KEPT_US`` at most however long nobody takes."""

    def __init__(self) -> None:
        self._chunks: deque[RasterChunk] = deque()
        self._kept_us = 0

    def clear(self) -> None:
        self._chunks.clear()
        self._kept_us = 0

    def add(self, t_us: int, tick_us: int, output: TickOutput) -> None:
        """Add the spikes of ticks that begin at ``t_us``."""
        layer = hidden_layer(output)
        last = output.layers[-1]
        chunk = RasterChunk(
            t_us, tick_us, output.output, layer.spikes, layer.name, last.name, last.spikes.shape[1]
        )  # fmt: skip
        self._chunks.append(chunk)
        self._kept_us += _length_us(chunk)
        while self._kept_us - _length_us(self._chunks[0]) >= KEPT_US:
            self._kept_us -= _length_us(self._chunks.popleft())

    def take(self) -> tuple[RasterChunk, ...]:
        """One chunk per uninterrupted run of ticks, oldest first."""
        runs: list[list[RasterChunk]] = []
        end_us: int | None = None
        for chunk in self._chunks:
            if chunk.t_us != end_us:
                runs.append([])
            runs[-1].append(chunk)
            end_us = chunk.t_us + _length_us(chunk)
        self.clear()
        return tuple(_join(run) for run in runs)


def hidden_layer(output: TickOutput) -> LayerSpikes:
    """The layer worth showing: the last before the output, where all features have met."""
    if len(output.layers) > 1:
        return output.layers[-2]
    return LayerSpikes("", np.zeros((len(output.output), 0), np.uint8))


def _length_us(chunk: RasterChunk) -> int:
    return len(chunk.output) * chunk.tick_us


def _join(run: list[RasterChunk]) -> RasterChunk:
    first = run[0]
    output = np.concatenate([chunk.output for chunk in run])
    hidden = np.concatenate([chunk.hidden for chunk in run])
    return replace(first, output=output, hidden=hidden)
