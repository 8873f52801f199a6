"""From snapshots to moments: who is there, what is decided and how near each gesture is to it."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from app.booth.scene import Feed, Moment
from app.events import Resolution
from app.pipeline.snapshot import Reading, Snapshot
from app.recognition.presence import Presence
from app.recognition.rule import VoteRule
from app.settings import VoteSettings


class PresencePort(Protocol):
    """What tells from events whether somebody moves before the camera."""

    def push(self, counts: np.ndarray, duration_us: int) -> bool: ...


def shares_of(reading: Reading, vote: VoteSettings) -> dict[str, float]:
    """Each class's part 0..1 of the votes that a decision takes, by class id."""
    if reading.recognition is None:
        return {}
    votes = reading.recognition.votes
    needed = VoteRule.of(reading.spec, vote).needed(int(votes.sum()))
    shares = np.minimum(votes / needed, 1.0).tolist()
    return dict(zip(reading.spec.classes, shares, strict=True))


def gesture_of(reading: Reading) -> str | None:
    """The class that is decided on, or none."""
    if reading.recognition is None or reading.recognition.gesture is None:
        return None
    return reading.spec.classes[reading.recognition.gesture]


class Moments:
    """Remembers what presence needs; a new sensor begins anew."""

    def __init__(self, vote: VoteSettings) -> None:
        self._vote = vote
        self._resolution: Resolution | None = None
        self._presence: PresencePort | None = None
        self._position_us: int | None = None
        self._present = False

    def of(self, snapshot: Snapshot | None, feed: Feed, now_s: float) -> Moment:
        """The moment that a snapshot shows; without events nobody is there and nothing decided."""
        if snapshot is None or feed is not Feed.EVENTS:
            self._position_us, self._present = None, False
            return Moment(now_s, feed, present=False)
        self._look(snapshot)
        reading = snapshot.reading
        if reading is None:
            return Moment(now_s, feed, self._present)
        shares = shares_of(reading, self._vote)
        return Moment(now_s, feed, self._present, gesture_of(reading), shares)

    def _look(self, snapshot: Snapshot) -> None:
        before_us, self._position_us = self._position_us, snapshot.position_us
        if snapshot.info is None or snapshot.counts is None or snapshot.position_us is None:
            return
        if self._presence is None or self._resolution != snapshot.info.resolution:
            self._resolution = snapshot.info.resolution
            self._presence = Presence(self._resolution)
        if before_us is not None and not snapshot.restarted and snapshot.position_us > before_us:
            self._present = self._presence.push(snapshot.counts, snapshot.position_us - before_us)
