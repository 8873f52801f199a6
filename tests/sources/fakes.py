"""Stand-ins for what is not at hand: cameras, performers, and sources that misbehave.

The loaders at the end run inside hosted children, which import this module by name.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count, repeat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dv_processing as dv
import numpy as np

from app.events import EVENT_DTYPE, EventBatch, Resolution, empty_events
from app.sources.contract import CameraSpec, PerformerSpec, SourceError, SourceInfo, SourceSpec
from tests.sources.making import in_batches, random_events

DV_DTYPE = np.dtype(
    {
        "names": ["timestamp", "x", "y", "polarity"],
        "formats": ["<i8", "<i2", "<i2", "i1"],
        "offsets": [0, 8, 10, 12],
        "itemsize": 16,
    }
)
SIZE = Resolution(128, 128)


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s

    def sleep(self, duration_s: float) -> None:
        self.now_s += duration_s


@dataclass
class FakeStore:
    events: np.ndarray

    def numpy(self) -> np.ndarray:
        return self.events.view(DV_DTYPE)


@dataclass
class FakeCamera:
    """Gives its batches one by one, then none; ``unplugged_after`` reads it stops running."""

    batches: list[np.ndarray]
    unplugged: bool = False
    size: tuple[int, int] | None = (128, 128)
    interval: timedelta | None = None
    released: bool = False
    name: str = "DVS128_0279"

    def getNextEventBatch(self) -> FakeStore | None:  # noqa: N802
        return FakeStore(self.batches.pop(0)) if self.batches else None

    def isRunning(self) -> bool:  # noqa: N802
        # True as long as events are left, and after them if nobody pulled the plug.
        return bool(self.batches) or not self.unplugged

    def getEventResolution(self) -> tuple[int, int] | None:  # noqa: N802
        return self.size

    def getCameraName(self) -> str:  # noqa: N802
        return self.name

    def setTimeInterval(self, interval: timedelta) -> None:  # noqa: N802
        self.interval = interval


@dataclass
class FakeDvs128(FakeCamera):
    """A bias is a number of 24 bits."""

    Bias = dv.io.camera.DVS128.Bias
    biases: dict[str, int] = field(default_factory=dict)

    def setBias(self, bias: Any, value: int) -> None:  # noqa: N802
        if value >= 1 << 24:
            raise TypeError("setBias(): incompatible function arguments. The following ...")
        if value < 0:
            raise ValueError(
                "/project/davis.hpp(1): void setBias()\nvalue is negative.\nStacktrace:"
            )
        self.biases[bias.name] = value


@dataclass
class FakeDavis(FakeCamera):
    """Sends everything that it has until it is told not to, and its biases are coarse and fine."""

    Davis346BiasCF = dv.io.camera.DAVIS.Davis346BiasCF
    Davis346BiasVDAC = dv.io.camera.DAVIS.Davis346BiasVDAC
    Davis240BiasCF = dv.io.camera.DAVIS.Davis240BiasCF
    name: str = "DAVIS346_00000499"
    sends: set[str] = field(default_factory=lambda: {"frames", "accelerometer", "gyroscope"})
    biases: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def getSensorModel(self) -> Any:  # noqa: N802
        return dv.io.camera.DAVIS.SensorModel.DAVIS346

    def setFramesRunning(self, run: bool) -> None:  # noqa: N802
        self._switch("frames", run)

    def setImuRunningAccelerometer(self, run: bool) -> None:  # noqa: N802
        self._switch("accelerometer", run)

    def setImuRunningGyroscope(self, run: bool) -> None:  # noqa: N802
        self._switch("gyroscope", run)

    def setDavis346BiasCoarseFine(self, bias: Any, coarse: int, fine: int) -> None:  # noqa: N802
        self.biases[bias.name] = coarse, fine

    def setDavis346BiasVoltage(self, bias: Any, voltage: int) -> None:  # noqa: N802
        self.biases[bias.name] = (voltage,)

    def setSkipFilter(self, every: int) -> None:  # noqa: N802
        self.biases["SkipFilter"] = (every,)

    def _switch(self, what: str, run: bool) -> None:
        (self.sends.add if run else self.sends.discard)(what)


@dataclass
class FakeDvxplorer(FakeCamera):
    """Read out as fast as the bus carries, unless told otherwise."""

    name: str = "DVXplorer_DXA00093"
    readout: Any = dv.io.camera.DVXplorer.ReadoutFPS.VARIABLE_5000
    threshold: int | None = None

    def getReadoutFPS(self) -> Any:  # noqa: N802
        return self.readout

    def setReadoutFPS(self, readout: Any) -> None:  # noqa: N802
        self.readout = readout

    def setContrastThresholdOn(self, threshold: int) -> None:  # noqa: N802
        self.threshold = threshold


@dataclass
class FakeDriver:
    """dv.io.camera: hands out its cameras in turn; none left means nothing is plugged in."""

    cameras: list[FakeCamera] = field(default_factory=list)
    serial: str = "00000279"
    opened: list[str] = field(default_factory=list)

    def discover(self) -> list[SimpleNamespace]:
        model = SimpleNamespace(name="DVS128")
        one = SimpleNamespace(
            cameraModel=model, serialNumber=self.serial, busNumber=1, devAddress=4
        )
        return [one] * bool(self.cameras)

    def open(self, serial: str) -> FakeCamera:
        if not self.cameras:
            raise IndexError("vector::_M_range_check: __n (which is 0) >= this->size()")
        if serial != self.serial:
            raise RuntimeError(
                "/project/include/dv-processing/io/camera/usb_device.hpp(99): void open()\n"
                "InvalidArgument: no such device.\nStacktrace:\n 0# 0x000"
            )
        self.opened.append(serial)
        return self.cameras.pop(0)


def fake_stream(gesture: str | None, seed: int) -> Iterator[tuple[str, np.ndarray]]:
    """An endless performer: 500 events every 20 ms of sensor time, now and then none.

    After every 400 ms it does something else.
    """
    if gesture == "dancing":
        raise ValueError("expected a gesture out of hand_clapping, got 'dancing'")
    step = 0
    while True:
        count = 0 if step % 7 == 3 else 500
        doing = gesture or ("rest", "air_drums")[step // 20 % 2]
        yield doing, random_events(count, span_us=20_000, start_us=20_000 * step, seed=seed + step)
        step += 1


class ScriptedSource:
    """A source whose batches come from a function; recordings cannot really seek."""

    def __init__(self, make: Callable[[], Iterator[EventBatch]], *, is_live: bool) -> None:
        self._make = make
        self._closed = False
        start_us, duration_us = (None, None) if is_live else (0, 10_000_000)
        self.info = SourceInfo("scripted", SIZE, is_live, start_us, duration_us)

    def batches(self) -> Iterator[EventBatch]:
        for batch in self._make():
            if self._closed:
                return
            yield batch

    def seek(self, t_us: int) -> None:
        pass

    def close(self) -> None:
        self._closed = True

    def __enter__(self) -> ScriptedSource:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def batch_at(t_us: int, count: int = 10) -> EventBatch:
    return EventBatch(random_events(count, span_us=1000, start_us=t_us), time.monotonic())


def hang() -> None:
    """Never return and never let go of the interpreter, as dv-processing does."""
    deque(repeat(None), maxlen=0)


# ---- loaders for children: Callable[[SourceSpec], Opener] ----

Opened = Callable[[], ScriptedSource]


def _scripted(*steps: EventBatch | Callable[[], object], is_live: bool) -> Opened:
    def make() -> Iterator[EventBatch]:
        for step in steps:
            if isinstance(step, EventBatch):
                yield step
            else:
                step()

    return lambda: ScriptedSource(make, is_live=is_live)


def load_hanging(spec: SourceSpec) -> Opened:
    return _scripted(batch_at(0), batch_at(1_239_000), hang, is_live=False)


def load_crashing(spec: SourceSpec) -> Opened:
    return _scripted(batch_at(0), batch_at(499_000), os.abort, is_live=False)


def load_failing(spec: SourceSpec) -> Opened:
    def fail() -> None:
        raise SourceError("the tape is torn")

    return _scripted(batch_at(0), fail, is_live=False)


def load_hanging_at_open(spec: SourceSpec) -> Opened:
    def open_it() -> ScriptedSource:
        hang()
        raise AssertionError

    return open_it


def load_crashing_at_start(spec: SourceSpec) -> Opened:
    os._exit(3)


def load_slowly(spec: SourceSpec) -> Opened:
    """Importing takes a while: that is no fault of the source."""
    time.sleep(1.0)
    return _scripted(batch_at(0), is_live=False)


def load_slow_drive(spec: SourceSpec) -> Opened:
    """Takes three seconds to open, and more in between: a drive that has to wake."""
    opened = _scripted(batch_at(0), lambda: time.sleep(3.5), batch_at(2000), is_live=False)

    def open_it() -> ScriptedSource:
        time.sleep(3.0)
        return opened()

    return open_it


def load_another_sensor(spec: SourceSpec) -> Opened:
    """A camera, named like a file that is made here, crashes and comes back twice as wide."""
    assert isinstance(spec, CameraSpec)
    assert spec.serial is not None
    path = Path(spec.serial)
    is_back = path.exists()
    path.touch()
    opened = _scripted(batch_at(5_000_000), lambda: os._exit(3), is_live=True)

    def open_it() -> ScriptedSource:
        source = opened()
        if is_back:
            source.info = replace(source.info, resolution=Resolution(256, 128))
        return source

    return open_it


def load_live_that_hangs(spec: SourceSpec) -> Opened:
    return _scripted(batch_at(5_000_000), hang, is_live=True)


def load_long_recording(spec: SourceSpec) -> Opened:
    """Two million events in batches of 100,000, far more than the ring holds."""

    def make() -> Iterator[EventBatch]:
        for step in range(20):
            yield batch_at(step * 1000, 100_000)

    return lambda: ScriptedSource(make, is_live=False)


def load_flood(spec: SourceSpec) -> Opened:
    """A live source that never waits: a thousand events every 100 us of sensor time."""

    def make() -> Iterator[EventBatch]:
        for step in range(3000):
            events = random_events(1000, span_us=100, start_us=100 * step)
            yield EventBatch(events, time.monotonic())
        while True:
            time.sleep(0.01)
            yield EventBatch(empty_events(), time.monotonic())

    return lambda: ScriptedSource(make, is_live=True)


def load_flood_that_ends(spec: SourceSpec) -> Opened:
    """300 batches of a thousand events at once, and then a crash when somebody has looked."""

    def wait() -> None:
        time.sleep(1.0)
        os._exit(3)

    return _scripted(*[batch_at(1000 * step, 1000) for step in range(300)], wait, is_live=True)


def load_flood_and_more(spec: SourceSpec) -> Opened:
    """300 batches of a thousand events at once; others only when somebody has made the file that
    the camera is named like."""
    assert isinstance(spec, CameraSpec)
    assert spec.serial is not None
    path = Path(spec.serial)

    def make() -> Iterator[EventBatch]:
        for step in range(300):
            yield batch_at(1000 * step, 1000)
        while not path.exists():
            time.sleep(0.01)
            yield EventBatch(empty_events(), time.monotonic())
        for step in count(300):
            yield batch_at(1000 * step)
            time.sleep(0.01)

    return lambda: ScriptedSource(make, is_live=True)


def load_process_number(spec: SourceSpec) -> Opened:
    """Tells which process it runs in, by the time of its only event."""

    def make() -> Iterator[EventBatch]:
        yield EventBatch(np.array([(os.getpid(), 1, 1, 1)], EVENT_DTYPE), time.monotonic())
        while True:
            time.sleep(0.01)
            yield EventBatch(empty_events(), time.monotonic())

    return lambda: ScriptedSource(make, is_live=True)


def load_slow_camera(spec: SourceSpec) -> Callable[[], object]:
    """Its set-up takes longer than a camera may be silent, and it is unplugged once."""
    from app.sources.devices.camera import open_camera

    class SlowDriver(FakeDriver):
        def open(self, serial: str) -> FakeCamera:
            if self.opened:
                time.sleep(4.0)
            return super().open(serial)

    first = FakeCamera(in_batches(random_events(300), 300), unplugged=True)
    second = FakeCamera(in_batches(random_events(300), 300))
    return lambda: open_camera(CameraSpec(), SlowDriver([first, second]))


def load_fake_camera(spec: SourceSpec) -> Callable[[], object]:
    from app.sources.devices.camera import open_camera

    batches = in_batches(random_events(20_000), 300)
    return lambda: open_camera(CameraSpec(), FakeDriver([FakeCamera(batches)]))


def load_fake_performer(spec: SourceSpec) -> Callable[[], object]:
    from app.sources.devices.performer import PerformerSource

    return lambda: PerformerSource(PerformerSpec(None, 5), fake_stream)
