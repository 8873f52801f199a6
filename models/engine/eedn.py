"""Eedn, event by event; ``models.networks.eedn`` is its reference.

The cascade's traces leak at every tick; the layers behind it only look at what has changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from models.engine.compiling import compiled
from models.engine.delays import Ring, lose, spikes_before
from models.engine.record import Record, note_changes, note_input, note_state
from models.engine.trinary import TrinaryLayer, decide, layer_reach, pass_on

MOST_EVENTS = 255


class Cascade(NamedTuple):
    """Delayed, decaying copies of the events as neurons that fire or not, see
    ``models.networks.temporal_cascade``.

    ``delays``, ``decays`` and ``charges`` (K,), ``levels`` (L,); ``traces`` and ``arrived``
    (K, 2 H W) by stage and input place. ``events`` holds where events of the last ticks were,
    ``amounts`` (L, 2 H W) how many, ``seen`` (2 H W,) is room to count them. ``on`` (K, L, 2 H W)
    uint8 are the spikes, ``changed`` as in ``TrinaryLayer``.
    """

    delays: np.ndarray
    decays: np.ndarray
    charges: np.ndarray
    levels: np.ndarray
    most: np.float32
    traces: np.ndarray
    arrived: np.ndarray
    events: Ring
    amounts: np.ndarray
    seen: np.ndarray
    on: np.ndarray
    changed: np.ndarray


@compiled
def relay(cascade: Cascade, tick: int, events: np.ndarray) -> None:
    """Put the events of ``tick`` on their way."""
    ring, seen, count = cascade.events, cascade.seen, 0
    at = tick % ring.counts.shape[0]
    for place in events:
        if not seen[place]:
            ring.places[at, count] = place
            count += 1
        seen[place] += 1
    for i in range(count):
        place = ring.places[at, i]
        cascade.amounts[at, i] = min(seen[place], MOST_EVENTS)
        seen[place] = 0
    ring.counts[at] = count


@compiled
def hold(cascade: Cascade, tick: int) -> None:
    """Let the traces leak and take in what arrives at ``tick``."""
    most, length = cascade.most, cascade.events.counts.shape[0]
    for k in range(cascade.delays.shape[0]):
        traces, arrived = cascade.traces[k], cascade.arrived[k]
        for i, place in enumerate(spikes_before(cascade.events, tick, cascade.delays[k])):
            arrived[place] = cascade.amounts[(tick - cascade.delays[k]) % length, i]
        for i in range(traces.shape[0]):
            u = traces[i] * cascade.decays[k] + arrived[i] * cascade.charges[k]
            traces[i] = min(u, most)
            arrived[i] = np.float32(0.0)


@compiled
def compare(cascade: Cascade) -> np.ndarray:
    """The neurons that went on or off; their places are (pixel, stage, level, polarity)."""
    stages, count = cascade.delays.shape[0], 0
    for k in range(stages):
        traces = cascade.traces[k]
        for level in range(cascade.levels.shape[0]):
            on, least = cascade.on[k, level], cascade.levels[level]
            channel = (k * cascade.levels.shape[0] + level) * 2
            for i in range(traces.shape[0]):
                fires = np.uint8(traces[i] >= least)
                if fires != on[i]:
                    on[i] = fires
                    place = i // 2 * stages * cascade.levels.shape[0] * 2 + channel + i % 2 + 1
                    cascade.changed[count] = place if fires else -place
                    count += 1
    return cascade.changed[:count]


@compiled
def run_ticks(
    cascade: Cascade,
    layers: tuple[TrinaryLayer, ...],
    first: int,
    starts: np.ndarray,
    places: np.ndarray,
    record: Record,
) -> None:
    """Ticks from number ``first`` on, whose events are places[starts[t] : starts[t + 1]]."""
    for t in range(starts.shape[0] - 1):
        events = places[starts[t] : starts[t + 1]]
        note_input(record, t, events)
        relay(cascade, first + t, events)
        hold(cascade, first + t)
        changes = compare(cascade)
        note_changes(record, 0, changes)
        for i in range(len(layers)):
            pass_on(layers[i], changes)
            changes = decide(layers[i])
            note_changes(record, i + 1, changes)
        note_state(record, t)


class EednEngine:
    """Streams one Eedn network; its state goes on from call to call. See ``session.Engine``."""

    def __init__(
        self, sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray], tick_ms: float
    ) -> None:
        self._taus_ms = sizes["taus_ms"]
        self._tick_ms = tick_ms
        self.cascade = _cascade(sizes, tick_ms)
        self.layers = tuple(_layers(sizes, weights))
        self.layer_names: tuple[str, ...] = (
            "cascade", *(f"conv{i + 1}" for i in range(len(sizes["layers"]))), "output"
        )  # fmt: skip
        self.reset()

    def reset(self) -> None:
        """Forget everything seen so far; what fires in silence has yet to be found out."""
        self.cascade.traces[:] = 0.0
        self.cascade.events.counts[:] = 0
        self.cascade.on[:] = 0
        for layer in self.layers:
            layer.total[:] = layer.on[:] = 0
            layer.touched[:] = 1

    def skip(self, lost_ms: float, lost_ticks: int, tick: int) -> None:
        """Relay and leak through ``lost_ms`` without events, from the number ``tick`` on."""
        silent = min(lost_ticks, len(self.cascade.events.counts) - 1)
        nothing = np.zeros(0, np.int32)
        for t in range(tick, tick + silent):
            relay(self.cascade, t, nothing)
            hold(self.cascade, t)
        rest_ms = max(0.0, lost_ms - silent * self._tick_ms)
        factors = [math.exp(-rest_ms / tau) for tau in self._taus_ms]
        self.cascade.traces[:] *= np.array(factors, np.float32)[:, None]
        lose(self.cascade.events, tick, lost_ticks)

    def run(self, first: int, starts: np.ndarray, places: np.ndarray, record: Record) -> None:
        """Ticks from number ``first`` on; see ``run_ticks``."""
        run_ticks(self.cascade, self.layers, first, starts, places, record)

    @property
    def shapes(self) -> list[tuple[int, ...]]:
        """Places and channels of each layer."""
        channels = 2 * self.cascade.on.shape[0] * self.cascade.on.shape[1]
        cascade = self.cascade.on.size // channels, channels
        return [cascade, *(layer.on.shape for layer in self.layers)]

    def reach(self, side: int) -> np.ndarray:
        """The nonzero synapses that each input place and then each neuron reaches, (N,) int64."""
        neurons = self.cascade.on.shape[0] * self.cascade.on.shape[1]
        first = np.full(2 * side * side, neurons, np.int64)
        nothing = np.zeros(self.layers[-1].on.size, np.int64)
        return np.concatenate([first, *(layer_reach(layer) for layer in self.layers), nothing])


def _cascade(sizes: Mapping[str, Any], tick_ms: float) -> Cascade:
    taus_ms, side = sizes["taus_ms"], sizes["side"]
    delays = [round(d / tick_ms) for d in sizes["delays_ms"]]
    decays = [math.exp(-tick_ms / tau) for tau in taus_ms]
    charges = [(1 - a) * tau / tick_ms for a, tau in zip(decays, taus_ms, strict=True)]
    cells, stages = 2 * side * side, len(delays)
    neurons = cells * stages * len(sizes["levels"])
    events = Ring.of(cells, delays[-1])
    return Cascade(
        np.array(delays, np.int64),
        np.array(decays, np.float32),
        np.array(charges, np.float32),
        np.array(sizes["levels"], np.float32),
        np.float32(sizes["most"]),
        np.zeros((stages, cells), np.float32),
        np.zeros((stages, cells), np.float32),
        events,
        np.zeros(events.places.shape, np.float32),
        np.zeros(cells, np.int64),
        np.zeros((stages, len(sizes["levels"]), cells), np.uint8),
        np.zeros(neurons, np.int64),
    )


def _layers(sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> Iterator[TrinaryLayer]:
    convolutions, side = sizes["layers"], sizes["side"]
    following = [groups for *_, groups in convolutions[1:]] + [sizes["output_groups"]]
    for i, (_, kernel, stride, groups) in enumerate(convolutions):
        mixed = groups if following[i] > 1 else 1
        yield _layer(weights, i, stride, (kernel - 1) // 2, side, groups, mixed)
        side = (side + 2 * ((kernel - 1) // 2) - kernel) // stride + 1
    groups = sizes["output_groups"]
    yield _layer(weights, len(convolutions), 1, 0, side, groups, groups)


def _layer(
    weights: Mapping[str, np.ndarray], index: int, stride: int, padding: int, side: int,
    groups: int, mixed: int,
) -> TrinaryLayer:  # fmt: skip
    weight, threshold = (weights[f"stack.{index}.{name}"] for name in ("weight", "threshold"))
    channels, kernel = len(weight), weight.shape[-1]
    outputs = (side + 2 * padding - kernel) // stride + 1
    # (G, C' / G, C / G, K, K) -> each input channel's own rows.
    apart = weight.reshape(groups, channels // groups, -1, kernel, kernel)
    rows = apart.transpose(0, 2, 3, 4, 1).reshape(-1, kernel, kernel, channels // groups)
    # Interleaved, one of each of the mixed groups in turn.
    order = np.arange(channels).reshape(-1, mixed).T.reshape(-1)
    neurons = outputs**2 * channels
    return TrinaryLayer(
        np.ascontiguousarray(rows, np.int16),
        threshold.astype(np.int16),
        np.ascontiguousarray(order, np.int64),
        stride,
        padding,
        side,
        outputs,
        np.zeros((outputs**2, channels), np.int16),
        np.zeros((outputs**2, channels), np.uint8),
        np.zeros(outputs**2, np.uint8),
        np.zeros(neurons, np.int64),
    )
