"""A pipeline and snapshots made by hand, for driving the window without threads or files."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from app.events import Resolution
from app.pipeline.recorder import Tape
from app.pipeline.snapshot import PipelineState, RasterChunk, Reading, Snapshot, Stats
from app.pipeline.systems import Systems, system_at
from app.recognition.decision import Recognition
from app.sources.contract import SourceInfo, SourceSpec
from models.data.gestures import CLASSES
from models.spec import ModelSpec

RECORDING = SourceInfo("arm_roll_1.aedat4", Resolution(8, 6), False, 1_000_000, 4_000_000)
CAMERA = SourceInfo("DVXplorer 00000499", Resolution(8, 6), True)


def votes_for(**shares: int) -> np.ndarray:
    """(11,) int32 votes by class id."""
    votes = np.zeros(len(CLASSES), np.int32)
    for name, count in shares.items():
        votes[CLASSES.index(name)] = count
    return votes


def recognition(gesture: str | None, t_us: int = 0, **shares: int) -> Recognition:
    """A decision from the votes of the window."""
    votes = votes_for(**shares)
    share = float(votes.max() / max(votes.sum(), 1))
    index = None if gesture is None else CLASSES.index(gesture)
    return Recognition(t_us, index, index, share, votes)


def reading(**fields: Any) -> Reading:
    """What a system says that has said nothing yet, save what is given."""
    spec = ModelSpec("test network", "test", CLASSES, (2, 32, 32))
    return Reading(**{"system": system_at(), "spec": spec, **fields})


def snapshot(**fields: Any) -> Snapshot:
    """A playing recording with nothing in it, save what is given.

    ``recognition`` and ``raster`` are those of the one system at work.
    """
    own = {name: fields.pop(name) for name in ("recognition", "raster") if name in fields}
    if "restarted" in fields:
        own["restarted"] = fields["restarted"]
    values: dict[str, Any] = {
        "state": PipelineState.PLAYING,
        "info": RECORDING,
        "counts": np.zeros((2, 6, 8), np.uint16),
        "readings": (reading(**own),),
        "restarted": False,
        "stats": Stats(),
        "position_us": 1_000_000,
    }
    return Snapshot(**{**values, **fields})


def chunk(t_us: int, output: np.ndarray, hidden: np.ndarray, name: str = "fc1") -> RasterChunk:
    """Spikes in ticks of one millisecond."""
    return RasterChunk(t_us, 1000, output, hidden, name)


@dataclass
class FakeSource:
    """What the window asked to be opened."""

    spec: SourceSpec


@dataclass
class FakePipeline:
    """Remembers every call; ``take`` hands out ``next_snapshot``."""

    open_source: Any
    next_snapshot: Snapshot = field(default_factory=snapshot)
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    opened: list[SourceSpec] = field(default_factory=list)
    stops_in_time: bool = True
    tape: Tape | None = None

    def start(self) -> None:
        self.opened.append(self.open_source().spec)
        self.calls.append(("start",))

    def stop(self, timeout_s: float = 3.0) -> bool:
        self.calls.append(("stop", timeout_s))
        return self.stops_in_time

    def pause(self) -> None:
        self.calls.append(("pause",))

    def resume(self) -> None:
        self.calls.append(("resume",))

    def step(self) -> None:
        self.calls.append(("step",))

    def seek(self, t_us: int) -> None:
        self.calls.append(("seek", t_us))

    def set_speed(self, speed: float | None) -> None:
        self.calls.append(("set_speed", speed))

    def set_loop(self, loop: bool) -> None:
        self.calls.append(("set_loop", loop))

    def set_span(self, span: tuple[int, int] | None) -> None:
        self.calls.append(("set_span", span))

    def record(self, path: Path) -> None:
        self.calls.append(("record", path))
        self.tape = Tape(path)

    def stop_recording(self) -> None:
        self.calls.append(("stop_recording",))
        if self.tape is not None:
            self.tape = replace(self.tape, is_over=True)

    def set_systems(self, systems: Systems) -> None:
        self.calls.append(("set_systems", systems))

    def set_region(self, wish: Any) -> None:
        self.calls.append(("set_region", wish))

    def set_filters(self, filters: Any) -> None:
        self.calls.append(("set_filters", filters))

    def measure_noise(self, measured: bool) -> None:
        self.calls.append(("measure_noise", measured))

    def watch(self, wish: Any) -> None:
        self.calls.append(("watch", wish))

    def take(self) -> Snapshot:
        return self.next_snapshot

    def replace_source(
        self, open_source: Any, *, at_once: bool = False, follows: bool = False
    ) -> None:
        self.opened.append(open_source().spec)
        how = (*["at once"] * at_once, *["follows"] * follows)
        self.calls.append(("replace_source", *how))
