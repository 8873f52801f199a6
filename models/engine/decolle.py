"""DECOLLE, event by event; ``models.networks.decolle`` is its reference."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from models.engine.compiling import compiled
from models.engine.fused import lerp
from models.engine.neurons import Traces, decolle_fire
from models.engine.record import Record, note_input, note_spikes
from models.engine.synapses import Synapses, convolution, deliver, reached


class Layer(NamedTuple):
    """A convolution and its neurons: ``scale`` and ``bias`` (C,), traces and ``charge`` (P, C).

    A place of the pooled map fires if one of its ``pool`` x ``pool`` neurons does. ``on`` (P', C)
    is room for that, ``fired`` lists the pooled places.
    """

    synapses: Synapses
    scale: np.ndarray
    bias: np.ndarray
    traces: Traces
    charge: np.ndarray
    pool: int
    on: np.ndarray
    fired: np.ndarray


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
def run_ticks(
    layers: tuple[Layer, ...],
    readout: ReadOut,
    rates: np.ndarray,
    first: int,
    starts: np.ndarray,
    places: np.ndarray,
    record: Record,
) -> None:
    """Ticks from number ``first`` on, whose events are places[starts[t] : starts[t + 1]]."""
    for t in range(starts.shape[0] - 1):
        spikes = places[starts[t] : starts[t + 1]]
        note_input(record, t, spikes)
        winner = -1
        for i in range(len(layers)):
            layer = layers[i]
            deliver(layer.synapses, 0, spikes, layer.charge)
            spikes = decolle_fire(
                layer.charge, layer.scale, layer.bias, layer.traces, rates, layer.synapses.outputs,
                layer.pool, layer.on, layer.fired,
            )  # fmt: skip
            note_spikes(record, t, i, spikes)
            if i == readout.deciding:
                winner = decide(readout, spikes)
        if winner >= 0:
            # The last neurons of all are the output's, one for each class.
            record.spikes[t, record.spikes.shape[1] - readout.bias.shape[0] + winner] = 1


class DecolleEngine:
    """Streams one DECOLLE network; its state goes on from call to call. See ``session.Engine``."""

    def __init__(
        self, sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray], tick_ms: float
    ) -> None:
        self._sizes = sizes
        self._tick_ms = tick_ms
        self.layers = tuple(_layers(sizes, weights, tick_ms))
        self.layer_names: tuple[str, ...] = (
            *(f"conv{i + 1}" for i in range(len(self.layers))),
            "output",
        )
        self._rates = np.array(trace_rates(sizes, tick_ms), np.float32)
        self.readout = _readout(sizes, weights, tick_ms, self.layers)
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

    def run(self, first: int, starts: np.ndarray, places: np.ndarray, record: Record) -> None:
        """Ticks from number ``first`` on; see ``run_ticks``."""
        run_ticks(self.layers, self.readout, self._rates, first, starts, places, record)

    @property
    def shapes(self) -> list[tuple[int, ...]]:
        """Places and channels of each layer, pooled, and of the output."""
        return [*(layer.on.shape for layer in self.layers), (1, len(self.readout.bias))]

    def reach(self, side: int) -> np.ndarray:
        """The nonzero synapses that each input place and then each neuron reaches, (N,) int64."""
        maps = [reached(layer.synapses) for layer in self.layers]
        maps.append(np.zeros(self.layers[-1].on.size, np.int64))
        maps[self.readout.deciding + 1] += np.count_nonzero(self.readout.weight, axis=1)
        return np.concatenate([*maps, np.zeros(len(self.readout.bias), np.int64)])


def trace_rates(sizes: Mapping[str, Any], dt_ms: float) -> tuple[float, float, float]:
    """The part of the way to its input that each of Q, P and R goes in ``dt_ms``."""
    return 1 - sizes["beta"] ** dt_ms, 1 - sizes["alpha"] ** dt_ms, 1 - sizes["gamma"] ** dt_ms


def _readout_rate(sizes: Mapping[str, Any], dt_ms: float) -> float:
    smooth = math.exp(-dt_ms / sizes["smooth_ms"]) if sizes["smooth_ms"] else 0.0
    return 1 - smooth


def _layers(
    sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray], tick_ms: float
) -> Iterator[Layer]:
    side = sizes["side"]
    for i, (kernel, stride, pool) in enumerate(
        zip(sizes["kernels"], sizes["strides"], sizes["pools"], strict=True)
    ):
        synapses = convolution(weights[f"stack.{i}.op.weight"], 1, stride, kernel // 2, side)
        gain = weights[f"stack.{i}.gain"]
        shape = synapses.outputs**2, len(gain)
        side = synapses.outputs // pool
        yield Layer(
            synapses,
            np.ascontiguousarray(gain / np.float32(1.0 if i else tick_ms), np.float32),
            np.ascontiguousarray(weights[f"stack.{i}.bias"], np.float32),
            Traces(*(np.zeros(shape, np.float32) for _ in Traces._fields)),
            np.zeros(shape, np.float32),
            pool,
            np.zeros((side**2, len(gain)), np.uint8),
            np.zeros(side**2 * len(gain), np.int32),
        )


def _readout(
    sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray], tick_ms: float,
    layers: tuple[Layer, ...],
) -> ReadOut:  # fmt: skip
    deciding = range(len(layers))[sizes["deciding"]]
    places, channels = layers[deciding].on.shape
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
