"""Membranes read out of the engines between two ticks, for who watches one neuron.

What came in is not kept by the engines: it is what the membrane's change cannot explain otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np

from models.engine.conv_lif import ConvLifEngine
from models.engine.decolle import DecolleEngine
from models.engine.eedn import EednEngine
from models.engine.neurons import Srm
from models.engine.slayer import SlayerEngine, SrmLayer
from models.probe import NeuronTrace

# A response to one's own spike below this part of the threshold keeps from firing.
RESTING_PART = 0.1


class Sample(NamedTuple):
    """A neuron in one tick, see ``models.probe.NeuronTrace``."""

    charge: float
    v: float
    threshold: float
    spike: bool
    resting: bool


class Probe(Protocol):
    """Sees one neuron: ``begin`` before a tick, ``end`` after it."""

    def begin(self) -> None: ...

    def end(self) -> Sample: ...


def noted(samples: Sequence[Sample]) -> NeuronTrace:
    """Samples of consecutive ticks, at least one."""
    charge, v, threshold, spikes, resting = (np.array(each) for each in zip(*samples, strict=True))
    return NeuronTrace(charge, v, threshold, spikes.astype(np.uint8), resting.astype(np.uint8))


class _Lif:
    """A neuron of the default network, whose threshold is 1."""

    def __init__(self, engine: ConvLifEngine, layer: int, place: int) -> None:
        self._layer, self._place = engine.layers[layer], place
        self._before = 0.0

    def begin(self) -> None:
        self._before = float(self._layer.v[self._place] * self._layer.decay[self._place])

    def end(self) -> Sample:
        v, fired = float(self._layer.v[self._place]), bool(self._layer.mask.flags[self._place])
        return Sample(v + fired - self._before, v, 1.0, fired, False)


class _Srm:
    """A neuron of SLAYER's, in thresholds: the response to its spikes is its refractory time."""

    def __init__(self, engine: SlayerEngine, layer: int, place: int) -> None:
        self._layer: SrmLayer = engine.layers[layer]
        self._srm: Srm = engine.network[1]
        self._place = place
        self._slope = 0.0

    def begin(self) -> None:
        self._slope = float(self._layer.state[0, self._place]) * float(self._srm.decay_eps)

    def end(self) -> Sample:
        slope, eps, _, nu = self._layer.state[:, self._place].tolist()
        theta, v = float(self._srm.threshold), (eps + nu) / float(self._srm.threshold)
        fired = bool(self._layer.mask.flags[self._place])
        charge = (slope - self._slope) / float(self._srm.gain) / theta
        return Sample(charge, v, 1.0, fired, -nu > RESTING_PART * theta)


class _Decolle:
    """A place of a pooled map of DECOLLE's: the neuron of its square that is nearest to firing.

    Its threshold is the trace of its own spikes.
    """

    def __init__(self, engine: DecolleEngine, layer: int, place: int) -> None:
        self._layer = engine.layers[layer]
        self._rate = float(engine.network[2][0])
        square = self._layer.square
        self._members = np.flatnonzero(square == place) if len(square) else np.array([place])
        self._q = self._r = np.zeros(len(self._members))

    def begin(self) -> None:
        traces = self._layer.traces
        self._q, self._r = (trace[self._members].astype(float) for trace in (traces.q, traces.r))

    def end(self) -> Sample:
        members, traces = self._members, self._layer.traces
        v = (traces.p[members] + self._layer.bias[members]).astype(float)
        nearest = int(np.argmax(v - self._r))
        q = float(traces.q[members[nearest]])
        charge = self._q[nearest] + (q - self._q[nearest]) / self._rate
        fired = bool(self._layer.mask.flags[members].any())
        return Sample(charge, float(v[nearest]), float(self._r[nearest]), fired, False)


class _ReadOut:
    """A class of DECOLLE's read-out, which says that it is this one while it is the highest."""

    def __init__(self, engine: DecolleEngine, place: int) -> None:
        self._readout, self._place = engine.readout, place
        self._before = 0.0

    def begin(self) -> None:
        self._before = float(self._readout.mean[self._place])

    def end(self) -> Sample:
        mean, threshold = self._readout.mean, float(self._readout.threshold)
        v = float(mean[self._place])
        fired = v > threshold and int(np.argmax(mean)) == self._place
        charge = self._before + (v - self._before) / float(self._readout.rate)
        return Sample(charge, v, threshold, fired, False)


class _Trinary:
    """A neuron of Eedn's, without memory: its membrane is what comes in, and fires where that is
    enough."""

    def __init__(self, engine: EednEngine, layer: int, place: int) -> None:
        self._layer = engine.layers[layer - 1]
        (self._place,) = np.flatnonzero(self._layer.known_as == place)

    def begin(self) -> None:
        pass

    def end(self) -> Sample:
        total, threshold = (
            float(each[self._place]) for each in (self._layer.total, self._layer.threshold)
        )
        return Sample(total, total, threshold, bool(self._layer.on[self._place]), False)


class _Trace:
    """A neuron of Eedn's cascade: the trace of one place's events, and the level it is held to."""

    def __init__(self, engine: EednEngine, place: int) -> None:
        self._cascade = engine.cascade
        cells, levels = self._cascade.traces.shape[1], len(self._cascade.levels)
        (self._neuron,) = np.flatnonzero(self._cascade.known_as == place)
        stage_level, self._cell = divmod(int(self._neuron), cells)
        self._stage, self._level = divmod(stage_level, levels)
        self._before = 0.0

    def begin(self) -> None:
        decay = self._cascade.decays[self._stage]
        self._before = float(self._cascade.traces[self._stage, self._cell] * decay)

    def end(self) -> Sample:
        v = float(self._cascade.traces[self._stage, self._cell])
        threshold = float(self._cascade.levels[self._level])
        on = bool(self._cascade.on[self._neuron])
        return Sample(v - self._before, v, threshold, on, False)


def decolle(engine: DecolleEngine, layer: int, place: int) -> Probe:
    is_output = layer == len(engine.layers)
    return _ReadOut(engine, place) if is_output else _Decolle(engine, layer, place)


def eedn(engine: EednEngine, layer: int, place: int) -> Probe:
    return _Trinary(engine, layer, place) if layer else _Trace(engine, place)


# A neuron of these systems is read alike in every layer.
conv_lif, slayer = _Lif, _Srm
