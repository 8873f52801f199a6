"""What the gesture panel says about a snapshot, decided without any widget."""

from __future__ import annotations

from dataclasses import dataclass

from app.pipeline.snapshot import Snapshot
from app.recognition.decision import Recognition
from app.ui import figures
from app.ui.words import BROKEN, readable, waiting_for

NO_GESTURE = "none"
UNDECIDED, NO_SIGNAL, WAITING = "No decision", "No signal", "One moment"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``picture`` is a class id or ``none``; ``share`` is the filled part of the line."""

    picture: str
    name: str
    share: float
    caption: str

    @property
    def decided(self) -> bool:
        return self.picture != NO_GESTURE


def gesture_in(snapshot: Snapshot) -> int | None:
    """The class that is recognised now, none while undecided and without a signal."""
    if snapshot.recognition is None or snapshot.state in BROKEN:
        return None
    return snapshot.recognition.gesture


def verdict_on(snapshot: Snapshot, window_ms: int) -> Verdict:
    """The verdict of the newest decision."""
    recognition = snapshot.recognition
    if snapshot.state in BROKEN:
        return Verdict(NO_GESTURE, NO_SIGNAL, 0.0, "")
    if recognition is None:
        return _before_the_first(snapshot)
    if recognition.gesture is None:
        return _undecided(recognition, snapshot.classes)
    class_id = snapshot.classes[recognition.gesture]
    caption = f"sure, by the votes of the last {window_ms} ms"
    return Verdict(class_id, readable(class_id), recognition.share, caption)


def _before_the_first(snapshot: Snapshot) -> Verdict:
    if snapshot.loading is not None:
        return Verdict(NO_GESTURE, WAITING, 0.0, waiting_for(snapshot.loading))
    return Verdict(NO_GESTURE, UNDECIDED, 0.0, "")


def _undecided(recognition: Recognition, classes: tuple[str, ...]) -> Verdict:
    if not recognition.votes.any():
        return Verdict(NO_GESTURE, UNDECIDED, 0.0, "No gesture that the network knows")
    # The part of the votes, as the bars show it: how sure one may be is said of decisions only.
    leader = int(recognition.votes.argmax())
    share = float(recognition.votes[leader] / recognition.votes.sum())
    caption = f"{readable(classes[leader])} leads with {figures.share(share)}"
    return Verdict(NO_GESTURE, UNDECIDED, share, caption)
