"""The recordings that come with the program."""

from __future__ import annotations

from pathlib import Path

from app.sources.contract import FileSpec

RECORDINGS = Path(__file__).resolve().parents[2] / "assets" / "recordings"
GREETING = "right_hand_wave_7"


def bundled_recordings(folder: Path = RECORDINGS) -> list[FileSpec]:
    """Every bundled recording, by name."""
    return [FileSpec(str(path)) for path in sorted(folder.glob("*.aedat4"))]


def greeting(folder: Path = RECORDINGS) -> FileSpec | None:
    """What plays when nothing was asked for: ``GREETING`` or else the first, if there is any."""
    found = bundled_recordings(folder)
    greetings = [spec for spec in found if Path(spec.path).stem == GREETING]
    return next(iter([*greetings, *found]), None)


def gesture_of(spec: FileSpec) -> str:
    """The gesture in a bundled recording, which is named ``GESTURE_SEED.aedat4``."""
    return Path(spec.path).stem.rpartition("_")[0]
