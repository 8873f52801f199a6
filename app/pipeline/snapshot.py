"""What the screen shows: one frozen picture of the pipeline, taken whenever the screen likes."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

import numpy as np

from app.pipeline.filtering import FilterReport
from app.pipeline.systems import System, Systems
from app.recognition.decision import Recognition
from app.recognition.encoding import Region
from app.recognition.watching import Watched
from app.sources.contract import SourceInfo
from models.naming import model_name
from models.spec import ModelSpec


class PipelineState(enum.Enum):
    """Where the pipeline is in its life."""

    IDLE = "idle"
    STARTING = "starting"
    PLAYING = "playing"
    PAUSED = "paused"
    FINISHED = "finished"
    FAILED = "failed"
    STOPPED = "stopped"


NO_FILTERS = FilterReport()
UNDER_WAY = (PipelineState.STARTING, PipelineState.PLAYING, PipelineState.PAUSED)


@dataclass(frozen=True, slots=True)
class Stats:
    """Figures for the status bar; latencies are of the last few seconds.

    ``latency_*_ms`` is the time from the arrival of a slice to its decision, ``realtime_factor``
    the sensor time processed per wall-clock time spent computing, and ``loads`` the computing time
    of each system per sensor time, the leading one first. ``dropped_*`` is what the queue before
    the network gave up; ``lost_events`` is every event of a live source that came too late or too
    fast, wherever on its way it was lost. ``operations_rate`` is synaptic operations of the leading
    system a second of sensor time, none while nobody counts them.
    """

    event_rate: float = 0.0
    events: int = 0
    latency_ms_p50: float | None = None
    latency_ms_p99: float | None = None
    realtime_factor: float | None = None
    backlog_us: int = 0
    dropped_slices: int = 0
    dropped_us: int = 0
    loads: tuple[float, ...] = ()
    lost_events: int = 0
    operations_rate: float | None = None


@dataclass(frozen=True, slots=True)
class RasterChunk:
    """Spikes of consecutive ticks since the last take.

    ``t_us`` is the start of the first tick, ``output`` (T, C) spikes per class, ``hidden`` (T, N)
    uint8 spikes of the hidden layer called ``hidden_name``. The layer ``output_name`` has so many
    ``outputs``, those of a class side by side.
    """

    t_us: int
    tick_us: int
    output: np.ndarray
    hidden: np.ndarray
    hidden_name: str
    output_name: str = "output"
    outputs: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What one system makes of the stream.

    ``raster`` holds one chunk per uninterrupted run of ticks since the last take, oldest first;
    ``restarted`` says that older spikes should leave the screen, as time went back or another
    system or source began since then. ``watched`` is what was to be watched, if that is in this
    system, oldest first. ``recognitions`` are the decisions since the last take in the order they
    were made, one a tick, those before a restart among them.
    """

    system: System
    spec: ModelSpec
    recognition: Recognition | None = None
    raster: tuple[RasterChunk, ...] = ()
    restarted: bool = False
    watched: tuple[Watched, ...] = ()
    recognitions: tuple[Recognition, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The newest decisions and everything that has accumulated since the last take.

    ``counts`` is (2, H, W) uint16, events per polarity (0 = OFF) since the last take, saturating,
    or none while no source is open, and where nobody looks; all that is told of events is of those
    that the ``filters`` leave. ``events`` are the newest of them as
    they came, oldest first; of many, the last half a million. ``position_us`` is the sensor time
    reached, ``seeking_us`` the one that was asked for and is not reached yet; ``restarted`` says
    that time went back or another source began since the last take. ``readings`` are of the
    systems at work, the leading one first, and none before it is loaded; ``chosen`` are the
    systems that shall be at work, ``refusal`` is why others that were chosen are not.
    ``loading`` names what is being waited for ("source" or "network"), if anything. ``opening``
    says that another source is being opened while this one plays, and ``not_opened`` why the one
    that was asked for last cannot be. ``failure``, ``refusal``, ``notice`` and ``too_slow``, which
    says that this machine does not keep up with a live source, are one sentence each;
    ``region`` is the part of the sensor that the networks see, once one does;
    ``failure_is_ours`` says that the program itself is at fault, not what it was given.
    """

    state: PipelineState
    info: SourceInfo | None
    counts: np.ndarray | None
    readings: tuple[Reading, ...]
    restarted: bool
    stats: Stats
    position_us: int | None
    chosen: Systems = ()
    refusal: str | None = None
    failure: str | None = None
    failure_is_ours: bool = False
    notice: str | None = None
    loading: str | None = None
    seeking_us: int | None = None
    opening: bool = False
    not_opened: str | None = None
    too_slow: str | None = None
    region: Region | None = None
    events: tuple[np.ndarray, ...] = ()
    filters: FilterReport = NO_FILTERS

    @property
    def place_us(self) -> int | None:
        """Sensor time as whoever seeks counts it: where playback is going, or is."""
        return self.position_us if self.seeking_us is None else self.seeking_us

    @property
    def at_rest(self) -> Snapshot:
        """The same picture with nothing new in it."""
        counts = None if self.counts is None else np.zeros_like(self.counts)
        still = tuple(
            replace(each, raster=(), restarted=False, watched=(), recognitions=())
            for each in self.readings
        )
        return replace(self, counts=counts, events=(), readings=still, restarted=False)

    @property
    def silenced(self) -> Snapshot:
        """The same without anything that was recognised."""
        silent = tuple(
            replace(each, recognition=None, raster=(), restarted=True, watched=(), recognitions=())
            for each in self.readings
        )
        return replace(self, readings=silent)

    @property
    def finished(self) -> bool:
        return self.state is PipelineState.FINISHED

    def seen_by(self, place: int) -> Snapshot:
        """The snapshot as if the system at ``place`` led; it may not have been loaded yet."""
        readings = self.readings[place : place + 1]
        waits = self.loading is None and not readings and self.state in UNDER_WAY
        return replace(self, readings=readings, loading="network" if waits else self.loading)

    # Of the leading system

    @property
    def reading(self) -> Reading | None:
        return self.readings[0] if self.readings else None

    @property
    def model_name(self) -> str | None:
        """As people spell it."""
        spec = self.readings[0].spec if self.readings else None
        return None if spec is None else model_name(spec.name, spec.system)

    @property
    def classes(self) -> tuple[str, ...]:
        return self.readings[0].spec.classes if self.readings else ()

    @property
    def decidable(self) -> tuple[str, ...]:
        """The classes that can be decided on."""
        return self.readings[0].spec.decidable if self.readings else ()

    @property
    def recognition(self) -> Recognition | None:
        return self.readings[0].recognition if self.readings else None
