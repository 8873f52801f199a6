"""Several recordings one after the other, and the neighbours of one in its folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.sources.contract import FileSpec, SourceSpec
from app.sources.formats.endings import looks_like_recording
from app.ui.logic.language import translate
from app.ui.logic.tour import Tour


class Playlist(Tour):
    """Recordings that were dropped together, in that order, round and round; one is no list."""

    def __init__(self, specs: Sequence[FileSpec] = ()) -> None:
        super().__init__(specs if len(specs) > 1 else ())

    def title(self, spec: FileSpec) -> str:
        """``2 of 5: waving.aedat4``."""
        place = self._specs.index(spec) + 1
        title = translate("window", "{0} of {1}: {2}")
        return title.format(place, len(self._specs), Path(spec.path).name)

    def beside(self, spec: SourceSpec | None, step: int) -> FileSpec | None:
        """The recording ``step`` after ``spec`` in the list, or else in its folder, if any."""
        if not isinstance(spec, FileSpec):
            return None
        specs = self._specs if self.has(spec) else recordings_beside(spec)
        if spec not in specs or len(specs) < 2:
            return None
        return specs[(specs.index(spec) + step) % len(specs)]


def recordings_beside(spec: FileSpec) -> list[FileSpec]:
    """The recordings in the folder of ``spec``, by name, itself among them."""
    path = Path(spec.path)
    found = {each.path: each for each in recordings_in(path.parent)}
    found[spec.path] = spec  # whatever its name, and with the camera that plays
    return [found[name] for name in sorted(found)]


def recordings_in(folder: Path) -> list[FileSpec]:
    """The recordings of a folder by name, none if it cannot be read."""
    try:
        names = sorted(path for path in folder.iterdir() if looks_like_recording(path.name))
    except OSError:
        return []
    return [FileSpec(str(path)) for path in names]


def dropped_together(paths: Iterable[str]) -> list[FileSpec]:
    """What is to be played of files and folders that were dropped; a folder stands for its own."""
    specs: list[FileSpec] = []
    for path in paths:
        inside = recordings_in(Path(path)) if os.path.isdir(path) else []
        specs += inside or [FileSpec(path)]
    return specs
