"""What the gesture panel says about a snapshot, decided without any widget."""

from __future__ import annotations

from dataclasses import dataclass

from app.pipeline.snapshot import PipelineState, Reading, Snapshot
from app.recognition.decision import Recognition
from app.recognition.rule import VoteRule
from app.settings import VoteSettings
from app.ui.logic import figures
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.words import BROKEN, readable, sense_of, waiting_for

NO_GESTURE = "none"
UNDECIDED = QT_TRANSLATE_NOOP("window", "No decision")
NO_SIGNAL = QT_TRANSLATE_NOOP("window", "No signal")
WAITING = QT_TRANSLATE_NOOP("window", "One moment")
WARMING_UP = QT_TRANSLATE_NOOP("window", "Warming up")
PREPARING = QT_TRANSLATE_NOOP("window", "The network is made ready …")
TOO_SLOW = QT_TRANSLATE_NOOP("window", "This machine is too slow")
SILENT = QT_TRANSLATE_NOOP("window", "No events are coming in")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``picture`` is a class id or ``none``. ``share`` is the part of the voting window that is
    filled by the votes of the leading class, ``needed`` the part that decides, none if there is
    nothing to decide on; ``figure`` says the same in words, and ``tip`` how sure that is."""

    picture: str
    name: str
    caption: str = ""
    share: float = 0.0
    needed: float | None = None
    figure: str = ""
    tip: str = ""

    @property
    def decided(self) -> bool:
        return self.picture != NO_GESTURE


def gesture_in(snapshot: Snapshot) -> int | None:
    """The class that is recognised now, none while undecided and without a signal."""
    if snapshot.recognition is None or snapshot.state in BROKEN:
        return None
    return snapshot.recognition.gesture


def is_silent(snapshot: Snapshot) -> bool:
    """Whether a live source sends nothing; how quick this machine is no longer matters then."""
    is_live = snapshot.info is not None and snapshot.info.is_live
    return is_live and not snapshot.stats.event_rate


def verdict_on(snapshot: Snapshot, vote: VoteSettings) -> Verdict:
    """The verdict of the newest decision."""
    reading = snapshot.reading
    if snapshot.state in BROKEN:
        return _nothing(NO_SIGNAL)
    if reading is None or reading.recognition is None:
        return _before_the_first(snapshot)
    if reading.recognition.gesture is None and is_silent(snapshot):
        return _nothing(UNDECIDED, translate("window", SILENT))
    if reading.recognition.gesture is None and snapshot.too_slow is not None:
        return _nothing(UNDECIDED, translate("window", TOO_SLOW))
    rule = VoteRule.of(reading.spec, vote)
    if reading.recognition.warming_up:
        needs_ms = rule.ready_after * reading.spec.tick_us // 1_000
        needs = translate("window", "The network needs to see {0} ms first").format(needs_ms)
        return _nothing(WARMING_UP, needs)
    if reading.recognition.gesture is None:
        return _undecided(reading.recognition, rule, snapshot.classes)
    return _decided(reading, reading.recognition, rule)


def _before_the_first(snapshot: Snapshot) -> Verdict:
    if snapshot.loading is not None:
        return _nothing(WAITING, waiting_for(snapshot.loading))
    if snapshot.state is PipelineState.PLAYING:
        return _nothing(WARMING_UP, translate("window", PREPARING))
    return _nothing(UNDECIDED)


def _nothing(name: str, caption: str = "") -> Verdict:
    return Verdict(NO_GESTURE, translate("window", name), caption)


def _decided(reading: Reading, recognition: Recognition, rule: VoteRule) -> Verdict:
    class_id = reading.spec.classes[recognition.gesture or 0]
    count, total = int(recognition.votes.max()), int(recognition.votes.sum())
    needed = rule.needed(total)
    sure = translate("window", "In tests, {0} of decisions with such a lead were right.")
    return Verdict(
        class_id,
        readable(class_id),
        sense_of(class_id) or translate("window", "{0} votes are needed").format(needed),
        count / rule.window_ticks,
        needed / rule.window_ticks,
        translate("window", "{0} of {1} votes").format(count, rule.window_ticks),
        sure.format(figures.share(recognition.share)) if reading.spec.calibration else "",
    )


def _undecided(recognition: Recognition, rule: VoteRule, classes: tuple[str, ...]) -> Verdict:
    votes = recognition.votes.tolist()
    if not any(votes):
        return _nothing(UNDECIDED, translate("window", "No gesture that the network knows"))
    count, needed = max(votes), rule.needed(sum(votes))
    leaders = [readable(classes[index]) for index, own in enumerate(votes) if own == count]
    if len(leaders) > 1 and count >= needed:
        caption = translate("window", "{0} and {1} are level").format(*leaders[:2])
    else:
        caption = translate("window", "{0} has {1} of {2} votes needed")
        caption = caption.format(leaders[0], count, needed)
    name = translate("window", UNDECIDED)
    return Verdict(NO_GESTURE, name, caption, count / rule.window_ticks, needed / rule.window_ticks)
