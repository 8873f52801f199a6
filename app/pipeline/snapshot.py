"""What the screen shows: one frozen picture of the pipeline, taken whenever the screen likes."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np

from app.recognition.decision import Recognition
from app.sources.contract import SourceInfo


class PipelineState(enum.Enum):
    """Where the pipeline is in its life."""

    IDLE = "idle"
    STARTING = "starting"
    PLAYING = "playing"
    PAUSED = "paused"
    FINISHED = "finished"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Stats:
    """Figures for the status bar; latencies are of the last few seconds.

    ``latency_*_ms`` is the time from the arrival of a slice to its decision, ``realtime_factor``
    the sensor time processed per wall-clock time spent computing.
    """

    event_rate: float = 0.0
    events: int = 0
    latency_ms_p50: float | None = None
    latency_ms_p99: float | None = None
    realtime_factor: float | None = None
    backlog_us: int = 0
    dropped_slices: int = 0
    dropped_us: int = 0


@dataclass(frozen=True, slots=True)
class RasterChunk:
    """Spikes of consecutive ticks since the last take.

    ``t_us`` is the start of the first tick, ``output`` (T, C) spikes per class, ``hidden`` (T, N)
    uint8 spikes of the hidden layer called ``hidden_name``.
    """

    t_us: int
    tick_us: int
    output: np.ndarray
    hidden: np.ndarray
    hidden_name: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The newest decision and everything that has accumulated since the last take.

    ``counts`` is (2, H, W) uint16, events per polarity (0 = OFF) since the last take, saturating,
    or none while no source is open. ``position_us`` is the sensor time reached. ``raster`` holds
    one chunk per uninterrupted run of ticks, oldest first; ``restarted`` says that time went back
    or another source began since the last take, so older spikes should leave the screen.
    ``loading`` names what is being waited for ("source" or "network"), if anything. ``failure``
    and ``notice`` are one sentence each; ``failure_is_ours`` says that the program itself is at
    fault, not what it was given.
    """

    state: PipelineState
    info: SourceInfo | None
    model_name: str | None
    classes: tuple[str, ...]
    counts: np.ndarray | None
    raster: tuple[RasterChunk, ...]
    restarted: bool
    recognition: Recognition | None
    stats: Stats
    position_us: int | None
    failure: str | None = None
    failure_is_ours: bool = False
    notice: str | None = None
    loading: str | None = None

    @property
    def finished(self) -> bool:
        return self.state is PipelineState.FINISHED
