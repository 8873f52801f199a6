"""What kiosk and supervisor say to each other: one JSON object a line, over two pipes.

::

    kiosk  -- stdout -->  supervisor     Beat, Visitor, Hit, Miss, Round, Note
    kiosk  <-- stdin ---  supervisor     Welcome, once; its end says that the supervisor has gone

A line that is not one of these is somebody else's printing and is skipped.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import ClassVar

LONGEST_LINE = 4096


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life, sent by the window's thread after it has shown a picture.

    ``decisions`` counts ticks decided since the kiosk started and must grow, unless ``waiting``
    says what for: "loading" (program or network), "source" (there is none, or it is lost; then
    ``attempts`` must grow). ``dropped`` counts slices lost since the kiosk started, ``named`` the
    ticks in which a gesture was decided on. ``playing`` says that a visitor should not be
    disturbed.
    """

    kind: ClassVar[str] = "beat"
    decisions: int
    waiting: str | None = None
    attempts: int = 0
    dropped: int = 0
    named: int = 0
    playing: bool = False


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody came before the camera."""

    kind: ClassVar[str] = "visitor"


@dataclass(frozen=True, slots=True)
class Hit:
    """The gesture that was asked for was made, after so long."""

    kind: ClassVar[str] = "hit"
    gesture: str
    after_ms: int


@dataclass(frozen=True, slots=True)
class Miss:
    """The gesture that was asked for was not made in time."""

    kind: ClassVar[str] = "miss"
    gesture: str


@dataclass(frozen=True, slots=True)
class Round:
    """A round was played to its end."""

    kind: ClassVar[str] = "round"
    score: int
    asked: int
    points: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth a line in the log."""

    kind: ClassVar[str] = "note"
    sentence: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the kiosk is told at its start: the best points of the day, none before a round."""

    kind: ClassVar[str] = "welcome"
    best_today: int | None = None


Message = Beat | Visitor | Hit | Miss | Round | Note | Welcome
KINDS: dict[str, type[Message]] = {
    each.kind: each for each in (Beat, Visitor, Hit, Miss, Round, Note, Welcome)
}


def encode(message: Message) -> bytes:
    """One line of JSON."""
    return json.dumps({"kind": message.kind, **asdict(message)}).encode() + b"\n"


def decode(line: bytes) -> Message | None:
    """The message in a line, or none if there is no message in it."""
    try:
        found = json.loads(line)
        message = KINDS[found.pop("kind")](**found)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    fits = all(_fits(getattr(message, field.name), str(field.type)) for field in fields(message))
    return message if fits else None


def _fits(value: object, annotation: str) -> bool:
    """Whether a value is of one of the types that stand before it in its class."""
    return type(value).__name__.replace("NoneType", "None") in annotation.split(" | ")
