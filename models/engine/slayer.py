"""SLAYER's network, event by event; ``models.networks.slayer`` is its reference."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from models.compiling import compiled
from models.engine.delays import Ring, lose
from models.engine.held import Held
from models.engine.masks import Mask
from models.engine.neurons import Srm, srm_fire
from models.engine.record import Record, note_input, note_spikes
from models.engine.synapses import (
    Runs,
    Synapses,
    Wiring,
    convolution,
    deliver,
    dense,
    reach_of,
)

POOL_WEIGHT = 1.1


class SrmLayer(NamedTuple):
    """A layer's synapses, either ``synapses`` or a sum pool where ``pool`` is set.

    A spike reaches the pool's neuron ``square`` (H W C,) of its place, ``delays`` (C,) ticks late
    by channel, and waits in ``underway`` until then. ``state`` (4, N) holds the filters p and q of
    eps, p and q of nu; ``charge`` (N,) what has come in; ``mask`` and ``fired`` are room for the
    places that fire.
    """

    synapses: Synapses
    pool: bool
    square: np.ndarray
    delays: np.ndarray
    underway: Ring
    state: np.ndarray
    charge: np.ndarray
    mask: Mask
    fired: np.ndarray


@compiled
def pool_later(layer: SrmLayer, tick: int, spikes: np.ndarray, weight: np.float32) -> None:
    """Charge the pool with each spike, or send it there by its channel's delay."""
    ring, channels = layer.underway, layer.delays.shape[0]
    for place in spikes:
        delay, square = layer.delays[place % channels], layer.square[place]
        if delay:
            at = (tick + delay) % ring.counts.shape[0]
            ring.places[at, ring.counts[at]] = square
            ring.counts[at] += 1
        else:
            layer.charge[square] += weight


@compiled
def pool_now(layer: SrmLayer, tick: int, weight: np.float32) -> None:
    """Charge the pool with the spikes that arrive at ``tick``."""
    ring = layer.underway
    at = tick % ring.counts.shape[0]
    for square in ring.places[at, : ring.counts[at]]:
        layer.charge[square] += weight
    ring.counts[at] = 0


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
    layers, srm, pool_weight = held.network
    record = Record(spikes, operations, held.notes)
    for t in range(starts.shape[0] - 1):
        arrived = places[starts[t] : starts[t + 1]]
        note_input(record, t, arrived)
        for i in range(len(layers)):
            layer = layers[i]
            if layer.pool:
                pool_later(layer, first + t, arrived, pool_weight)
                pool_now(layer, first + t, pool_weight)
            else:
                deliver(layer.synapses, 0, arrived, layer.charge)
            arrived = srm_fire(layer.charge, layer.state, srm, layer.mask, layer.fired)
            note_spikes(record, t, i, arrived)


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
        made = list(_layers(sizes, weights, tick_ms))
        self.layers = tuple(layer for layer, _ in made)
        self.shapes = [(wiring.outputs**2, wiring.width) for _, wiring in made]
        self.reach = reach_of([wiring for _, wiring in made])
        eps, nu = self._factors(tick_ms)
        threshold, rise = sizes["threshold"], math.e * tick_ms
        kick = -sizes["refractory_scale"] * threshold * rise / sizes["tau_ref_ms"]
        gain = rise / sizes["tau_s_ms"]
        srm = Srm(*(np.float32(value) for value in (threshold, gain, kick, eps, nu)))
        self.network = self.layers, srm, np.float32(POOL_WEIGHT * threshold)
        self.run = run_ticks
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
            slope, potential = layer.state[::2], layer.state[1::2]
            factors = np.array([eps, nu], np.float32)[:, None]
            potential[:] = (potential + np.float32(steps) * slope) * factors
            slope[:] *= factors
            lose(layer.underway, tick, lost_ticks)

    def _factors(self, tick_ms: float) -> tuple[float, float]:
        """What is left of eps and nu after a tick."""
        taus = self._sizes["tau_s_ms"], self._sizes["tau_ref_ms"]
        eps, nu = (math.exp(-tick_ms / tau) for tau in taus)
        return eps, nu


Made = tuple[SrmLayer, Wiring]


def _layers(
    sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray], tick_ms: float
) -> Iterator[Made]:
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


def _pool(side: int, pool: int, delays: np.ndarray) -> Made:
    """A pool's places are whole squares: its sides are powers of two."""
    channels, outputs = len(delays), side // pool
    row = np.arange(side) // pool
    pixels = row[:, None] * outputs + row
    square = pixels[..., None] * channels + np.arange(channels)
    nowhere = np.zeros(0, np.int32)
    none = Synapses(
        np.zeros(0, np.float32), channels, Runs(nowhere, nowhere, nowhere, nowhere, nowhere, 0)
    )
    wiring = Wiring(none, outputs, channels, np.ones(side * side * channels, np.int64))
    return _layer(wiring, square.reshape(-1).astype(np.int32), delays)


def _layer(
    wiring: Wiring, square: np.ndarray | None = None, delays: np.ndarray | None = None
) -> Made:
    neurons = wiring.outputs**2 * wiring.width
    square = np.zeros(0, np.int32) if square is None else square
    delays = np.zeros(0, np.int64) if delays is None else delays
    layer = SrmLayer(
        wiring.synapses,
        len(square) > 0,
        square,
        delays,
        Ring.of(len(square), int(delays.max(initial=0))),
        np.zeros((4, neurons), np.float32),
        np.zeros(neurons, np.float32),
        Mask.of(neurons),
        np.zeros(neurons, np.int32),
    )
    return layer, wiring
