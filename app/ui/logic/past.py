"""What every system at work has decided on the source that plays, beside the truth about it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.pipeline.snapshot import Reading, Snapshot
from app.recognition.record import DecisionRecord
from app.sources.contract import FileSpec, SourceInfo, SourceSpec
from app.ui.logic import figures
from app.ui.logic.blocks import Lane, Scale, decision_blocks, truth_blocks
from app.ui.logic.export import EVERY_US, records
from app.ui.logic.history import DecisionHistory
from app.ui.logic.language import translate
from app.ui.logic.ticks import clock_ticks, past_ticks
from app.ui.logic.truth import Truth, truth_beside
from app.ui.logic.words import readable, spelled
from models.naming import model_name

RECENT_US = 30_000_000
# A model's file and its classes, which change when a gesture is taught, named or forgotten.
Network = tuple[Path, tuple[str, ...]]


class Past:
    """``truth`` is empty where no file of labels lies beside the recording.

    Histories of a system end when it is no longer at work, and all of them with the source.
    """

    def __init__(self) -> None:
        self.truth = Truth()
        self.info: SourceInfo | None = None
        self._source: tuple[object, ...] = ()
        self._readings: tuple[Reading, ...] = ()
        self._histories: dict[Network, DecisionHistory] = {}

    def __bool__(self) -> bool:
        return any(self._histories.values())

    def add(self, snapshot: Snapshot, spec: SourceSpec | None) -> None:
        """Remember what was decided since the last snapshot, on the source that ``spec`` names."""
        self._follow_source(snapshot, spec)
        self._readings = snapshot.readings
        self._histories = {
            _network(each): self._histories.get(_network(each)) or DecisionHistory()
            for each in snapshot.readings
        }
        for each in snapshot.readings:
            self._histories[_network(each)].add(each.recognitions)

    def _follow_source(self, snapshot: Snapshot, spec: SourceSpec | None) -> None:
        self.info = info = snapshot.info
        source = (spec, info and info.name, info and info.start_us, info and info.stream)
        if source != self._source or (info is not None and info.is_live and snapshot.restarted):
            self._histories.clear()
        if source != self._source:
            self._source = source
            self.truth = truth_beside(Path(spec.path)) if isinstance(spec, FileSpec) else Truth()

    def can_be_whole(self, *, wanted: bool) -> bool:
        """Whether all of the recording is shown: if it is short, or ``wanted``."""
        info = self.info
        if info is None or info.is_live or info.duration_us is None:
            return False
        return wanted or info.duration_us <= RECENT_US

    def scale(self, now_us: int, width: int, *, whole: bool) -> Scale:
        """What ``width`` pixels show: all of the recording, or the last seconds before now."""
        if whole and self.info is not None:
            return Scale(self.info.start_us or 0, self.info.duration_us or 1, width)
        return Scale.ending(now_us, RECENT_US, width)

    def lanes(self, scale: Scale) -> list[Lane]:
        """The truth, if it is known, and what each system decided."""
        times_ms = scale.times_ms
        lanes, truth = [], None
        if self.truth.labels:
            truth = self.truth.at(times_ms)
            lanes.append(Lane(translate("window", "Truth"), tuple(truth_blocks(truth))))
        alone = translate("window", "Decided") if len(self._readings) == 1 else None
        for each in self._readings:
            decided = self._histories[_network(each)].gestures_at(times_ms)
            blocks = decision_blocks(decided, truth, each.spec.classes)
            lanes.append(Lane(alone or _name(each), tuple(blocks)))
        return lanes

    def winners(self, window_ms: int) -> np.ndarray:
        """(window_ms,) int16 the leading system's winners of the vote window, oldest first."""
        recognition = self._readings[0].recognition if self._readings else None
        if recognition is None:
            return np.zeros(0, np.int16)
        history = self._histories[_network(self._readings[0])]
        return history.winners_before(recognition.t_us, window_ms)

    def said_at(self, t_us: int) -> str:
        """Lines about one time: when it was, what was decided, what was true."""
        start_us = self.info.start_us or 0 if self.info is not None else 0
        truth = self.truth.name_at(t_us)
        lines = [figures.clock(t_us - start_us)]
        lines += [f"{_name(each)}: {self._decided(each, t_us, truth)}" for each in self._readings]
        if self.truth.labels:
            was = readable(truth) if truth else translate("window", "no gesture")
            lines.append(translate("window", "Truth: {0}").format(was))
        return "\n".join(lines)

    def _decided(self, reading: Reading, t_us: int, truth: str | None) -> str:
        decided = self._histories[_network(reading)].at(t_us)
        if decided is None:
            return translate("window", "not seen yet")
        if decided.gesture is None:
            if truth is None:
                return translate("window", "no decision")
            return translate("window", "no decision, missed")
        gesture = reading.spec.classes[decided.gesture]
        said = translate("window", "{0} ({1} sure)")
        said = said.format(readable(gesture), figures.share(decided.share))
        if truth is None:
            return said
        if gesture == truth:
            return translate("window", "{0}, right").format(said)
        return translate("window", "{0}, wrong").format(said)

    def records(self) -> list[DecisionRecord]:
        """What the leading system decided, once every 10 ms, in order of time."""
        if not self._readings:
            return []
        reading = self._readings[0]
        return records(self._histories[_network(reading)].sampled(EVERY_US), reading.spec.classes)


def ticks(scale: Scale, now_us: int, *, whole: bool) -> list[tuple[int, str]]:
    """Times to write below a strip: since the beginning, or before now."""
    return clock_ticks(scale) if whole else past_ticks(now_us, RECENT_US)


def _network(reading: Reading) -> Network:
    return reading.system.path, reading.spec.classes


def _name(reading: Reading) -> str:
    return spelled(model_name(reading.spec.name, reading.spec.system))
