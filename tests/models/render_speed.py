"""How fast the performer is rendered, measured: ``python -m tests.models.render_speed --help``.

Plays clips of all gestures on one core and prints one JSON object a row: clip seconds in a minute
of CPU time in the renderer alone and with the recordings written, as ``perform`` does. What is
compiled at the first call is compiled before the clock starts.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from app.commands.perform import Clip, write_clip
from app.events import Resolution
from models.data.gestures import CLASSES, SETTINGS
from models.data.performer import perform

FIRST_SEED = 8_000_000


def clips_per_cpu_minute(render: Callable[[str, int], object], seconds: float, each: int) -> float:
    """Clip seconds in a minute of CPU time; ``render`` gets gesture and seed."""
    render(CLASSES[0], FIRST_SEED)
    start = time.process_time()
    for index in range(each * len(CLASSES)):
        render(CLASSES[index % len(CLASSES)], FIRST_SEED + index)
    return 60 * each * len(CLASSES) * seconds / (time.process_time() - start)


@click.command()
@click.option("--seconds", type=click.FloatRange(0.1), default=1.0, show_default=True)
@click.option("--each", type=click.IntRange(1), default=2, show_default=True, help="Per gesture.")
@click.option("--sensor", default="128x128", show_default=True)
def measure(seconds: float, each: int, sensor: str) -> None:
    """Measure the rendering of every setting."""
    resolution = Resolution(*map(int, sensor.split("x")))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.aedat4"
        for setting in SETTINGS:
            rendered = clips_per_cpu_minute(
                lambda gesture, seed, setting=setting: perform(
                    gesture, seconds, seed, setting, resolution.width, resolution.height
                ),
                seconds,
                each,
            )
            written = clips_per_cpu_minute(
                lambda gesture, seed, setting=setting: write_clip(
                    Clip(gesture, seed, path), seconds, setting, resolution
                ),
                seconds,
                each,
            )
            row = {"setting": setting, "rendered": round(rendered), "written": round(written)}
            click.echo(json.dumps(row))


if __name__ == "__main__":
    measure()
