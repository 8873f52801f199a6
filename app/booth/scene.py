"""What a visitor is shown at a moment, and what the show is told: plain data without a clock."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class Stage(enum.Enum):
    """Where the booth is in its play."""

    ATTRACT = "attract"  # nobody is there: performances and an invitation
    LIVE = "live"  # free play: what the visitor does is named
    ASKED = "asked"  # the round asks for a gesture
    HIT = "hit"
    MISSED = "missed"
    SCORE = "score"
    LOST = "lost"  # the camera is gone for the moment


class Feed(enum.Enum):
    """What the source gives."""

    EVENTS = "events"
    LOST = "lost"  # was there, and is opened again and again
    NONE = "none"  # has not been there since the start


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known now; times on the monotonic clock.

    ``gesture`` is the class that is decided on or none, ``shares`` each class's part 0..1 of the
    votes that a decision takes (1: enough), by class id.
    """

    now_s: float
    feed: Feed
    present: bool
    gesture: str | None = None
    shares: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """What to show.

    ``gesture`` is the one asked for (ASKED, HIT, MISSED), shown (ATTRACT: the invitation's) or
    recognised (LIVE; none while undecided). ``nearness`` 0..1 tells how near the visitor is to a
    hit in ASKED, or to starting a round in LIVE. ``elapsed_s`` is the time in this stage,
    ``left_s`` what is left of it where it ends by itself. ``after_s`` is the time a hit took.
    ``number`` of ``asked`` gestures is being played (1-based), ``hits`` were made, ``points``
    earned so far, ``best_today`` before this round or after it. ``feed`` is what the source gives.
    """

    stage: Stage
    gesture: str | None = None
    nearness: float = 0.0
    elapsed_s: float = 0.0
    left_s: float | None = None
    after_s: float | None = None
    number: int = 0
    asked: int = 0
    hits: int = 0
    points: int = 0
    best_today: int | None = None
    is_best: bool = False
    feed: Feed = Feed.EVENTS
