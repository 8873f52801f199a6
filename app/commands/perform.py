"""``perform``: synthetic recordings of gestures, with their truth beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from app import PROGRAM
from app.commands.errors import BadInput, refuse_to_overwrite, writing_to
from app.commands.progress import progress_bar
from app.commands.shown import say
from app.commands.sourcing import gesture_name
from app.events import Resolution
from models.data.dvs_gesture.labels import LABELS_HEADER as LABELS_HEADER
from models.data.dvs_gesture.labels import as_gesture_labels, write_labels
from models.data.gestures import CLASSES, SETTINGS

SUFFIX = ".aedat4"

# DVS128, DAVIS346, and DVXplorer.
SENSORS = ("128x128", "346x260", "640x480")


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording to be made."""

    gesture: str
    seed: int
    path: Path

    @property
    def labels_path(self) -> Path:
        return self.path.with_name(f"{self.path.stem}_labels.csv")


def plan_clips(gestures: tuple[str, ...], seeds: range, out: Path) -> list[Clip]:
    """Which files to write; ``out`` is a folder, or the file itself for a single clip.

    Raises:
        BadInput: a file was named for several clips.
    """
    pairs = [(gesture, seed) for gesture in gestures for seed in seeds]
    if out.suffix.lower() == SUFFIX and not out.is_dir():
        if len(pairs) != 1:
            raise BadInput(f"expected a folder for {len(pairs)} recordings, got the file {out}")
        return [Clip(*pairs[0], out)]
    return [Clip(g, seed, out / f"{g}_{seed}{SUFFIX}") for g, seed in pairs]


def write_clip(clip: Clip, seconds: float, setting: str, sensor: Resolution) -> None:
    """Let the performer act and write down what the camera saw, and what it was."""
    from app.sources.formats.aedat4 import Aedat4Writer
    from models.data.performer import perform as act

    performance = act(clip.gesture, seconds, clip.seed, setting, sensor.width, sensor.height)
    with Aedat4Writer(clip.path, sensor) as writer:
        writer.write(performance.events)
    write_labels(clip.labels_path, as_gesture_labels(performance.labels))


@click.command(epilog=f"Example: {PROGRAM} perform --gesture all --count 2 --seconds 3 --out clips")
@click.option("--gesture", default="all", show_default=True, help=f"{', '.join(CLASSES)} or all.")
@click.option("--count", type=click.IntRange(1), default=1, show_default=True, help="Per gesture.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of the first.")
@click.option("--seconds", type=click.FloatRange(0.1, 600), default=3.0, show_default=True)
@click.option(
    "--setting",
    type=click.Choice(SETTINGS),
    default=SETTINGS[0],
    show_default=True,
    help="Framed as in the data set; any person, place and light; hands close by.",
)
@click.option("--sensor", type=click.Choice(SENSORS), default=SENSORS[0], show_default=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR|FILE")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def perform(
    gesture: str,
    count: int,
    seed: int,
    seconds: float,
    setting: str,
    sensor: str,
    out: Path,
    force: bool,
) -> None:
    """Write recordings of a synthetic person before a simulated camera.

    Each becomes GESTURE_SEED.aedat4 with its truth beside it in GESTURE_SEED_labels.csv, in the
    layout of the DVS128 Gesture data set. The same seed gives the same events.
    """
    gestures = CLASSES if gesture == "all" else (gesture_name(gesture),)
    clips = plan_clips(gestures, range(seed, seed + count), out)
    refuse_to_overwrite([path for clip in clips for path in (clip.path, clip.labels_path)], force)
    with writing_to(out), progress_bar("Performing", total=len(clips)) as advance:
        clips[0].path.parent.mkdir(parents=True, exist_ok=True)
        for clip in clips:
            write_clip(clip, seconds, setting, Resolution(*map(int, sensor.split("x"))))
            advance(1)
    noun = "recording" if len(clips) == 1 else "recordings"
    say(f"Wrote {len(clips)} {noun} to {clips[0].path.parent}.", err=True)
