"""SLAYER's network, event by event; ``models.networks.slayer`` is its reference."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from models.engine.compiling import compiled
from models.engine.delays import Ring, lose
from models.engine.neurons import srm_fire
from models.engine.record import Record, note_input, note_spikes
from models.engine.synapses import Synapses, convolution, deliver, dense, reached

POOL_WEIGHT = 1.1


class Srm(NamedTuple):
    """Constants of the neurons in a tick: charge gain, kick and factors of eps and nu."""

    threshold: np.float32
    gain: np.float32
    kick: np.float32
    decay_eps: np.float32
    decay_nu: np.float32


class Layer(NamedTuple):
    """A layer's synapses, either ``synapses`` or a sum pool over ``pool`` x ``pool`` places.

    A pool's spikes come ``delays`` (C,) ticks late, by channel, and wait in ``underway`` until
    then. ``state`` (P, 4, C) holds the filters p and q of eps, p and q of nu; ``charge`` (P, C)
    what has come in; ``fired`` is room for the places that fire.
    """

    synapses: Synapses
    pool: int
    delays: np.ndarray
    underway: Ring
    state: np.ndarray
    charge: np.ndarray
    fired: np.ndarray


@compiled
def pool_later(layer: Layer, tick: int, spikes: np.ndarray) -> None:
    """Send each spike to the place that its square has in the pool, by its channel's delay."""
    ring, channels = layer.underway, layer.delays.shape[0]
    inputs, side = layer.synapses.inputs, layer.synapses.outputs
    for place in spikes:
        pixel, channel = place // channels, place % channels
        square = pixel // inputs // layer.pool * side + pixel % inputs // layer.pool
        at = (tick + layer.delays[channel]) % ring.counts.shape[0]
        ring.places[at, ring.counts[at]] = square * channels + channel
        ring.counts[at] += 1


@compiled
def pool_now(layer: Layer, tick: int, weight: np.float32) -> None:
    """Charge the pool with the spikes that arrive at ``tick``."""
    ring, channels = layer.underway, layer.delays.shape[0]
    at = tick % ring.counts.shape[0]
    for place in ring.places[at, : ring.counts[at]]:
        layer.charge[place // channels, place % channels] += weight
    ring.counts[at] = 0


@compiled
def run_ticks(
    layers: tuple[Layer, ...],
    srm: Srm,
    pool_weight: np.float32,
    first: int,
    starts: np.ndarray,
    places: np.ndarray,
    record: Record,
) -> None:
    """Ticks from number ``first`` on, whose events are places[starts[t] : starts[t + 1]]."""
    for t in range(starts.shape[0] - 1):
        spikes = places[starts[t] : starts[t + 1]]
        note_input(record, t, spikes)
        for i in range(len(layers)):
            layer = layers[i]
            if layer.pool:
                pool_later(layer, first + t, spikes)
                pool_now(layer, first + t, pool_weight)
            else:
                deliver(layer.synapses, 0, spikes, layer.charge)
            spikes = srm_fire(
                layer.charge, layer.state, layer.fired, srm.threshold, srm.gain, srm.kick,
                srm.decay_eps, srm.decay_nu,
            )  # fmt: skip
            note_spikes(record, t, i, spikes)


class SlayerEngine:
    """Streams one SLAYER network; its state goes on from call to call. See ``session.Engine``."""

    def __init__(
        self, sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray], tick_ms: float
    ) -> None:
        self._sizes, self._tick_ms = sizes, tick_ms
        first = ("pool0",) if sizes["pool"] > 1 else ()
        self.layer_names: tuple[str, ...] = (
            *first,
            "conv1",
            "pool1",
            "conv2",
            "pool2",
            "hidden",
            "output",
        )
        self.layers = tuple(_layers(sizes, weights, tick_ms))
        eps, nu = self._factors(tick_ms)
        threshold, rise = sizes["threshold"], math.e * tick_ms
        kick = -sizes["refractory_scale"] * threshold * rise / sizes["tau_ref_ms"]
        gain = rise / sizes["tau_s_ms"]
        self._srm = Srm(*(np.float32(value) for value in (threshold, gain, kick, eps, nu)))
        self._pool_weight = np.float32(POOL_WEIGHT * threshold)
        self.reset()

    def reset(self) -> None:
        """Forget everything seen so far."""
        for layer in self.layers:
            layer.state[:] = 0.0
            layer.underway.counts[:] = 0

    def skip(self, lost_ms: float, lost_ticks: int, tick: int) -> None:
        """Filters over ``lost_ms`` without charge, ``lost_ticks`` from the number ``tick`` on."""
        steps = lost_ms / self._tick_ms
        eps, nu = (np.float32(a) ** np.float32(steps) for a in self._factors(self._tick_ms))
        for layer in self.layers:
            slope, potential = layer.state[:, ::2], layer.state[:, 1::2]
            factors = np.array([eps, nu], np.float32)[None, :, None]
            potential[:] = (potential + np.float32(steps) * slope) * factors
            slope[:] *= factors
            lose(layer.underway, tick, lost_ticks)

    def run(self, first: int, starts: np.ndarray, places: np.ndarray, record: Record) -> None:
        """Ticks from number ``first`` on; see ``run_ticks``."""
        run_ticks(self.layers, self._srm, self._pool_weight, first, starts, places, record)

    @property
    def shapes(self) -> list[tuple[int, ...]]:
        """Places and channels of each layer."""
        return [layer.charge.shape for layer in self.layers]

    def reach(self, side: int) -> np.ndarray:
        """The nonzero synapses that each input place and then each neuron reaches, (N,) int64."""
        inputs = [2 * side * side, *(layer.charge.size for layer in self.layers)]
        maps = [
            np.ones(size, np.int64) if layer.pool else reached(layer.synapses)
            for size, layer in zip(inputs, self.layers, strict=False)
        ]
        return np.concatenate([*maps, np.zeros(inputs[-1], np.int64)])

    def _factors(self, tick_ms: float) -> tuple[float, float]:
        """What is left of eps and nu after a tick."""
        taus = self._sizes["tau_s_ms"], self._sizes["tau_ref_ms"]
        eps, nu = (math.exp(-tick_ms / tau) for tau in taus)
        return eps, nu


def _layers(
    sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray], tick_ms: float
) -> Iterator[Layer]:
    side = sizes["side"] // sizes["pool"]
    if sizes["pool"] > 1:
        yield _pool(sizes["side"], sizes["pool"], np.zeros(2, np.int64))
    yield _layer(convolution(weights["synapses.conv1.op.weight"], 1, 1, 2, side))
    yield _pool(side, 2, _steps(weights["synapses.pool1.delay_ms"], tick_ms))
    yield _layer(convolution(weights["synapses.conv2.op.weight"], 1, 1, 1, side // 2))
    yield _pool(side // 2, 2, _steps(weights["synapses.pool2.delay_ms"], tick_ms))
    yield _layer(dense(weights["synapses.hidden.op.weight"], 1, side // 4))
    yield _layer(dense(weights["synapses.output.op.weight"], 1, 1))


def _steps(delay_ms: np.ndarray, tick_ms: float) -> np.ndarray:
    return np.floor(delay_ms / np.float32(tick_ms)).astype(np.int64)


def _pool(side: int, pool: int, delays: np.ndarray) -> Layer:
    nothing = np.zeros((1, 1, 1, 1, len(delays)), np.float32)
    synapses = Synapses(nothing, pool, 0, side, side // pool)
    return _layer(synapses, pool, delays, side * side * len(delays))


def _layer(
    synapses: Synapses, pool: int = 0, delays: np.ndarray | None = None, inputs: int = 0
) -> Layer:
    delays = np.zeros(0, np.int64) if delays is None else delays
    places, channels = synapses.outputs**2, synapses.weight.shape[-1]
    return Layer(
        synapses,
        pool,
        delays,
        Ring.of(inputs, int(delays.max(initial=0))),
        np.zeros((places, 4, channels), np.float32),
        np.zeros((places, channels), np.float32),
        np.zeros(places * channels, np.int32),
    )
