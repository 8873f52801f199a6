"""The default network, event by event; ``models.networks.conv_lif`` is its reference."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from models.compiling import compiled
from models.engine.delays import Ring, lose, spikes_before
from models.engine.held import Held
from models.engine.masks import Mask, list_set
from models.engine.neurons import lif_fire
from models.engine.record import Record, note_input, note_spikes
from models.engine.synapses import Synapses, Wiring, convolution, deliver, dense, reach_of

ONE = np.float32(1.0)
# Time constants from 1 to 665 ms, as in the reference.
LOG_TAU_RANGE = (0.0, 6.5)


class LifLayer(NamedTuple):
    """A layer's synapses with their ``delays`` in ticks (D,), and its neurons.

    ``drive`` and ``decay`` (N,) are those of a tick, ``v`` and ``charge`` (N,) membranes and what
    has come in, ``mask`` which neurons fire, ``fired`` the spikes of the last ticks.
    """

    synapses: Synapses
    delays: np.ndarray
    drive: np.ndarray
    decay: np.ndarray
    v: np.ndarray
    charge: np.ndarray
    mask: Mask
    fired: Ring


class Gain(NamedTuple):
    """The first layer's: ``rate`` (1,) follows the events of a tick, rate' = keep rate + part n,
    and the charge is multiplied by target / (rate' + floor)."""

    rate: np.ndarray
    keep: np.float32
    part: np.float32
    target: np.float32
    floor: np.float32


@compiled
def follow(gain: Gain, events: int) -> np.float32:
    """The factor of a tick with so many events."""
    gain.rate[0] = gain.rate[0] * gain.keep + np.float32(events) * gain.part
    return ONE / (gain.rate[0] + gain.floor) * gain.target


@compiled
def fire(layer: LifLayer, gain: np.float32, tick: int) -> np.ndarray:
    """Let the neurons of a layer fire at ``tick``: the places that did."""
    at = tick % layer.fired.counts.shape[0]
    lif_fire(layer.charge, gain, layer.drive, layer.decay, layer.v, layer.mask)
    spikes = list_set(layer.mask, layer.fired.places[at])
    layer.fired.counts[at] = spikes.shape[0]
    return spikes


@compiled
def hear(layer: LifLayer, before: Ring, tick: int) -> np.ndarray:
    """Let what the layer before fired arrive at ``tick``: the places that fire then."""
    for d in range(layer.delays.shape[0]):
        deliver(layer.synapses, d, spikes_before(before, tick, layer.delays[d]), layer.charge)
    return fire(layer, ONE, tick)


@compiled
def run_ticks(
    held: Held,
    first: int,
    starts: np.ndarray,
    places: np.ndarray,
    spikes: np.ndarray,
    operations: np.ndarray,
) -> None:
    """Ticks from number ``first`` on, whose events are places[starts[t] : starts[t + 1]]."""
    layers, gain = held.network
    stem, second, third, hidden, output = layers  # by name, as to pick one by number copies it
    record = Record(spikes, operations, held.notes)
    for t in range(starts.shape[0] - 1):
        events, tick = places[starts[t] : starts[t + 1]], first + t
        factor = follow(gain, events.shape[0])
        deliver(stem.synapses, 0, events, stem.charge)
        note_input(record, t, events)
        note_spikes(record, t, 0, fire(stem, factor, tick))
        note_spikes(record, t, 1, hear(second, stem.fired, tick))
        note_spikes(record, t, 2, hear(third, second.fired, tick))
        note_spikes(record, t, 3, hear(hidden, third.fired, tick))
        note_spikes(record, t, 4, hear(output, hidden.fired, tick))


def decays(log_tau: np.ndarray, lost_ms: float) -> np.ndarray:
    """What is left of membranes after ``lost_ms``, (C,) float32, computed in float64."""
    tau_ms = np.exp(np.clip(log_tau.astype(np.float64), *LOG_TAU_RANGE))
    return np.exp(-lost_ms / tau_ms).astype(np.float32)


def _layers(
    sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray], tick_ms: float,
    wirings: list[Wiring],
) -> Iterator[LifLayer]:  # fmt: skip
    delays = [[round(d / tick_ms) for d in layer] for layer in sizes["delays_ms"]]
    longest = [max(layer) for layer in delays[1:]] + [0]
    for i, wiring in enumerate(wirings):
        pixels = wiring.outputs**2
        neurons = pixels * wiring.width
        drive = weights[f"projections.{i}.drive"] * np.float32(tick_ms)
        yield LifLayer(
            wiring.synapses,
            np.array(delays[i], np.int64),
            np.tile(drive.astype(np.float32), pixels),
            np.tile(decays(weights[f"neurons.{i}.log_tau"], tick_ms), pixels),
            np.zeros(neurons, np.float32),
            np.zeros(neurons, np.float32),
            Mask.of(neurons),
            Ring.of(neurons, longest[i]),
        )


def _wirings(sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> Iterator[Wiring]:
    kernel, stride = sizes["stem"]
    sets = [len(delays) for delays in sizes["delays_ms"]]
    op = [weights[f"projections.{i}.op.weight"] for i in range(5)]
    before = convolution(op[0], 1, stride, kernel // 2, sizes["side"])
    yield before
    for i in (1, 2):
        before = convolution(op[i], sets[i], 2, 1, before.outputs)
        yield before
    yield dense(op[3], sets[3], before.outputs)
    yield dense(op[4], sets[4], 1)


class ConvLifEngine:
    """Streams one default network; its state goes on from call to call. See ``session.Engine``."""

    layer_names: tuple[str, ...] = ("conv1", "conv2", "conv3", "hidden", "output")

    def __init__(
        self, sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray], tick_ms: float
    ) -> None:
        keep = math.exp(-tick_ms / sizes["gain_ms"])
        self.gain = Gain(
            np.zeros(1, np.float32),
            np.float32(keep),
            np.float32((1.0 - keep) / tick_ms),
            np.float32(sizes["gain_target"]),
            np.float32(sizes["gain_floor"]),
        )
        self._gain_ms = sizes["gain_ms"]
        self._log_taus = [weights[f"neurons.{i}.log_tau"] for i in range(5)]
        wirings = list(_wirings(sizes, weights))
        self.shapes = [(wiring.outputs**2, wiring.width) for wiring in wirings]
        self.reach = reach_of(wirings)
        self.layers = tuple(_layers(sizes, weights, tick_ms, wirings))
        self.network = self.layers, self.gain
        self.run = run_ticks
        self.reset()

    def reset(self) -> None:
        """Forget everything seen so far."""
        self.gain.rate[:] = self.gain.target
        for layer in self.layers:
            layer.v[:] = 0.0
            layer.fired.counts[:] = 0

    def skip(self, lost_ms: float, lost_ticks: int, tick: int) -> None:
        """Leak over ``lost_ms`` without any charge, ``lost_ticks`` from the number ``tick`` on."""
        self.gain.rate[:] *= np.float32(math.exp(-lost_ms / self._gain_ms))
        for layer, log_tau in zip(self.layers, self._log_taus, strict=True):
            by_pixel = layer.v.reshape(-1, len(log_tau))
            by_pixel *= decays(log_tau, lost_ms)
            lose(layer.fired, tick, lost_ticks)
