"""The recordings that come with the program."""

from __future__ import annotations

from pathlib import Path

from app.sources.contract import FileSpec

RECORDINGS = Path(__file__).resolve().parents[2] / "assets" / "recordings"


def bundled_recordings(folder: Path = RECORDINGS) -> list[FileSpec]:
    """Every bundled recording, by name."""
    return [FileSpec(str(path)) for path in sorted(folder.glob("*.aedat4"))]
