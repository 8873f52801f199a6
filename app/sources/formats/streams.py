"""Which of the cameras in one file is played: the one asked for, else the first with events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.sources.contract import SourceError


@dataclass(frozen=True, slots=True)
class Stream:
    """A camera's events in a file; ``source`` names the camera, and may be empty."""

    number: int
    name: str
    source: str
    has_events: bool

    @property
    def label(self) -> str:
        return f"{self.number}: {self.source or self.name}"

    def is_called(self, wanted: str) -> bool:
        names = (str(self.number), self.label, self.name, self.source)
        return wanted.strip().casefold() in [name.casefold() for name in names]


@dataclass(frozen=True, slots=True)
class Choice:
    """The stream to play, all there are by their labels, and a note if there was a choice."""

    number: int
    name: str
    names: tuple[str, ...]
    note: str | None


def chosen_stream(recording: str, streams: Sequence[Stream], wanted: str | None) -> Choice:
    """``wanted`` is a number, a name, a camera or a label; there is at least one stream.

    Raises:
        SourceError: there is no such stream.
    """
    names = tuple(stream.label for stream in streams)
    if wanted is not None:
        chosen = next((stream for stream in streams if stream.is_called(wanted)), None)
        if chosen is None:
            raise SourceError(
                f"the recording {recording} has no stream {wanted!r}, only {', '.join(names)}"
            )
        return Choice(chosen.number, chosen.label, names, None)
    chosen = next((stream for stream in streams if stream.has_events), streams[0])
    others = [name for name in names if name != chosen.label]
    note = f"plays stream {chosen.label}, not {', '.join(others)}" if others else None
    return Choice(chosen.number, chosen.label, names, note)


def require_no_stream(recording: str, wanted: str | None) -> None:
    """For formats that hold one camera only.

    Raises:
        SourceError: a stream is wanted that is not the only one.
    """
    if wanted is not None:
        chosen_stream(recording, [Stream(0, "events", "", True)], wanted)
