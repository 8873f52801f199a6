"""DECOLLE, event by event; ``models.networks.decolle`` is its reference."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from models.compiling import compiled
from models.engine.fused import lerp
from models.engine.held import Held
from models.engine.masks import Mask, list_set
from models.engine.neurons import Traces, decolle_fire
from models.engine.record import Record, note_input, note_spikes
from models.engine.synapses import Synapses, convolution, deliver


class DecolleLayer(NamedTuple):
    """A convolution and its neurons: ``scale``, ``bias``, traces and ``charge`` (N,).

    A place of the pooled map fires if one of the neurons does whose ``square`` (N,) it is; neurons
    outside every square have -1. ``mask`` and ``fired`` are room for neurons, ``pooled`` and
    ``pooled_fired`` for places of the pooled map, if there is one.
    """

    synapses: Synapses
    scale: np.ndarray
    bias: np.ndarray
    traces: Traces
    charge: np.ndarray
    square: np.ndarray
    mask: Mask
    fired: np.ndarray
    pooled: Mask
    pooled_fired: np.ndarray


class ReadOut(NamedTuple):
    """Of the layer ``deciding``: ``weight`` (N, classes) by place, ``bias``, the ``mean`` so far
    and how far it goes towards each tick's read-out, and the ``threshold`` to be above."""

    deciding: int
    weight: np.ndarray
    bias: np.ndarray
    mean: np.ndarray
    rate: np.float32
    threshold: np.float32


@compiled
def decide(readout: ReadOut, spikes: np.ndarray) -> int:
    """The class with the highest mean read-out, or -1 if it is not above the threshold."""
    said = readout.bias.copy()
    for place in spikes:
        row = readout.weight[place]
        for c in range(said.shape[0]):
            said[c] += row[c]
    best = 0
    for c in range(said.shape[0]):
        readout.mean[c] = lerp(readout.mean[c], said[c], readout.rate)
        if readout.mean[c] > readout.mean[best]:
            best = c
    return best if readout.mean[best] > readout.threshold else -1


@compiled
def pool(layer: DecolleLayer) -> np.ndarray:
    """The places of the pooled map that fire."""
    fired = list_set(layer.mask, layer.fired)
    if not layer.square.shape[0]:
        return fired
    flags = layer.pooled.flags
    flags[:] = 0
    for place in fired:
        if layer.square[place] >= 0:
            flags[layer.square[place]] = 1
    return list_set(layer.pooled, layer.pooled_fired)


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
    layers, readout, rates = held.network
    record = Record(spikes, operations, held.notes)
    for t in range(starts.shape[0] - 1):
        arrived = places[starts[t] : starts[t + 1]]
        note_input(record, t, arrived)
        winner = -1
        for i in range(len(layers)):
            layer = layers[i]
            deliver(layer.synapses, 0, arrived, layer.charge)
            decolle_fire(layer.charge, layer.scale, layer.bias, layer.traces, rates, layer.mask)
            arrived = pool(layer)
            note_spikes(record, t, i, arrived)
            if i == readout.deciding:
                winner = decide(readout, arrived)
        if winner >= 0:
            # The last neurons of all are the output's, one for each class.
            spikes[t, spikes.shape[1] - readout.bias.shape[0] + winner] = 1


class DecolleEngine:
    """Streams one DECOLLE network; its state goes on from call to call. See ``session.Engine``."""

    def __init__(
        self, sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray], tick_ms: float
    ) -> None:
        self._sizes = sizes
        self._tick_ms = tick_ms
        made = list(_layers(sizes, weights, tick_ms))
        self.layers = tuple(layer for layer, _, _ in made)
        shapes = [shape for _, shape, _ in made]
        self.layer_names: tuple[str, ...] = (
            *(f"conv{i + 1}" for i in range(len(self.layers))),
            "output",
        )
        self.readout = _readout(sizes, weights, tick_ms, shapes)
        self.shapes = [*shapes, (1, len(self.readout.bias))]
        reach = [reach for *_, reach in made] + [np.zeros(math.prod(shapes[-1]), np.int64)]
        reach[self.readout.deciding + 1] += np.count_nonzero(self.readout.weight, axis=1)
        self.reach = np.concatenate([*reach, np.zeros(len(self.readout.bias), np.int64)])
        rates = np.array(trace_rates(sizes, tick_ms), np.float32)
        self.network = self.layers, self.readout, rates
        self.run = run_ticks
        self.reset()

    def reset(self) -> None:
        """Forget everything seen so far."""
        self.readout.mean[:] = 0.0
        for layer in self.layers:
            for trace in layer.traces:
                trace[:] = 0.0

    def skip(self, lost_ms: float, lost_ticks: int, tick: int) -> None:
        """Traces over ``lost_ms`` without input or spike; nothing is delayed here."""
        one, lost = trace_rates(self._sizes, self._tick_ms), trace_rates(self._sizes, lost_ms)
        handed = one[1] * (lost[0] - lost[1]) / (one[0] - one[1])
        for layer in self.layers:
            q, p, r = layer.traces
            p[:] = p * np.float32(1 - lost[1]) + q * np.float32(handed)
            q *= np.float32(1 - lost[0])
            r *= np.float32(1 - lost[2])
        self.readout.mean[:] *= np.float32(1 - _readout_rate(self._sizes, lost_ms))


def trace_rates(sizes: Mapping[str, Any], dt_ms: float) -> tuple[float, float, float]:
    """The part of the way to its input that each of Q, P and R goes in ``dt_ms``."""
    return 1 - sizes["beta"] ** dt_ms, 1 - sizes["alpha"] ** dt_ms, 1 - sizes["gamma"] ** dt_ms


def _readout_rate(sizes: Mapping[str, Any], dt_ms: float) -> float:
    smooth = math.exp(-dt_ms / sizes["smooth_ms"]) if sizes["smooth_ms"] else 0.0
    return 1 - smooth


Made = tuple[
    DecolleLayer, tuple[int, int], np.ndarray
]  # with its pooled places, channels and reach


def _layers(
    sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray], tick_ms: float
) -> Iterator[Made]:
    side = sizes["side"]
    for i, (kernel, stride, pool) in enumerate(
        zip(sizes["kernels"], sizes["strides"], sizes["pools"], strict=True)
    ):
        wiring = convolution(weights[f"stack.{i}.op.weight"], 1, stride, kernel // 2, side)
        gain, bias = weights[f"stack.{i}.gain"], weights[f"stack.{i}.bias"]
        pixels, side = wiring.outputs**2, wiring.outputs // pool
        neurons, pooled = pixels * len(gain), side**2 * len(gain)
        layer = DecolleLayer(
            wiring.synapses,
            np.tile((gain / np.float32(1.0 if i else tick_ms)).astype(np.float32), pixels),
            np.tile(bias.astype(np.float32), pixels),
            Traces(*(np.zeros(neurons, np.float32) for _ in Traces._fields)),
            np.zeros(neurons, np.float32),
            _squares(wiring.outputs, pool, len(gain)),
            Mask.of(neurons),
            np.zeros(neurons, np.int32),
            Mask.of(pooled),
            np.zeros(pooled, np.int32),
        )
        yield layer, (side**2, len(gain)), wiring.reach


def _squares(side: int, pool: int, channels: int) -> np.ndarray:
    """The place of each neuron on the pooled map, -1 beyond its edges; none without pooling."""
    if pool == 1:
        return np.zeros(0, np.int32)
    pooled = side // pool
    row = np.arange(side) // pool
    pixels = row[:, None] * pooled + row
    square = pixels[..., None] * channels + np.arange(channels)
    beyond = (row >= pooled)[:, None] | (row >= pooled)
    return np.where(beyond[..., None], -1, square).reshape(-1).astype(np.int32)


def _readout(
    sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray], tick_ms: float,
    shapes: Sequence[tuple[int, int]],
) -> ReadOut:  # fmt: skip
    deciding = range(len(shapes))[sizes["deciding"]]
    places, channels = shapes[deciding]
    weight, bias = (weights[f"stack.{deciding}.readout_{part}"] for part in ("weight", "bias"))
    by_place = weight.reshape(len(bias), channels, places).transpose(2, 1, 0)
    rate = _readout_rate(sizes, tick_ms)
    return ReadOut(
        deciding,
        np.ascontiguousarray(by_place.reshape(-1, len(bias)), np.float32),
        np.ascontiguousarray(bias, np.float32),
        np.zeros(len(bias), np.float32),
        np.float32(rate),
        np.float32(sizes["threshold"]),
    )
