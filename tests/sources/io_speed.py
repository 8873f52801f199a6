"""How fast events are written, and read alone and through the child process.

::

    python -m tests.sources.io_speed [--events N] [--repeats N] [--tape FILE]

The events are those of the bundled recordings over and over, or of FILE. Reading counts from the
open source on: the start of the child process is not in it. Medians by the clock on the wall, with
the least and the most, and by the processor's time of both processes together, which on a busy
machine says more.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

from app.events import Resolution, join_events
from app.sources.aedat4 import Aedat4Writer
from app.sources.contract import EventSource, FileSpec
from app.sources.host import HostedSource
from app.sources.opening import open_source
from app.sources.ring import SLOT_EVENTS
from models.data.dvs_gesture.aedat3_writer import write_aedat3
from tests.sources.making import aedat2_bytes

SIZE = Resolution(128, 128)
BUNDLED = Path(__file__).resolve().parents[2] / "assets" / "recordings"


@dataclass(frozen=True, slots=True)
class Rate:
    """Events a second, by the clock on the wall and by the time of all processors used."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Rates:
    """One rate per repeat."""

    name: str
    rates: tuple[Rate, ...]

    @property
    def median(self) -> Rate:
        return Rate(
            statistics.median(rate.wall for rate in self.rates),
            statistics.median(rate.cpu for rate in self.rates),
        )

    def __str__(self) -> str:
        walls = [rate.wall / 1e6 for rate in self.rates]
        spread = f"({min(walls):.1f} to {max(walls):.1f})"
        wall, cpu = self.median.wall / 1e6, self.median.cpu / 1e6
        return f"{self.name:<20}{wall:8.1f} M events/s {spread:<18}{cpu:8.1f} M events/s of CPU"


class Stopwatch:
    """Runs from its making on; the time of child processes that are alive counts."""

    def __init__(self) -> None:
        self._wall_s, self._cpu_s = time.perf_counter(), _cpu_s()

    def rate(self, events: int) -> Rate:
        wall_s, cpu_s = time.perf_counter() - self._wall_s, _cpu_s() - self._cpu_s
        return Rate(events / wall_s, events / cpu_s)


def repeated_events(count: int, paths: list[Path]) -> np.ndarray:
    """``count`` events (N,) EVENT_DTYPE of recordings one after the other, again and again."""
    parts: list[np.ndarray] = []
    start_us, total = 1_000_000, 0
    clips = [_events_of(path) for path in paths]
    while total < count:
        for clip in clips:
            part = clip.copy()
            part["t"] += start_us - part["t"][0]
            start_us = int(part["t"][-1]) + 1
            parts.append(part)
            total += len(part)
    return join_events(parts)[:count]


def write_rate(events: np.ndarray, path: Path) -> Rate:
    """Into a complete AEDAT 4 file, in batches as a source hands them over."""
    watch = Stopwatch()
    with Aedat4Writer(path, SIZE) as writer:
        for start in range(0, len(events), SLOT_EVENTS):
            writer.write(events[start : start + SLOT_EVENTS])
    return watch.rate(len(events))


def read_rate(open_it: Callable[[], EventSource]) -> Rate:
    """Out of a source from when it is open."""
    with ExitStack() as stack:
        source = stack.enter_context(open_it())
        watch = Stopwatch()
        return watch.rate(sum(len(batch.events) for batch in source.batches()))


def measure_writing(events: np.ndarray, folder: Path, repeats: int) -> Rates:
    rates = [write_rate(events, folder / "written.aedat4") for _ in range(repeats)]
    return Rates("write AEDAT 4", tuple(rates))


def measure_reading(path: Path, name: str, repeats: int) -> tuple[Rates, Rates]:
    """Alone and hosted in turn, so that a busy machine hinders both alike."""
    spec = FileSpec(str(path))
    pairs = [
        (read_rate(lambda: open_source(spec)), read_rate(lambda: HostedSource(spec)))
        for _ in range(repeats)
    ]
    alone, hosted = zip(*pairs, strict=True)
    return Rates(f"{name} alone", alone), Rates(f"{name} hosted", hosted)


def tapes(events: np.ndarray, folder: Path) -> Iterator[tuple[str, Path]]:
    """The same events in every format."""
    tape = folder / "2.aedat"
    tape.write_bytes(aedat2_bytes(events))
    yield "AEDAT 2.0", tape
    write_aedat3(folder / "3.aedat", events)
    yield "AEDAT 3.1", folder / "3.aedat"
    yield "AEDAT 4", folder / "written.aedat4"


def _events_of(path: Path) -> np.ndarray:
    with open_source(FileSpec(str(path))) as source:
        return join_events([batch.events for batch in source.batches()])


def _cpu_s() -> float:
    """Of this process and the sources it hosts."""
    hosted = [child.cpu_times() for child in psutil.Process().children()]
    return time.process_time() + sum(times.user + times.system for times in hosted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--events", type=int, default=6_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--tape", type=Path)
    wanted = parser.parse_args()
    paths = [wanted.tape] if wanted.tape else sorted(BUNDLED.glob("*.aedat4"))
    events = repeated_events(wanted.events, paths)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(measure_writing(events, folder, wanted.repeats), flush=True)  # noqa: T201
        for kind, path in tapes(events, folder):
            alone, hosted = measure_reading(path, kind, wanted.repeats)
            ratio = alone.median.wall / hosted.median.wall
            cpu_ratio = alone.median.cpu / hosted.median.cpu
            print(alone, hosted, sep="\n")  # noqa: T201
            print(f"{'':<20}times alone: {ratio:5.2f}, {cpu_ratio:.2f} of CPU", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
