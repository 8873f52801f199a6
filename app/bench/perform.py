"""How fast the performer is rendered: seconds of clips in a minute of processor time.

What is compiled at the first call is compiled before the clock starts.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from app.bench.amounts import Amounts
from app.bench.findings import Finding, measured
from app.bench.stream import SENSOR
from app.sources.formats.aedat4 import Aedat4Writer
from models.data.gestures import CLASSES, SETTINGS
from models.data.performer import Performance
from models.data.performer import perform as act

TOPIC = "perform"
UNIT = "s a minute"
FIRST_SEED = 8_000_000
LEAST = 60  # what is asked of the setting that models are trained with first
Render = Callable[[str, int], Performance]


def measure(amounts: Amounts) -> Iterator[Finding]:
    """A row for each setting in the renderer alone, and with the recording written."""
    seconds = min(1.0, amounts.seconds)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.aedat4"
        for setting in SETTINGS:
            rendered = partial(render, setting, seconds)
            written = partial(write, path, rendered)
            for name, make in {"rendered": rendered, "rendered and written": written}.items():
                yield measured(
                    TOPIC, f"{setting} clips {name}", UNIT,
                    [rate(make, seconds, number) for number in range(amounts.repeats)],
                    at_least=LEAST if setting == SETTINGS[0] else None,
                )  # fmt: skip


def render(setting: str, seconds: float, gesture: str, seed: int) -> Performance:
    """A clip on the sensor of DVS128 Gesture."""
    return act(gesture, seconds, seed, setting, SENSOR.width, SENSOR.height)


def write(path: Path, make: Render, gesture: str, seed: int) -> Performance:
    """A clip, and its recording as the command ``perform`` writes it."""
    performance = make(gesture, seed)
    with Aedat4Writer(path, SENSOR) as writer:
        writer.write(performance.events)
    return performance


def rate(make: Render, seconds: float, round_: int) -> float:
    """Seconds of clips of all gestures in a minute of processor time."""
    make(CLASSES[0], FIRST_SEED)
    seeds = FIRST_SEED + len(CLASSES) * round_
    began_s = time.process_time()
    for number, gesture in enumerate(CLASSES):
        make(gesture, seeds + number)
    return 60 * len(CLASSES) * seconds / (time.process_time() - began_s)
