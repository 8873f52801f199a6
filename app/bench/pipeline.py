"""The whole way of a flood of events, from a file or as a camera sends them, to decisions."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from app.bench.amounts import Amounts
from app.bench.findings import Finding, measured
from app.bench.stream import enlarged, stream
from app.bench.timing import family_cpu_s
from app.events import EventBatch, Resolution, empty_events
from app.pipeline.pipeline import Pipeline
from app.pipeline.snapshot import Stats
from app.pipeline.systems import DEFAULT_MODEL, system_at
from app.recognition.decision import Recognition
from app.settings import Settings
from app.sources.contract import EventSource, FileSpec, SourceInfo
from app.sources.formats.aedat4 import Aedat4Writer
from app.sources.hosting.host import HostedSource

TOPIC = "pipeline"
SENSOR = Resolution(640, 480)
RATE = 2_000_000
LOOP_MS = 500
BATCH_US = 5_000
MOST_S = 120.0
LOADING_S = 3.0


def measure(amounts: Amounts) -> Iterator[Finding]:
    """Rows of a recording as fast as it goes, and of a camera that does not wait."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "flood.aedat4"
        with Aedat4Writer(path, SENSOR) as writer:
            for batch in batches_of(amounts.seconds):
                writer.write(batch)
        runs = [run_file(path) for _ in range(amounts.repeats)]
    what = "2 M events/s at 640x480"
    yield measured(
        TOPIC, f"{what} from a file, real-time factor by processor time", "times",
        [run.sensor_s / run.cpu_s for run in runs], at_least=1,
        note="reading, its process, slices and recognition on one core; from the first decision",
    )  # fmt: skip
    yield measured(
        TOPIC, f"{what} from a file, real-time factor by the wall's clock", "times",
        [run.sensor_s / run.wall_s for run in runs],
    )  # fmt: skip
    lives = [run_live(amounts.seconds) for _ in range(amounts.repeats)]
    yield measured(
        TOPIC, f"{what} as a camera sends them, slices dropped", "slices",
        [stats.dropped_slices for stats in lives], at_most=0,
    )  # fmt: skip
    yield measured(
        TOPIC, f"{what} as a camera sends them, p99 from arrival to decision", "ms of the wall",
        [stats.latency_ms_p99 or 0.0 for stats in lives],
    )  # fmt: skip


@cache
def _loop() -> np.ndarray:
    return enlarged(stream(RATE, LOOP_MS), SENSOR)


def batches_of(seconds: float) -> Iterator[np.ndarray]:
    """The same half second again and again, in batches of 5 ms, from 0 us on."""
    loop = _loop()
    starts = np.arange(0, LOOP_MS * 1000, BATCH_US)
    edges = np.searchsorted(loop["t"], [*starts, LOOP_MS * 1000])
    for number in range(round(seconds * 1e6 / BATCH_US)):
        round_, place = divmod(number, len(starts))
        batch = loop[edges[place] : edges[place + 1]].copy()
        batch["t"] += round_ * LOOP_MS * 1000
        yield batch


@dataclass(frozen=True, slots=True)
class Run:
    """From the first decision to the last."""

    sensor_s: float
    wall_s: float
    cpu_s: float


def run_file(path: Path) -> Run:
    """A recording as fast as it goes."""
    marks: list[tuple[int, float, float]] = []

    def heard(recognitions: list[Recognition]) -> None:
        marks[1:] = [(recognitions[-1].t_us, time.monotonic(), family_cpu_s())]

    play(lambda: HostedSource(FileSpec(str(path))), heard)
    (first_us, first_s, first_cpu_s), (last_us, last_s, last_cpu_s) = marks[0], marks[-1]
    return Run((last_us - first_us) / 1e6, last_s - first_s, last_cpu_s - first_cpu_s)


def run_live(seconds: float) -> Stats:
    """A camera's events when they are due, whoever keeps up; figures of the end."""
    return play(lambda: Tape(seconds), None)


def play(
    open_source: Callable[[], EventSource],
    on_recognitions: Callable[[list[Recognition]], None] | None,
) -> Stats:
    """A source to its end through the default network.

    Raises:
        RuntimeError: it failed, or it does not end.
    """
    pipeline = Pipeline(
        open_source, (system_at(DEFAULT_MODEL),), Settings(),
        on_recognitions=on_recognitions, speed=None, pictures=False,
    )  # fmt: skip
    pipeline.start()
    try:
        ended = pipeline.wait(MOST_S)
        snapshot = pipeline.take()
    finally:
        pipeline.stop()
    if snapshot.failure is not None or not ended:
        raise RuntimeError(snapshot.failure or f"no end after {MOST_S:g} s")
    return snapshot.stats


class Tape:
    """A camera that is no camera: hands over batches when they are due."""

    def __init__(self, seconds: float) -> None:
        self._batches = list(batches_of(seconds))
        self._closed = False
        self.info = SourceInfo("tape", SENSOR, is_live=True)

    def batches(self) -> Iterator[EventBatch]:
        """The first comes when a network has had time to load."""
        yield EventBatch(empty_events(), time.monotonic())
        time.sleep(LOADING_S)
        began_s = time.monotonic()
        for number, events in enumerate(self._batches):
            if self._closed:
                return
            due_s = began_s + (number + 1) * BATCH_US / 1e6
            time.sleep(max(0.0, due_s - time.monotonic()))
            yield EventBatch(events, time.monotonic())

    def seek(self, t_us: int) -> None:
        raise ValueError("a tape cannot be sought")

    def close(self) -> None:
        self._closed = True

    def __enter__(self) -> Tape:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()
