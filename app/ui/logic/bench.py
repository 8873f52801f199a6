"""Four neurons side by side on one drive: the last two seconds of what they did. Knows no Qt.

pieces  ->  charge of each tick  x  gain  =  drive in mV per ms  ->  IF, LIF, SRM, Hodgkin-Huxley
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from app.recognition.watching import Neuron, Watch, Watched
from models.neurons.single import (
    SAMPLES,
    Constants,
    Course,
    Hh,
    If,
    Lif,
    Srm,
    at_rest,
    walk,
)
from models.probe import NeuronTrace

KEPT_MS = 2_000.0
KINDS: tuple[type[Constants], ...] = (If, Lif, Srm, Hh)
LEAST_GAIN, MOST_GAIN, FIRST_GAIN = 0.01, 100.0, 3.0
# A gain fits where the mean drive would hold the leaky neuron at so many thresholds.
LIVELY = 2.5
# And yet a single kick, all but the rarest, stays below this part of the threshold, or nothing
# would be seen to add up.
KICK_PART, COMMON_KICKS = 0.35, 90
# A mean of less than this is no basis for a gain.
FITTING_MS = 400.0


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of the last ticks, newest last: ``charge`` (T,), and courses by kind.

    ``trace`` is the neuron of the network that is watched, if it has a membrane.
    """

    tick_ms: float
    charge: np.ndarray
    courses: dict[type[Constants], Course]
    trace: NeuronTrace | None


class Bench:
    """Takes what is watched and leads four neurons through it; another gain begins them anew."""

    def __init__(self) -> None:
        self.constants: dict[type[Constants], Constants] = {kind: kind() for kind in KINDS}
        self.gain = FIRST_GAIN
        self.watch: Watch | None = None
        self._tick_ms = 1.0
        self._fits = False
        self.clear()

    def clear(self) -> None:
        """Forget what was, as another time or another thing to watch has begun."""
        self._end_us: int | None = None
        self._charge = np.zeros(0)
        self._trace: NeuronTrace | None = None
        self._begin_courses()

    def add(self, piece: Watched) -> None:
        """Go on with what was watched; a piece that does not follow the last one begins anew."""
        if piece.watch != self.watch or piece.t_us != self._end_us:
            self.clear()
            self._fits = self._fits and piece.watch == self.watch
            self.watch, self._tick_ms = piece.watch, piece.tick_us / 1000
        self._end_us = piece.end_us
        self._charge = self._trimmed(np.concatenate([self._charge, piece.charge]))
        self._trace = self._joined(self._trace, piece.trace)
        self._lead(piece.charge)
        if not self._fits and len(self._charge) * self._tick_ms >= FITTING_MS:
            self._fits = self.fit()

    def set_gain(self, gain: float) -> None:
        """What one unit of charge would lift a membrane by, in mV."""
        self.gain = min(max(gain, LEAST_GAIN), MOST_GAIN)
        self._fits = True  # whoever has chosen wants no other
        self._again()

    def set_constants(self, constants: Constants) -> None:
        """Replace a kind of neuron by one with other constants, which has seen the same."""
        self.constants[type(constants)] = constants
        self._again()

    def reset(self) -> None:
        """Constants and gain as in the beginning."""
        self.constants = {kind: kind() for kind in KINDS}
        self._again()
        self._fits = self.fit()

    def fit(self) -> bool:
        """Choose a gain at which neurons fire now and then; false if too little came in."""
        lif, kicks = Lif(), self._charge[self._charge != 0.0]
        mean = float(np.maximum(kicks, 0.0).sum()) / max(len(self._charge), 1) / self._tick_ms
        if mean <= 0.0:
            return False
        lively = LIVELY * lif.threshold_mv / lif.tau_ms / mean
        most = KICK_PART * lif.threshold_mv / float(np.percentile(np.abs(kicks), COMMON_KICKS))
        self.set_gain(float(f"{min(lively, most):.2g}"))
        return True

    @property
    def kept(self) -> Kept:
        """What is known, at most ``KEPT_MS`` of it."""
        return Kept(self._tick_ms, self._charge, dict(self._courses), self._trace)

    def newest(self, span_s: float) -> Kept:
        """The last ``span_s`` of it."""
        kept, ticks = self.kept, round(1000 * span_s / self._tick_ms)
        courses = {
            kind: Course(*(each[-ticks:] for each in course))
            for kind, course in kept.courses.items()
        }
        trace = kept.trace
        if trace is not None:
            trace = NeuronTrace(*(getattr(trace, each.name)[-ticks:] for each in fields(trace)))
        return Kept(kept.tick_ms, kept.charge[-ticks:], courses, trace)

    @property
    def watches_neuron(self) -> bool:
        return isinstance(self.watch, Neuron)

    def _begin_courses(self) -> None:
        self._states = {kind: at_rest() for kind in KINDS}
        nothing = Course(np.zeros((0, SAMPLES)), np.zeros(0, np.uint8), np.zeros(0, np.uint8))
        self._courses = dict.fromkeys(KINDS, nothing)

    def _again(self) -> None:
        """Lead all through what is known, from rest."""
        self._begin_courses()
        self._lead(self._charge)

    def _lead(self, charge: np.ndarray) -> None:
        drive = charge * (self.gain / self._tick_ms)
        for kind in KINDS:
            new = walk(drive, self._tick_ms, self.constants[kind], self._states[kind])
            joined = map(np.concatenate, zip(self._courses[kind], new, strict=True))
            self._courses[kind] = Course(*map(self._trimmed, joined))

    def _joined(self, old: NeuronTrace | None, new: NeuronTrace | None) -> NeuronTrace | None:
        if old is None or new is None:
            return new
        pairs = ((getattr(old, each.name), getattr(new, each.name)) for each in fields(old))
        return NeuronTrace(*(self._trimmed(np.concatenate(pair)) for pair in pairs))

    def _trimmed(self, values: np.ndarray) -> np.ndarray:
        return values[-round(KEPT_MS / self._tick_ms) :]
