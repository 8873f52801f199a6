"""The bundled demonstrations, one after the other and round again. Knows neither widgets nor Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.pipeline.snapshot import Snapshot
from app.sources.bundled import bundled_recordings, gesture_of, greeting
from app.sources.contract import FileSpec, PerformerSpec, SourceSpec
from app.ui.logic.heard import translated
from app.ui.logic.language import translate
from app.ui.logic.words import readable

# So long before the end of one demonstration the next is opened: a child process has to start.
AHEAD_US = 1_500_000


def tour_order() -> list[FileSpec]:
    """The bundled recordings, from the one on that plays first, round to the one before it."""
    found, first = bundled_recordings(), greeting()
    place = found.index(first) if first is not None else 0
    return [*found[place:], *found[:place]]


class Tour:
    """Where a demonstration stands among the others."""

    def __init__(self, demonstrations: Sequence[FileSpec]) -> None:
        self._specs = list(demonstrations)

    def __bool__(self) -> bool:
        return bool(self._specs)

    def has(self, spec: SourceSpec | None) -> bool:
        """Whether this is one of the demonstrations."""
        return spec in self._specs

    def after(self, spec: SourceSpec | None) -> FileSpec:
        """The demonstration after ``spec``; after anything else, the first."""
        place = self._specs.index(spec) + 1 if isinstance(spec, FileSpec) and self.has(spec) else 0
        return self._specs[place % len(self._specs)]

    def is_ending(self, snapshot: Snapshot) -> bool:
        """Whether the recording that plays has little left."""
        info = snapshot.info
        if info is None or info.duration_us is None or snapshot.place_us is None:
            return False
        return (info.start_us or 0) + info.duration_us - snapshot.place_us <= AHEAD_US

    def title(self, spec: FileSpec) -> str:
        """``Demonstration 3 of 11: Arm roll``."""
        place = self._specs.index(spec) + 1
        title = translate("window", "Demonstration {0} of {1}: {2}")
        return title.format(place, len(self._specs), readable(gesture_of(spec)))

    def titled(self, snapshot: Snapshot, spec: SourceSpec | None) -> Snapshot:
        """The snapshot under the demonstration's title in place of its file's name; the performer
        under its name in the language of the window."""
        if snapshot.info is None:
            return snapshot
        if isinstance(spec, FileSpec) and self.has(spec):
            name = self.title(spec)
        elif isinstance(spec, PerformerSpec):
            name = translated(snapshot.info.name)
        else:
            return snapshot
        return replace(snapshot, info=replace(snapshot.info, name=name))
